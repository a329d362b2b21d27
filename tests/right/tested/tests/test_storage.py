import json
from unittest.mock import patch

import pytest
from cdktf import Testing
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

from stacks.storage import StorageStack


class TestStorage:
    @pytest.fixture(autouse=True)
    def _setup(self, stack):
        self.stack = stack
        self.synthesized = Testing.synth(stack)

    def test_has_a_bucket(self):
        assert Testing.to_have_resource(self.synthesized, S3Bucket.TF_RESOURCE_TYPE)
        assert Testing.to_have_resource_with_properties(self.synthesized, "aws_s3_bucket", {"bucket": "test-bucket"})

    def test_names(self, synthesized):
        names = [each["bucket"] for each in json.loads(synthesized)["resource"]["aws_s3_bucket"].values()]
        assert names[0] in {"a-bucket", "b-bucket"}
        assert len(names) == 1

    def test_is_valid(self):
        assert Testing.to_be_valid_terraform(Testing.full_synth(self.stack))

    def test_is_not_none(self, stack):
        assert stack is not None
        assert stack.bucket.bucket_input == "test-bucket"


def test_patched(app):
    with patch("stacks.storage.S3Bucket") as bucket:
        bucket.return_value.bucket = "x"
        StorageStack(app, "patched")
    bucket.assert_called_once()
    assert bucket.call_args.kwargs["bucket"] == "app-bucket"


def test_takes_no_other(app):
    with pytest.raises(TypeError):
        StorageStack(app, "wrong", nothing="here")

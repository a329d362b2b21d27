from __future__ import annotations

import pytest

HEAD = "from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket\n"

TRANSFORMED = {
    "with its comment": (
        "S3Bucket(\n    self,\n    'b',\n    nonsense=compute(1),  # why\n    tags={},\n)\n",
        "S3Bucket(\n    self,\n    'b',\n    # removed by cdktf-fix: nonsense=compute(1)\n    # why\n    tags={},\n)\n",
    ),
    "one of two": (
        "S3Bucket(\n    self,\n    'b',\n    nonsense=1,\n    bucket_name='n',\n)\n",
        "S3Bucket(\n    self,\n    'b',\n    # removed by cdktf-fix: nonsense=1\n    bucket_name='n',\n)\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix, run) -> None:
    assert fix(HEAD + before, select={"A107"}, unsafe=True) == HEAD + after
    assert run({"main.py": HEAD + before}, select={"A107"}).files == []


NOOP = {
    "a place is known": "S3Bucket(self, 'b', bucket_name='n')",
    "right": "S3Bucket(self, 'b', bucket='n')",
    "of a later version": "from cdktf_cdktf_provider_aws.alb import Alb\nAlb(self, 'a', health_check_logs={'bucket': 'b'})",
    "own class": "class S3Bucket:\n    pass\nS3Bucket(self, 'b', nonsense=1)",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"A107"}, unsafe=True)
    assert (result.files, result.findings) == ([], [])


def test_a_dict_is_left_to_its_author(run) -> None:
    result = run({"main.py": HEAD + "o = {'nonsense': 1}\nS3Bucket(self, 'b', **o)\n"}, select={"A107"}, unsafe=True)
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]

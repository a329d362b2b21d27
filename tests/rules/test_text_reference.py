from __future__ import annotations

import pytest

HEAD = """\
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.vpc import Vpc
"""
EAST = "east = AwsProvider(self, 'east', alias='us_east_1')\n"

TRANSFORMED = {
    "provider in a variable": (
        EAST + "S3Bucket(self, 'b', provider='aws.us_east_1')",
        EAST + "S3Bucket(self, 'b', provider=east)",
    ),
    "provider in self": (
        "class S:\n    def __init__(self):\n        self.p = AwsProvider(self, 'e', alias='us')\n    def make(self):\n        S3Bucket(self, 'b', provider='aws.us')",
        "class S:\n    def __init__(self):\n        self.p = AwsProvider(self, 'e', alias='us')\n    def make(self):\n        S3Bucket(self, 'b', provider=self.p)",
    ),
    "one dependency": (
        "v = Vpc(self, 'v')\nS3Bucket(self, 'b', depends_on=v)",
        "v = Vpc(self, 'v')\nS3Bucket(self, 'b', depends_on=[v])",
    ),
    "dependency by text": (
        "v = Vpc(self, 'main')\nS3Bucket(self, 'b', depends_on=['aws_vpc.main'])",
        "v = Vpc(self, 'main')\nS3Bucket(self, 'b', depends_on=[v])",
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(HEAD + before, select={"A105"}) == HEAD + after


SHOWN = {
    "no such alias": EAST + "S3Bucket(self, 'b', provider='aws.west')",
    "two of them": EAST
    + "more = AwsProvider(self, 'e2', alias='us_east_1')\nS3Bucket(self, 'b', provider='aws.us_east_1')",
    "made in another function": "def f(self):\n    east = AwsProvider(self, 'e', alias='x')\ndef g(self):\n    S3Bucket(self, 'b', provider='aws.x')",
    "made below": "S3Bucket(self, 'b', provider='aws.us_east_1')\n" + EAST,
    "no such dependency": "S3Bucket(self, 'b', depends_on=['aws_vpc.main'])",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"A105"})
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]

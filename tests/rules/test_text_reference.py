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
    "a provider without a name": (
        "AwsProvider(self, 'w', alias='us-west-2')  # west\nS3Bucket(self, 'b', provider='aws.us-west-2')",
        "us_west_2_provider = AwsProvider(self, 'w', alias='us-west-2')  # west\nS3Bucket(self, 'b', provider=us_west_2_provider)",
    ),
    "a provider without a name, twice": (
        "def f(self):\n    AwsProvider(self, 'w', alias='w')\n    S3Bucket(self, 'b', provider='aws.w')\n    if x:\n        Vpc(self, 'v', provider='aws.w')",
        "def f(self):\n    w_provider = AwsProvider(self, 'w', alias='w')\n    S3Bucket(self, 'b', provider=w_provider)\n    if x:\n        Vpc(self, 'v', provider=w_provider)",
    ),
    "a provider that another object holds": (
        "class P:\n    def __init__(self, s):\n        self.e = AwsProvider(s, 'e', alias='us_east_1')\n"
        "def f(self):\n    p = P(self)\n    east = p.e\n    S3Bucket(self, 'b', provider='aws.us_east_1')",
        "class P:\n    def __init__(self, s):\n        self.e = AwsProvider(s, 'e', alias='us_east_1')\n"
        "def f(self):\n    p = P(self)\n    east = p.e\n    S3Bucket(self, 'b', provider=east)",
    ),
    "its alias in a text": (
        EAST + "S3Bucket(self, 'b', provider=f'aws.{east.alias}')",
        EAST + "S3Bucket(self, 'b', provider=east)",
    ),
    "under a condition": (
        EAST + "S3Bucket(self, 'b', provider='aws.us_east_1' if x else None)",
        EAST + "S3Bucket(self, 'b', provider=east if x else None)",
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
    "an alias of something else": "v = Vpc(self, 'v')\nS3Bucket(self, 'b', provider=f'aws.{v.alias}')",
    "made under a condition": "if x:\n    AwsProvider(self, 'w', alias='w')\nS3Bucket(self, 'b', provider='aws.w')",
    "made below, without a name": "S3Bucket(self, 'b', provider='aws.w')\nAwsProvider(self, 'w', alias='w')",
    "made twice": "AwsProvider(self, 'w', alias='w')\nAwsProvider(self, 'v', alias='w')\nS3Bucket(self, 'b', provider='aws.w')",
    "its name is taken": "w_provider = 1\nAwsProvider(self, 'w', alias='w')\nS3Bucket(self, 'b', provider='aws.w')",
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

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

from tests.test_whole_provider import RUN

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
    "one dependency by text": (
        "v = Vpc(self, 'main')\nS3Bucket(self, 'b', depends_on='aws_vpc.main')",
        "v = Vpc(self, 'main')\nS3Bucket(self, 'b', depends_on=[v])",
    ),
    "dependency by what is read of it": (
        "v = Vpc(self, 'main')\nS3Bucket(self, 'b', depends_on=[v.id])\nS3Bucket(self, 'c', depends_on=v.arn)",
        "v = Vpc(self, 'main')\nS3Bucket(self, 'b', depends_on=[v])\nS3Bucket(self, 'c', depends_on=[v])",
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
    "no such dependency, alone": "v = Vpc(self, 'main')\nS3Bucket(self, 'b', depends_on='main')",
    "no such dependency": "S3Bucket(self, 'b', depends_on=['aws_vpc.main'])",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"A105"})
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]


BOTH = (
    "e = AwsProvider(self, 'e', alias='us-east-1')\nw = AwsProvider(self, 'w', alias='eu-west-1')\n"
    "def at(r: str):\n    S3Bucket(self, f'b-{r}', provider=@)\nat(ASKED[0])"
)
HELD = (
    "by = {}\nfor r in ['us-east-1', 'eu-west-1']:\n    by[r] = AwsProvider(self, r, region=r, alias=r)\n"
    "for n in ASKED:\n    S3Bucket(self, f'b-{n}', provider=@)"
)
MAKES = "for r in ['us-east-1', 'eu-west-1']:\n    AwsProvider(self, r, region=r, alias=r.replace('-', '_'))\n"
KEEPS = MAKES.replace("    AwsProvider", "    providers[r] = AwsProvider")
WORKED_OUT = {
    "one of those in reach": (
        BOTH.replace("@", "f'aws.{r}'"),
        BOTH.replace("@", "{'us-east-1': e, 'eu-west-1': w}[r]"),
    ),
    "under a condition": (
        BOTH.replace("@", "f'aws.{r}' if r else None"),
        BOTH.replace("@", "{'us-east-1': e, 'eu-west-1': w}[r] if r else None"),
    ),
    "added": (
        BOTH.replace("@", "'aws.' + r"),
        BOTH.replace("@", "{'us-east-1': e, 'eu-west-1': w}[r]"),
    ),
    "of several parts": (
        BOTH.replace("@", "f'aws.{r[:2]}-{r[3:]}'"),
        BOTH.replace("@", "{'us-east-1': e, 'eu-west-1': w}[f'{r[:2]}-{r[3:]}']"),
    ),
    "a list of names": (
        BOTH.replace("@", "None") + "\nfor p in ['aws.eu-west-1', 'aws.us-east-1']:\n    S3Bucket(self, p, provider=p)",
        BOTH.replace("@", "None") + "\nfor p in ['aws.eu-west-1', 'aws.us-east-1']:\n"
        "    S3Bucket(self, p, provider={'aws.eu-west-1': w, 'aws.us-east-1': e}[p])",
    ),
    "from a dict": (HELD.replace("@", "f'aws.{n}'"), HELD.replace("@", "by[n]")),
    "one from a dict": (HELD.replace("@", "'aws.eu-west-1'"), HELD.replace("@", "by['eu-west-1']")),
    "from a dict in `self`": (
        "class S(Construct):\n    def __init__(s, scope, name):\n        super().__init__(scope, name)\n        s.by = {}\n"
        "        for r in ASKED:\n            s.by[r] = AwsProvider(s, r, alias=r.replace('-', '_'))\n        s.make(ASKED[0])\n"
        "    def make(s, n: str):\n        S3Bucket(s, 'b', provider=f\"aws.{n.replace('-', '_')}\")\nS(self, 's')",
        "class S(Construct):\n    def __init__(s, scope, name):\n        super().__init__(scope, name)\n        s.by = {}\n"
        "        for r in ASKED:\n            s.by[r] = AwsProvider(s, r, alias=r.replace('-', '_'))\n        s.make(ASKED[0])\n"
        "    def make(s, n: str):\n        S3Bucket(s, 'b', provider=s.by[n])\nS(self, 's')",
    ),
    "from a dict that is written out": (
        "by = {'east': AwsProvider(self, 'e', alias='us_east_1')}\nS3Bucket(self, 'b', provider='aws.us_east_1')",
        "by = {'east': AwsProvider(self, 'e', alias='us_east_1')}\nS3Bucket(self, 'b', provider=by['east'])",
    ),
    "of the same round": (
        "for r in ASKED:\n    p = AwsProvider(self, r, alias=r)\n    S3Bucket(self, f'b-{r}', provider=f'aws.{r}')",
        "for r in ASKED:\n    p = AwsProvider(self, r, alias=r)\n    S3Bucket(self, f'b-{r}', provider=p)",
    ),
    "of the same round, without a name": (
        "for r in ASKED:\n    AwsProvider(self, r, alias=r)\n    S3Bucket(self, f'b-{r}', provider=f'aws.{r}')",
        "for r in ASKED:\n    aliased_provider = AwsProvider(self, r, alias=r)\n    S3Bucket(self, f'b-{r}', provider=aliased_provider)",
    ),
    "made in a loop and dropped": (
        MAKES + "for n in ASKED:\n    S3Bucket(self, f'b-{n}', provider=f\"aws.{n.replace('-', '_')}\")",
        "providers = {}\n" + KEEPS + "for n in ASKED:\n    S3Bucket(self, f'b-{n}', provider=providers[n])",
    ),
}  # fmt: skip
ASKED = "import os\nfrom constructs import Construct\nASKED = os.environ.get('ASKED', 'us-east-1 eu-west-1').split()\n"


def case(code: str, number: int = 0) -> str:
    return f"def case_{number}(self):\n    " + code.replace("\n", "\n    ") + "\n"


@pytest.mark.parametrize(("before", "after"), WORKED_OUT.values(), ids=WORKED_OUT)
def test_an_alias_that_is_worked_out(before: str, after: str, fix) -> None:
    assert fix(HEAD + ASKED + case(before), select={"A105"}) == HEAD + ASKED + case(after)


WORKED_OUT_SHOWN = {
    "not all are there": BOTH.replace("@", "None") + "\nfor n in ['us-east-1', 'eu-north-1']:\n    S3Bucket(self, n, provider=f'aws.{n}')",
    "two of an alias": BOTH.replace("@", "f'aws.{r}'") + "\nAwsProvider(self, 'x')\n" + "v = AwsProvider(self, 'v', alias='us-east-1')\nS3Bucket(self, 'o', provider=f'aws.{ASKED[0]}')",
    "only one": EAST + "S3Bucket(self, 'b', provider=f'aws.{ASKED[0]}')",
    "another each time": "r = ASKED[0]\np = AwsProvider(self, r, alias=r)\nr = ASKED[1]\nS3Bucket(self, 'b', provider=f'aws.{r}')",
    "perhaps not made": "if ASKED:\n    e = AwsProvider(self, 'e', alias='a')\nw = AwsProvider(self, 'w', alias='b')\nS3Bucket(self, 'b', provider=f'aws.{ASKED[0]}')",
    "a dict by something else": "by = {}\nfor r in ASKED:\n    by[r] = AwsProvider(self, r, alias=r + '-x')\nfor n in ASKED:\n    S3Bucket(self, f'b-{n}', provider=f'aws.{n}')",
}  # fmt: skip


@pytest.mark.parametrize("code", WORKED_OUT_SHOWN.values(), ids=WORKED_OUT_SHOWN)
def test_an_alias_that_is_worked_out_is_shown(code: str, run) -> None:
    result = run({"main.py": HEAD + ASKED + case(code)}, select={"A105"})
    shown = [each for each in result.findings if not each.fixed]
    assert [each.safety for each in shown] == ["shown"]


def test_before_the_real_package(fix, oracle: Oracle, tmp_path: Path) -> None:
    cases = "".join(case(before, number) for number, (before, _) in enumerate(WORKED_OUT.values()))
    (tmp_path / "main.py").write_text(HEAD + ASKED + cases + RUN.format(accepted="False"), encoding="utf-8")
    assert oracle.synthesize(tmp_path).error is None
    repaired = fix(HEAD + ASKED + cases, select={"A105"})
    (tmp_path / "main.py").write_text(repaired + RUN.format(accepted="True"), encoding="utf-8")
    assert oracle.synthesize(tmp_path).error is None

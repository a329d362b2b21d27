"""Values that only Terraform knows, where Python has to know them: before the real cdktf."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

HEAD = """\
import json
from json import loads as read
from cdktf import App, TerraformOutput as Out, TerraformStack, TerraformVariable
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.vpc import Vpc


class S(TerraformStack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        AwsProvider(self, "aws", region="us-east-1")
        self.vpc = Vpc(self, "vpc", cidr_block="10.0.0.0/16")
        db = DbInstance(self, "db", instance_class="db.t3.micro", port=5432)
        arn = self.vpc.arn
        var = TerraformVariable(self, "v", type="string", description="d")
        out = Out(self, "o", value="x", description="d")
"""
TAIL = "\n\napp = App()\nS(app, 's')\napp.synth()\n"

# What is shown, and what the real thing makes of it.
SHOWN = {
    "length": "len(self.vpc.arn) == len(db.arn)",
    "equal": 'not self.vpc.arn == "arn:aws:ec2:us-east-1:1:vpc/vpc-1"',
    "unequal, by a variable": 'arn != "arn"',
    "equal, the other way": 'not "10.0.0.0/16" == self.vpc.cidr_block',
    "in": '"vpc" not in arn',
    "among": 'self.vpc.id not in ("vpc-1", "vpc-2")',
    "sum": "db.port + 1 < 0",
    "product": "2 * db.port < -1e288",
    "less": "db.port < 0",
    "a variable's value": 'var.string_value != "x"',
}
NOOP = {
    "what was given": 'self.vpc.cidr_block_input == "10.0.0.0/16" and db.port_input + 1 == 5433',
    "none": "self.vpc.arn is not None",
    "another token": "self.vpc.arn != db.arn",
    "its own text": 'self.vpc.arn == "${aws_vpc.vpc.arn}" or True',
    "joined": 'self.vpc.arn + "/x" and f"{self.vpc.arn}/x"',
    "Python's": 'name == "s" and len(name) == 1 and self.node.id == "s" and len([arn]) == 1',
    "Python's JSON": "json.loads('{}') == {}",
    "not a number": 'int("1") + 1 == 2',
    "whether it is a marker": '"TfToken[" in arn and "${" in arn',
    "of a variable": 'var.description == "d" and len(var.type) == 6 and out.value == "x"',
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": f"{HEAD}        assert {code}\n{TAIL}"}, unsafe=True)
    assert result.files == []
    assert {(each.code, each.safety) for each in result.findings} == {("T105", "shown")}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": f"{HEAD}        assert {code}\n{TAIL}"}, unsafe=True)
    assert (result.files, result.findings) == ([], [])


def test_what_the_real_thing_makes_of_it(oracle: Oracle, tmp_path: Path) -> None:
    body = "".join(f"        assert {code}\n" for code in [*SHOWN.values(), *NOOP.values()])
    (tmp_path / "main.py").write_text(f"{HEAD}{body}{TAIL}")
    assert oracle.synthesize(tmp_path).failure is None


TRANSFORMED = {
    "json": ("json.loads(self.vpc.arn)", "Fn.jsondecode(self.vpc.arn)"),
    "json by another name, of a variable": ("read(arn)", "Fn.jsondecode(arn)"),
    "a key of it": ("json.loads(arn)['a']", "Fn.lookup(Fn.jsondecode(arn), 'a')"),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix, oracle: Oracle, tmp_path: Path) -> None:
    code = f"{HEAD}        Out(self, 'out', value={before})\n{TAIL}"
    fixed = fix(code)
    assert f"value={after})" in fixed
    assert "from cdktf import App, Fn, TerraformOutput as Out" in fixed
    (tmp_path / "main.py").write_text(code)
    assert "JSONDecodeError" in str(oracle.synthesize(tmp_path).failure)
    (tmp_path / "main.py").write_text(fixed)
    answer = oracle.synthesize(tmp_path)
    assert answer.failure is None
    assert "jsondecode(aws_vpc.vpc.arn)" in answer.stacks["s"]["output"]["out"]["value"]

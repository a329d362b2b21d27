"""What a construct or struct requires, and is not given: before the real cdktf."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

HEAD = """\
import cdktf_cdktf_provider_aws.subnet as subnets
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.iam_role import IamRole as Role
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.lb_listener import LbListenerDefaultAction
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter


class S(TerraformStack):
    def __init__(self, scope, name, vpc_id="vpc-1"):
        super().__init__(scope, name)
        AwsProvider(self, "aws", region="us-east-1")
        self.vpc_id = vpc_id
        self.make()

"""
TAIL = "\n\napp = App()\nS(app, 's')\napp.synth()\n"
# The body of a method, and what becomes of it.
UNSAFE = {
    "an attribute of self": (
        "subnets.Subnet(self, 'sn', cidr_block='10.0.0.0/24')",
        "subnets.Subnet(self, 'sn', cidr_block='10.0.0.0/24', vpc_id=self.vpc_id)",
    ),
    "a variable": (
        "type = 'String'\n        SsmParameter(self, 'p', name='p')",
        "type = 'String'\n        SsmParameter(self, 'p', name='p', type=type)",
    ),
    "an ARN": (
        "runner = Role(self, 'r', assume_role_policy='{}')\n        LambdaFunction(self, 'f', function_name='f')",
        "runner = Role(self, 'r', assume_role_policy='{}')\n        LambdaFunction(self, 'f', function_name='f', role=runner.arn)",
    ),
    "another call": (
        "kind = 'String'\n        SsmParameter(self, 'a', name='a', type=kind)\n        SsmParameter(self, 'b', name='b')",
        "kind = 'String'\n        SsmParameter(self, 'a', name='a', type=kind)\n        SsmParameter(self, 'b', name='b', type=kind)",
    ),
    "a struct, on lines of its own": (
        "type = 'forward'\n        print(\n            LbListenerDefaultAction(\n                target_group_arn='arn',  # where\n            )\n        )",
        "type = 'forward'\n        print(\n            LbListenerDefaultAction(\n                target_group_arn='arn',  # where\n                type=type,\n            )\n        )",
    ),
}  # fmt: skip
SHOWN = {
    "nothing": ("SsmParameter(self, 'p', name='p')", "`SsmParameter` needs `type`; nothing here supplies it"),
    "another type": ("type = 3\n        SsmParameter(self, 'p', name='p')", "`SsmParameter` needs `type`; nothing here"),
    "two": (
        "a = Role(self, 'a', assume_role_policy='{}')\n        b = Role(self, 'b', assume_role_policy='{}')\n        LambdaFunction(self, 'f', function_name='f')",
        "`LambdaFunction` needs `role`; which of `a.arn`, `b.arn`?",
    ),
    "bound below": ("SsmParameter(self, 'p', name='p')\n        type = 'String'", "`SsmParameter` needs `type`; nothing here"),
}  # fmt: skip
NOOP = {
    "given": "SsmParameter(self, 'p', name='p', type='String')",
    "unpacked": "given = {'type': 'String'}\n        SsmParameter(self, 'p', name='p', **given)",
    "unpacked positions": "place = (self, 'p')\n        SsmParameter(*place, name='p', type='String')",
    "meant to fail": "import pytest\n        with pytest.raises(TypeError):\n            SsmParameter(self, 'p')",
    "tried": "try:\n            SsmParameter(self, 'p')\n        except TypeError:\n            pass",
    "a class of one's own": "class SsmParameter:\n            pass\n        SsmParameter()",
    "derived, with a default": (
        "class Text(SsmParameter):\n            def __init__(self, scope, id_):\n"
        "                super().__init__(scope, id_, type='String', name='p')\n        Text(self, 'p')"
    ),
}


def project(body: str) -> str:
    return f"{HEAD}    def make(self):\n        {body}\n{TAIL}"


@pytest.mark.parametrize(("before", "after"), UNSAFE.values(), ids=UNSAFE)
def test_transformed(before: str, after: str, fix, oracle: Oracle, tmp_path: Path) -> None:
    assert fix(project(before)) == project(before)
    assert fix(project(before), unsafe=True) == project(after)
    (tmp_path / "main.py").write_text(project(before))
    assert "missing 1 required keyword-only argument" in str(oracle.synthesize(tmp_path).failure)
    (tmp_path / "main.py").write_text(project(after))
    assert oracle.synthesize(tmp_path).failure is None


@pytest.mark.parametrize(("body", "message"), SHOWN.values(), ids=SHOWN)
def test_shown(body: str, message: str, run) -> None:
    result = run({"main.py": project(body)}, unsafe=True)
    assert result.files == []
    assert [each.code for each in result.findings if each.code != "V106"] == ["A117"]
    assert result.findings[0].message.startswith(message)


@pytest.mark.parametrize("body", NOOP.values(), ids=NOOP)
def test_left_alone(body: str, run) -> None:
    result = run({"main.py": project(body)}, unsafe=True, ignore={"V106"})
    assert (result.files, result.findings) == ([], [])


def test_an_argument_under_a_wrong_name_is_not_missing_as_well(run) -> None:
    """What A103 can only show may be the one."""
    result = run({"main.py": project("SsmParameter(self, 'p', name='p', sort='String')")}, unsafe=True, ignore={"V106"})
    assert [each.code for each in result.findings] == ["A103"]


def test_the_id_of_a_stack_is_no_argument(run) -> None:
    code = "from cdktf import TerraformStack\nfrom cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter\n\n\nclass S(TerraformStack):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n        SsmParameter(self, 'p', type='String')\n"
    result = run({"main.py": code}, unsafe=True, ignore={"V106"})
    assert [(each.code, each.safety) for each in result.findings] == [("A117", "shown")]


def test_a_parameter_of_a_function_in_another_file(run) -> None:
    lib = "from cdktf_cdktf_provider_aws.subnet import Subnet\n\n\ndef private(scope, *, vpc_id):\n    return Subnet(scope, 'p', cidr_block='10.0.0.0/24')\n"
    main = "from lib.net import private\n\n\ndef all(scope):\n    private(scope, vpc_id='vpc-1')\n"
    result = run({"lib/net.py": lib, "main.py": main}, unsafe=True)
    assert "Subnet(scope, 'p', cidr_block='10.0.0.0/24', vpc_id=vpc_id)" in result.files[0].after

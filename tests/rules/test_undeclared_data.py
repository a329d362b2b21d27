"""Data sources that texts read and nothing makes, and what is asked of ``Fn`` in their place: before the real cdktf."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

HEAD = """\
from cdktf import App, Fn as F, TerraformOutput as Out, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider


class S(TerraformStack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        AwsProvider(self, "aws", region="us-east-1")
"""
TAIL = "\n\napp = App()\nS(app, 's')\napp.synth()\n"
MADE = '        DataAws{}(self, "current")\n        AwsProvider'
ACCOUNT = "${data.aws_caller_identity.current.account_id}"
# The value of an output, what that becomes, the data sources that are made, and what Terraform is told.
UNSAFE = {
    "a text": (f"'a-{ACCOUNT}'", f"'a-{ACCOUNT}'", ["aws_caller_identity.current"], f"a-{ACCOUNT}"),
    "an f-string": (
        "f'{name}-${{data.aws_partition.this.partition}}'",
        "f'{name}-${{data.aws_partition.this.partition}}'",
        ["aws_partition.this"],
        "s-${data.aws_partition.this.partition}",
    ),
    "in a call of Terraform's": (
        "'${upper(data.aws_region.r.region)}'",
        "'${upper(data.aws_region.r.region)}'",
        ["aws_region.r"],
        "${upper(data.aws_region.r.region)}",
    ),
    "read twice": (f"'{ACCOUNT}' + '{ACCOUNT}'", f"'{ACCOUNT}' + '{ACCOUNT}'", ["aws_caller_identity.current"], 2 * ACCOUNT),
    "two of one name": (
        f"'{ACCOUNT}.${{data.aws_region.current.region}}'",
        f"'{ACCOUNT}.${{data.aws_region.current.region}}'",
        ["aws_caller_identity.current", "aws_region.current"],
        f"{ACCOUNT}.${{data.aws_region.current.region}}",
    ),
    "Fn::Sub": ("F.sub('x/${AWS::AccountId}')", f"'x/{ACCOUNT}'", ["aws_caller_identity.current"], f"x/{ACCOUNT}"),
    "Fn::Sub of two": (
        "F.sub('${AWS::Partition}-${AWS::Region}')",
        "'${data.aws_partition.current.partition}-${data.aws_region.current.region}'",
        ["aws_partition.current", "aws_region.current"],
        "${data.aws_partition.current.partition}-${data.aws_region.current.region}",
    ),
    "a function for one": (
        "F.data_aws_caller_identity().account_id", f"'{ACCOUNT}'", ["aws_caller_identity.current"], ACCOUNT
    ),
}  # fmt: skip


def project(value: str, more: str = "") -> str:
    return f"{HEAD}{more}        Out(self, 'out', value={value})\n{TAIL}"


@pytest.mark.parametrize(("before", "after", "made", "value"), UNSAFE.values(), ids=UNSAFE)
def test_made_once_a_stack(
    before: str, after: str, made: list[str], value: str, run, oracle: Oracle, tmp_path: Path
) -> None:
    assert run({"main.py": project(before)}).files == []
    result = run({"main.py": project(before)}, unsafe=True)
    fixed = result.files[0].after
    line = f"value={after})"
    assert line in fixed or line.replace("'", '"') in fixed
    (tmp_path / "main.py").write_text(fixed)
    answer = oracle.synthesize(tmp_path)
    assert answer.failure is None
    found = answer.stacks["s"]["data"]
    assert sorted(f"{kind}.{name}" for kind, names in found.items() for name in names) == made
    assert answer.stacks["s"]["output"]["out"]["value"] == value


SHOWN = {
    "needs arguments": ("'${data.aws_iam_role.current.arn}'", "A119"),
    "another parameter": ("F.sub('${Name}-${AWS::AccountId}')", "A120"),
    "a map of values": ("F.sub('${AWS::AccountId}', {})", "A120"),
    "a text that is not there": ("F.sub(name)", "A120"),
    "no attribute": ("F.data_aws_caller_identity()", "A120"),
    "an unknown attribute": ("F.data_aws_caller_identity().acount", "A120"),
    "no such data source": ("F.data_aws_nothing().name", "A120"),
}
MAKES = "        from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity as D\n        D(self, 'me')\n"


@pytest.mark.parametrize(("value", "code"), SHOWN.values(), ids=SHOWN)
def test_shown(value: str, code: str, run) -> None:
    result = run({"main.py": project(value)}, unsafe=True)
    assert result.files == []
    assert [(each.code, each.safety) for each in result.findings] == [(code, "shown")]


def test_one_that_is_made_has_its_own_name(run) -> None:
    """Which of them a text means is not certain then."""
    result = run({"main.py": project(f"'{ACCOUNT}'", MAKES)}, unsafe=True)
    assert (result.files, result.findings) == ([], [])
    result = run({"main.py": project("F.sub('${AWS::AccountId}')", MAKES)}, unsafe=True)
    assert [(each.code, each.safety) for each in result.findings] == [("A120", "shown")]


NOOP = {
    "no program": "from cdktf import TerraformStack\n\n\nclass S(TerraformStack):\n    def __init__(self, s, n):\n        super().__init__(s, n)\n        self.x = '${data.aws_region.r.region}'\n",
    "overridden": project("'${data.aws_region.r.region}'", "        self.add_override('data.aws_region.r', {})\n"),
    "overridden whole": project(
        "'${data.aws_region.r.region}'", "        self.add_override('data', {'aws_region': {'r': {}}})\n"
    ),
    "made by its kind": project(
        "'${data.aws_region.r.region}'", "        DATA(self, 'r', terraform_resource_type='aws_region')\n"
    ),
    "escaped whole": project("'$${data.aws_region.r.region}'"),
    "in documentation": project("''").replace(
        "class S(TerraformStack):", 'class S(TerraformStack):\n    """Of ${data.aws_region.r.region}."""'
    ),
    "no text for Terraform": project("'data.aws_region.r.region'"),
    "escaped": project("'$${x} data.aws_region.r.region'"),
    "of nothing described": project("'${data.vault_token.t.id}'"),
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": code}, unsafe=True)
    assert (result.files, result.findings) == ([], [])

"""Stacks whose provider nobody sets up: before the real cdktf."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

STACK = """\
from cdktf import TerraformStack as Base
from cdktf_cdktf_provider_aws import sqs_queue as queues
{more_imports}

class Shop(Base):
    def __init__(self, scope, name{parameters}):
        super().__init__(scope, name)
        self.make()

    def make(self):
        queues.SqsQueue(self, "orders")
        {more}
"""
MAIN = "import cdktf\nfrom lib.shop import Shop\n\napp = cdktf.App()\nShop(app, 'shop'{given})\napp.synth()\n"


def project(
    parameters: str = "", given: str = "", more: str = "", more_imports: str = "", main: str = MAIN
) -> dict[str, str]:
    stack = STACK.format(parameters=parameters, more=more or "pass", more_imports=more_imports)
    return {"lib/shop.py": stack, "main.py": main.format(given=given)}


MADE = {
    "of a parameter": (project(", region", ", 'eu-west-1'"), "region=region"),
    "of a parameter by another name": (project(", *, aws_region='eu-west-1'"), "region=aws_region"),
    "of a constant in another file": ({**project(), "lib/names.py": "REGION = 'eu-west-1'\n"}, 'region="eu-west-1"'),
    "of a zone": (project(more='print("eu-west-1a")'), 'region="eu-west-1"'),
}


@pytest.mark.parametrize(("files", "region"), MADE.values(), ids=MADE)
def test_made_with_the_region(files: dict[str, str], region: str, run, oracle: Oracle, tmp_path: Path) -> None:
    assert run(files).files == []
    result = run(files, unsafe=True)
    assert [each.code for each in result.findings if each.fixed] == ["A118"]
    after = {**files, **{each.path: each.after for each in result.files}}
    assert (
        f'        super().__init__(scope, name)\n        AwsProvider(self, "aws", {region})\n' in after["lib/shop.py"]
    )
    for texts, error in ((files, "without a matching provider construct"), (after, "None")):
        for path, text in texts.items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(text)
        answer = oracle.synthesize(tmp_path)
        assert error in str(answer.failure)
    assert answer.stacks["shop"]["provider"] == {"aws": [{"region": "eu-west-1"}]}


SHOWN = {
    "no region": project(),
    "two": {**project(), "lib/names.py": "REGIONS = ['eu-west-1', 'us-east-1']\n"},
}


@pytest.mark.parametrize("files", SHOWN.values(), ids=SHOWN)
def test_a_region_is_not_made_up(files: dict[str, str], run) -> None:
    result = run(files, unsafe=True)
    assert result.files == []
    assert [(each.code, each.safety) for each in result.findings] == [("A118", "shown")]


IMPORT = "from cdktf_cdktf_provider_aws.provider import AwsProvider"
NOOP = {
    "made in the stack": project(", region", ", 'r'", "AwsProvider(self, 'aws', region='r')", IMPORT),
    "made for the stack": project(
        ", region", ", 'r'", main=f"{IMPORT}\n{MAIN.replace('app.synth()', '')}AwsProvider(app.node.children[0], 'a')\n"
    ),
    "made by name": project(", region", ", 'r'", "getattr(__import__('aws'), 'AwsProvider')(self, 'aws')"),
    "overridden": project(", region", ", 'r'", "self.add_override('provider.aws.region', 'eu-west-1')"),
    "made by a class of its own": project(", region", ", 'r'", "OWN(self, 'aws', terraform_resource_type='aws')", "from cdktf import TerraformProvider as OWN"),
    "made of a module that is worked out": project(", region", ", 'r'", "importlib.import_module(f'cdktf_cdktf_provider_{name}')", "import importlib"),
    "not validated": project(", region", ", 'r'", main=MAIN.replace("App()", "App(skip_validation=True)")),
    "in a test": {key.replace("main.py", "tests/test_main.py"): text for key, text in project(", region", ", 'r'").items()},
    "no program": project(", region", main="# {given}\n"),
    "only what is of the core": {
        key: text.replace('queues.SqsQueue(self, "orders")', "pass")
        for key, text in project(", region", ", 'r'").items()
    },
    "for another stack": {
        key: text.replace('(self, "orders")', '(other, "orders")')
        for key, text in project(", region, other=None", ", 'r'").items()
    },
}  # fmt: skip


@pytest.mark.parametrize("files", NOOP.values(), ids=NOOP)
def test_left_alone(files: dict[str, str], run) -> None:
    result = run(files, unsafe=True)
    assert (result.files, result.findings) == ([], [])

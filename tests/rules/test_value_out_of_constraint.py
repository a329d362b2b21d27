from __future__ import annotations

from textwrap import dedent

import pytest
from cdktf_codemods.engine.run import repair
from cdktf_codemods.rules.settings import Settings
from cdktf_codemods.schema import Schema
from cdktf_codemods.schema.store import SHIPPED, Snapshot

HEAD = """\
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup as Group
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable as Table
from cdktf_cdktf_provider_aws.flow_log import FlowLog
"""


@pytest.fixture(scope="module")
def asked() -> Schema:
    """The schema of the provider version that was asked: AWS 5.100.0."""
    names = ("cdktf@0.21.0", "constructs@10.8.1", "cdktf_cdktf_provider_aws@20.1.0")
    return Schema([Snapshot(SHIPPED / f"{name}.sqlite", *name.split("@")) for name in names])


def _repaired(schema: Schema, code: str, unsafe: bool = False):
    return repair({"main.py": HEAD + dedent(code)}, schema, Settings(select={"V105"}, unsafe=unsafe))


TRANSFORMED = {
    "at least so many days": ("Group(s, 'g', retention_in_days=2555)", "Group(s, 'g', retention_in_days=2557)"),
    "a constant": ("D = 100\nGroup(s, 'g', retention_in_days=D)", "D = 120\nGroup(s, 'g', retention_in_days=D)"),
    "a constant with another use": (
        "D = 100\nprint(D)\nGroup(s, 'g', retention_in_days=D)",
        "D = 100\nprint(D)\nGroup(s, 'g', retention_in_days=120)",
    ),
    "a synonym": (
        "Table(s, 't', name='t', billing_mode='ON_DEMAND')",
        "Table(s, 't', name='t', billing_mode='PAY_PER_REQUEST')",
    ),
    "letters' case": (
        "Table(s, 't', name='t', billing_mode='provisioned')",
        "Table(s, 't', name='t', billing_mode='PROVISIONED')",
    ),
    "a hyphen": (
        "Table(s, 't', name='t', billing_mode='PAY-PER-REQUEST')",
        "Table(s, 't', name='t', billing_mode='PAY_PER_REQUEST')",
    ),
    "shorter rather than longer": (
        "FlowLog(s, 'f', max_aggregation_interval=300)",
        "FlowLog(s, 'f', max_aggregation_interval=60)",
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, asked: Schema) -> None:
    result = _repaired(asked, f"{before}\n", unsafe=True)
    assert [file.after for file in result.files] == [f"{HEAD}{after}\n"]


SAFE = {name: TRANSFORMED[name] for name in ("a synonym", "letters' case", "a hyphen")}


@pytest.mark.parametrize("name", TRANSFORMED)
def test_numbers_are_unsafe(name: str, asked: Schema) -> None:
    assert bool(_repaired(asked, TRANSFORMED[name][0]).files) == (name in SAFE)


NOOP = {
    "allowed": "Group(s, 'g', retention_in_days=2557)",
    "an allowed text": "Table(s, 't', name='t', billing_mode='PAY_PER_REQUEST')",
    "a token": "Table(s, 't', name='t', billing_mode='${var.mode}')",
    "not known here": "Group(s, 'g', retention_in_days=days())",
    "an f-string": "Table(s, 't', name='t', billing_mode=f'{mode}')",
    "another class": "class Group:\n    def __init__(self, *a, **k): pass\nGroup(s, 'g', retention_in_days=2555)",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, asked: Schema) -> None:
    result = _repaired(asked, code, unsafe=True)
    assert (result.files, result.findings) == ([], [])


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_other_version_is_only_shown(before: str, after: str, run) -> None:
    result = run({"main.py": HEAD + before}, select={"V105"}, unsafe=True)
    assert result.files == []
    (finding,) = result.findings
    assert "known from version 5.100.0" in finding.message


def test_nothing_near(asked: Schema) -> None:
    result = _repaired(asked, "Table(s, 't', name='t', billing_mode='SERVERLESS')", unsafe=True)
    assert result.files == []
    assert "PROVISIONED" in result.findings[0].message


RUNTIME = "from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction\nLambdaFunction(s, 'f', runtime='python3.99')\n"


def test_a_long_list_of_names_may_have_grown(asked: Schema, run) -> None:
    """What the version that was asked does not know, a later one may."""
    assert _repaired(asked, RUNTIME).findings
    assert run({"main.py": RUNTIME}, select={"V105"}).findings == []

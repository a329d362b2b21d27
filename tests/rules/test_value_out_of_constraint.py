from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from cdktf_codemods.engine.run import repair
from cdktf_codemods.harvest.asking import Asked
from cdktf_codemods.harvest.probes import BOGUS, Probe
from cdktf_codemods.harvest.shapes import shapes_of
from cdktf_codemods.rules.settings import Settings
from cdktf_codemods.schema import Schema
from cdktf_codemods.schema.store import SHIPPED, Snapshot

HEAD = """\
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup as Group
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable as Table
from cdktf_cdktf_provider_aws.flow_log import FlowLog
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias as Alias
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.db_instance import DbInstance
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
    "a beginning that is wanted": ("Alias(s, 'a', name='main')", "Alias(s, 'a', name='alias/main')"),
    "a beginning in a constant": (
        "N = 'app/main'\nAlias(s, 'a', name=N)",
        "N = 'alias/app/main'\nAlias(s, 'a', name=N)",
    ),
    "a beginning that is refused": (
        "SecurityGroup(s, 'g', name='sg-web')",
        "SecurityGroup(s, 'g', name='web')",
    ),
    "small letters": ("DbInstance(s, 'd', identifier='Orders-DB')", "DbInstance(s, 'd', identifier='orders-db')"),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, asked: Schema) -> None:
    result = _repaired(asked, f"{before}\n", unsafe=True)
    assert [file.after for file in result.files] == [f"{HEAD}{after}\n"]


CERTAIN = ("a synonym", "letters' case", "a hyphen", "a beginning that is wanted", "a beginning in a constant")
SAFE = {name: TRANSFORMED[name] for name in CERTAIN}


@pytest.mark.parametrize("name", TRANSFORMED)
def test_numbers_are_unsafe(name: str, asked: Schema) -> None:
    assert bool(_repaired(asked, TRANSFORMED[name][0]).files) == (name in SAFE)


NOOP = {
    "an alias": "Alias(s, 'a', name='alias/main')",
    "an alias that is worked out": "Alias(s, 'a', name=f'{kind}/main')",
    "another name": "SecurityGroup(s, 'g', name='web-sg-1')",
    "CIDR": "Route(s, 'r', destination_cidr_block='0.0.0.0/0')",
    "a CIDR token": "Route(s, 'r', destination_cidr_block='${var.cidr}')",
    "JSON": "SqsQueue(s, 'q', redrive_policy='{\"maxReceiveCount\": 3}')",
    "an identifier": "DbInstance(s, 'd', identifier='orders-db-2')",
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


SHOWN = {
    "no CIDR block": ("Route(s, 'r', destination_cidr_block='0.0.0.0')", "a CIDR block"),
    "no JSON": ("SqsQueue(s, 'q', redrive_policy='{maxReceiveCount: 3}')", "JSON"),
    "other letters": ("DbInstance(s, 'd', identifier='orders_db')", "matches ^[0-9a-z-]*$"),
    "another's alias": ("Alias(s, 'a', name='arn:aws:kms:x')", "begins with alias/"),
    "nothing else": ("SecurityGroup(s, 'g', name_prefix='sg-')", "does not begin with sg-"),
}


@pytest.mark.parametrize(("code", "words"), SHOWN.values(), ids=SHOWN)
def test_shown(code: str, words: str, asked: Schema) -> None:
    result = _repaired(asked, code, unsafe=True)
    assert result.files == []
    assert words in result.findings[0].message


MIRROR = Path("/opt/tf-plugins")
REAL = [
    ("aws_kms_alias", "name", "main", "alias/main"),
    ("aws_security_group", "name", "sg-web", "web"),
    ("aws_db_instance", "identifier", "Orders-DB", "orders-db"),
    ("aws_cloudwatch_log_group", "retention_in_days", "2555", "2557"),
    ("aws_dynamodb_table", "billing_mode", "ON_DEMAND", "PAY_PER_REQUEST"),
    ("aws_flow_log", "max_aggregation_interval", "300", "60"),
    ("aws_route", "destination_cidr_block", "0.0.0.0", "0.0.0.0/0"),
    ("aws_sqs_queue", "redrive_policy", "{maxReceiveCount: 3}", '{"maxReceiveCount": 3}'),
]


@pytest.mark.skipif(not MIRROR.is_dir(), reason="no mirror of Terraform's providers")
def test_the_provider_refuses_what_is_repaired_and_takes_what_it_becomes(tmp_path: Path) -> None:
    terraform = Asked(tmp_path, MIRROR, "hashicorp/aws", "5.100.0")
    shapes = {each.name: each for each in shapes_of(terraform.schema())}
    probes = []
    for kind, argument, *values in REAL:
        path = (argument,)
        probes += [Probe(shapes[kind], {path: value}, BOGUS, lambda each, path=path: each != path) for value in values]
    refused = {(each.probe, each.line) for each in terraform.ask(probes)}
    for number, (_, argument, *_) in enumerate(REAL):
        assert (2 * number, (argument,)) in refused
        assert (2 * number + 1, (argument,)) not in refused


RUNTIME = "from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction\nLambdaFunction(s, 'f', runtime='python3.99')\n"


def test_a_long_list_of_names_may_have_grown(asked: Schema, run) -> None:
    """What the version that was asked does not know, a later one may."""
    assert _repaired(asked, RUNTIME).findings
    assert run({"main.py": RUNTIME}, select={"V105"}).findings == []

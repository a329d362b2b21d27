"""The same faults in the same code by other names: cdktf's package, its successor's, and generated bindings."""

from __future__ import annotations

from textwrap import dedent

import pytest
from cdktf_codemods import Schema, Settings, repair
from cdktf_codemods.schema.declarations import Binding
from cdktf_codemods.schema.versions import choose
from cdktf_codemods.syntax.imports import imported

SPELLINGS = {
    "cdktf": ("cdktf", "cdktf_cdktf_provider_aws"),
    "cdktn": ("cdktn", "cdktn_provider_aws"),
    "generated": ("cdktf", "imports.aws"),
    "generated for cdktn": ("cdktn", "imports.aws"),
    "in gen": ("cdktf", "gen.providers.aws"),
}

FAULTS = {
    "N101 a class without its A": (
        "from AWS.s3_bucket_versioning import S3BucketVersioning\nS3BucketVersioning(self, 'v', bucket='b')",
        "from AWS.s3_bucket_versioning import S3BucketVersioningA\nS3BucketVersioningA(self, 'v', bucket='b')",
    ),
    "N102 a class at the root": (
        "from AWS import S3Bucket\nS3Bucket(self, 'b')",
        "from AWS.s3_bucket import S3Bucket\nS3Bucket(self, 'b')",
    ),
    "N102 a module of another name": (
        "from AWS.eventbridge_rule import EventbridgeRule\nEventbridgeRule(self, 'r')",
        "from AWS.cloudwatch_event_rule import CloudwatchEventRule\nCloudwatchEventRule(self, 'r')",
    ),
    "N103 a class that is never imported": (
        "from CORE import TerraformStack\nfrom AWS.vpc import Vpc\nVpc(self, 'v')\nEip(self, 'e')",
        "from CORE import TerraformStack\nfrom AWS.vpc import Vpc\nfrom AWS.eip import Eip\nVpc(self, 'v')\nEip(self, 'e')",
    ),
    "N103 the core's": (
        "from CORE import TerraformStack\nclass S(TerraformStack):\n    def f(self):\n        return Fn.join(',', [])",
        "from CORE import Fn, TerraformStack\nclass S(TerraformStack):\n    def f(self):\n        return Fn.join(',', [])",
    ),
    "A101 vpc of an address": (
        "from AWS.eip import Eip\nEip(self, 'e', vpc=True)",
        "from AWS.eip import Eip\nEip(self, 'e', domain='vpc')",
    ),
    "A102 a dict in a list of blocks": (
        "from AWS.route_table import RouteTable\nRouteTable(self, 'r', vpc_id='v', route=[{'cidr_block': '0.0.0.0/0'}])",
        "from AWS.route_table import RouteTable, RouteTableRoute\n"
        "RouteTable(self, 'r', vpc_id='v', route=[RouteTableRoute(cidr_block='0.0.0.0/0')])",
    ),
    "A102 a number for a string": (
        "from AWS.lb_target_group import LbTargetGroup\nLbTargetGroup(self, 'g', deregistration_delay=30)",
        "from AWS.lb_target_group import LbTargetGroup\nLbTargetGroup(self, 'g', deregistration_delay='30')",
    ),
    "A102 a boolean that is a text": (
        "from AWS.vpc import Vpc\nVpc(self, 'v', enable_dns_support='true')",
        "from AWS.vpc import Vpc\nVpc(self, 'v', enable_dns_support=True)",
    ),
    "A103 an argument in jsii's spelling": (
        "from AWS.vpc import Vpc\nVpc(self, 'v', cidrBlock='10.0.0.0/16')",
        "from AWS.vpc import Vpc\nVpc(self, 'v', cidr_block='10.0.0.0/16')",
    ),
    "N104 an attribute of a block": (
        "from CORE import Token\nfrom AWS.db_instance import DbInstance\ndb = DbInstance(self, 'd', instance_class='c')\n"
        "x = db.endpont",
        "from CORE import Token\nfrom AWS.db_instance import DbInstance\ndb = DbInstance(self, 'd', instance_class='c')\n"
        "x = db.endpoint",
    ),
    "T101 a list that only Terraform knows": (
        "from CORE import TerraformOutput\n"
        "from AWS.data_aws_availability_zones import DataAwsAvailabilityZones\n"
        "zones = DataAwsAvailabilityZones(self, 'z')\nTerraformOutput(self, 'o', value=zones.names[0])",
        "from CORE import TerraformOutput\n"
        "from AWS.data_aws_availability_zones import DataAwsAvailabilityZones\n"
        "zones = DataAwsAvailabilityZones(self, 'z')\nTerraformOutput(self, 'o', value=CORE.Fn.element(zones.names, 0))",
    ),
    "K101 the check of a whole synthesis": (
        "from CORE import Testing, TerraformStack\nclass S(TerraformStack):\n    pass\n"
        "def test(app):\n    assert Testing.to_be_valid_terraform(S(app, 's'))",
        "from CORE import Testing, TerraformStack\nclass S(TerraformStack):\n    pass\n"
        "def test(app):\n    assert Testing.to_be_valid_terraform(Testing.full_synth(S(app, 's')))",
    ),
}  # fmt: skip


def schema_for(code: str, bindings: tuple[Binding, ...] = ()) -> Schema:
    return Schema(choose([], imported(code), bindings).snapshots)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(("before", "after"), FAULTS.values(), ids=FAULTS)
def test_the_same_repair(before: str, after: str, spelling: str) -> None:
    core, aws = SPELLINGS[spelling]
    before, after = (
        dedent(f"import {core}\nimport {aws}\n{text}\n").replace("CORE", core).replace("AWS.", f"{aws}.").replace(
            "AWS ", f"{aws} "
        )
        for text in (before, after)
    )  # fmt: skip
    result = repair({"main.py": before}, schema_for(before), Settings(ignore=frozenset({"L"}), unsafe=True))
    assert result.failures == ()
    assert (result.files[0].after if result.files else before) == after


def test_bindings_beside_the_code_are_not_read() -> None:
    code = "import cdktf\nfrom imports import aws\nfrom imports.aws import eip\naws.eip.Eip(self, 'e', vpc=True)\neip.Eip(self, 'f', vpc=True)\n"
    files = {"main.py": code, "imports/aws/eip/__init__.py": "class Eip(", "imports/__init__.py": ""}
    result = repair(files, schema_for(code), Settings(), {"main.py"})
    assert [file.after for file in result.files] == [code.replace("vpc=True", "domain='vpc'")]
    assert result.errors == {}


def test_bindings_of_an_older_provider_keep_what_it_takes() -> None:
    code = "from imports.aws.eip import Eip\nEip(self, 'e', vpc=True)\n"
    schema = schema_for(code, (Binding("aws", "~=5.0", "cdktf.json"),))
    assert repair({"main.py": code}, schema, Settings()).files == []

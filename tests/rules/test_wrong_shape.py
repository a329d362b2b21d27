from __future__ import annotations

from textwrap import dedent

import pytest
from cdktf_codemods import Schema, Settings, repair
from cdktf_codemods.schema.types import ListOf, Named

IMPORT = """\
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfigurationRule as Rule,
    S3BucketLifecycleConfigurationRuleExpiration as Expiration,
)
"""

NOOP = {
    "right": "Rule(id='a', status='Enabled', expiration=[Expiration(days=1)])",
    "variable list": "e = [Expiration(days=1)]\nRule(id='a', status='Enabled', expiration=e)",
    "unknown": "Rule(id='a', status='Enabled', expiration=anything())",
    "own classes": "class Rule: pass\nRule(expiration=Expiration(days=1))",
}

TRANSFORMED = {
    "literal": ("Rule(expiration=Expiration(days=1))", "Rule(expiration=[Expiration(days=1)])"),
    "values of several types in a table": (
        "for days in (1, '30'):\n    Expiration(days=days)",
        "for days in (1, 30):\n    Expiration(days=days)",
    ),
    "values of several types beside others": (
        "[Expiration(days=days) for days, name in ((1, 'a'), ('30', 'b'))]",
        "[Expiration(days=int(days)) for days, name in ((1, 'a'), ('30', 'b'))]",
    ),
    "a policy document where JSON is wanted": (
        "from cdktf_cdktf_provider_aws.data_aws_iam_policy_document import DataAwsIamPolicyDocument\n"
        "from cdktf_cdktf_provider_aws.kms_key import KmsKey\n"
        "KmsKey(scope, 'k', policy=DataAwsIamPolicyDocument(scope, 'p'))",
        "from cdktf_cdktf_provider_aws.data_aws_iam_policy_document import DataAwsIamPolicyDocument\n"
        "from cdktf_cdktf_provider_aws.kms_key import KmsKey\n"
        "KmsKey(scope, 'k', policy=DataAwsIamPolicyDocument(scope, 'p').json)",
    ),
    "variable": ("e = Expiration(days=1)\nRule(expiration=e)", "e = Expiration(days=1)\nRule(expiration=[e])"),
    "attribute": (
        "class S:\n    def __init__(self):\n        self.e = Expiration(days=1)\n        Rule(expiration=self.e)",
        "class S:\n    def __init__(self):\n        self.e = Expiration(days=1)\n        Rule(expiration=[self.e])",
    ),
    "annotated parameter": (
        "def f(e: Expiration):\n    Rule(expiration=e)",
        "def f(e: Expiration):\n    Rule(expiration=[e])",
    ),
    "helper": (
        "def f():\n    return Expiration(days=1)\nRule(expiration=f())",
        "def f():\n    return Expiration(days=1)\nRule(expiration=[f()])",
    ),
    "conditional": (
        "Rule(expiration=Expiration(days=1) if x else Expiration(days=2))",
        "Rule(expiration=[Expiration(days=1) if x else Expiration(days=2)])",
    ),
    "comment inside": (
        "Rule(expiration=Expiration(  # soon\n    days=1\n))",
        "Rule(expiration=[Expiration(  # soon\n    days=1\n)])",
    ),
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": IMPORT + code}, select={"A102"})
    assert (result.files, result.findings) == ([], [])


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(IMPORT + before, select={"A102"}) == IMPORT + after


def test_another_file_s_helper(run) -> None:
    result = run(
        {
            "lib/rules.py": IMPORT + "def soon():\n    return Expiration(days=1)\n",
            "main.py": IMPORT + "from lib.rules import soon\nRule(expiration=soon())\n",
        },
        select={"A102"},
    )
    assert [(file.path, file.after.splitlines()[-1]) for file in result.files] == [
        ("main.py", "Rule(expiration=[soon()])")
    ]


def test_every_block_list_of_every_construct(schema: Schema, fix) -> None:
    """Not the one parameter of the document: each list of structs in a sample of a hundred modules."""
    package = "cdktf_cdktf_provider_aws"
    lines, expected = [], []
    for module in sorted(schema.snapshots[package].index)[::9]:
        for described in (schema.module(module) or {}).values():
            if not described.is_construct:
                continue
            for name, parameter in described.arguments.items():
                structs = [
                    option.element.name
                    for option in parameter.type.options
                    if isinstance(option, ListOf) and isinstance(option.element, Named)
                ]
                if structs and structs[0].startswith(module):
                    lines.append(f"{described.name}(self, 'x', {name}={structs[0]}())")
                    expected.append(f"{described.name}(self, 'x', {name}=[{structs[0]}()])")
    assert len(lines) > 50
    modules = "".join(f"import {line.partition('(')[0].rpartition('.')[0]}\n" for line in lines)
    from cdktf_codemods.editing.layout import Layout

    fixed = fix(dedent(modules) + "\n".join(lines), select={"A102"}, layout=Layout(1000))
    assert fixed == dedent(modules) + "\n".join(expected)


def test_what_is_written_in_a_file_out_of_reach_is_shown(schema: Schema) -> None:
    files = {
        "lib/rules.py": "def rule():\n    return {'from_port': 80, 'to_port': 80, 'protocol': 'tcp'}\n",
        "main.py": (
            "from cdktf_cdktf_provider_aws.security_group import SecurityGroup\nfrom lib.rules import rule\n"
            "SecurityGroup(self, 's', ingress=[rule()])\n"
        ),
    }
    result = repair(files, schema, Settings(), editable={"main.py"})
    assert result.files == []
    assert [(each.path, each.safety, each.fixed) for each in result.findings] == [("lib/rules.py", "shown", False)]
    assert [file.path for file in repair(files, schema, Settings()).files] == ["lib/rules.py"]


HEAD = """\
import os
from cdktf import Token
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress, SecurityGroupIngress
from cdktf_cdktf_provider_aws.vpc import Vpc
"""

SHAPES = {
    "a status": (
        "from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import S3BucketLifecycleConfiguration as C\n"
        "def f(on: bool):\n    C(self, 'c', bucket='b', rule=[{'id': 'a', 'status': True}, {'id': 'b', 'status': on}])",
        "rule=[{'id': 'a', 'status': 'Enabled'}, {'id': 'b', 'status': 'Enabled' if on else 'Disabled'}]",
    ),
    "a key of the author's own that is called so": (
        "Vpc(self, 'v', tags={'status': True})",
        "tags={'status': 'true'})",
    ),
    "number to string": (
        "LbTargetGroup(self, 't', slow_start=1, deregistration_delay=30)",
        "deregistration_delay='30'",
    ),
    "number in a variable": ("d = 30\nLbTargetGroup(self, 't', deregistration_delay=d)", "deregistration_delay=str(d)"),
    "number from the environment": (
        "LbTargetGroup(self, 't', port=os.getenv('PORT', '80'))",
        "port=int(os.getenv('PORT', '80'))",
    ),
    "boolean text": ("Vpc(self, 'v', enable_dns_support='true')", "enable_dns_support=True"),
    "boolean text in a variable": ("on = 'true'\nVpc(self, 'v', enable_dns_support=on)", "on = True\n"),
    "zero and one": ("Vpc(self, 'v', enable_dns_support=0)", "enable_dns_support=False"),
    "in a map": (
        "Vpc(self, 'v', tags={'Port': 80, 'On': True, 'Neg': -1})",
        "tags={'Port': '80', 'On': 'true', 'Neg': '-1'}",
    ),
    "in a map of a comprehension": ("Vpc(self, 'v', tags={k: 1 for k in x})", "tags={k: '1' for k in x}"),
    "token": (
        "db = DbInstance(self, 'd', instance_class='c')\nLbTargetGroup(self, 't', deregistration_delay=db.port)",
        "deregistration_delay=Token.as_string(db.port)",
    ),
    "JSON": (
        "IamRole(self, 'r', assume_role_policy={'Version': '2012-10-17'})",
        "assume_role_policy=json.dumps({'Version'",
    ),
    "one string for a list": ("SecurityGroupIngress(cidr_blocks='0.0.0.0/0')", "cidr_blocks=['0.0.0.0/0']"),
    "list of one for one": ("Vpc(self, 'v', cidr_block=['10.0.0.0/16'])", "cidr_block='10.0.0.0/16'"),
    "list of one with a comment": (
        "LbTargetGroup(self, 't', health_check=[  # probe\n    {'path': '/'}\n])",
        "health_check=(  # probe\n    {'path': '/'}\n)",
    ),
    "boolean for a block": (
        "DynamodbTable(self, 't', name='n', point_in_time_recovery=True)",
        "point_in_time_recovery=DynamodbTablePointInTimeRecovery(enabled=True)",
    ),
    "dict keys of one block": (
        "LbTargetGroup(self, 't', health_check={'healthyThreshold': 2})",
        "{'healthy_threshold': 2}",
    ),
    "dict in a list": (
        "SecurityGroup(self, 's', ingress=[{'from_port': 80, 'to_port': '80'}])",
        "ingress=[SecurityGroupIngress(from_port=80, to_port=80)]",
    ),
    "mixed keys": (
        "SecurityGroup(self, 's', ingress=[{'fromPort': 80, 'to_port': 80}])",
        "ingress=[SecurityGroupIngress(from_port=80, to_port=80)]",
    ),
    "appended": (
        "rules = []\nfor p in ports:\n    rules.append({'from_port': p})\nSecurityGroup(self, 's', ingress=rules)",
        "rules.append(SecurityGroupIngress(from_port=p))",
    ),
    "spread": (
        "base = {'protocol': 'tcp'}\nprint(base)\nSecurityGroup(self, 's', ingress=[{**base, 'from_port': 80}])",
        "ingress=[SecurityGroupIngress(**base, from_port=80)]",
    ),
    "a list of several uses": (
        "R = [{'from_port': 1}]\nprint(R)\nSecurityGroup(self, 's', ingress=R)",
        "ingress=[SecurityGroupIngress(**each) for each in R]",
    ),
    "a dict changed later": (
        "r = {'from_port': 1}\nr['to_port'] = 2\nSecurityGroup(self, 's', ingress=[r])",
        "ingress=[SecurityGroupIngress(**r)]",
    ),
    "an empty block that has to be there": (
        "from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (\n"
        "    S3BucketServerSideEncryptionConfigurationA as Encryption,\n)\nEncryption(self, 'e', bucket='b', rule={})",
        "rule=[{}]",
    ),
    "names and values, of which the value is optional": (
        "from cdktf_cdktf_provider_aws.servicecatalog_provisioned_product import ServicecatalogProvisionedProduct\n"
        "ServicecatalogProvisionedProduct(self, 'p', name='p', provisioning_parameters={'Size': 'small'})",
        "ServicecatalogProvisionedProductProvisioningParameters(key='Size', value='small')",
    ),
    "a switch that is told by a word": (
        "from cdktf_cdktf_provider_aws.ec2_transit_gateway import Ec2TransitGateway\n"
        "Ec2TransitGateway(self, 't', dns_support=True, vpn_ecmp_support=False)",
        "dns_support='enable', vpn_ecmp_support='disable'",
    ),
    "a switch that is told by a word, by a parameter": (
        "from cdktf_cdktf_provider_aws.ec2_transit_gateway import Ec2TransitGateway\n"
        "def f(self, on: bool):\n    Ec2TransitGateway(self, 't', dns_support=on)",
        "dns_support='enable' if on else 'disable'",
    ),
    "a construct for its name": (
        "from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket\n"
        "from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy\n"
        "b = S3Bucket(self, 'b')\nS3BucketPolicy(self, 'p', bucket=b, policy='{}')",
        "bucket=b.bucket,",
    ),
    "a construct for a name that is another thing's too": (
        "from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup\n"
        "g = DbSubnetGroup(self, 'g', subnet_ids=[])\nDbInstance(self, 'd', instance_class='c', db_subnet_group_name=g)",
        "db_subnet_group_name=g.name)",
    ),
    "a construct for its name, where the other is a part of it": (
        "from cdktf_cdktf_provider_aws.iam_role import IamRole\n"
        "from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy\n"
        "r = IamRole(self, 'r', assume_role_policy='{}')\nIamRolePolicy(self, 'p', role=r, policy='{}')",
        "role=r.name, policy='{}')",
    ),
    "a map in a list": (
        "Vpc(self, 'v', tags=[{'Name': 'main', 'team': n}])",
        "tags={'Name': 'main', 'team': n})",
    ),
    "the keys and values of a map": (
        "Vpc(self, 'v', tags=[{'Key': 'Name', 'Value': 'main'}, {'Key': n, 'Value': v}])",
        "tags={'Name': 'main', n: v}",
    ),
    "the keys and values of a map, in a variable": (
        "t = [\n    {'name': 'Name', 'value': 'main'},  # ours\n]\nVpc(self, 'v', tags=t)",
        "t = {\n    'Name': 'main',  # ours\n}\n",
    ),
    "the map of a block": (
        "from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction\n"
        "LambdaFunction(self, 'f', function_name='f', role='r', environment={'TABLE': t.name})",
        "environment={'variables': {'TABLE': t.name}}",
    ),
    "the map of a block in a list": (
        "from cdktf_cdktf_provider_aws.provider import AwsProvider\nAwsProvider(self, 'a', default_tags=[{'Owner': 'me'}])",
        "default_tags=[AwsProviderDefaultTags(tags={'Owner': 'me'})]",
    ),
    "the map of a block where a list is wanted": (
        "from cdktf_cdktf_provider_aws.provider import AwsProvider\nt = {'Owner': 'me'}\nprint(t)\n"
        "AwsProvider(self, 'a', default_tags=t)",
        "default_tags=[AwsProviderDefaultTags(tags=t)]",
    ),
    "one helper, two kinds of use": (
        "def everything():\n    return {'from_port': 0, 'to_port': 0}\n"
        "SecurityGroup(self, 's', ingress=[everything()], egress=[everything()])",
        "ingress=[SecurityGroupIngress(**everything())], egress=[SecurityGroupEgress(**everything())]",
    ),
}


@pytest.mark.parametrize(("before", "part"), SHAPES.values(), ids=SHAPES)
def test_shape(before: str, part: str, fix) -> None:
    fixed = fix(HEAD + before, select={"A102"})
    assert part in fixed
    compile(fixed, "main.py", "exec")


RIGHT = {
    "camelCase keys work": "SecurityGroup(self, 's', ingress=[{'fromPort': 80, 'toPort': 80, 'cidrBlocks': ['a']}])",
    "camelCase keys, and an empty block": "from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAcl\nWafv2WebAcl(self, 'a', scope='REGIONAL', rule=[{'name': 'r', 'priority': 0, 'overrideAction': {'none': {}}}])",
    "a dict for one block works": "LbTargetGroup(self, 't', health_check={'path': '/', 'healthy_threshold': 2})",
    "an empty dict": "SecurityGroup(self, 's', ingress=[{}])",
    "None": "LbTargetGroup(self, 't', deregistration_delay=None, tags=None)",
    "unknown stays unknown": "LbTargetGroup(self, 't', deregistration_delay=given(), tags=more, health_check=other)",
    "token lists": "LbTargetGroup(self, 't', tags=Token.as_string_map(x))",
    "the map of a block by its name": (
        "from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction\n"
        "LambdaFunction(self, 'f', function_name='f', role='r', environment={'variables': {'A': 'b'}})"
    ),
    "keys and values where these are blocks": (
        "from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster\n"
        "EcsCluster(self, 'c', name='c', setting=[{'name': 'containerInsights', 'value': 'enabled'}])"
    ),
    "conditional": "LbTargetGroup(self, 't', deregistration_delay='30' if x else None)",
}


@pytest.mark.parametrize("code", RIGHT.values(), ids=RIGHT)
def test_right(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"A102"})
    assert (result.files, result.findings) == ([], [])


SHOWN = {
    "a boolean for one of several words": (
        "from cdktf_cdktf_provider_aws.iam_access_key import IamAccessKey\nIamAccessKey(self, 'k', user='u', status=True)"
    ),
    "names where the blocks have several fields besides": (
        "from cdktf_cdktf_provider_aws.glue_catalog_table import GlueCatalogTable\n"
        "GlueCatalogTable(self, 't', name='t', database_name='d', partition_keys={'day': 'date'})"
    ),
    "a construct that is not what its argument names": (
        "from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction\n"
        "f = LambdaFunction(self, 'f', function_name='f', role='r')\nIamRole(self, 'r', assume_role_policy='{}', name=f)"
    ),
    "text for a boolean": "def f(x: str):\n    Vpc(self, 'v', enable_dns_support=x)",
    "text that is no number": "LbTargetGroup(self, 't', port='http')",
    "a list of two for one": "LbTargetGroup(self, 't', health_check=[{'path': '/'}, {'path': '/x'}])",
    "a map in a list, or a key without its value": "Vpc(self, 'v', tags=[{'name': 'a'}])",
    "a construct that others take by its ARN": (
        "from cdktf_cdktf_provider_aws.ecs_service import EcsService\n"
        "r = IamRole(self, 'r', assume_role_policy='{}')\nEcsService(self, 's', name='n', iam_role=r)"
    ),
    "a key of a map twice": "Vpc(self, 'v', tags=[{'key': 'a', 'value': 'b'}, {'key': 'a', 'value': 'c'}])",
    "an unknown key": "SecurityGroup(self, 's', ingress=[{'from_port': 80, 'nonsense': 1}])",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"A102"})
    assert result.files == []
    assert {finding.safety for finding in result.findings} == {"shown"}


STACK = """\
from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
class TapStack(TerraformStack):
    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id)
        default_tags = kwargs.{get}("default_tags", {default})
        AwsProvider(self, "aws", default_tags={value})
"""
ENTRY = """\
from lib.tap_stack import TapStack
default_tags = {tags}
TapStack(app, "stack", default_tags=default_tags)
"""


@pytest.mark.parametrize("get", ["get", "pop"])
def test_a_list_that_another_file_made_already(get: str, run) -> None:
    files = {
        "tap.py": ENTRY.format(tags='[{"tags": {"Team": "a"}}]'),
        "lib/tap_stack.py": STACK.format(get=get, default="{}", value="[default_tags]"),
    }
    (after,) = run(files, select={"A102"}).files
    assert after.path == "lib/tap_stack.py"
    assert after.after == STACK.format(get=get, default='[{"tags": {}}]', value="default_tags")


def test_a_dict_that_another_file_made_stays_in_its_list(run) -> None:
    files = {
        "tap.py": ENTRY.format(tags='{"tags": {"Team": "a"}}'),
        "lib/tap_stack.py": STACK.format(get="get", default="{}", value="[default_tags]"),
    }
    assert run(files, select={"A102"}).files == []


FORMS = """\
import json
from cdktf_cdktf_provider_aws.cloudfront_distribution import CloudfrontDistributionDefaultRootObject as Root
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
"""
FORMED = {
    "a conversion taken away": ("def f(x: int):\n    CloudwatchLogGroup(s, 'l', retention_in_days=str(x))", "retention_in_days=x)"),
    "an f-string of a number": ("def f(x: int):\n    CloudwatchLogGroup(s, 'l', retention_in_days=f'{x}')", "retention_in_days=x)"),
    "the inverse": ("def f(x: str):\n    LbTargetGroup(s, 't', deregistration_delay=int(x))", "deregistration_delay=x)"),
    "a text of a boolean": ("def f(x: bool):\n    LbTargetGroup(s, 't', proxy_protocol_v2=str(x).lower())", "proxy_protocol_v2=x)"),
    "JSON in a variable": ("p = {'Version': '1'}\nIamRole(s, 'r', assume_role_policy=p)", "assume_role_policy=json.dumps(p))"),
    "JSON of a conditional": (
        "IamRole(s, 'r', assume_role_policy={'a': 1} if x else {'b': 2})",
        "assume_role_policy=json.dumps({'a': 1} if x else {'b': 2}))",
    ),
    "JSON of a helper": ("def p():\n    return {'a': 1}\nIamRole(s, 'r', assume_role_policy=p())", "assume_role_policy=json.dumps(p()))"),
    "a class for a text": ("SnsTopic(s, 't', name=Root('index.html'))", "name='index.html')"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "part"), FORMED.values(), ids=FORMED)
def test_formed(before: str, part: str, fix) -> None:
    assert fix(FORMS + before + "\n", select={"A102"}).endswith(part + "\n")


def test_a_dict_for_any_text_is_json_but_a_person_should_look(fix, run) -> None:
    code = FORMS + "SnsTopic(s, 't', display_name={'a': 1})\n"
    (finding,) = run({"main.py": code}, select={"A102"}).findings
    assert (finding.safety, finding.fixed) == ("unsafe", False)
    assert "display_name=json.dumps({'a': 1})" in fix(code, select={"A102"}, unsafe=True)


# What is given for subnets, what becomes of it, and how safe that is.
SEPARATED = {
    "a list that is joined": ("','.join(ids)", "ids", "safe"),
    "with spaces": ("', '.join(ids)", "ids", "safe"),
    "a generator": ("','.join(f'subnet-{i}' for i in ids)", "[f'subnet-{i}' for i in ids]", "safe"),
    "what is joined is not known": ("','.join(given)", "list(given)", "unsafe"),
    "one text": ("'subnet-1, subnet-2'", "['subnet-1', 'subnet-2']", "unsafe"),
    "one text, in a variable": ("both", "both", "unsafe"),
    "an f-string": ("f'{s.id},x-{s.id}, {given}'", "[s.id, f'x-{s.id}', f'{given}']", "unsafe"),
    "put together": ("s.id + ',' + s.id", None, "shown"),
    "an empty part": ("'subnet-1,'", "['subnet-1,']", "safe"),
    "a sentence": ("'one, or two of them'", "['one, or two of them']", "safe"),
    "joined by something else": ("'-'.join(ids)", "['-'.join(ids)]", "safe"),
}


@pytest.mark.parametrize(("given", "becomes", "safety"), SEPARATED.values(), ids=SEPARATED)
def test_a_text_of_several_values_where_a_list_is_wanted(
    given: str, becomes: str | None, safety: str, fix, run
) -> None:
    code = (
        "from cdktf_cdktf_provider_aws.autoscaling_group import AutoscalingGroup\n"
        "from cdktf_cdktf_provider_aws.subnet import Subnet\n"
        "def group(scope, given):\n    s = Subnet(scope, 's', vpc_id='v')\n    ids = ['subnet-1']\n    both = 'a,b'\n"
        f"    AutoscalingGroup(scope, 'g', min_size=1, max_size=1, vpc_zone_identifier={given})\n"
    )
    (finding,) = run({"main.py": code}, select={"A102"}).findings
    assert finding.safety == safety
    fixed = fix(code, select={"A102"}, unsafe=True)
    assert f"vpc_zone_identifier={becomes or given})" in fixed
    assert ("both = ['a', 'b']" in fixed) == (given == "both")


def test_an_empty_block_where_a_list_is_wanted_may_be_none(fix, run) -> None:
    code = f"{HEAD}SecurityGroup(self, 's', ingress={{}})\n"
    assert [finding.safety for finding in run({"main.py": code}, select={"A102"}).findings] == ["unsafe"]
    assert "ingress=[{}]" in fix(code, select={"A102"}, unsafe=True)


def test_json_that_is_text_already_is_left_alone(run) -> None:
    code = FORMS + (
        "def role(p: dict):\n    IamRole(s, 'r', assume_role_policy=p)\nrole(json.dumps({}))\n"
        "def role2(p):\n    IamRole(s, 'r2', assume_role_policy=p)\nrole2(json.dumps({}))\n"
    )
    assert run({"main.py": code}, select={"A102"}, unsafe=True).files == []


def test_what_comes_out_of_a_list_moves_to_where_the_list_was(fix) -> None:
    before = """\
def web(scope):
    LbTargetGroup(
        scope,
        "t",
        health_check=[
            LbTargetGroupHealthCheck(
                path=\"\"\"/
                x\"\"\",
                # soon
                matcher="200",
            )
        ],
    )
"""
    after = """\
def web(scope):
    LbTargetGroup(
        scope,
        "t",
        health_check=LbTargetGroupHealthCheck(
            path=\"\"\"/
                x\"\"\",
            # soon
            matcher="200",
        ),
    )
"""
    assert fix(FORMS + before, select={"A102"}) == FORMS + after


def test_what_no_edit_can_mend_is_said_once_at_the_construct(run) -> None:
    files = {
        "lib/web.py": FORMS + "def web(scope, port):\n    LbTargetGroup(scope, 't', port=port)\n",
        "tests/test_web.py": "from lib.web import web\nweb(s, 'http')\nweb(s, 'https')\nweb(s, 'http')\n",
    }
    (finding,) = run(files, select={"A102"}).findings
    assert (finding.path, finding.safety) == ("lib/web.py", "shown")

"""What real model responses were seen to get wrong: each is repaired to what the real cdktf takes, or shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods import Schema, Settings, repair
from cdktf_codemods.oracle import Oracle

from tests.whole_provider import Call, chosen_arguments

PACKAGE = "cdktf_cdktf_provider_aws"


STACK = """\
{imports}
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider


class Stack(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="us-east-1")
        {body}


app = App()
Stack(app, "stack")
app.synth()
"""

# Names that exist, looked for where they are not: in the root of the package, or without their suffix in their module.
MISPLACED = """
AutoscalingGroup CloudfrontDistribution CloudfrontOriginAccessControl CloudwatchLogGroup DbInstance DbParameterGroup
DbSubnetGroup Eip IamInstanceProfile IamPolicy IamRole IamRolePolicyAttachment InternetGateway KmsAlias KmsKey
LaunchTemplate Lb LbListener LbTargetGroup NatGateway Route Route53Record Route53Zone RouteTable RouteTableAssociation
S3Bucket S3BucketPublicAccessBlock SecurityGroup SecurityGroupRule Subnet Vpc AwsProvider AutoscalingAttachment
""".split()
SUFFIXED = """
S3BucketVersioning S3BucketServerSideEncryptionConfiguration S3BucketReplicationConfiguration
VpcPeeringConnectionAccepter S3BucketLogging S3BucketObjectLockConfiguration
""".split()

REPAIRED = {
    "S3BucketObjectLockConfigurationRule, …DefaultRetention": (
        "from cdktf_cdktf_provider_aws.s3_bucket_object_lock_configuration import (\n"
        "    S3BucketObjectLockConfiguration, S3BucketObjectLockConfigurationRule,\n"
        "    S3BucketObjectLockConfigurationRuleDefaultRetention)",
        "S3BucketObjectLockConfiguration(self, 'x', bucket='b', rule=S3BucketObjectLockConfigurationRule("
        "default_retention=S3BucketObjectLockConfigurationRuleDefaultRetention(mode='GOVERNANCE', days=1)))",
    ),
    "S3BucketServerSideEncryptionConfigurationRule…, also with an A in the middle": (
        "from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (\n"
        "    S3BucketServerSideEncryptionConfigurationA, S3BucketServerSideEncryptionConfigurationRule,\n"
        "    S3BucketServerSideEncryptionConfigurationRuleAApplyServerSideEncryptionByDefault as D,\n"
        "    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefault as E)",
        "S3BucketServerSideEncryptionConfigurationA(self, 'x', bucket='b', rule=["
        "S3BucketServerSideEncryptionConfigurationRule(apply_server_side_encryption_by_default=D(sse_algorithm='AES256')),"
        "S3BucketServerSideEncryptionConfigurationRule(apply_server_side_encryption_by_default=E(sse_algorithm='AES256'))])",
    ),
    "expiration wants a list": (
        "from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import *\n"
        "from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import ("
        "S3BucketLifecycleConfiguration as C, S3BucketLifecycleConfigurationRule as R, "
        "S3BucketLifecycleConfigurationRuleExpiration as E)",
        "C(self, 'x', bucket='b', rule=[R(id='a', status='Enabled', expiration=E(days=90))])",
    ),
    "replication_group_description; description missing; at_rest_encryption_enabled; auto_minor_version_upgrade": (
        "from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup",
        "ElasticacheReplicationGroup(self, 'x', replication_group_id='c', replication_group_description='d', "
        "at_rest_encryption_enabled=True, auto_minor_version_upgrade=True)",
    ),
    "subnet_group_name; name missing; ElasticacheSubnetGroup.subnet_group_name": (
        "from cdktf import TerraformOutput\n"
        "from cdktf_cdktf_provider_aws.elasticache_subnet_group import ElasticacheSubnetGroup",
        "group = ElasticacheSubnetGroup(self, 'x', subnet_group_name='c', subnet_ids=['subnet-1'])\n"
        "        TerraformOutput(self, 'o', value=group.subnet_group_name)",
    ),
    "vpc": ("from cdktf_cdktf_provider_aws.eip import Eip", "Eip(self, 'x', vpc=True)"),
    "encryption_config wants one; a list of dicts": (
        "from cdktf_cdktf_provider_aws.eks_cluster import EksCluster, EksClusterVpcConfig",
        "EksCluster(self, 'x', name='c', role_arn='r', vpc_config=EksClusterVpcConfig(subnet_ids=['s']), "
        "encryption_config=[{'provider': {'key_arn': 'k'}, 'resources': ['secrets']}])",
    ),
    "visibility_config of another parent; Wafv2WebAclRuleStatement…": (
        "from cdktf_cdktf_provider_aws.wafv2_web_acl import (Wafv2WebAcl, Wafv2WebAclRule, Wafv2WebAclVisibilityConfig,\n"
        "    Wafv2WebAclDefaultAction, Wafv2WebAclDefaultActionAllow, Wafv2WebAclRuleStatement,\n"
        "    Wafv2WebAclRuleStatementRateBasedStatement, Wafv2WebAclRuleStatementGeoMatchStatement,\n"
        "    Wafv2WebAclRuleStatementIpSetReferenceStatement, Wafv2WebAclRuleStatementManagedRuleGroupStatement,\n"
        "    Wafv2WebAclRuleStatementSqliMatchStatement, Wafv2WebAclRuleStatementSqliMatchStatementFieldToMatch,\n"
        "    Wafv2WebAclRuleStatementSqliMatchStatementFieldToMatchQueryString,\n"
        "    Wafv2WebAclRuleStatementSqliMatchStatementTextTransformation)",
        "shown = Wafv2WebAclVisibilityConfig(cloudwatch_metrics_enabled=True, metric_name='m',\n"
        "            sampled_requests_enabled=True)\n"
        "        statements = [\n"
        "            Wafv2WebAclRuleStatement(rate_based_statement=Wafv2WebAclRuleStatementRateBasedStatement(\n"
        "                limit=2000, aggregate_key_type='IP')),\n"
        "            Wafv2WebAclRuleStatement(geo_match_statement=Wafv2WebAclRuleStatementGeoMatchStatement(\n"
        "                country_codes=['US'])),\n"
        "            Wafv2WebAclRuleStatement(ip_set_reference_statement=\n"
        "                Wafv2WebAclRuleStatementIpSetReferenceStatement(arn='a')),\n"
        "            Wafv2WebAclRuleStatement(managed_rule_group_statement=\n"
        "                Wafv2WebAclRuleStatementManagedRuleGroupStatement(name='n', vendor_name='AWS')),\n"
        "            Wafv2WebAclRuleStatement(sqli_match_statement=Wafv2WebAclRuleStatementSqliMatchStatement(\n"
        "                field_to_match=Wafv2WebAclRuleStatementSqliMatchStatementFieldToMatch(\n"
        "                    query_string=Wafv2WebAclRuleStatementSqliMatchStatementFieldToMatchQueryString()),\n"
        "                text_transformation=[Wafv2WebAclRuleStatementSqliMatchStatementTextTransformation(\n"
        "                    priority=0, type='NONE')])),\n"
        "        ]\n"
        "        Wafv2WebAcl(self, 'x', scope='REGIONAL', visibility_config=Wafv2WebAclVisibilityConfig(\n"
        "            cloudwatch_metrics_enabled=True, metric_name='m', sampled_requests_enabled=True),\n"
        "            default_action=Wafv2WebAclDefaultAction(allow=Wafv2WebAclDefaultActionAllow()),\n"
        "            rule=[Wafv2WebAclRule(name=f'r{i}', priority=i, statement=statement,\n"
        "                visibility_config=Wafv2WebAclVisibilityConfig(cloudwatch_metrics_enabled=True,\n"
        "                    metric_name='m', sampled_requests_enabled=True))\n"
        "                for i, statement in enumerate(statements)])",
    ),
    "DynamodbTableStreamSpecification": (
        "from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTableStreamSpecification",
        "DynamodbTable(self, 'x', name='t', stream_specification=DynamodbTableStreamSpecification("
        "stream_enabled=True, stream_view_type='NEW_IMAGE'))",
    ),
    "resolve_conflicts": (
        "from cdktf_cdktf_provider_aws.eks_addon import EksAddon",
        "EksAddon(self, 'x', cluster_name='c', addon_name='a', resolve_conflicts='OVERWRITE')",
    ),
    "maximum_event_age": (
        "from cdktf_cdktf_provider_aws.lambda_function_event_invoke_config import LambdaFunctionEventInvokeConfig",
        "LambdaFunctionEventInvokeConfig(self, 'x', function_name='f', maximum_event_age=60)",
    ),
    "taints": (
        "from cdktf_cdktf_provider_aws.eks_node_group import EksNodeGroup, EksNodeGroupScalingConfig, EksNodeGroupTaint",
        "EksNodeGroup(self, 'x', cluster_name='c', node_role_arn='r', subnet_ids=['s'],\n"
        "            scaling_config=EksNodeGroupScalingConfig(desired_size=1, max_size=1, min_size=1),\n"
        "            taints=[EksNodeGroupTaint(key='k', effect='NO_SCHEDULE')])",
    ),
    "action and target want lists; dicts by name": (
        "from cdktf_cdktf_provider_aws.fis_experiment_template import (FisExperimentTemplate,\n"
        "    FisExperimentTemplateAction, FisExperimentTemplateStopCondition, FisExperimentTemplateTarget)",
        "FisExperimentTemplate(self, 'x', description='d', role_arn='r',\n"
        "            stop_condition=[FisExperimentTemplateStopCondition(source='none')],\n"
        "            action={'stop': FisExperimentTemplateAction(action_id='aws:ec2:stop-instances')},\n"
        "            target={'web': FisExperimentTemplateTarget(resource_type='aws:ec2:instance', selection_mode='ALL')})",
    ),
    "deregistration_delay; LbTargetGroupStickinessConfig": (
        "from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupStickinessConfig",
        "LbTargetGroup(self, 'x', deregistration_delay=30, stickiness=LbTargetGroupStickinessConfig(type='lb_cookie'))",
    ),
    "provider wants a provider": (
        "from cdktf_cdktf_provider_aws.vpc import Vpc",
        "east = AwsProvider(self, 'e', region='us-east-1', alias='us_east_1')\n"
        "        Vpc(self, 'x', provider='aws.us_east_1')",
    ),
    "weighted_routing_policy wants one": (
        "from cdktf_cdktf_provider_aws.route53_record import Route53Record",
        "Route53Record(self, 'x', name='n', type='A', zone_id='z', weighted_routing_policy=[{'weight': 10}])",
    ),
    "str.get: an element of a list of names": (
        "from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones\n"
        "from cdktf_cdktf_provider_aws.subnet import Subnet",
        "zones = DataAwsAvailabilityZones(self, 'z')\n"
        "        Subnet(self, 'x', vpc_id='v', availability_zone=zones.names.get(0))",
    ),
    "LaunchTemplateTagSpecification": (
        "from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate, LaunchTemplateTagSpecification",
        "LaunchTemplate(self, 'x', tag_specifications=[LaunchTemplateTagSpecification(resource_type='instance')])",
    ),
    "eventbridge_rule, eventbridge_target": (
        "from cdktf_cdktf_provider_aws import eventbridge_rule, eventbridge_target",
        "rule = eventbridge_rule.EventbridgeRule(self, 'x', schedule_expression='rate(1 day)')\n"
        "        eventbridge_target.EventbridgeTarget(self, 'y', rule=rule.name, arn='a')",
    ),
    "ITaggable, imported and not used": ("from cdktf import ITaggable, Fn", "print(Fn)"),
    "keys dropped: ApiGatewayUsagePlan.api_stages, DynamodbTable.global_secondary_index, …": (
        "from cdktf_cdktf_provider_aws.api_gateway_usage_plan import ApiGatewayUsagePlan\n"
        "from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable\n"
        "from cdktf_cdktf_provider_aws.efs_file_system import EfsFileSystem\n"
        "from cdktf_cdktf_provider_aws.route_table import RouteTable\n"
        "from cdktf_cdktf_provider_aws.s3_bucket_notification import S3BucketNotification",
        "ApiGatewayUsagePlan(self, 'a', name='p', api_stages=[{'api_id': 'a', 'stage': 's'}])\n"
        "        DynamodbTable(self, 'b', name='t', global_secondary_index=["
        "{'name': 'i', 'hash_key': 'h', 'projection_type': 'ALL'}])\n"
        "        EfsFileSystem(self, 'c', lifecycle_policy=[{'transition_to_ia': 'AFTER_30_DAYS'}])\n"
        "        RouteTable(self, 'd', vpc_id='v', route=[{'cidr_block': '0.0.0.0/0', 'gateway_id': 'g'}])\n"
        "        S3BucketNotification(self, 'e', bucket='b', lambda_function=["
        "{'lambda_function_arn': 'l', 'events': ['s3:ObjectCreated:*']}])",
    ),
}

SHOWN = {
    "auth_token_enabled": (
        "from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup",
        "ElasticacheReplicationGroup(self, 'x', replication_group_id='c', description='d', auth_token_enabled=True)",
    ),
    "integration_responses": (
        "from cdktf_cdktf_provider_aws.api_gateway_integration import ApiGatewayIntegration",
        "ApiGatewayIntegration(self, 'x', http_method='GET', resource_id='r', rest_api_id='a', type='MOCK', "
        "integration_responses=[{'status_code': '200'}])",
    ),
    "serverless_cache_configuration": (
        "from cdktf_cdktf_provider_aws.elasticache_serverless_cache import ElasticacheServerlessCache",
        "ElasticacheServerlessCache(self, 'x', name='n', engine='redis', serverless_cache_configuration={'a': 1})",
    ),
    "Fn.data": ("from cdktf import Fn", "Fn.data('x')"),
    "Fn.sub": ("from cdktf import Fn", "Fn.sub('x')"),
    "str.values": (
        "from cdktf_cdktf_provider_aws.vpc import Vpc",
        "print(Vpc(self, 'v').arn.values)",
    ),
    "IConstruct.tags": (
        "from constructs import IConstruct",
        "def tag(node: IConstruct):\n            print(node.tags)",
    ),
    "IConstruct.tags_input": (
        "from constructs import IConstruct",
        "def tag(node: IConstruct):\n            print(node.tags_input)",
    ),
    "TagManager": ("from cdktf import TagManager", "TagManager()"),
    "VpcConfig of another parent": ("from cdktf_cdktf_provider_aws import VpcConfigs", "VpcConfigs()"),
    "data_aws_vpn_connection": (
        "from cdktf_cdktf_provider_aws.data_aws_vpn_connection import DataAwsVpnConnection",
        "DataAwsVpnConnection(self, 'x')",
    ),
}


def synthesize(code: str, folder: Path, oracle: Oracle):
    (folder / "main.py").write_text(code, encoding="utf-8")
    return oracle.synthesize(folder)


@pytest.mark.parametrize("name", [*MISPLACED, *SUFFIXED])
def test_import_of_no_such_name(name: str, schema: Schema, oracle: Oracle, tmp_path: Path) -> None:
    found = [schema.find(full) for full in (*schema.locate(name), *schema.locate(f"{name}A"))]
    (made,) = (each for each in found if each is not None and each.is_construct)
    given = chosen_arguments(schema, made, 3)
    assert given is not None
    call = Call(made, given, name).code().replace("scope, 'case'", "self, 'case'")
    module = PACKAGE if name in MISPLACED else made.module
    structs = "\n".join(
        f"from {home} import {short}" for home, short in Call(made, given).imports() - {(made.module, made.short_name)}
    )
    before = STACK.format(imports=f"from {module} import {name}\n{structs}", body=call)
    if name == "AwsProvider":
        before = before.replace("from cdktf_cdktf_provider_aws.provider import AwsProvider\n", "").replace(
            "'case'", "'b', alias='b'"
        )
    assert "cannot import name" in (synthesize(before, tmp_path, oracle).error or "")
    result = repair({"main.py": before}, schema, Settings())
    after = synthesize(result.files[0].after, tmp_path, oracle)
    assert after.error is None
    assert after.dropped == ()


@pytest.mark.parametrize(("imports", "body"), REPAIRED.values(), ids=REPAIRED)
def test_repaired(imports: str, body: str, schema: Schema, oracle: Oracle, tmp_path: Path) -> None:
    before = STACK.format(imports=imports, body=body)
    was = synthesize(before, tmp_path, oracle)
    assert was.error is not None or was.dropped
    result = repair({"main.py": before}, schema, Settings(ignore=frozenset({"V106"})))  # records without what they hold
    assert [finding.message for finding in result.findings if not finding.fixed] == []
    after = synthesize(result.files[0].after, tmp_path, oracle)
    assert after.error is None, result.files[0].after
    assert after.dropped == ()


@pytest.mark.parametrize(("imports", "body"), SHOWN.values(), ids=SHOWN)
def test_shown(imports: str, body: str, schema: Schema) -> None:
    result = repair({"main.py": STACK.format(imports=imports, body=body)}, schema, Settings(ignore=frozenset({"L102"})))
    assert result.files == []
    assert [finding for finding in result.findings if not finding.fixed]

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

from tests.rules.proof import as_cases, assert_refused_then_accepted

HEAD = """\
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable
from cdktf_cdktf_provider_aws.eks_cluster import EksCluster, EksClusterVpcConfig
from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup as Cache
from cdktf_cdktf_provider_aws.elasticache_subnet_group import ElasticacheSubnetGroup
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
"""

TRANSFORMED = {
    "renamed": (
        "Cache(self, 'c', replication_group_id='c', replication_group_description='d')",
        "Cache(self, 'c', replication_group_id='c', description='d')",
    ),
    "the resource's own name in front": (
        "DbInstance(self, 'd', instance_class='c', db_instance_identifier='i')",
        "DbInstance(self, 'd', instance_class='c', identifier='i')",
    ),
    "the required one that is missing": (
        "ElasticacheSubnetGroup(self, 'g', subnet_group_name='n', subnet_ids=[])",
        "ElasticacheSubnetGroup(self, 'g', name='n', subnet_ids=[])",
    ),
    "camelCase": ("S3Bucket(self, 'b', forceDestroy=True)", "S3Bucket(self, 'b', force_destroy=True)"),
    "a text called an expression, beside a qualifier of it": (
        "from cdktf_cdktf_provider_aws.backup_plan import BackupPlanRule\n"
        "BackupPlanRule(rule_name='r', target_vault_name='v', schedule_expression='cron(0 3 * * ? *)')",
        "from cdktf_cdktf_provider_aws.backup_plan import BackupPlanRule\n"
        "BackupPlanRule(rule_name='r', target_vault_name='v', schedule='cron(0 3 * * ? *)')",
    ),
    "a switch in one word": (
        "from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule\n"
        "CloudwatchEventRule(self, 'r', schedule_expression='rate(1 day)', enabled=True)",
        "from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule\n"
        "CloudwatchEventRule(self, 'r', schedule_expression='rate(1 day)', is_enabled=True)",
    ),
    "a switch that is told by the word of a status": (
        "from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningVersioningConfiguration\n"
        "S3BucketVersioningVersioningConfiguration(enabled=True)",
        "from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningVersioningConfiguration\n"
        'S3BucketVersioningVersioningConfiguration(status="Enabled")',
    ),
    "a switch whose words are known": (
        "from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import S3BucketLifecycleConfigurationRule\n"
        "S3BucketLifecycleConfigurationRule(id='r', enabled=False)",
        "from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import S3BucketLifecycleConfigurationRule\n"
        "S3BucketLifecycleConfigurationRule(id='r', status='Disabled')",
    ),
    "an ARN where the argument says id": (
        "from cdktf_cdktf_provider_aws.backup_vault import BackupVault\n"
        "from cdktf_cdktf_provider_aws.kms_key import KmsKey\n"
        "BackupVault(self, 'v', name='v', kms_key_id=KmsKey(self, 'k').arn)",
        "from cdktf_cdktf_provider_aws.backup_vault import BackupVault\n"
        "from cdktf_cdktf_provider_aws.kms_key import KmsKey\n"
        "BackupVault(self, 'v', name='v', kms_key_arn=KmsKey(self, 'k').arn)",
    ),
    "the ARN of a key, which AWS takes as its id": (
        "from cdktf_cdktf_provider_aws.kms_key import KmsKey\n"
        "from cdktf_cdktf_provider_aws.sns_topic import SnsTopic\n"
        "SnsTopic(self, 't', kms_master_key_arn=KmsKey(self, 'k').arn)",
        "from cdktf_cdktf_provider_aws.kms_key import KmsKey\n"
        "from cdktf_cdktf_provider_aws.sns_topic import SnsTopic\n"
        "SnsTopic(self, 't', kms_master_key_id=KmsKey(self, 'k').arn)",
    ),
    "the required one that is missing, beside one whose place is known": (
        "from cdktf_cdktf_provider_aws.cloudtrail import Cloudtrail\n"
        "Cloudtrail(self, 't', trail_name='t', s3_bucket_name='b', is_multi_region=True)",
        "from cdktf_cdktf_provider_aws.cloudtrail import Cloudtrail\n"
        "Cloudtrail(self, 't', name='t', s3_bucket_name='b', is_multi_region_trail=True)",
    ),
    "a map that became blocks, which A102 makes of it": (
        "from cdktf_cdktf_provider_aws.budgets_budget import BudgetsBudget\n"
        "BudgetsBudget(self, 'b', budget_type='COST', time_unit='MONTHLY', cost_filters={'Service': ['EC2']})",
        "from cdktf_cdktf_provider_aws.budgets_budget import BudgetsBudget\n"
        "BudgetsBudget(self, 'b', budget_type='COST', time_unit='MONTHLY', cost_filter={'Service': ['EC2']})",
    ),
    "as if it were the scope": (
        "from cdktf_cdktf_provider_aws.wafv2_ip_set import Wafv2IpSet\n"
        "Wafv2IpSet(self, 'i', scope_='REGIONAL', ip_address_version='IPV4')",
        "from cdktf_cdktf_provider_aws.wafv2_ip_set import Wafv2IpSet\n"
        "Wafv2IpSet(self, 'i', scope='REGIONAL', ip_address_version='IPV4')",
    ),
    "plural": ("S3Bucket(self, 'b', tag={'a': 'b'})", "S3Bucket(self, 'b', tags={'a': 'b'})"),
    "word order": (
        "DbInstance(self, 'd', instance_class='c', az_multi=True)",
        "DbInstance(self, 'd', instance_class='c', multi_az=True)",
    ),
    "name of the thing itself": ("S3Bucket(self, 'b', bucket_name='n')", "S3Bucket(self, 'b', bucket='n')"),
    "what it is by": (
        "DbInstance(self, 'd', instance_class='c', kms_key='k')",
        "DbInstance(self, 'd', instance_class='c', kms_key_id='k')",
    ),
    "the last words": (
        "DbInstance(self, 'd', instance_class='c', security_group_ids=['s'])",
        "DbInstance(self, 'd', instance_class='c', vpc_security_group_ids=['s'])",
    ),
    "a word left out": (
        "Cache(self, 'c', replication_group_id='c', description='d', num_clusters=2)",
        "Cache(self, 'c', replication_group_id='c', description='d', num_cache_clusters=2)",
    ),
    "fields of their own": (
        "DynamodbTable(self, 't', name='n', stream_specification={'stream_enabled': True})",
        "DynamodbTable(self, 't', name='n', stream_enabled=True)",
    ),
    "into a block that is there": (
        "EksCluster(self, 'c', name='n', role_arn='r', vpc_config=EksClusterVpcConfig(subnet_ids=[]), endpoint_public_access=True)",
        "EksCluster(self, 'c', name='n', role_arn='r', vpc_config=EksClusterVpcConfig(subnet_ids=[], endpoint_public_access=True))",
    ),
    "out of a block": (
        "EksCluster(self, 'c', name='n', role_arn='r', vpc_config=EksClusterVpcConfig(subnet_ids=[], version='1.30'))",
        "EksCluster(self, 'c', name='n', role_arn='r', vpc_config=EksClusterVpcConfig(subnet_ids=[]), version='1.30')",
    ),
    "in an unpacked dict": (
        "options = {'bucket_name': 'n', 'tags': {}}\nS3Bucket(self, 'b', **options)",
        "options = {'bucket': 'n', 'tags': {}}\nS3Bucket(self, 'b', **options)",
    ),
    "id for id_": ("S3Bucket(scope=self, id='b', bucket='n')", "S3Bucket(scope=self, id_='b', bucket='n')"),
    "id for id_, the scope by position": ("S3Bucket(self, id='b')", "S3Bucket(self, id_='b')"),
    "construct_id": ("S3Bucket(self, construct_id='b')", "S3Bucket(self, id_='b')"),
    "id_ for id": (
        "from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule as R\n"
        "R(scope=self, id_='r', security_group_id='s', ip_protocol='-1')",
        "from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule as R\n"
        "R(scope=self, id='r', security_group_id='s', ip_protocol='-1')",
    ),
    "id_ for id, unpacked": (
        "from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule as R\n"
        "o = {'id_': 'r', 'security_group_id': 's', 'ip_protocol': '-1'}\nR(scope=self, **o)",
        "from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule as R\n"
        "o = {'id': 'r', 'security_group_id': 's', 'ip_protocol': '-1'}\nR(scope=self, **o)",
    ),
    "a block that is a text by now": (
        "Cache(self, 'c', replication_group_id='c', description='d', "
        "cluster_mode={'num_node_groups': 2, 'replicas_per_node_group': 1})",
        "Cache(self, 'c', replication_group_id='c', description='d', num_node_groups=2, replicas_per_node_group=1)",
    ),
    "by the path of names": (
        "from cdktf_cdktf_provider_aws.instance import Instance, InstanceCpuOptions\n"
        "Instance(self, 'i', cpu_core_count=2, cpu_threads_per_core=1)",
        "from cdktf_cdktf_provider_aws.instance import Instance, InstanceCpuOptions\n"
        "Instance(self, 'i', cpu_options=InstanceCpuOptions(core_count=2, threads_per_core=1))",
    ),
    "by the path of names, into what is there": (
        "from cdktf_cdktf_provider_aws.instance import Instance, InstanceCpuOptions\n"
        "Instance(self, 'i', cpu_core_count=2, cpu_options=InstanceCpuOptions(amd_sev_snp='enabled'))",
        "from cdktf_cdktf_provider_aws.instance import Instance, InstanceCpuOptions\n"
        "Instance(self, 'i', cpu_options=InstanceCpuOptions(amd_sev_snp='enabled', core_count=2))",
    ),
    "a filter": (
        "from cdktf_cdktf_provider_aws.data_aws_subnets import DataAwsSubnets, DataAwsSubnetsFilter\n"
        "DataAwsSubnets(self, 's', vpc_id='v')",
        "from cdktf_cdktf_provider_aws.data_aws_subnets import DataAwsSubnets, DataAwsSubnetsFilter\n"
        "DataAwsSubnets(self, 's', filter=[DataAwsSubnetsFilter(name='vpc-id', values=['v'])])",
    ),
    "through a variable": (
        "K = S3Bucket\nK(self, 'b', bucketName='n')",
        "K = S3Bucket\nK(self, 'b', bucket='n')",
    ),
}

PLACES = {
    "a block's field that is the construct's": (
        "EcsService(scope, 's', name='n', deployment_configuration={'minimum_healthy_percent': 50})",
        "EcsService(scope, 's', name='n', deployment_minimum_healthy_percent=50)",
    ),
    "two fields of a block that is missing": (
        "Versioning(scope, 'v', bucket='b', versioning_status='Enabled', versioning_mfa_delete='Disabled')",
        "Versioning(scope, 'v', bucket='b', versioning_configuration=S3BucketVersioningVersioningConfiguration("
        "status='Enabled', mfa_delete='Disabled'))",
    ),
    "two of them": (
        "EcsService(scope, 's', name='n', deployment_configuration={'minimum_healthy_percent': 50, 'maximum_percent': 200})",
        "EcsService(scope, 's', name='n', deployment_minimum_healthy_percent=50, deployment_maximum_percent=200)",
    ),
    "beside one that is the block's": (
        "EcsService(scope, 's', name='n', deployment_configuration={'strategy': 'ROLLING', 'maximum_percent': 200})",
        "EcsService(scope, 's', name='n', deployment_configuration={'strategy': 'ROLLING'}, deployment_maximum_percent=200)",
    ),
    "in the block's struct": (
        "EcsService(scope, 's', name='n', deployment_configuration=EcsServiceDeploymentConfiguration(maximum_percent=200))",
        "EcsService(scope, 's', name='n', deployment_maximum_percent=200)",
    ),
    "in an unpacked dict, the block": (
        "o = {'name': 'n', 'deployment_configuration': {'strategy': 'ROLLING', 'maximum_percent': 200}}\n"
        "EcsService(scope, 's', **o)",
        "o = {'name': 'n', 'deployment_configuration': {'strategy': 'ROLLING'}}\n"
        "EcsService(scope, 's', deployment_maximum_percent=200, **o)",
    ),
    "through a variable, the block": (
        "d = {'strategy': 'ROLLING', 'maximum_percent': 200}\nEcsService(scope, 's', name='n', deployment_configuration=d)",
        "d = {'strategy': 'ROLLING'}\n"
        "EcsService(scope, 's', name='n', deployment_configuration=d, deployment_maximum_percent=200)",
    ),
    "through an attribute of the object, the block": (
        "class C:\n    def __init__(self, scope):\n        self.d = {'strategy': 'ROLLING', 'maximum_percent': 200}\n"
        "        EcsService(scope, 's', name='n', deployment_configuration=self.d)\nC(scope)",
        "class C:\n    def __init__(self, scope):\n        self.d = {'strategy': 'ROLLING'}\n"
        "        EcsService(scope, 's', name='n', deployment_configuration=self.d, deployment_maximum_percent=200)\nC(scope)",
    ),
    "a block that never was, through a variable": (
        "s = {'stream_enabled': True}\nDynamodbTable(scope, 't', name='n', hash_key='h', stream_specification=s)",
        "s = {'stream_enabled': True}\nDynamodbTable(scope, 't', name='n', hash_key='h', stream_enabled=s['stream_enabled'])",
    ),
    "a field of a block that is missing": (
        "Versioning(scope, 'v', bucket='b', versioning_status='Enabled')",
        "Versioning(scope, 'v', bucket='b', versioning_configuration=S3BucketVersioningVersioningConfiguration(status='Enabled'))",
    ),
    "a field of a block that is there": (
        "Versioning(scope, 'v', bucket='b', versioning_configuration={'status': 'Enabled'}, versioning_mfa_delete='Disabled')",
        "Versioning(scope, 'v', bucket='b', versioning_configuration={'status': 'Enabled', 'mfa_delete': 'Disabled'})",
    ),
    "another block, its field": (
        "SecretsmanagerSecret(scope, 's', replica_region=[{'region': 'r'}])",
        "SecretsmanagerSecret(scope, 's', replica=[{'region': 'r'}])",
    ),
    "a comprehension of blocks by another name": (
        "SecretsmanagerSecret(scope, 's', replica_region=[{'region': r} for r in ('a', 'b')])",
        "SecretsmanagerSecret(scope, 's', replica=[{'region': r} for r in ('a', 'b')])",
    ),
    "another block, its field by another name": (
        "DynamodbTable(scope, 't', name='n', hash_key='h', attribute=[], replica_region=[{'region': 'r'}])",
        "DynamodbTable(scope, 't', name='n', hash_key='h', attribute=[], replica=[DynamodbTableReplica(region_name='r')])",
    ),
    "the name of the thing itself, alone": (
        "KmsAlias(scope, 'a', target_key_id='k', alias='alias/n')",
        "KmsAlias(scope, 'a', target_key_id='k', name='alias/n')",
    ),
    "a dict that becomes the text that is wanted": (
        "import json\nIamPolicy(scope, 'p', name='p', policy_document={'Version': '2012'})",
        "import json\nIamPolicy(scope, 'p', name='p', policy=json.dumps({'Version': '2012'}))",
    ),
    "the one field of a block that is required": (
        "Versioning(scope, 'v', bucket='b', status='Enabled')",
        "Versioning(scope, 'v', bucket='b', versioning_configuration=S3BucketVersioningVersioningConfiguration(status='Enabled'))",
    ),
    "two that took its place": (
        "EksAddon(scope, 'a', cluster_name='c', addon_name='a', resolve_conflicts='OVERWRITE')",
        "EksAddon(scope, 'a', cluster_name='c', addon_name='a', resolve_conflicts_on_create='OVERWRITE', "
        "resolve_conflicts_on_update='OVERWRITE')",
    ),
    "two that took its place, the second alone takes it": (
        "EksAddon(scope, 'a', cluster_name='c', addon_name='a', resolve_conflicts='PRESERVE')",
        "EksAddon(scope, 'a', cluster_name='c', addon_name='a', resolve_conflicts_on_update='PRESERVE')",
    ),
    "two that took its place, one is given": (
        "EksAddon(scope, 'a', cluster_name='c', addon_name='a', resolve_conflicts='NONE', resolve_conflicts_on_update='PRESERVE')",
        "EksAddon(scope, 'a', cluster_name='c', addon_name='a', resolve_conflicts_on_create='NONE', resolve_conflicts_on_update='PRESERVE')",
    ),
    "two that took its place, unpacked": (
        "o = {'cluster_name': 'c', 'addon_name': 'a', 'resolve_conflicts': 'NONE'}\nEksAddon(scope, 'a', **o)",
        "o = {'cluster_name': 'c', 'addon_name': 'a', 'resolve_conflicts_on_create': 'NONE', "
        "'resolve_conflicts_on_update': 'NONE'}\nEksAddon(scope, 'a', **o)",
    ),
    "what it is given by": (
        "Lb(scope, 'l', subnet_ids=['a'], security_group_ids=['b'])",
        "Lb(scope, 'l', subnets=['a'], security_groups=['b'])",
    ),
    "the ARN that it is given by": (
        "LambdaFunction(scope, 'f', function_name='f', role_arn='arn:aws:iam::1:role/r')",
        "LambdaFunction(scope, 'f', function_name='f', role='arn:aws:iam::1:role/r')",
    ),
    "the name of another thing than itself": (
        "IamRolePolicy(scope, 'p', role_name='r', policy='{}')",
        "IamRolePolicy(scope, 'p', role='r', policy='{}')",
    ),
    "a block of addresses": ("Vpc(scope, 'v', cidr='10.0.0.0/16')", "Vpc(scope, 'v', cidr_block='10.0.0.0/16')"),
    "a switch": (
        "KmsKey(scope, 'k', key_rotation_enabled=True)",
        "KmsKey(scope, 'k', enable_key_rotation=True)",
    ),
    "initials": (
        "DynamodbTable(scope, 't', name='t', time_to_live_specification={'attribute_name': 'e', 'enabled': True})",
        "DynamodbTable(scope, 't', name='t', ttl={'attribute_name': 'e', 'enabled': True})",
    ),
    "another attribute of the same resource": (
        "i = Instance(scope, 'i', ami='a', instance_type='t')\nRoute(scope, 'r', route_table_id='t', destination_cidr_block='0.0.0.0/0', instance_id=i.id)",
        "i = Instance(scope, 'i', ami='a', instance_type='t')\nRoute(scope, 'r', route_table_id='t', destination_cidr_block='0.0.0.0/0', network_interface_id=i.primary_network_interface_id)",
    ),
}  # fmt: skip
PLACES_HEAD = """\
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable
from cdktf_cdktf_provider_aws.ecs_service import EcsService, EcsServiceDeploymentConfiguration
from cdktf_cdktf_provider_aws.eks_addon import EksAddon
from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA as Versioning
from cdktf_cdktf_provider_aws.secretsmanager_secret import SecretsmanagerSecret
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.vpc import Vpc
"""


def plain(code: str) -> list[str]:
    """The statements behind the imports, as Python reads them."""
    return [ast.unparse(each) for each in ast.parse(code).body if not isinstance(each, ast.ImportFrom)]


@pytest.mark.parametrize(("before", "after"), PLACES.values(), ids=PLACES)
def test_the_place_by_the_path_of_names(before: str, after: str, fix) -> None:
    assert plain(fix(PLACES_HEAD + before, select={"A102", "A103"})) == plain(after)


OTHER_PLACES = {
    "two of a name": (
        "ElasticacheReplicationGroup(scope, 'c', replication_group_id='c', description='d', auth_token_enabled=True)",
        "`auth_token`",
    ),
    "instance of somewhere else": (
        "Route(scope, 'r', route_table_id='t', instance_id='i-1')",
        "`primary_network_interface_id` as `network_interface_id`",
    ),
    "the place is taken": (
        "EcsService(scope, 's', name='n', deployment_maximum_percent=1, deployment_configuration={'maximum_percent': 2})",
        "has no `maximum_percent`",
    ),
    "the value does not fit": (
        "EcsService(scope, 's', name='n', deployment_configuration={'maximum_percent': ['a']})",
        "has no `maximum_percent`",
    ),
    "a switch that is none": (
        "KmsKey(scope, 'k', key_rotation_enabled=['a'])",
        "no argument `key_rotation_enabled`",
    ),
    "an ARN where a name is taken": (
        "IamRolePolicy(scope, 'p', role_arn='arn:aws:iam::1:role/r', policy='{}')",
        "no argument `role_arn`",
    ),
    "an id where JSON is taken": (
        "IamRolePolicy(scope, 'p', role='r', policy_id='p')",
        "no argument `policy_id`",
    ),
    "blocks are no texts": (
        "SecurityGroup(scope, 's', security_group_egress=[{'cidr_ip': '0.0.0.0/0'}])",
        "no argument `security_group_egress`; near: `egress`",
    ),
    "initials of a block with other fields": (
        "DynamodbTable(scope, 't', name='t', time_to_live={'attribute': 'e', 'on': True})",
        "no argument `time_to_live`",
    ),
    "a block that others read": (
        "d = {'strategy': 'R', 'maximum_percent': 2}\nEcsService(scope, 's', name='n', deployment_configuration=d)\nprint(d)",
        "`deployment_maximum_percent`",
    ),
}


@pytest.mark.parametrize(("code", "says"), OTHER_PLACES.values(), ids=OTHER_PLACES)
def test_a_place_that_is_not_certain_is_shown(code: str, says: str, run) -> None:
    result = run({"main.py": PLACES_HEAD + code}, select={"A102", "A103"})
    assert result.files == []
    assert any(says in finding.message for finding in result.findings)


def test_places_before_the_real_package(fix, oracle: Oracle, tmp_path: Path) -> None:
    cases = as_cases(before for before, _ in PLACES.values() if "class C" not in before)
    assert_refused_then_accepted(PLACES_HEAD + cases, fix, oracle, tmp_path)


WORDINGS_HEAD = """\
from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate
from cdktf_cdktf_provider_aws.api_gateway_resource import ApiGatewayResource
from cdktf_cdktf_provider_aws.apigatewayv2_integration import Apigatewayv2Integration
from cdktf_cdktf_provider_aws.appsync_resolver import AppsyncResolver
from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.flow_log import FlowLog
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.kinesis_stream import KinesisStream
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.pipes_pipe import PipesPipe
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.subnet import Subnet
"""

WORDINGS = {
    "memory": "LambdaFunction(scope, 'l', function_name='f', role='r', memory_size=256)",
    "traffic": "FlowLog(scope, 'f', vpc_id='v', traffic_type='ALL')",
    "path": "ApiGatewayResource(scope, 'r', rest_api_id='a', parent_id='p', path_part='x')",
    "desc": "CloudwatchEventRule(scope, 'e', description='d')",
    "schedule": "CloudwatchEventRule(scope, 'e', schedule_expression='rate(1 day)')",
    "validation": "AcmCertificate(scope, 'c', domain_name='a.example.com', validation_method='DNS')",
    "shards": "KinesisStream(scope, 'k', name='n', shard_count=2)",
    "map_public_ip": "Subnet(scope, 's', vpc_id='v', map_public_ip_on_launch=True)",
    "object_lock": "S3Bucket(scope, 'b', object_lock_enabled=True)",
    "timeout_in_millis": "Apigatewayv2Integration(scope, 'i', api_id='a', integration_type='MOCK', timeout_milliseconds=9)",
    "source_arn target_arn": "PipesPipe(scope, 'p', role_arn='r', source='arn:aws:sqs:s', target='arn:aws:sqs:t')",
    "type_name field_name data_source_name": "AppsyncResolver(scope, 'a', api_id='i', type='Query', field='f', data_source='d')",
    "kms_key_arn": "DbInstance(scope, 'd', instance_class='c', kms_key_id='arn:aws:kms:k')",
    "role_name": "IamRolePolicyAttachment(scope, 'a', policy_arn='p', role='r')",
}
"""By what models write for the arguments that begin like it."""


def _worded(code: str, said: str) -> str:
    for name in said.split():
        begin = "description" if name == "desc" else name.rpartition("_")[0] if name.endswith("_name") else None
        begin = begin or {"shards": "shard", "timeout_in_millis": "timeout", "kms_key_arn": "kms_key"}.get(name)
        begin = begin or name.removesuffix("_arn")
        code, changes = re.subn(rf"\b{begin}(_[a-z_]+)?=", f"{name}=", code)
        assert changes == 1, (name, code)
    return code


@pytest.mark.parametrize(("said", "after"), WORDINGS.items(), ids=WORDINGS)
def test_fewer_words_or_one_too_much(said: str, after: str, fix) -> None:
    before = f"{WORDINGS_HEAD}def case(scope):\n    {_worded(after, said)}\n"
    assert fix(before, select={"A103"}) == f"{WORDINGS_HEAD}def case(scope):\n    {after}\n"


def test_wordings_before_the_real_package(fix, oracle: Oracle, tmp_path: Path) -> None:
    cases = as_cases(_worded(after, said) for said, after in WORDINGS.items())
    assert_refused_then_accepted(WORDINGS_HEAD + cases, fix, oracle, tmp_path)


WORDINGS_UNCERTAIN = {
    "two candidates": "DbInstance(scope, 'd', instance_class='c', storage=20)",
    "given already": "LambdaFunction(scope, 'l', function_name='f', role='r', memory_size=1, memory=256)",
    "said twice": "CloudwatchEventRule(scope, 'e', desc='a', descr='b')",
    "of another type": "LambdaFunction(scope, 'l', function_name='f', role='r', memory=[1, 2])",
    "a switch for a text": "FlowLog(scope, 'f', vpc_id='v', traffic=True)",
    "an ARN where a name is wanted": "IamRolePolicyAttachment(scope, 'a', policy_arn='p', role_arn='r')",
    "what may be given besides": "LambdaFunction(scope, 'l', memory=256, **more())",
    "a word that says nothing alone": "KinesisStream(scope, 'k', name='n', type='ON_DEMAND')",
}


@pytest.mark.parametrize("code", WORDINGS_UNCERTAIN.values(), ids=WORDINGS_UNCERTAIN)
def test_a_wording_that_is_not_certain_is_shown(code: str, run) -> None:
    result = run({"main.py": f"{WORDINGS_HEAD}def case(scope, more):\n    {code}\n"}, select={"A103"}, unsafe=True)
    assert result.files == []
    assert "A103" in {each.code for each in result.findings}


def test_a_word_that_says_more_is_unsafe(run) -> None:
    code = f"{WORDINGS_HEAD}def case(scope):\n    DbInstance(scope, 'd', instance_class='c', deletion=True)\n"
    assert run({"main.py": code}, select={"A103"}).files == []
    (changed,) = run({"main.py": code}, select={"A103"}, unsafe=True).files
    assert "deletion_protection=True" in changed.after


COPIES = {
    "a deep copy": ("BASE = {'bucketName': 'n'}\nS3Bucket(scope, 'b', **copy.deepcopy(BASE))", 1),
    "a copy that is added to": (
        "BASE = {'bucketName': 'n'}\no = deepcopy(BASE)\no['tags'] = {}\nS3Bucket(scope, 'b', **o)", 1
    ),
    "a dict of a dict": ("BASE = {'bucketName': 'n'}\nS3Bucket(scope, 'b', **dict(BASE))", 1),
    "with more besides": ("BASE = {'bucketName': 'n'}\nS3Bucket(scope, 'b', **dict(BASE, forceDestroy=True))", 2),
    "joined": ("BASE = {'bucketName': 'n'}\nS3Bucket(scope, 'b', **(BASE | {'forceDestroy': True}))", 2),
    "joined in a variable": ("BASE = {'bucketName': 'n'}\no = {'forceDestroy': True} | BASE\nS3Bucket(scope, 'b', **o)", 2),
    "its method": ("BASE = {'bucketName': 'n'}\nS3Bucket(scope, 'b', **BASE.copy())", 1),
    "a helper's": (
        "BASE = {'bucketName': 'n'}\ndef options():\n    return dict(BASE)\nS3Bucket(scope, 'b', **options())", 1
    ),
    "of an attribute": (
        "class C:\n    def __init__(self):\n        self.base = {'bucketName': 'n'}\n"
        "    def make(self):\n        S3Bucket(scope, 'b', **copy.copy(self.base))\nC().make()", 1
    ),
}  # fmt: skip
COPIES_HEAD = """\
import copy
from copy import deepcopy
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
"""


@pytest.mark.parametrize(("code", "count"), COPIES.values(), ids=COPIES)
def test_copies(code: str, count: int, run) -> None:
    result = run({"main.py": COPIES_HEAD + code}, select={"A103"})
    after = code.replace("bucketName", "bucket").replace("forceDestroy", "force_destroy")
    assert result.files[0].after == COPIES_HEAD + after
    assert len(result.findings) == count


def test_a_copy_of_another_file(run) -> None:
    files = {
        "settings.py": "BASE = {'bucketName': 'n'}\n",
        "main.py": COPIES_HEAD + "import settings\nS3Bucket(s, 'b', **{**deepcopy(settings.BASE), 'tags': {}})\n",
    }
    (changed,) = run(files, select={"A103"}).files
    assert (changed.path, changed.after) == ("settings.py", "BASE = {'bucket': 'n'}\n")


def test_a_copy_that_somebody_else_reads_keeps_its_keys(run) -> None:
    code = "BASE = {'bucketName': 'n'}\no = BASE.copy()\nS3Bucket(s, 'b', **o)\nprint(o['bucketName'])\n"
    result = run({"main.py": COPIES_HEAD + code}, select={"A103"}, unsafe=True)
    after = result.files[0].after if result.files else ""
    assert "BASE = {'bucket'" not in after


def test_copies_before_the_real_package(fix, oracle: Oracle, tmp_path: Path) -> None:
    cases = as_cases(code for code, _ in COPIES.values())
    assert_refused_then_accepted(COPIES_HEAD + cases, fix, oracle, tmp_path)


BY_NAME = {
    "instance": "Eip(scope, 'e', instance_name='web')",
    "through a variable": "o = {'instance_name': 'web'}\n    Eip(scope, 'e', **o)",
    "through an alias": "K = Eip\n    K(scope, 'e', instance_name='web')",
}
NO_NAMES = {
    "a switch for a name": "KeyPair(scope, 'k', public_key='p', key=True)",
    "through a variable": "has = True\n    KeyPair(scope, 'k', public_key='p', key=has)",
    "in an unpacked dict": "o = {'key': False}\n    KeyPair(scope, 'k', public_key='p', **o)",
    "a switch for an id": "Eip(scope, 'e', allocation=True)",
}
OBJECTS_HEAD = """\
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.key_pair import KeyPair
def case(scope):
    """


@pytest.mark.parametrize("code", BY_NAME.values(), ids=BY_NAME)
def test_a_name_where_an_id_of_another_resource_may_be_wanted_is_unsafe(code: str, run) -> None:
    assert run({"main.py": OBJECTS_HEAD + code}, select={"A103"}).files == []
    (changed,) = run({"main.py": OBJECTS_HEAD + code}, select={"A103"}, unsafe=True).files
    assert changed.after == (OBJECTS_HEAD + code).replace("instance_name", "instance")


@pytest.mark.parametrize("code", NO_NAMES.values(), ids=NO_NAMES)
def test_a_switch_is_no_name(code: str, run) -> None:
    result = run({"main.py": OBJECTS_HEAD + code}, select={"A102", "A103"}, unsafe=True)
    assert result.files == []
    assert {each.code for each in result.findings} == {"A103"}


def test_a_number_for_a_name_is_unsafe(run) -> None:
    code = OBJECTS_HEAD + "KeyPair(scope, 'k', public_key='p', key=5)"
    assert run({"main.py": code}, select={"A102", "A103"}).files == []
    assert run({"main.py": code}, select={"A102", "A103"}, unsafe=True).files[0].after.endswith("key_name='5')")


def test_a_switch_that_is_declared_a_text(fix) -> None:
    code = OBJECTS_HEAD + "Cache(scope, 'c', replication_group_id='c', description='d', {}=True)"
    code = f"from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup as Cache\n{code}"
    for said in ("enable_at_rest_encryption", "atRestEncryptionEnabled"):
        assert fix(code.format(said), select={"A103"}) == code.format("at_rest_encryption_enabled")


SHOWN = {
    "nothing like it": ("S3Bucket(self, 'b', nonsense=1)", "no argument `nonsense`"),
    "of a later version": (
        "from cdktf_cdktf_provider_aws.alb import Alb\nAlb(self, 'a', health_check_logs={'bucket': 'b'})",
        "before version 21.22.1",
    ),
    "of a service that has ended": (
        "DbInstance(self, 'd', instance_class='c', security_group_names=['n'])",
        "AWS has ended EC2-Classic",
    ),
    "another block of this name is there": (
        "from cdktf_cdktf_provider_aws.instance import Instance\n"
        "Instance(self, 'i', cpu_core_count=2, cpu_options={'core_count': 4})",
        "no argument `cpu_core_count`",
    ),
    "nearest": ("S3Bucket(self, 'b', object_lock='yes please')", "near: `object_lock_enabled`"),
    "two blocks that take it": (
        "from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster\n"
        "RdsCluster(self, 'c', engine='e', scaling={'min_capacity': 1, 'max_capacity': 4})",
        "near: `scaling_configuration`, `serverlessv2_scaling_configuration`",
    ),
    "given already": ("S3Bucket(self, 'b', bucket='a', bucket_name='n')", "no argument `bucket_name`"),
    "shared dict, made by a call": (
        "def o():\n    return {'bucket_name': 'n'}\nS3Bucket(self, 'b', **o())\nprint(o())",
        "others read it: main.py:",
    ),
}


def test_a_dict_with_another_reader_keeps_its_key(fix) -> None:
    before = "o = {'bucket_name': 'n'}\nS3Bucket(self, 'b', **o)\nprint(o)"
    after = fix(HEAD + before, select={"A103"})
    assert after.startswith(HEAD + "o = {'bucket_name': 'n'}\n")
    assert "bucket='n', **{key: value for key, value in o.items() if key != 'bucket_name'}" in after


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(HEAD + before, select={"A103"}).removeprefix(HEAD).split() == after.split() or (
        "".join(fix(HEAD + before, select={"A103"}).removeprefix(HEAD).split()).replace(",)", ")")
        == "".join(after.split())
    )


@pytest.mark.parametrize(("code", "says"), SHOWN.values(), ids=SHOWN)
def test_shown(code: str, says: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"A103"})
    assert result.files == []
    (finding,) = result.findings
    assert says in finding.message
    assert not finding.fixed


@pytest.mark.parametrize("select", [{"A103"}, set()])
def test_nothing_is_taken_out(select: set[str], run) -> None:
    code = HEAD + "S3Bucket(self, 'b', nonsense=1, tags={})\n"
    result = run({"main.py": code}, select=select, unsafe=True)
    assert result.files == []
    assert [(finding.code, finding.safety) for finding in result.findings] == [("A103", "shown")]


def test_arguments_are_judged_only_against_a_class_that_is_settled(fix) -> None:
    code = (
        "from cdktf_cdktf_provider_aws.s3_bucket import S3BucketVersioning\n"
        "S3BucketVersioning(self, 'v', bucket='b', versioning_configuration={'status': 'Enabled'}, mfa='x')\n"
    )
    fixed = fix(code, select={"A", "N"}, unsafe=True)
    assert "S3BucketVersioningA(self, 'v', bucket='b', mfa='x'," not in fixed
    assert "versioning_configuration" in fixed
    assert "S3BucketVersioningA(" in fixed


NOOP = {
    "own class": "class S3Bucket:\n    pass\nS3Bucket(self, 'b', bucket_name='n')",
    "subclass": "class Own(S3Bucket):\n    def __init__(self, scope, name, bucket_name): pass\nOwn(self, 'b', bucket_name='n')",
    "positional": "S3Bucket(self, 'b')",
    "Terraform's id": "S3Bucket(self, 'b', id='n')",
    "both ids": "S3Bucket(scope=self, id_='b', id='n')",
    "an id that may come by position": "S3Bucket(*given, id='n')",
    "a provider's": "from cdktf_cdktf_provider_aws.provider import AwsProvider\nAwsProvider(self, id='aws')",
    "unknown dict": "S3Bucket(self, 'b', **given)",
    "a text that a function makes": (
        "def text(**given): return str(given)\n"
        "Cache(self, 'c', replication_group_id='c', description='d', cluster_mode=text(engine='e', port=1))"
    ),
    "a dict that means JSON": (
        "from cdktf_cdktf_provider_aws.iam_role import IamRole\n"
        "IamRole(self, 'r', assume_role_policy={'name': 'n', 'path': 'p'})"
    ),
    "one field that may mean anything": (
        "Cache(self, 'c', replication_group_id='c', description='d', cluster_mode={'engine': 'e'})"
    ),
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"A103"})
    assert (result.files, result.findings) == ([], [])


def test_a_block_in_another_file(run) -> None:
    config = "DEPLOYMENT = {'strategy': 'ROLLING', 'maximum_percent': 200}\n"
    code = (
        PLACES_HEAD
        + "from config import DEPLOYMENT\nEcsService(scope, 's', name='n', deployment_configuration=DEPLOYMENT)\n"
    )
    result = run({"main.py": code, "config.py": config}, select={"A103"})
    after = {file.path: file.after for file in result.files}
    assert after["config.py"] == "DEPLOYMENT = {'strategy': 'ROLLING'}\n"
    assert "deployment_configuration=DEPLOYMENT, deployment_maximum_percent=200)" in " ".join(after["main.py"].split())


def test_several_free_places_are_all_shown(run) -> None:
    code = (
        "from cdktf_cdktf_provider_aws.ssmincidents_replication_set import SsmincidentsReplicationSet\n"
        "SsmincidentsReplicationSet(scope, 's', region_name='eu-west-1')\n"
    )
    result = run({"main.py": code}, select={"A103"})
    assert result.files == []
    (finding,) = result.findings
    assert "it may be `region.name`, `regions.name`" in finding.message


def test_an_object_is_made_of_no_value(run) -> None:
    code = PLACES_HEAD + "KmsAlias(scope, 'a', target_key_id='k', provider_configuration={'name': 'x'})\n"
    assert "provider=" not in "".join(file.after for file in run({"main.py": code}, select={"A103"}).files)


def test_a_block_that_is_a_text_by_now_is_not_made_json(run) -> None:
    code = (
        f"{HEAD}from cdktf_cdktf_provider_aws import elasticache\n"
        "mode = elasticache.ElasticacheReplicationGroupClusterMode(num_node_groups=2, replicas_per_node_group=1)\n"
        "Cache(self, 'c', replication_group_id='c', description='d', cluster_mode=mode)\n"
        "two = {'num_node_groups': 2, 'replicas_per_node_group': 1}\n"
        "Cache(self, 'e', replication_group_id='e', description='d', cluster_mode=two)\n"
    )
    result = run({"main.py": code}, unsafe=True)
    assert "json" not in result.files[0].after
    assert "num_node_groups=two['num_node_groups']" in result.files[0].after
    # What is made elsewhere is left to its author, and said to be no class.
    left = [(finding.code, finding.message) for finding in result.findings if not finding.fixed]
    assert [code for code, _ in left] == ["N102"]
    assert "`elasticache` does not exist" in left[0][1]

"""What resources and arguments used to be called, or are called elsewhere: data, with the source beside each row."""

from __future__ import annotations

from dataclasses import dataclass

_MODULES = {
    "aws": {
        # The service's newer name, which AWS's documents use and the provider does not:
        "eventbridge_rule": "cloudwatch_event_rule",  # registry, "formerly CloudWatch Events"
        "eventbridge_target": "cloudwatch_event_target",
        "eventbridge_bus": "cloudwatch_event_bus",
        "eventbridge_event_bus": "cloudwatch_event_bus",
        "eventbridge_archive": "cloudwatch_event_archive",
        "eventbridge_permission": "cloudwatch_event_permission",
        "eventbridge_connection": "cloudwatch_event_connection",
        "eventbridge_api_destination": "cloudwatch_event_api_destination",
        "cloudwatch_alarm": "cloudwatch_metric_alarm",  # registry: aws_cloudwatch_metric_alarm
        "elastic_ip": "eip",  # registry: aws_eip, "Provides an Elastic IP resource"
        "ec2_instance": "instance",  # registry: aws_instance, "Provides an EC2 instance resource"
        "ec2_security_group": "security_group",
        "ec2_launch_template": "launch_template",
        "ec2_key_pair": "key_pair",
        "ec2_volume": "ebs_volume",
        "application_load_balancer": "lb",  # registry: aws_lb, "aws_alb is known as aws_lb"
        "load_balancer": "lb",
        "load_balancer_listener": "lb_listener",
        "target_group": "lb_target_group",
        "load_balancer_target_group": "lb_target_group",
        "rds_instance": "db_instance",  # registry: aws_db_instance, "Provides an RDS instance resource"
        "rds_subnet_group": "db_subnet_group",
        "rds_parameter_group": "db_parameter_group",
        "rds_db_instance": "db_instance",
        "secrets_manager_secret": "secretsmanager_secret",  # registry: aws_secretsmanager_secret
        "secrets_manager_secret_version": "secretsmanager_secret_version",
        "step_functions_state_machine": "sfn_state_machine",  # registry: aws_sfn_state_machine
        "stepfunctions_state_machine": "sfn_state_machine",
        "state_machine": "sfn_state_machine",
        "route53_hosted_zone": "route53_zone",  # registry: aws_route53_zone, "Manages a Route53 Hosted Zone"
        "hosted_zone": "route53_zone",
        "api_gateway_v2_api": "apigatewayv2_api",
        "cloudwatch_logs_group": "cloudwatch_log_group",
        "log_group": "cloudwatch_log_group",
        "dynamo_db_table": "dynamodb_table",
        "auto_scaling_group": "autoscaling_group",
        "elasticache_redis_cluster": "elasticache_replication_group",
        "data_aws_subnet_ids": "data_aws_subnets",  # AWS provider version 4 and 5 upgrade guides
    },
}


def module_renamed(provider: str, name: str) -> str | None:
    """The module of a provider's resource that *name* is called elsewhere."""
    return _MODULES.get(provider, {}).get(name)


_KINDS = {
    # A resource that is one of several kinds: the argument that says which, and what it says.
    ("aws", "security_group_rule"): ("type", ("ingress", "egress")),  # registry: "Valid options are ingress or egress"
}


def kinds_of(provider: str, module: str) -> tuple[str, tuple[str, ...]]:
    """The argument of a resource that says of which kind it is, and the kinds; empty where there is none."""
    return _KINDS.get((provider, module), ("", ()))


@dataclass(frozen=True)
class Renamed:
    """An argument that a class no longer has, or never had under this name.

    ``new`` is the argument that says the same with the same value, by its path where it is in a block
    (``cpu_options.core_count``), empty where there is none; then ``advice`` says what a person should do.
    """

    owner: str
    old: str
    new: str
    source: str
    advice: str = ""
    reads: str = ""
    """Where the value is a resource's ``id``: the attribute of it that the new argument takes instead."""
    filter: str = ""
    """The name of the filter that says the same, where ``new`` is the block of filters."""
    besides: str = ""
    """The second argument of two that took its place, and that are given the same."""
    only_besides: str = ""
    """The value that only the second takes."""
    provider: str = "aws"


# What is gone was found by comparing the arguments of every class in the published provider packages 1.0.131, 5.0.52,
# 9.0.52, 12.0.13, 18.2.0, 19.65.1, 20.1.0 and 21.9.1; what took its place, in the guide that is named.
_V5 = "AWS provider version 5 upgrade guide (gone in package 18.2.0)"
_V6 = "AWS provider version 6 upgrade guide (gone in package 21.9.1)"
_CLASSIC = "AWS has ended EC2-Classic"
_DOCS = "the registry's page of the resource, which has it under the new name only"

ARGUMENTS = (
    Renamed("AutoscalingAttachment", "alb_target_group_arn", "lb_target_group_arn", _V5),
    Renamed("AutoscalingGroup", "tags", "tag", _V5),
    Renamed("AwsProvider", "s3_force_path_style", "s3_use_path_style", _V5),
    Renamed("AwsProvider", "shared_credentials_file", "shared_credentials_files", _V5),
    Renamed("BatchComputeEnvironment", "compute_environment_name", "name", _V6),
    Renamed("BatchComputeEnvironment", "compute_environment_name_prefix", "name_prefix", _V6),
    Renamed("DataAwsBatchComputeEnvironment", "compute_environment_name", "name", _V6),
    Renamed("DataAwsSubnets", "vpc_id", "filter", _V5, filter="vpc-id"),
    Renamed("DbInstance", "name", "db_name", _V5),
    Renamed("DxGatewayAssociation", "vpn_gateway_id", "associated_gateway_id", _V6),
    Renamed(
        "EksAddon",
        "resolve_conflicts",
        "resolve_conflicts_on_create",
        _V6,
        besides="resolve_conflicts_on_update",
        only_besides="PRESERVE",
    ),
    Renamed("ElasticacheReplicationGroup", "availability_zones", "preferred_cache_cluster_azs", _V5),
    Renamed("ElasticacheReplicationGroup", "number_cache_clusters", "num_cache_clusters", _V5),
    Renamed("ElasticacheReplicationGroup", "replication_group_description", "description", _V5),
    Renamed("NetworkmanagerCoreNetwork", "base_policy_region", "base_policy_regions", _V6),
    Renamed("Instance", "cpu_core_count", "cpu_options.core_count", _V6),
    Renamed("Instance", "cpu_threads_per_core", "cpu_options.threads_per_core", _V6),
    Renamed("MskClusterBrokerNodeGroupInfo", "ebs_volume_size", "storage_info.ebs_storage_info.volume_size", _V5),
    Renamed("SpotInstanceRequest", "cpu_core_count", "cpu_options.core_count", _V6),
    Renamed("SpotInstanceRequest", "cpu_threads_per_core", "cpu_options.threads_per_core", _V6),
    Renamed("SpotInstanceRequest", "instance_interruption_behaviour", "instance_interruption_behavior", _V5),
    # Gone without a successor that takes the same value.
    Renamed("ApiGatewayDeployment", "stage_name", "", _V6, "make an `ApiGatewayStage` of the deployment"),
    Renamed("ApiGatewayDeployment", "stage_description", "", _V6, "describe the `ApiGatewayStage` instead"),
    Renamed("ApiGatewayDeployment", "canary_settings", "", _V6, "set them at the `ApiGatewayStage`"),
    Renamed("AwsProvider", "skip_get_ec2_platforms", "", _V5, _CLASSIC),
    Renamed("AwsProviderAssumeRole", "duration_seconds", "", _V5, "`duration`, a text with its unit, as `1h`"),
    Renamed("BatchJobQueue", "compute_environments", "", _V6, "a `compute_environment_order` block for each"),
    Renamed("BudgetsBudget", "cost_filters", "cost_filter", _V5),
    Renamed("CeAnomalySubscription", "threshold", "", _V5, "a `threshold_expression`"),
    Renamed("DbInstance", "security_group_names", "", _V5, _CLASSIC),
    Renamed("DefaultVpc", "enable_classiclink", "", _V5, _CLASSIC),
    Renamed("DefaultVpc", "enable_classiclink_dns_support", "", _V5, _CLASSIC),
    Renamed("DmsEndpoint", "s3_settings", "", _V6, "a `DmsS3Endpoint`"),
    Renamed("EcsCluster", "capacity_providers", "", _V5, "an `EcsClusterCapacityProviders` of the cluster"),
    Renamed("EcsCluster", "default_capacity_provider_strategy", "", _V5, "an `EcsClusterCapacityProviders`"),
    Renamed("ElasticacheCluster", "security_group_names", "", _V5, _CLASSIC),
    Renamed("EcsTaskDefinition", "inference_accelerator", "", _V6, "AWS has ended Elastic Inference"),
    Renamed("FlowLog", "log_group_name", "", _V6, "the log group's ARN as `log_destination`"),
    Renamed("GuarddutyOrganizationConfiguration", "auto_enable", "", _V6, "`auto_enable_organization_members`"),
    Renamed("KinesisFirehoseDeliveryStream", "s3_configuration", "", _V5, "`extended_s3_configuration`"),
    Renamed("LaunchConfiguration", "vpc_classic_link_id", "", _V5, _CLASSIC),
    Renamed("LaunchConfiguration", "vpc_classic_link_security_groups", "", _V5, _CLASSIC),
    Renamed("LaunchTemplate", "elastic_gpu_specifications", "", _V6, "AWS has ended Elastic Graphics"),
    Renamed("LaunchTemplate", "elastic_inference_accelerator", "", _V6, "AWS has ended Elastic Inference"),
    Renamed("NetworkmanagerCoreNetwork", "policy_document", "", _V5, "a `NetworkmanagerCoreNetworkPolicyAttachment`"),
    Renamed("RedshiftCluster", "cluster_security_groups", "", _V5, _CLASSIC),
    Renamed("RedshiftCluster", "logging", "", _V6, "a `RedshiftLogging` of the cluster"),
    Renamed("RedshiftCluster", "snapshot_copy", "", _V6, "a `RedshiftSnapshotCopy` of the cluster"),
    Renamed(
        "Route",
        "instance_id",
        "network_interface_id",
        _V5,
        "the instance's `primary_network_interface_id` as `network_interface_id`",
        "primary_network_interface_id",
    ),
    Renamed(
        "RouteTableRoute",
        "instance_id",
        "network_interface_id",
        _V5,
        "the instance's `primary_network_interface_id` as `network_interface_id`",
        "primary_network_interface_id",
    ),
    Renamed("SecretsmanagerSecret", "rotation_lambda_arn", "", _V5, "a `SecretsmanagerSecretRotation` of the secret"),
    Renamed("SecretsmanagerSecret", "rotation_rules", "", _V5, "a `SecretsmanagerSecretRotation` of the secret"),
    Renamed("SsmAssociation", "instance_id", "", _V6, "`targets` with the key `InstanceIds`"),
    Renamed("Vpc", "enable_classiclink", "", _V5, _CLASSIC),
    Renamed("Vpc", "enable_classiclink_dns_support", "", _V5, _CLASSIC),
    # Never names of this resource, but of its siblings or of AWS's own API.
    Renamed("CloudwatchLogGroup", "retention_days", "retention_in_days", _DOCS),
    Renamed("DbInstance", "database_name", "db_name", _DOCS),
    Renamed("DbInstance", "master_password", "password", _DOCS),
    Renamed("DbInstance", "master_username", "username", _DOCS),
    Renamed("EcsService", "cluster_arn", "cluster", _DOCS),
    Renamed("GlueCrawler", "role_arn", "role", _DOCS),
    Renamed("LambdaEventSourceMapping", "maximum_event_age", "maximum_record_age_in_seconds", _DOCS),
    Renamed("LambdaFunction", "code_hash", "source_code_hash", _DOCS),
    Renamed("RdsCluster", "db_name", "database_name", _DOCS),
    Renamed("RdsCluster", "password", "master_password", _DOCS),
    Renamed("RdsCluster", "username", "master_username", _DOCS),
    Renamed("SecurityGroup", "group_description", "description", _DOCS),
    Renamed("DynamodbTable", "partition_key", "hash_key", _DOCS),
    Renamed("DynamodbTable", "sort_key", "range_key", _DOCS),
    Renamed("EcsService", "task_definition_arn", "task_definition", _DOCS),
    Renamed("FlowLog", "log_destination_arn", "log_destination", _DOCS),
    Renamed("Lb", "type", "load_balancer_type", _DOCS),
    Renamed("RdsCluster", "backup_retention_days", "backup_retention_period", _DOCS),
    Renamed("RdsCluster", "encrypted", "storage_encrypted", _DOCS),
    Renamed("RdsCluster", "parameter_group_name", "db_cluster_parameter_group_name", _DOCS),
    Renamed("RdsClusterInstance", "instance_type", "instance_class", _DOCS),
)


def argument_renamed(provider: str, owner: str, old: str) -> Renamed | None:
    """The row for an argument of a provider's class *owner*, or of the construct whose configuration it is."""
    names = (owner, owner.removesuffix("Config"))
    rows = (row for row in ARGUMENTS if row.provider == provider and row.old == old)
    return next((row for row in rows if row.owner in names), None)


_GONE = {
    "aws": {
        # Constructs and their blocks, by what the names begin with. The published packages 5.0.0 to 19.0.0 have them.
        "DbSecurityGroup": (_CLASSIC, _V5),
        "ElasticacheSecurityGroup": (_CLASSIC, _V5),
        "RedshiftSecurityGroup": (_CLASSIC, _V5),
        "MacieMemberAccountAssociation": ("AWS has ended Macie Classic; `Macie2Member`", _V5),
        "MacieS3BucketAssociation": ("AWS has ended Macie Classic; `Macie2ClassificationJob`", _V5),
        "DataAwsRedshiftServiceAccount": ("a policy for the service principal `redshift.amazonaws.com`", _V6),
        "Opsworks": ("AWS has ended OpsWorks Stacks", _V6),
        "SimpledbDomain": ("the provider no longer supports SimpleDB", _V6),
        "Worklink": ("AWS has ended WorkLink", _V6),
    },
}


def class_gone(provider: str, name: str) -> str | None:
    """Why a provider no longer has a class that it had, and what there is instead; None where nothing is known."""
    found = (row for begins, row in _GONE.get(provider, {}).items() if name.startswith(begins))
    return next((f"{advice}. Source: {source}" for advice, source in found), None)

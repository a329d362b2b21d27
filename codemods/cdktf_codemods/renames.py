"""What resources and arguments used to be called, or are called elsewhere: data, with the source beside each row."""

from __future__ import annotations

from dataclasses import dataclass

_MODULES = {
    # The service's newer name, which AWS's documents use and the provider does not:
    "eventbridge_rule": "cloudwatch_event_rule",  # registry: aws_cloudwatch_event_rule, "formerly CloudWatch Events"
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
}


def module_renamed(name: str) -> str | None:
    """The module of the resource that *name* is called elsewhere."""
    return _MODULES.get(name)


@dataclass(frozen=True)
class Renamed:
    """An argument of a resource and what it is now; ``block`` where it moved into one."""

    owner: str
    old: str
    new: str
    source: str


_V4 = "AWS provider version 4 upgrade guide"
_V5 = "AWS provider version 5 upgrade guide"
_V6 = "AWS provider version 6 upgrade guide"

ARGUMENTS = (
    Renamed("ElasticacheReplicationGroup", "replication_group_description", "description", _V5),
    Renamed("ElasticacheReplicationGroup", "number_cache_clusters", "num_cache_clusters", _V5),
    Renamed("ElasticacheReplicationGroup", "availability_zones", "preferred_cache_cluster_azs", _V5),
    Renamed("DbInstance", "name", "db_name", _V5),
    Renamed("DbInstance", "id", "identifier", "registry: aws_db_instance, identifier"),
    Renamed("FlowLog", "log_group_name", "log_destination", _V6),
    Renamed("LaunchTemplateInstanceMarketOptions", "type", "market_type", "registry: aws_launch_template"),
    Renamed("EksAddon", "resolve_conflicts", "resolve_conflicts_on_create", _V6),
    Renamed("BatchComputeEnvironment", "compute_environment_name", "name", _V6),
    Renamed("BatchComputeEnvironment", "compute_environment_name_prefix", "name_prefix", _V6),
    Renamed("CloudfrontResponseHeadersPolicy", "etag", "", _V6),
    Renamed("Instance", "cpu_core_count", "cpu_options.core_count", _V6),
    Renamed("Instance", "cpu_threads_per_core", "cpu_options.threads_per_core", _V6),
    Renamed("SsmParameter", "overwrite", "", _V6),
    Renamed("EcsTaskDefinition", "inference_accelerator", "", _V6),
    Renamed("LambdaEventSourceMapping", "maximum_event_age", "maximum_record_age_in_seconds", "registry: same meaning"),
    Renamed("LambdaFunctionEventInvokeConfig", "maximum_event_age", "maximum_event_age_in_seconds", "registry"),
    Renamed("LambdaFunction", "code_hash", "source_code_hash", "registry: aws_lambda_function"),
    Renamed("SecurityGroup", "group_name", "name", "registry: aws_security_group"),
    Renamed("SecurityGroup", "group_description", "description", "registry: aws_security_group"),
    Renamed("S3Object", "content_md5", "source_hash", "registry: aws_s3_object"),
    Renamed("KmsAlias", "alias_name", "name", "registry: aws_kms_alias"),
    Renamed("CloudwatchLogGroup", "retention_days", "retention_in_days", "registry: aws_cloudwatch_log_group"),
    Renamed("RdsCluster", "db_name", "database_name", "registry: aws_rds_cluster"),
    Renamed("DbInstance", "database_name", "db_name", "registry: aws_db_instance"),
    Renamed("DbInstance", "master_username", "username", "registry: aws_db_instance"),
    Renamed("DbInstance", "master_password", "password", "registry: aws_db_instance"),
    Renamed("RdsCluster", "username", "master_username", "registry: aws_rds_cluster"),
    Renamed("RdsCluster", "password", "master_password", "registry: aws_rds_cluster"),
    Renamed("DbInstance", "security_group_ids", "vpc_security_group_ids", "registry: aws_db_instance"),
    Renamed("RdsCluster", "security_group_ids", "vpc_security_group_ids", "registry: aws_rds_cluster"),
)


def argument_renamed(owner: str, old: str) -> Renamed | None:
    """The row for an argument of the class *owner*."""
    return next((row for row in ARGUMENTS if row.owner == owner and row.old == old), None)

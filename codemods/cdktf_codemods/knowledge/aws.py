"""What AWS asks for that the provider's schema does not say. Data, with its source beside each table."""

from __future__ import annotations

from ..schema import ApiClass
from ..schema.types import STRING, ListOf

ARN_IDS = frozenset(
    (
        "acm_certificate acmpca_certificate_authority alb alb_listener alb_listener_rule alb_target_group "
        "apprunner_auto_scaling_configuration_version apprunner_connection apprunner_service batch_job_definition "
        "batch_job_queue codeartifact_domain codeartifact_repository codebuild_project codebuild_report_group "
        "codestarconnections_connection codestarnotifications_notification_rule datasync_location_s3 datasync_task "
        "devicefarm_project ecs_capacity_provider ecs_cluster ecs_service elasticsearch_domain "
        "globalaccelerator_accelerator globalaccelerator_endpoint_group globalaccelerator_listener "
        "iam_openid_connect_provider iam_policy iam_saml_provider imagebuilder_component imagebuilder_image "
        "imagebuilder_image_pipeline imagebuilder_image_recipe inspector_assessment_target "
        "inspector_assessment_template kinesis_firehose_delivery_stream kinesis_stream kinesis_stream_consumer "
        "kinesisanalyticsv2_application lambda_layer_version lb lb_listener lb_listener_rule lb_target_group "
        "msk_cluster msk_configuration msk_serverless_cluster mskconnect_connector mskconnect_custom_plugin "
        "networkfirewall_firewall networkfirewall_firewall_policy networkfirewall_rule_group opensearch_domain "
        "ram_resource_share secretsmanager_secret secretsmanager_secret_rotation sfn_activity sfn_state_machine "
        "sns_topic sns_topic_subscription xray_group"
    ).split()
)
"""Submodules of resources whose id *is* their ARN. Source: "Attribute Reference" of each resource in the AWS provider's
documentation, version 6."""

_ARN_ARGUMENTS = {
    "cloudtrail": ("kms_key_id",),
    "cloudwatch_composite_alarm": ("alarm_actions", "insufficient_data_actions", "ok_actions"),
    "cloudwatch_log_group": ("kms_key_id",),
    "cloudwatch_metric_alarm": ("alarm_actions", "insufficient_data_actions", "ok_actions"),
    "codebuild_project": ("service_role",),
    "db_instance": ("kms_key_id", "performance_insights_kms_key_id"),
    "docdb_cluster": ("kms_key_id",),
    "docdb_cluster_instance": ("performance_insights_kms_key_id",),
    "ebs_volume": ("kms_key_id",),
    "efs_file_system": ("kms_key_id",),
    "fsx_lustre_file_system": ("kms_key_id",),
    "fsx_ontap_file_system": ("kms_key_id",),
    "fsx_openzfs_file_system": ("kms_key_id",),
    "fsx_windows_file_system": ("kms_key_id",),
    "lambda_function": ("role",),
    "pipes_pipe": ("source", "target"),
    "rds_cluster": ("kms_key_id", "performance_insights_kms_key_id"),
    "rds_cluster_instance": ("performance_insights_kms_key_id",),
    "redshift_cluster": ("kms_key_id",),
}
"""By submodule: arguments that take an ARN under another name. Source: ``verify.ValidARN`` in the AWS provider's
resource schemas, version 6; without it the provider refuses with "is an invalid ARN: arn: invalid prefix"."""


_SWITCHES = {
    "ec2_transit_gateway": (
        "auto_accept_shared_attachments default_route_table_association default_route_table_propagation dns_support "
        "multicast_support security_group_referencing_support vpn_ecmp_support"
    ),
    "ec2_transit_gateway_multicast_domain": "auto_accept_shared_associations igmpv2_support static_sources_support",
    "ec2_transit_gateway_vpc_attachment": (
        "appliance_mode_support dns_support ipv6_support security_group_referencing_support"
    ),
}
"""By submodule: arguments that are switched by ``enable`` and ``disable``. Source: "Argument Reference" of each
resource in the AWS provider's documentation, version 6: "Valid values: disable, enable"."""


_STATUS = (
    "s3_bucket_intelligent_tiering_configuration",
    "s3_bucket_lifecycle_configuration",
    "s3_bucket_replication_configuration",
)
"""Submodules of resources whose every ``status`` is ``Enabled`` or ``Disabled``. Source: "Argument Reference" of each
resource in the AWS provider's documentation, version 6: "Valid values: Enabled or Disabled"."""

_VERSIONING = "s3_bucket_versioning"
"""Its ``status`` is ``Enabled`` where it is on. Source: as above: "Valid values: Enabled, Suspended, or Disabled"."""

_TAKES = {
    "alb": {"security_groups": "id", "subnets": "id"},
    "cloudwatch_event_target": {"rule": "name"},
    "eip": {"instance": "id"},
    "elb": {"instances": "id", "security_groups": "id", "subnets": "id"},
    "iam_group_membership": {"group": "name", "users": "name"},
    "iam_instance_profile": {"role": "name"},
    "iam_policy_attachment": {"groups": "name", "roles": "name", "users": "name"},
    "iam_user_group_membership": {"groups": "name", "user": "name"},
    "instance": {"iam_instance_profile": "name"},
    "launch_configuration": {"iam_instance_profile": "name"},
    "lb": {"security_groups": "id", "subnets": "id"},
}
"""By submodule: what arguments take of a resource that are called as the resource alone. Source: "Argument Reference"
of each resource in the AWS provider's documentation, version 6."""


def taken_of(made: ApiClass, argument: str) -> str | None:
    """The attribute of another resource that an argument takes: its ``arn``, ``id`` or ``name``; None if unknown."""
    if made.provider != "aws":
        return None
    return "arn" if wants_arn(made, argument) else _TAKES.get(made.submodule, {}).get(argument)


def told_by_status(made: ApiClass) -> tuple[str, str | None] | None:
    """How the ``status`` of a construct or struct says on, and off; None for off where there are two words for it.

    Off is one word for a bucket that had versions and another for one that never had.
    """
    if made.provider != "aws" or "status" not in made.arguments:
        return None
    if made.submodule in _STATUS:
        return "Enabled", "Disabled"
    return ("Enabled", None) if made.submodule == _VERSIONING else None


TOLD_BY_A_WORD = frozenset("level mode state status type".split())
"""Last words of the names of arguments that are one of several words: what they ask, on or off does not answer."""


def switched_by(made: ApiClass, argument: str) -> tuple[str, str] | None:
    """The texts for on and off of an argument that takes neither a boolean nor ``true``."""
    if made.provider != "aws":
        return None
    if argument == "status" and made.submodule in _STATUS:
        return "Enabled", "Disabled"
    return ("enable", "disable") if argument in _SWITCHES.get(made.submodule, "").split() else None


def wants_arn(made: ApiClass, argument: str) -> bool:
    """Whether an argument of a construct or struct takes an ARN, or a list of them."""
    parameter = made.arguments.get(argument)
    if parameter is None or not any(option in (STRING, ListOf(STRING)) for option in parameter.type.options):
        return False
    return argument.removesuffix("s").rpartition("_")[2] == "arn" or argument in _ARN_ARGUMENTS.get(made.submodule, ())


ENGINE_RESOURCES = frozenset(("db_instance", "rds_cluster", "rds_cluster_instance", "rds_global_cluster"))
"""Submodules of resources that take an RDS engine's version."""

UNIQUE_NAMES = {
    "apprunner_service": "service_name",
    "athena_workgroup": "name",
    "backup_vault": "name",
    "batch_compute_environment": "name",
    "batch_job_queue": "name",
    "cloudformation_stack": "name",
    "cloudtrail": "name",
    "cloudwatch_dashboard": "dashboard_name",
    "cloudwatch_event_bus": "name",
    "cloudwatch_event_rule": "name",
    "cloudwatch_log_group": "name",
    "cloudwatch_metric_alarm": "alarm_name",
    "codebuild_project": "name",
    "codecommit_repository": "repository_name",
    "codepipeline": "name",
    "db_instance": "identifier",
    "db_option_group": "name",
    "db_parameter_group": "name",
    "db_subnet_group": "name",
    "dms_replication_instance": "replication_instance_id",
    "docdb_cluster": "cluster_identifier",
    "dynamodb_table": "name",
    "ecr_repository": "name",
    "ecs_cluster": "name",
    "eks_cluster": "name",
    "elastic_beanstalk_application": "name",
    "elasticache_parameter_group": "name",
    "elasticache_replication_group": "replication_group_id",
    "elasticache_subnet_group": "name",
    "glue_catalog_database": "name",
    "glue_crawler": "name",
    "glue_job": "name",
    "iam_group": "name",
    "iam_instance_profile": "name",
    "iam_policy": "name",
    "iam_role": "name",
    "iam_user": "name",
    "key_pair": "key_name",
    "kinesis_firehose_delivery_stream": "name",
    "kinesis_stream": "name",
    "kms_alias": "name",
    "lambda_function": "function_name",
    "launch_template": "name",
    "lb": "name",
    "lb_target_group": "name",
    "msk_cluster": "cluster_name",
    "neptune_cluster": "cluster_identifier",
    "opensearch_domain": "domain_name",
    "rds_cluster": "cluster_identifier",
    "rds_cluster_parameter_group": "name",
    "rds_global_cluster": "global_cluster_identifier",
    "redshift_cluster": "cluster_identifier",
    "s3_bucket": "bucket",
    "secretsmanager_secret": "name",
    "sfn_state_machine": "name",
    "sns_topic": "name",
    "sqs_queue": "name",
    "ssm_parameter": "name",
    "wafv2_ip_set": "name",
    "wafv2_web_acl": "name",
}
"""By submodule: the name that a resource cannot share with another of its kind in the account and region. Source: the
service's API reference, at the operation that creates the resource."""

PASSWORDS = {
    "password": "manage_master_user_password",
    "master_password": "manage_master_user_password",
}
"""A database's password, and the argument that has AWS keep it in Secrets Manager instead. Source: AWS provider,
``aws_db_instance`` and ``aws_rds_cluster``."""

JSON_WORDS = frozenset(
    (
        "body configuration content definition document format input json parameters pattern payload policy secret "
        "statement template"
    ).split()
)
"""Words in the name of a string argument that takes JSON. Source: where the AWS provider's examples call
``jsonencode``."""

JSON_NAMES = frozenset(("configuration_values", "container_properties", "ecs_properties", "node_properties"))
"""Names of string arguments that take JSON. Source: the AWS provider's documentation, ``aws_eks_addon`` and
``aws_batch_job_definition``."""

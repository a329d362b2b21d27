#!/usr/bin/env python3
# Clickstream analytics on AWS: Kinesis -> Firehose -> S3 -> Glue/Athena, with OpenSearch for the last week.

import json

from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.apigatewayv2_api import Apigatewayv2Api
from cdktf_cdktf_provider_aws.apigatewayv2_integration import Apigatewayv2Integration
from cdktf_cdktf_provider_aws.apigatewayv2_route import Apigatewayv2Route
from cdktf_cdktf_provider_aws.apigatewayv2_stage import Apigatewayv2Stage
from cdktf_cdktf_provider_aws.athena_workgroup import (
    AthenaWorkgroup,
    AthenaWorkgroupConfiguration,
    AthenaWorkgroupConfigurationResultConfiguration,
    AthenaWorkgroupConfigurationResultConfigurationEncryptionConfiguration,
)
from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTableGlobalSecondaryIndex
from cdktf_cdktf_provider_aws.glue_catalog_database import GlueCatalogDatabase
from cdktf_cdktf_provider_aws.glue_catalog_table import GlueCatalogTable, GlueCatalogTableStorageDescriptor
from cdktf_cdktf_provider_aws.glue_crawler import GlueCrawler, GlueCrawlerS3Target
from cdktf_cdktf_provider_aws.glue_job import GlueJob, GlueJobCommand
from cdktf_cdktf_provider_aws.kinesis_firehose_delivery_stream import (
    KinesisFirehoseDeliveryStream,
    KinesisFirehoseDeliveryStreamExtendedS3Configuration,
    KinesisFirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessors,
    KinesisFirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorsParameters,
    KinesisFirehoseDeliveryStreamKinesisSourceConfiguration,
)
from cdktf_cdktf_provider_aws.kinesis_stream import KinesisStream, KinesisStreamStreamModeDetails
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.lambda_event_source_mapping import LambdaEventSourceMapping
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from cdktf_cdktf_provider_aws.opensearch_domain import (
    OpensearchDomain,
    OpensearchDomainClusterConfig,
    OpensearchDomainEbsOptions,
    OpensearchDomainNodeToNodeEncryption,
)
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sfn_state_machine import SfnStateMachine
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

from helpers import allow, data_bucket, service_role
from settings import (
    ALARMS,
    BUCKETS,
    ENV,
    EVENT_COLUMNS,
    FUNCTIONS,
    JOBS,
    OFFICES,
    PARTITIONS,
    PREFIX,
    REGION,
    ROUTES,
    STREAMS,
    TAGS,
)

app = App()
stack = TerraformStack(app, PREFIX)

AwsProvider(stack, "aws", region=REGION, default_tags=[{"tags": TAGS}])
account = DataAwsCallerIdentity(stack, "current")

# ---------------------------------------------------------------------------
# Keys, topics, queues
# ---------------------------------------------------------------------------
key = KmsKey(
    stack,
    "key",
    description=f"{PREFIX} data",
    enable_key_rotation=True,
    tags=TAGS,
)
alerts = SnsTopic(stack, "alerts", name=f"{PREFIX}-alerts", tags=TAGS)
failed_batches = SqsQueue(
    stack,
    "failed-batches",
    name=f"{PREFIX}-failed-batches",
    message_retention_seconds=14 * 24 * 3600,
    kms_master_key_id=key.id,
    tags=TAGS,
)

# ---------------------------------------------------------------------------
# Storage
# ---------------------------------------------------------------------------
buckets = {
    name: data_bucket(stack, name, account.account_id, **ages)
    for name, ages in BUCKETS.items()
}

# Sessions that the API reads
sessions = DynamodbTable(
    stack,
    "sessions",
    name=f"{PREFIX}-sessions",
    billing_mode="PAY_PER_REQUEST",
    hash_key="session_id",
    attribute=[{"name": n, "type": "S"} for n in ("session_id", "user_id", "started_at")],
    global_secondary_index=[
        DynamodbTableGlobalSecondaryIndex(
            name=f"by-{hash_key}", hash_key=hash_key, range_key="started_at", projection_type="ALL"
        )
        for hash_key in ("user_id",)
    ],
    ttl={"attribute_name": "expires_at", "enabled": True},
    server_side_encryption={"enabled": True, "kms_key_arn": key.arn},
    tags=TAGS,
)

# ---------------------------------------------------------------------------
# Streams, and their delivery to S3
# ---------------------------------------------------------------------------
streams = {
    name: KinesisStream(
        stack,
        f"{name}-stream",
        name=f"{PREFIX}-{name}",
        shard_count=options["shard_count"],
        retention_period=options["retention_period"],
        stream_mode_details=KinesisStreamStreamModeDetails(stream_mode="PROVISIONED"),
        encryption_type="KMS",
        kms_key_id=key.id,
        shard_level_metrics=["IteratorAgeMilliseconds"],
        tags=TAGS,
    )
    for name, options in STREAMS.items()
}

firehose_role = service_role(
    stack,
    "firehose",
    "firehose",
    [
        allow(["s3:PutObject", "s3:GetBucketLocation", "s3:ListBucket"], f"{buckets['raw'].arn}/*", buckets["raw"].arn),
        allow(["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream"], "*"),
        allow(["lambda:InvokeFunction"], "*"),
        allow(["kms:Decrypt", "kms:GenerateDataKey"], key.arn),
    ],
)


def processors(function):
    """Firehose hands each batch to the function before it is written."""
    return [
        KinesisFirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessors(
            type="Lambda",
            parameters=[
                KinesisFirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorsParameters(
                    parameter_name="LambdaArn", parameter_value=f"{function.arn}:$LATEST"
                ),
                KinesisFirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorsParameters(
                    parameter_name="BufferSizeInMBs", parameter_value="1"
                ),
            ],
        )
    ]


# ---------------------------------------------------------------------------
# Functions
# ---------------------------------------------------------------------------
lambda_role = service_role(
    stack,
    "functions",
    "lambda",
    [
        allow(["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:Query"], sessions.arn, f"{sessions.arn}/index/*"),
        allow(["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStreamSummary"], "*"),
        allow(["sqs:SendMessage"], failed_batches.arn),
        allow(["kms:Decrypt"], key.arn),
    ],
    managed=["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
)


def function(name, options):
    """A function with its log group."""
    CloudwatchLogGroup(
        stack,
        f"{name}-logs",
        name=f"/aws/lambda/{PREFIX}-{name}",
        retention_in_days=14,
        tags=TAGS,
    )
    return LambdaFunction(
        stack,
        f"{name}-function",
        function_name=f"{PREFIX}-{name}",
        description=options["description"],
        role=lambda_role.arn,
        runtime="python3.12",
        handler=options["handler"],
        s3_bucket=buckets["curated"].id,
        s3_key=f"functions/{name}.zip",
        memory_size=options["memory_size"],
        timeout=options["timeout"],
        environment={
            "variables": {
                "TABLE": sessions.name,
                "STAGE": ENV,
                "LOG_SAMPLING": "0.1",
                **{variable: str(value) for variable, value in options["environment"].items()},
            },
        },
        tracing_config={"mode": "Active"},
        dead_letter_config={"target_arn": failed_batches.arn},
        tags=TAGS,
    )


functions = {name: function(name, options) for name, options in FUNCTIONS.items()}

for name, source in streams.items():
    KinesisFirehoseDeliveryStream(
        stack,
        f"{name}-delivery",
        name=f"{PREFIX}-{name}",
        destination="extended_s3",
        kinesis_source_configuration=KinesisFirehoseDeliveryStreamKinesisSourceConfiguration(
            kinesis_stream_arn=source.arn,
            role_arn=firehose_role.arn,
        ),
        extended_s3_configuration=KinesisFirehoseDeliveryStreamExtendedS3Configuration(
            bucket_arn=buckets["raw"].arn,
            role_arn=firehose_role.arn,
            prefix=f"{name}/year=!{{timestamp:yyyy}}/month=!{{timestamp:MM}}/day=!{{timestamp:dd}}/",
            error_output_prefix=f"errors/{name}/!{{firehose:error-output-type}}/",
            buffering_size=64,
            buffering_interval=300,
            compression_format="GZIP",
            kms_key_arn=key.arn,
            processing_configuration={"enabled": True, "processors": processors(functions["enrich"])},
        ),
        tags=TAGS,
    )
    LambdaEventSourceMapping(
        stack,
        f"{name}-sessionize",
        event_source_arn=source.arn,
        function_name=functions["sessionize"].arn,
        starting_position="LATEST",
        batch_size=200,
        maximum_batching_window_in_seconds=10,
        bisect_batch_on_function_error=True,
        maximum_retry_attempts=3,
        destination_config={"on_failure": {"destination_arn": failed_batches.arn}},
    )

# ---------------------------------------------------------------------------
# Catalogue and queries
# ---------------------------------------------------------------------------
database = GlueCatalogDatabase(stack, "database", name=f"clickstream_{ENV}")

events_tables = []
for name in STREAMS:
    events_tables.append(
        GlueCatalogTable(
            stack,
            f"{name}-events",
            name=f"{name}_events",
            database_name=database.name,
            table_type="EXTERNAL_TABLE",
            parameters={"classification": "json", "projection.enabled": "true", "compressionType": "gzip"},
            partition_keys=[{"name": column, "type": type_} for column, type_ in PARTITIONS.items()],
            storage_descriptor=GlueCatalogTableStorageDescriptor(
                location=f"s3://{buckets['raw'].bucket}/{name}/",
                input_format="org.apache.hadoop.mapred.TextInputFormat",
                output_format="org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
                columns=[{"name": column, "type": type_} for column, type_ in EVENT_COLUMNS.items()],
                ser_de_info={
                    "name": "json",
                    "serialization_library": "org.openx.data.jsonserde.JsonSerDe",
                    "parameters": {"ignore.malformed.json": "true"},
                },
            ),
        )
    )

AthenaWorkgroup(
    stack,
    "workgroup",
    name=PREFIX,
    force_destroy=True,
    configuration=AthenaWorkgroupConfiguration(
        enforce_workgroup_configuration=True,
        publish_cloudwatch_metrics_enabled=True,
        bytes_scanned_cutoff_per_query=100 * 1024 ** 3,
        result_configuration=AthenaWorkgroupConfigurationResultConfiguration(
            output_location=f"s3://{buckets['athena-results'].bucket}/",
            encryption_configuration=AthenaWorkgroupConfigurationResultConfigurationEncryptionConfiguration(
                encryption_option="SSE_KMS",
                kms_key_arn=key.arn,
            ),
        ),
    ),
    tags=TAGS,
)

glue_role = service_role(
    stack,
    "glue",
    "glue",
    [allow(["s3:*"], *[arn for bucket in buckets.values() for arn in (bucket.arn, f"{bucket.arn}/*")])],
    managed=["arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole"],
)
GlueCrawler(
    stack,
    "crawler",
    name=PREFIX,
    role=glue_role.arn,
    database_name=database.name,
    schedule="cron(15 0 * * ? *)",
    s3_target=[GlueCrawlerS3Target(path=f"s3://{buckets['curated'].bucket}/")],
    schema_change_policy={"delete_behavior": "LOG", "update_behavior": "UPDATE_IN_DATABASE"},
    configuration=json.dumps({"Version": 1.0, "Grouping": {"TableGroupingPolicy": "CombineCompatibleSchemas"}}),
    tags=TAGS,
)

jobs = {
    name: GlueJob(
        stack,
        f"{name}-job",
        name=f"{PREFIX}-{name}",
        role_arn=glue_role.arn,
        glue_version="4.0",
        worker_type="G.1X",
        number_of_workers=job["workers"],
        timeout=120,
        command=GlueJobCommand(
            script_location=f"s3://{buckets['curated'].bucket}/jobs/{job['script']}",
            python_version="3",
        ),
        default_arguments={
            "--job-bookmark-option": "job-bookmark-enable",
            "--enable-metrics": "true",
            "--database": database.name,
        },
        tags=TAGS,
    )
    for name, job in JOBS.items()
}

# ---------------------------------------------------------------------------
# Nightly run: each job after the one before it, started by a schedule
# ---------------------------------------------------------------------------
order = sorted(JOBS, key=lambda name: JOBS[name]["hour"])
states = {
    name: {
        "Type": "Task",
        "Resource": "arn:aws:states:::glue:startJobRun.sync",
        "Parameters": {"JobName": jobs[name].name},
        "Retry": [{"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 2, "IntervalSeconds": 60}],
        **({"Next": order[index + 1]} if index + 1 < len(order) else {"End": True}),
    }
    for index, name in enumerate(order)
}
sfn_role = service_role(stack, "nightly", "states", [allow(["glue:StartJobRun", "glue:GetJobRun"], "*")])
nightly = SfnStateMachine(
    stack,
    "nightly",
    name=f"{PREFIX}-nightly",
    role_arn=sfn_role.arn,
    definition=json.dumps({"Comment": "Nightly run", "StartAt": order[0], "States": states}),
    tracing_configuration={"enabled": True},
    tags=TAGS,
)

events_role = service_role(stack, "events", "events", [allow(["states:StartExecution"], nightly.arn)])
schedule = CloudwatchEventRule(
    stack,
    "nightly-schedule",
    name=f"{PREFIX}-nightly",
    schedule_expression="cron(0 1 * * ? *)",
)
CloudwatchEventTarget(
    stack,
    "nightly-target",
    rule=schedule.name,
    arn=nightly.arn,
    role_arn=events_role.arn,
    input=json.dumps({"source": "schedule"}),
    retry_policy={"maximum_retry_attempts": 2, "maximum_event_age_in_seconds": 3600},
)
failures = CloudwatchEventRule(
    stack,
    "job-failures",
    name=f"{PREFIX}-job-failures",
    event_pattern=json.dumps(
        {"source": ["aws.glue"], "detail-type": ["Glue Job State Change"], "detail": {"state": ["FAILED"]}}
    ),
)
CloudwatchEventTarget(stack, "job-failures-target", rule=failures.name, arn=alerts.id)

# ---------------------------------------------------------------------------
# Search over the last week
# ---------------------------------------------------------------------------
search = OpensearchDomain(
    stack,
    "search",
    domain_name=f"{PREFIX}-search",
    engine_version="OpenSearch_2.13",
    cluster_config=OpensearchDomainClusterConfig(
        instance_type="r6g.large.search",
        instance_count=3,
        zone_awareness_enabled=True,
        zone_awareness_config={"availability_zone_count": 3},
    ),
    ebs_options=OpensearchDomainEbsOptions(ebs_enabled=True, volume_type="gp3", volume_size=200),
    encrypt_at_rest={"enabled": True, "kms_key_id": key.arn},
    node_to_node_encryption=OpensearchDomainNodeToNodeEncryption(enabled=True),
    domain_endpoint_options={"enforce_https": True, "tls_security_policy": "Policy-Min-TLS-1-2-2019-07"},
    access_policies=json.dumps({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": "*"},
                "Action": "es:ESHttp*",
                "Resource": f"arn:aws:es:{REGION}:{account.account_id}:domain/{PREFIX}-search/*",
                "Condition": {"IpAddress": {"aws:SourceIp": list(OFFICES.values())}},
            }
        ],
    }),
    tags=TAGS,
)

# ---------------------------------------------------------------------------
# API for the dashboards
# ---------------------------------------------------------------------------
api = Apigatewayv2Api(
    stack,
    "api",
    name=f"{PREFIX}-api",
    protocol_type="HTTP",
    cors_configuration={
        "allow_origins": ["https://dashboards.example.com"],
        "allow_methods": ["GET", "POST"],
        "allow_headers": ["authorization", "content-type"],
        "max_age": 3600,
    },
    tags=TAGS,
)
integration = Apigatewayv2Integration(
    stack,
    "api-integration",
    api_id=api.id,
    integration_type="AWS_PROXY",
    integration_uri=functions["api"].invoke_arn,
    payload_format_version="2.0",
)
for name, route_key in ROUTES.items():
    Apigatewayv2Route(
        stack,
        f"route-{name}",
        api_id=api.id,
        route_key=route_key,
        target=f"integrations/{integration.id}",
    )
access_logs = CloudwatchLogGroup(stack, "api-access-logs", name=f"/aws/apigateway/{PREFIX}", retention_in_days=30)
Apigatewayv2Stage(
    stack,
    "api-stage",
    api_id=api.id,
    name="$default",
    auto_deploy=True,
    default_route_settings={"throttling_burst_limit": 100, "throttling_rate_limit": 50},
    access_log_settings={
        "destination_arn": access_logs.arn,
        "format": json.dumps(
            {"requestId": "$context.requestId", "status": "$context.status", "route": "$context.routeKey"}
        ),
    },
    tags=TAGS,
)
LambdaPermission(
    stack,
    "api-permission",
    statement_id="AllowApi",
    action="lambda:InvokeFunction",
    function_name=functions["api"].function_name,
    principal="apigateway.amazonaws.com",
    source_arn=f"{api.execution_arn}/*/*",
)

# ---------------------------------------------------------------------------
# Alarms: every alarm for every stream
# ---------------------------------------------------------------------------
for alarm, options in ALARMS.items():
    for name, source in streams.items():
        CloudwatchMetricAlarm(
            stack,
            f"{name}-{alarm}",
            alarm_name=f"{PREFIX}-{name}-{alarm}",
            comparison_operator="GreaterThanThreshold",
            period=60,
            dimensions={"StreamName": source.name},
            alarm_actions=[alerts.arn],
            treat_missing_data="notBreaching",
            **options,
        )

# ---------------------------------------------------------------------------
# Outputs
# ---------------------------------------------------------------------------
outputs = {
    "api_url": api.api_endpoint,
    "search_endpoint": search.endpoint,
    "raw_bucket": buckets["raw"].bucket,
    "nightly_state_machine": nightly.arn,
    **{f"{name}_stream": source.name for name, source in streams.items()},
}
for name, value in outputs.items():
    TerraformOutput(stack, name, value=value)

app.synth()

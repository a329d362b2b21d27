"""Events come in over Kinesis and Kafka, and go to the lake by Firehose and to DynamoDB by a function."""
from __future__ import annotations

from typing import Any

from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.dynamodb_table import (
    DynamodbTable,
    DynamodbTableAttribute,
    DynamodbTableGlobalSecondaryIndex,
    DynamodbTablePointInTimeRecovery,
    DynamodbTableTtl,
)
from cdktf_cdktf_provider_aws.kinesis_firehose_delivery_stream import (
    KinesisFirehoseDeliveryStream,
    KinesisFirehoseDeliveryStreamExtendedS3Configuration,
    KinesisFirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfiguration,
    KinesisFirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessors,
    KinesisFirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorsParameters,
)
from cdktf_cdktf_provider_aws.kinesis_stream import KinesisStream, KinesisStreamStreamModeDetails
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.lambda_event_source_mapping import LambdaEventSourceMapping
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction, LambdaFunctionEnvironment
from cdktf_cdktf_provider_aws.msk_cluster import (
    MskCluster,
    MskClusterBrokerNodeGroupInfo,
    MskClusterBrokerNodeGroupInfoStorageInfo,
    MskClusterBrokerNodeGroupInfoStorageInfoEbsStorageInfo,
    MskClusterEncryptionInfo,
)
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from constructs import Construct

from infra.common import Settings, service_role
from infra.network import Network


def create_stream(scope: Construct, settings: Settings, key: KmsKey) -> KinesisStream:
    """What the web shops publish to."""
    return KinesisStream(
        scope,
        "stream",
        name=settings.name("events"),
        shard_count=settings.shard_count,
        retention_period=int(settings.retention_hours),
        encryption_type="KMS",
        kms_key_id=key.id,
        shard_level_metrics=["IncomingBytes", "OutgoingBytes", "IteratorAgeMilliseconds"],
        stream_mode_details=KinesisStreamStreamModeDetails(stream_mode="PROVISIONED"),
    )


def create_kafka(scope: Construct, settings: Settings, network: Network, key: KmsKey) -> MskCluster:
    """For the shops that already publish to Kafka."""
    logs = CloudwatchLogGroup(scope, "kafka-logs", name=f"/msk/{settings.name('events')}", retention_in_days=14)
    return MskCluster(
        scope,
        "kafka",
        cluster_name=settings.name("events"),
        kafka_version="3.6.0",
        number_of_broker_nodes=settings.zones,
        broker_node_group_info=MskClusterBrokerNodeGroupInfo(
            instance_type="kafka.t3.small",
            client_subnets=network.subnet_ids,
            security_groups=[network.groups["kafka"].id],
            storage_info=MskClusterBrokerNodeGroupInfoStorageInfo(
                ebs_storage_info=MskClusterBrokerNodeGroupInfoStorageInfoEbsStorageInfo(volume_size=100)
            ),
        ),
        client_authentication={"sasl": {"iam": True}},
        encryption_info=MskClusterEncryptionInfo(
            encryption_at_rest_kms_key_arn=key.arn,
            encryption_in_transit={"client_broker": "TLS", "in_cluster": True},
        ),
        logging_info={"broker_logs": {"cloudwatch_logs": {"enabled": True, "log_group": logs.name}}},
    )


def create_sessions(scope: Construct, settings: Settings) -> DynamodbTable:
    """The sessions that are going on."""
    return DynamodbTable(
        scope,
        "sessions",
        name=settings.name("sessions"),
        billing_mode="PAY_PER_REQUEST",
        hash_key="session_id",
        range_key="started_at",
        attribute=[
            DynamodbTableAttribute(name="session_id", type="S"),
            DynamodbTableAttribute(name="started_at", type="N"),
            DynamodbTableAttribute(name="user_id", type="S"),
        ],
        global_secondary_index=[
            DynamodbTableGlobalSecondaryIndex(
                name="by-user", hash_key="user_id", range_key="started_at", projection_type="ALL"
            ),
        ],
        ttl=DynamodbTableTtl(attribute_name="expires_at", enabled=True),
        point_in_time_recovery=DynamodbTablePointInTimeRecovery(enabled=settings.is_production),
    )


def create_sessionizer(scope: Construct, settings: Settings, stream: KinesisStream, table: DynamodbTable):
    """The function that turns events into sessions, and the queue of what it could not read."""
    failures = SqsQueue(
        scope,
        "failures",
        name=settings.name("failures"),
        message_retention_seconds=1209600,
        sqs_managed_sse_enabled=True,
    )
    role = service_role(
        scope,
        settings,
        "sessionizer",
        ["lambda"],
        [
            {
                "Effect": "Allow",
                "Action": ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream"],
                "Resource": stream.arn,
            },
            {"Effect": "Allow", "Action": ["dynamodb:PutItem", "dynamodb:UpdateItem"], "Resource": table.arn},
            {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": failures.arn},
        ],
    )
    function = LambdaFunction(
        scope,
        "sessionizer",
        function_name=settings.name("sessionizer"),
        role=role.arn,
        runtime="python3.12",
        handler="sessionizer.handler",
        s3_bucket=settings.name("artifacts"),
        s3_key="sessionizer.zip",
        memory_size=512,
        timeout=60,
        architectures=["arm64"],
        environment=LambdaFunctionEnvironment(
            variables={"TABLE": table.name, "SESSION_GAP_MINUTES": "30", "STRICT": str(settings.is_production).lower()}
        ),
        tracing_config={"mode": "Active"},
    )
    LambdaEventSourceMapping(
        scope,
        "sessionizer-source",
        event_source_arn=stream.arn,
        function_name=function.function_name,
        starting_position="LATEST",
        batch_size=500,
        maximum_batching_window_in_seconds=5,
        maximum_record_age_in_seconds=3600,
        bisect_batch_on_function_error=True,
        function_response_types=["ReportBatchItemFailures"],
        destination_config={"on_failure": {"destination_arn": failures.arn}},
        filter_criteria={"filter": [{"pattern": '{"data": {"type": ["page_view", "click"]}}'}]},
    )
    return function, failures


def create_delivery(scope: Construct, settings: Settings, stream: KinesisStream, bucket, transform: LambdaFunction):
    """Events into the raw zone of the lake, by hour."""
    role = service_role(
        scope,
        settings,
        "delivery",
        ["firehose"],
        [
            {"Effect": "Allow", "Action": "s3:PutObject", "Resource": f"{bucket.arn}/*"},
            {"Effect": "Allow", "Action": "kinesis:*", "Resource": stream.arn},
            {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": f"{transform.arn}:*"},
        ],
    )
    processors = [
        KinesisFirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessors(
            type="Lambda",
            parameters=[
                KinesisFirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorsParameters(
                    parameter_name="LambdaArn", parameter_value=f"{transform.arn}:$LATEST"
                ),
                KinesisFirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorsParameters(
                    parameter_name="BufferSizeInMBs", parameter_value="3"
                ),
            ],
        )
    ]
    return KinesisFirehoseDeliveryStream(
        scope,
        "delivery",
        name=settings.name("delivery"),
        destination="extended_s3",
        kinesis_source_configuration={"kinesis_stream_arn": stream.arn, "role_arn": role.arn},
        extended_s3_configuration=KinesisFirehoseDeliveryStreamExtendedS3Configuration(
            bucket_arn=bucket.arn,
            role_arn=role.arn,
            prefix="events/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/",
            error_output_prefix="errors/!{firehose:error-output-type}/",
            buffering_size=64,
            buffering_interval=300,
            compression_format="GZIP",
            processing_configuration=KinesisFirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfiguration(
                enabled=True,
                processors=processors,
            ),
        ),
    )


def create_ingestion(scope: Construct, settings: Settings, parts: dict[str, Any]) -> dict[str, Any]:
    """Everything that takes events in."""
    stream = create_stream(scope, settings, parts["key"])
    kafka = create_kafka(scope, settings, parts["network"], parts["key"])
    sessions = create_sessions(scope, settings)
    sessionizer, failures = create_sessionizer(scope, settings, stream, sessions)
    delivery = create_delivery(scope, settings, stream, parts["lake"]["buckets"]["raw"], sessionizer)
    return {
        "stream": stream,
        "kafka": kafka,
        "sessions": sessions,
        "sessionizer": sessionizer,
        "failures": failures,
        "delivery": delivery,
    }

"""How events travel: a bus, queues, a stream and a workflow."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from cdktf_cdktf_provider_aws.cloudwatch_event_bus import CloudwatchEventBus
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.eventbridge_rule import EventbridgeRule
from cdktf_cdktf_provider_aws.eventbridge_target import (
    EventbridgeTarget,
    EventbridgeTargetDeadLetterConfig,
    EventbridgeTargetRetryPolicy,
)
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.kinesis_firehose_delivery_stream import (
    KinesisFirehoseDeliveryStream,
    KinesisFirehoseDeliveryStreamExtendedS3Configuration,
    KinesisFirehoseDeliveryStreamKinesisSourceConfiguration,
)
from cdktf_cdktf_provider_aws.kinesis_stream import (
    KinesisStream,
    KinesisStreamStreamModeDetails,
)
from cdktf_cdktf_provider_aws.lambda_event_source_mapping import (
    LambdaEventSourceMapping,
    LambdaEventSourceMappingDestinationConfig,
    LambdaEventSourceMappingDestinationConfigOnFailure,
    LambdaEventSourceMappingFilterCriteria,
    LambdaEventSourceMappingFilterCriteriaFilter,
)
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.sfn_state_machine import (
    SfnStateMachine,
    SfnStateMachineLoggingConfiguration,
    SfnStateMachineTracingConfiguration,
)
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from constructs import Construct

from .compute import assume_role_policy
from .config import Settings
from .storage import OrderStorage


@dataclass(frozen=True, slots=True)
class Route:
    """Events of a kind, and the queue that they end in."""

    name: str
    detail_types: tuple[str, ...]
    retries: int = 24

    @property
    def pattern(self) -> str:
        return json.dumps({"source": ["shop.orders"], "detail-type": list(self.detail_types)})


ROUTES = (
    Route("payments", ("OrderPlaced", "OrderChanged")),
    Route("shipping", ("OrderPaid",)),
    Route("mails", ("OrderPlaced", "OrderPaid", "OrderShipped"), retries=3),
)


class EventBackbone(Construct):
    """The bus, and everything that hangs on it."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        storage: OrderStorage,
    ) -> None:
        super().__init__(scope, construct_id)
        self._settings = settings
        self._storage = storage
        self.bus = CloudwatchEventBus(self, "bus", name=settings.name("events"))
        self.queues = {route.name: self._route(route) for route in ROUTES}
        self.stream = KinesisStream(
            self,
            "stream",
            name=settings.name("clicks"),
            retention_period=settings.kinesis_retention_hours,
            stream_mode_details=[KinesisStreamStreamModeDetails(stream_mode="ON_DEMAND")],
            encryption_type="KMS",
            kms_key_id=storage.key.arn,
        )
        self._deliver()
        self.alerts = SnsTopic(self, "alerts", name=settings.name("alerts"))
        SnsTopicSubscription(
            self,
            "alerts-mail",
            topic_arn=self.alerts.arn,
            protocol="email",
            endpoint="orders-oncall@example.com",
        )

    @cached_property
    def dead_letters(self) -> SqsQueue:
        """What nobody could handle."""
        return SqsQueue(
            self,
            "dead-letters",
            name=self._settings.name("dead-letters"),
            message_retention_seconds=14 * 24 * 60 * 60,
            kms_master_key_id=self._storage.key.key_id,
        )

    def _route(self, route: Route) -> SqsQueue:
        queue = SqsQueue(
            self,
            f"{route.name}-queue",
            name=self._settings.name(route.name),
            visibility_timeout=180,
            receive_wait_time_seconds=20,
            redrive_policy=json.dumps({"deadLetterTargetArn": self.dead_letters.arn, "maxReceiveCount": 5}),
        )
        rule = EventbridgeRule(
            self,
            f"{route.name}-rule",
            name=self._settings.name(route.name),
            event_bus_name=self.bus.name,
            event_pattern=route.pattern,
        )
        EventbridgeTarget(
            self,
            f"{route.name}-target",
            rule=rule.name,
            event_bus_name=self.bus.name,
            target_id=route.name,
            arn=queue.arn,
            retry_policy=EventbridgeTargetRetryPolicy(maximum_event_age=3600, maximum_retry_attempts=route.retries),
            dead_letter_config=EventbridgeTargetDeadLetterConfig(arn=self.dead_letters.arn),
        )
        return queue

    def _deliver(self) -> None:
        """Everything on the stream goes to the archive."""
        role = IamRole(
            self,
            "firehose-role",
            name=self._settings.name("firehose"),
            assume_role_policy=assume_role_policy("firehose"),
        )
        IamRolePolicy(
            self,
            "firehose-policy",
            name="inline",
            role=role.name,
            policy=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": ["s3:PutObject", "s3:ListBucket"],
                            "Resource": [
                                self._storage.archive.arn,
                                f"{self._storage.archive.arn}/*",
                            ],
                        },
                        {
                            "Effect": "Allow",
                            "Action": ["kinesis:Get*", "kinesis:DescribeStream"],
                            "Resource": self.stream.arn,
                        },
                    ],
                }
            ),
        )
        KinesisFirehoseDeliveryStream(
            self,
            "delivery",
            name=self._settings.name("delivery"),
            destination="extended_s3",
            kinesis_source_configuration=KinesisFirehoseDeliveryStreamKinesisSourceConfiguration(
                kinesis_stream_arn=self.stream.arn, role_arn=role.arn
            ),
            extended_s3_configuration=KinesisFirehoseDeliveryStreamExtendedS3Configuration(
                bucket_arn=self._storage.archive.id,
                role_arn=role.arn,
                prefix="events/",
                buffer_size=64,
                buffer_interval=300,
                compression_format="GZIP",
            ),
        )

    def consume(self, name: str, function: LambdaFunction) -> None:
        """Let a function handle the messages of a queue."""
        LambdaEventSourceMapping(
            self,
            f"{name}-consumer",
            function_name=function.arn,
            event_source_arn=self.queues[name].arn,
            batch_size=10,
            function_response_types=["ReportBatchItemFailures"],
        )

    def follow_orders(self, function: LambdaFunction) -> None:
        """Let a function see every change of an order."""
        LambdaEventSourceMapping(
            self,
            "orders-stream",
            function_name=function.arn,
            event_source_arn=self._storage.orders.stream_arn,
            starting_position="LATEST",
            batch_size=100,
            maximum_batching_window_in_seconds=5,
            maximum_retry_attempts=3,
            bisect_batch_on_function_error=True,
            filter_criteria=LambdaEventSourceMappingFilterCriteria(
                filter=LambdaEventSourceMappingFilterCriteriaFilter(
                    pattern=json.dumps({"eventName": ["INSERT", "MODIFY"]})
                )
            ),
            destination_config=LambdaEventSourceMappingDestinationConfig(
                on_failure=LambdaEventSourceMappingDestinationConfigOnFailure(destination_arn=self.dead_letters.arn)
            ),
        )

    def fulfil(self, steps: dict[str, LambdaFunction]) -> SfnStateMachine:
        """A workflow that calls functions one after the other."""
        names = list(steps)
        states = {
            name: {
                "Type": "Task",
                "Resource": steps[name].arn,
                "Retry": [
                    {
                        "ErrorEquals": ["States.TaskFailed"],
                        "IntervalSeconds": 5,
                        "MaxAttempts": 3,
                        "BackoffRate": 2.0,
                    }
                ],
                **({"Next": following} if following else {"End": True}),
            }
            for name, following in zip(names, [*names[1:], None], strict=True)
        }
        role = IamRole(
            self,
            "workflow-role",
            name=self._settings.name("workflow"),
            assume_role_policy=assume_role_policy("states"),
        )
        IamRolePolicy(
            self,
            "workflow-policy",
            name="inline",
            role=role.name,
            policy=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": "lambda:InvokeFunction",
                            "Resource": [function.arn for function in steps.values()],
                        }
                    ],
                }
            ),
        )
        logs = CloudwatchLogGroup(
            self,
            "workflow-logs",
            name=f"/aws/vendedlogs/states/{self._settings.name('fulfilment')}",
            retention_in_days=self._settings.log_retention_days,
        )
        return SfnStateMachine(
            self,
            "fulfilment",
            name=self._settings.name("fulfilment"),
            type="STANDARD",
            role_arn=role.arn,
            definition={
                "Comment": "Fulfil an order",
                "StartAt": names[0],
                "States": states,
            },
            logging_configuration=SfnStateMachineLoggingConfiguration(
                log_destination=f"{logs.arn}:*",
                include_execution_data=True,
                level="ERROR",
            ),
            tracing_configuration=SfnStateMachineTracingConfiguration(enabled="true"),
        )

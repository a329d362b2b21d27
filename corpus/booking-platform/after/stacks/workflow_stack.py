"""What happens to a booking: tables, a state machine, events, notifications."""
from typing import Any, Dict
import json

from cdktf_cdktf_provider_aws.cloudwatch_event_bus import CloudwatchEventBus
from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.sfn_state_machine import SfnStateMachine
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTableGlobalSecondaryIndex
from constructs import Construct

from stacks.base import BaseStack
from stacks.mixins import LambdaMixin, TableMixin


class WorkflowStack(LambdaMixin, TableMixin, BaseStack):
    """Step Functions and EventBridge."""

    component = "workflow"
    steps = ("reserve", "charge", "confirm")
    retry: Dict[str, Any] = {"maximum_retry_attempts": 8, "maximum_event_age_in_seconds": 3600}

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any):
        super().__init__(scope, construct_id, **kwargs)

    def build(self) -> None:
        self.bookings = self.create_table(
            "bookings",
            "booking_id",
            range_key="version",
            extra_attributes=["guest_id", "hotel_id"],
            stream_enabled=True,
            stream_view_type="NEW_AND_OLD_IMAGES",
            indexes=[
                DynamodbTableGlobalSecondaryIndex(name="by-guest", hash_key="guest_id", projection_type="ALL"),
                DynamodbTableGlobalSecondaryIndex(
                    name="by-hotel",
                    hash_key="hotel_id",
                    range_key="version",
                    projection_type="INCLUDE",
                    non_key_attributes=["check_in", "check_out"],
                ),
            ],
        )
        self.functions = {
            step: self.create_function(
                step,
                environment={"TABLE": self.bookings.name},
                statements=[
                    {"Effect": "Allow", "Action": "dynamodb:*Item", "Resource": self.bookings.arn},
                ],
            )
            for step in self.steps
        }
        self.state_machine = self.create_state_machine()
        self.create_events()

    def create_state_machine(self) -> SfnStateMachine:
        role = self.create_role(
            "machine",
            "states.amazonaws.com",
            [
                {
                    "Effect": "Allow",
                    "Action": "lambda:InvokeFunction",
                    "Resource": [function.arn for function in self.functions.values()],
                },
                {"Effect": "Allow", "Action": "logs:*", "Resource": "*"},
            ],
        )
        logs = self.create_log_group("machine")
        states = {}
        for step, following in zip(self.steps, (*self.steps[1:], None)):
            states[step] = {
                "Type": "Task",
                "Resource": self.functions[step].arn,
                "Retry": [{"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 3, "BackoffRate": 2}],
                **({"Next": following} if following else {"End": True}),
            }
        return SfnStateMachine(
            self,
            "machine",
            name=self.resource_name("booking"),
            role_arn=role.arn,
            definition=json.dumps({"Comment": "Books a room", "StartAt": self.steps[0], "States": states}),
            logging_configuration={"level": "ALL", "include_execution_data": True, "log_destination": f"{logs.arn}:*"},
            tracing_configuration={"enabled": True},
            tags=self.tags_for("booking"),
        )

    def create_events(self) -> None:
        self.bus = CloudwatchEventBus(self, "bus", name=self.resource_name("events"), tags=self.tags_for("events"))
        self.failed_events = SqsQueue(
            self,
            "failed-events",
            name=self.resource_name("failed-events"),
            message_retention_seconds=14 * 24 * 3600,
            kms_master_key_id=self.key.key_id,
        )
        self.topic = SnsTopic(self, "cancelled", name=self.resource_name("cancelled"), kms_master_key_id=self.key.id)
        events_role = self.create_role(
            "events",
            "events.amazonaws.com",
            [{"Effect": "Allow", "Action": "states:StartExecution", "Resource": self.state_machine.arn}],
        )
        requested = CloudwatchEventRule(
            self,
            "requested",
            name=self.resource_name("requested"),
            event_bus_name=self.bus.name,
            event_pattern=json.dumps({"source": ["booking.api"], "detail-type": ["BookingRequested"]}),
        )
        CloudwatchEventTarget(
            self,
            "requested-target",
            rule=requested.name,
            event_bus_name=self.bus.name,
            arn=self.state_machine.arn,
            role_arn=events_role.arn,
            retry_policy={**self.retry},
            dead_letter_config={"arn": self.failed_events.arn},
        )
        cancelled = CloudwatchEventRule(
            self,
            "cancelled-rule",
            name=self.resource_name("cancelled"),
            event_bus_name=self.bus.name,
            event_pattern=json.dumps({"source": ["booking.api"], "detail-type": ["BookingCancelled"]}),
        )
        CloudwatchEventTarget(
            self,
            "cancelled-target",
            rule=cancelled.name,
            event_bus_name=self.bus.name,
            arn=self.topic.arn,
            input_transformer={
                "input_paths": {"booking": "$.detail.booking_id"},
                "input_template": '"Booking <booking> was cancelled"',
            },
        )
        SnsTopicSubscription(
            self,
            "cancelled-finance",
            topic_arn=self.topic.arn,
            protocol="sqs",
            endpoint=self.failed_events.arn,
            filter_policy=json.dumps({"refund": [True]}),
            raw_message_delivery=True,
        )

    def outputs(self) -> Dict[str, Any]:
        return {
            "state_machine_arn": self.state_machine.arn,
            "bookings_table": self.bookings.name,
            "event_bus": self.bus.name,
        }

"""Queues, topics and rules."""

import json

from cdktf import Fn, TerraformOutput
from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

from stacks.base import BaseStack


class Topic:
    """Not sns.Topic: what the docs page lists."""

    def __init__(self, name, subscribers=()):
        self.name = name
        self.subscribers = list(subscribers)


TOPICS = [Topic("orders", ["billing", "mail"]), Topic("refunds", ["billing"])]


class EventsStack(BaseStack):
    def __init__(self, scope, construct_id, *, handler, **kwargs):
        super().__init__(scope, construct_id, **kwargs)

        dead_letters = SqsQueue(self, "DeadLetters", name=self.name("dead"), message_retention_seconds=1209600)
        queues = {}
        for topic in TOPICS:
            made = SnsTopic(self, f"{topic.name}-topic", name=self.name(topic.name))
            for subscriber in topic.subscribers:
                queue = queues.get(subscriber)
                if queue is None:
                    queue = SqsQueue(
                        self,
                        f"{subscriber}-queue",
                        name=self.name(subscriber),
                        visibility_timeout_seconds=60,
                        redrive_policy=json.dumps({"deadLetterTargetArn": dead_letters.arn, "maxReceiveCount": 5}),
                    )
                    queues[subscriber] = queue
                SnsTopicSubscription(
                    self,
                    f"{topic.name}-to-{subscriber}",
                    topic_arn=made.arn,
                    protocol="sqs",
                    endpoint=queue.arn,
                    raw_message_delivery=True,
                )

        nightly = CloudwatchEventRule(
            self,
            "Nightly",
            name=self.name("nightly"),
            schedule_expression="cron(0 2 * * ? *)",
        )
        CloudwatchEventTarget(self, "NightlyTarget", rule=nightly.name, arn=handler.arn, target_id="worker")
        LambdaPermission(
            self,
            "NightlyPermission",
            action="lambda:InvokeFunction",
            function_name=handler.function_name,
            principal="events.amazonaws.com",
            source_arn=nightly.arn,
        )
        CloudwatchMetricAlarm(
            self,
            "WorkerErrors",
            alarm_name=self.name("worker-errors"),
            comparison_operator="GreaterThanThreshold",
            evaluation_periods=1,
            metric_name="Errors",
            namespace="AWS/Lambda",
            period=300,
            statistic="Sum",
            threshold=1,
            dimensions={"FunctionName": handler.function_name},
            alarm_actions=[],
        )
        TerraformOutput(self, "Queues", value=Fn.length_of([queue.arn for queue in queues.values()]))

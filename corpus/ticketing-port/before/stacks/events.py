"""Queues, topics and rules."""

from cdktf import Fn, TerraformOutput
from cdktf_cdktf_provider_aws import cloudwatch, events, lambda_, sns, sqs

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

        dead_letters = sqs.Queue(self, "DeadLetters", queue_name=self.name("dead"), message_retention_seconds=1209600)
        queues = {}
        for topic in TOPICS:
            made = sns.Topic(self, f"{topic.name}-topic", topic_name=self.name(topic.name))
            for subscriber in topic.subscribers:
                queue = queues.get(subscriber)
                if queue is None:
                    queue = sqs.Queue(
                        self,
                        f"{subscriber}-queue",
                        name=self.name(subscriber),
                        visibility_timeout=60,
                        redrive_policy={"deadLetterTargetArn": dead_letters.arn, "maxReceiveCount": 5},
                    )
                    queues[subscriber] = queue
                sns.Subscription(
                    self,
                    f"{topic.name}-to-{subscriber}",
                    topic_arn=made.topic_arn,
                    protocol="sqs",
                    endpoint=queue.arn,
                    raw_message_delivery=True,
                )

        nightly = events.Rule(
            self,
            "Nightly",
            name=self.name("nightly"),
            schedule_expression="cron(0 2 * * ? *)",
        )
        events.Target(self, "NightlyTarget", rule=nightly.name, arn=handler.function_arn, target_id="worker")
        lambda_.Permission(
            self,
            "NightlyPermission",
            action="lambda:InvokeFunction",
            function_name=handler.function_name,
            principal="events.amazonaws.com",
            source_arn=nightly.arn,
        )
        cloudwatch.Alarm(
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
            dimensions=[{"name": "FunctionName", "value": handler.function_name}],
            alarm_actions=[],
        )
        TerraformOutput(self, "Queues", value=Fn.length([queue.arn for queue in queues.values()]))

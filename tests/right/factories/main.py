from __future__ import annotations

from functools import partial
from typing import Callable, TypeVar

from cdktf import App, TerraformResource, TerraformStack
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

R = TypeVar("R", bound=TerraformResource)
MAKERS: dict[str, type[SqsQueue] | type[SnsTopic]] = {"queue": SqsQueue, "topic": SnsTopic}


def named(maker: Callable[..., R], stack: TerraformStack, name: str, **kwargs: object) -> R:
    return maker(stack, name, name=f"{stack.node.id}-{name}", **kwargs)


def encrypted_group(stack: TerraformStack, name: str, key: KmsKey | None = None) -> CloudwatchLogGroup:
    key = key or KmsKey(stack, f"{name}-key", enable_key_rotation=True)
    return CloudwatchLogGroup(stack, name, name=f"/app/{name}", retention_in_days=30, kms_key_id=key.arn)


def make(stack, kind: str, name: str):
    maker = MAKERS[kind]
    return maker(stack, name, name=name)


app = App()
stack = TerraformStack(app, "factories")
AwsProvider(stack, "aws", region="eu-west-1")
queue = named(SqsQueue, stack, "jobs", visibility_timeout_seconds=60)
topic = named(SnsTopic, stack, "alerts")
fifo = partial(SqsQueue, stack, fifo_queue=True)
fifo("orders", name="orders.fifo")
SnsTopicSubscription(stack, "sub", topic_arn=topic.arn, protocol="sqs", endpoint=queue.arn)
group = encrypted_group(stack, "api")
encrypted_group(stack, "web", key=KmsKey(stack, "shared"))
made = [make(stack, kind, f"{kind}-{i}") for i, kind in enumerate(MAKERS)]
print(group.retention_in_days, [each.arn for each in made])
app.synth()

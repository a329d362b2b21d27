from dataclasses import dataclass

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue


@dataclass
class Queue:
    name: str
    delay: int = 0


@dataclass
class Topic:
    name: str


WANTED = [Queue("jobs", 5), Topic("alerts"), {"kind": "bucket", "name": "logs", "force_destroy": True}, ("queue", "x"), None]


def make(stack, wanted):
    match wanted:
        case Queue(name=name, delay=delay) if delay:
            return SqsQueue(stack, name, name=name, delay_seconds=delay)
        case Queue(name=name) | ("queue", name):
            return SqsQueue(stack, name, name=name)
        case Topic(name):
            return SnsTopic(stack, name, name=name)
        case {"kind": "bucket", "name": name, **rest}:
            return S3Bucket(stack, name, bucket=name, **rest)
        case None:
            return None
        case _:
            raise ValueError(wanted)


def address(resource):
    match resource:
        case SqsQueue():
            return resource.url
        case SnsTopic(arn=arn) | S3Bucket(arn=arn):
            return arn
    return ""


app = App()
stack = TerraformStack(app, "matching")
AwsProvider(stack, "aws", region="eu-west-1")
if (made := [each for wanted in WANTED if (each := make(stack, wanted))]) and len(made) > 1:
    print(*map(address, made), sep="\n")
app.synth()

import os

from cdktf import App, S3Backend, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

STATE = {"bucket": "state", "region": "eu-west-1", "dynamodb_table": "locks", "encrypt": True}


class Queues(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region=os.getenv("AWS_REGION", "eu-west-1"))
        S3Backend(self, key=f"{construct_id}.tfstate", **STATE)
        SqsQueue(self, "jobs", name="jobs")


app = App()
Queues(app, "queues")
app.synth()

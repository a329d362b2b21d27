from cdktf import App, S3Backend, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue


class Base(TerraformStack):
    """What all stacks have in common."""

    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        S3Backend(self, bucket="state", key=f"{construct_id}.tfstate", region="eu-west-1")
        self.add_override("terraform.required_version", ">= 1.11, < 2.0")
        self.add_override("terraform.backend.s3.use_lockfile", True)


class Queues(Base):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        SqsQueue(self, "jobs", name="jobs")


app = App()
Queues(app, "queues")
app.synth()

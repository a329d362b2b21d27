from cdktf import App, S3Backend, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue


class Queues(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        S3Backend(self, bucket="state", key="queues.tfstate", region="eu-west-1", encrypt=True)
        # The bucket locks by itself since Terraform 1.10.
        self.add_override("terraform.backend.s3.use_lockfile", True)
        SqsQueue(self, "jobs", name="jobs")


app = App()
Queues(app, "queues")
app.synth()

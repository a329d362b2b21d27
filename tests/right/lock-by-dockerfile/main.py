from cdktf import App, S3Backend, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

app = App()
stack = TerraformStack(app, "jobs")
AwsProvider(stack, "aws", region="eu-west-1")
S3Backend(stack, bucket="state", key="jobs.tfstate", region="eu-west-1")
stack.add_override("terraform.backend.s3", {"use_lockfile": True})
SqsQueue(stack, "jobs", name="jobs")
app.synth()

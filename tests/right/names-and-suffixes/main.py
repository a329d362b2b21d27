import os

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.ecs_task_definition import EcsTaskDefinition
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue


class Shared(TerraformStack):
    def __init__(self, scope, construct_id, environment_suffix="dev"):
        super().__init__(scope, construct_id)
        self.suffix = environment_suffix
        prefix = f"shop-{environment_suffix}"
        AwsProvider(self, "aws", region="eu-west-1")
        key = KmsKey(self, "key")
        KmsAlias(self, "alias", name=f"alias/{prefix}", target_key_id=key.id)
        IamRole(self, "role", name=self.named("role"), assume_role_policy="{}")
        SqsQueue(self, "queue", name="-".join(["jobs", environment_suffix]))
        S3Bucket(self, "bucket", bucket="logs-{}".format(environment_suffix))
        SqsQueue(self, "prefixed", name_prefix="jobs-")
        CloudwatchLogGroup(self, "group", name=f"/ecs/{prefix}")
        EcsTaskDefinition(self, "task", family=prefix, container_definitions=f'[{{"group": "/ecs/{prefix}"}}]')

    def named(self, what):
        return f"{what}-{self.suffix}"


app = App()
Shared(app, "shared", environment_suffix=os.environ["SUFFIX"] if "SUFFIX" in os.environ else "dev")
app.synth()

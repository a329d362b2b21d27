"""Payment queue and table."""
from cdktf import S3Backend, TerraformStack
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTableAttribute
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue


class TapStack(TerraformStack):
    def __init__(self, scope, construct_id, environment_suffix="dev", default_tags=None, state_bucket="tap-states"):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-central-1", default_tags=default_tags)

        # Configure S3 Backend with native state locking
        S3Backend(
            self,
            bucket=state_bucket,
            key=f"{environment_suffix}/{construct_id}.tfstate",
            region="eu-central-1",
            encrypt=True,
        )

        SqsQueue(self, "queue", name=f"payments-{environment_suffix}", visibility_timeout_seconds=60)
        DynamodbTable(
            self,
            "table",
            name=f"payments-{environment_suffix}",
            billing_mode="PAY_PER_REQUEST",
            hash_key="id",
            attribute=[DynamodbTableAttribute(name="id", type="S")],
        )

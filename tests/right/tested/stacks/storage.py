from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket


class StorageStack(TerraformStack):
    def __init__(self, scope, construct_id, *, prefix="app"):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        self.bucket = S3Bucket(self, "bucket", bucket=f"{prefix}-bucket")
        TerraformOutput(self, "name", value=self.bucket.bucket)

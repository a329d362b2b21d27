"""Functions that watch over two regions."""
from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
)

ARCHIVE = "lambda_placeholder.zip"
REGIONS = ("us-east-1", "us-west-2")


class FailoverStack(TerraformStack):
    """One function a region."""

    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        for number, region in enumerate(REGIONS):
            provider = AwsProvider(self, f"aws-{number}", region=region, alias=f"r{number}")
            LambdaFunction(
                self,
                f"payment-{number}",
                function_name=f"payment-{number}",
                role="arn:aws:iam::123456789012:role/payment",
                runtime="python3.11",
                handler="index.handler",
                filename=ARCHIVE,
                provider=provider,
            )
        bucket = S3Bucket(self, "backup")
        S3BucketServerSideEncryptionConfigurationA(
            self,
            "backup-encryption",
            bucket=bucket.id,
            rule=[
                S3BucketServerSideEncryptionConfigurationRuleA(
                    apply_server_side_encryption_by_default=S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
                        sse_algorithm="AES256",
                    ),
                )
            ],
        )

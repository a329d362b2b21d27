import cdktf_cdktf_provider_aws as aws
from cdktf_cdktf_provider_aws import s3
from cdktf_cdktf_provider_aws.dynamodb import DynamodbTable, DynamodbTableAttribute
from constructs import Construct


class Storage(Construct):
    def __init__(self, scope: Construct, name: str, *, prefix: str):
        super().__init__(scope, name)
        self.logs = s3.S3Bucket(self, "logs", bucket=f"{prefix}-logs")
        self.data = s3.S3Bucket(
            self,
            "data",
            bucket=f"{prefix}-data",
            versioning=s3.S3BucketVersioning(enabled=True),
            logging=s3.S3BucketLogging(target_bucket=self.logs.id),
        )
        s3.S3BucketLifecycleConfiguration(
            self,
            "expiry",
            bucket=self.logs.id,
            rule=[
                s3.S3BucketLifecycleConfigurationRule(
                    id="expire",
                    status="Enabled",
                    expiration=s3.S3BucketLifecycleConfigurationRuleExpiration(days=30),
                    filter=s3.S3BucketLifecycleConfigurationRuleFilter(prefix="log/"),
                    noncurrent_version_expiration=s3.S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(
                        noncurrent_days=7, newer_noncurrent_versions="3"
                    ),
                )
            ],
        )
        aws.s3.S3BucketServerSideEncryptionConfigurationA(
            self,
            "encryption",
            bucket=self.data.id,
            rule=[
                aws.s3.S3BucketServerSideEncryptionConfigurationRuleA(
                    apply_server_side_encryption_by_default=(
                        aws.s3.S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
                            sse_algorithm="aws:kms"
                        )
                    )
                )
            ],
        )
        self.orders = DynamodbTable(
            self,
            "orders",
            name=f"{prefix}-orders",
            billing_mode="PAY_PER_REQUEST",
            hash_key="id",
            attribute=[DynamodbTableAttribute(name="id", type="S")],
        )

from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTableAttribute
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket, S3BucketLogging, S3BucketVersioning
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
)
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
)
from constructs import Construct


class Storage(Construct):
    def __init__(self, scope: Construct, name: str, *, prefix: str):
        super().__init__(scope, name)
        self.logs = S3Bucket(self, "logs", bucket=f"{prefix}-logs")
        self.data = S3Bucket(
            self,
            "data",
            bucket=f"{prefix}-data",
            versioning=S3BucketVersioning(enabled=True),
            logging=S3BucketLogging(target_bucket=self.logs.id),
        )
        S3BucketLifecycleConfiguration(
            self,
            "expiry",
            bucket=self.logs.id,
            rule=[
                S3BucketLifecycleConfigurationRule(
                    id="expire",
                    status="Enabled",
                    expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=30)],
                    filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="log/")],
                    noncurrent_version_expiration=[S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(
                        noncurrent_days=7, newer_noncurrent_versions=3
                    )],
                )
            ],
        )
        S3BucketServerSideEncryptionConfigurationA(
            self,
            "encryption",
            bucket=self.data.id,
            rule=[
                S3BucketServerSideEncryptionConfigurationRuleA(
                    apply_server_side_encryption_by_default=(
                        S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
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

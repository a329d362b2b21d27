"""WORM archive for compliance records."""
from cdktf import App, TerraformStack, TerraformVariable, Token
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws import s3_bucket_object_lock_configuration as lock
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfiguration as Encryption,
    S3BucketServerSideEncryptionConfigurationRule as EncryptionRule,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefault as DefaultEncryption,
)


class ArchiveStack(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="us-east-1")
        years = TerraformVariable(self, "years", type="number", default=7)
        self.bucket = S3Bucket(self, "archive", bucket="records-archive", object_lock_enabled=True)
        self._lock(years)
        self._encrypt()

    def _lock(self, years):
        retention = lock.S3BucketObjectLockConfigurationRuleDefaultRetention(
            mode="COMPLIANCE", years=Token.as_number(years.value)
        )
        lock.S3BucketObjectLockConfiguration(
            self,
            "lock",
            bucket=self.bucket.id,
            rule=lock.S3BucketObjectLockConfigurationRule(default_retention=retention),
        )

    def _encrypt(self):
        by_default = DefaultEncryption(sse_algorithm="aws:kms")
        Encryption(self, "encryption", bucket=self.bucket.id,
                   rule=[EncryptionRule(apply_server_side_encryption_by_default=by_default)])


app = App()
ArchiveStack(app, "archive")
app.synth()

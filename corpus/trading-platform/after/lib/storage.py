from constructs import Construct
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
)


class StorageConstruct(Construct):
    """Order archive and report buckets."""

    def __init__(self, scope: Construct, construct_id: str, *, environment_suffix: str, region: str):
        super().__init__(scope, construct_id)
        self.archive = S3Bucket(self, "archive", bucket=f"orders-{region}-{environment_suffix}")
        self.reports = S3Bucket(self, "reports", bucket=f"reports-{region}-{environment_suffix}")

        S3BucketLifecycleConfiguration(
            self,
            "archive-lifecycle",
            bucket=self.archive.id,
            rule=[
                S3BucketLifecycleConfigurationRule(
                    id="expire-after-90-days",
                    status="Enabled",
                    filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="orders/")],
                    expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=90)],  # retention policy
                    noncurrent_version_expiration=[S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(
                        noncurrent_days=30,
                    )],
                ),
            ],
        )

        short_lived = S3BucketLifecycleConfigurationRuleExpiration(days=7)
        S3BucketLifecycleConfiguration(
            self,
            "reports-lifecycle",
            bucket=self.reports.id,
            rule=[self._rule("weekly", short_lived), self._rule("half-year", self._half_a_year())],
        )

    def _half_a_year(self):
        return S3BucketLifecycleConfigurationRuleExpiration(days=182)

    def _rule(self, name, expiration):
        return S3BucketLifecycleConfigurationRule(
            id=name,
            status="Enabled",
            filter=[S3BucketLifecycleConfigurationRuleFilter(prefix=f"{name}/")],
            expiration=[expiration],
        )

"""What the platform remembers: tables, a key, an archive."""

from __future__ import annotations

from collections.abc import Iterable

from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.dynamodb_table import (
    DynamodbTable,
    DynamodbTableAttribute,
    DynamodbTablePointInTimeRecovery,
    DynamodbTableServerSideEncryption,
    DynamodbTableTtl,
)
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleTransition,
)
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import (
    S3BucketPublicAccessBlock,
)
from constructs import Construct

from .config import IDEMPOTENCY, ORDERS, Settings, TableSpec

ARCHIVE_TIERS: dict[str, int] = {"STANDARD_IA": 30, "GLACIER_IR": 90, "DEEP_ARCHIVE": 365}


class OrderStorage(Construct):
    """The tables of the platform and the bucket that old events go to."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        super().__init__(scope, construct_id)
        self._settings = settings
        self.key = KmsKey(
            self,
            "key",
            description=f"Orders ({settings.environment.value})",
            deletion_window_in_days=30 if settings.is_production else 7,
            enable_key_rotation=True,
        )
        KmsAlias(
            self,
            "key-alias",
            name=f"alias/{settings.name('data')}",
            target_key_id=self.key.key_id,
        )
        self.orders = self._table(ORDERS, streamed=True)
        self.idempotency = self._table(IDEMPOTENCY)
        self.archive = self._archive(ARCHIVE_TIERS.items())

    def _table(self, spec: TableSpec, *, streamed: bool = False) -> DynamodbTable:
        ttl = DynamodbTableTtl(attribute_name=spec.ttl_attribute, enabled=True) if spec.ttl_attribute else None
        return DynamodbTable(
            self,
            spec.name,
            name=self._settings.name(spec.name),
            billing_mode=self._settings.billing_mode.value,
            hash_key=spec.hash_key,
            range_key=spec.range_key,
            attribute=[DynamodbTableAttribute(name=name, type="S") for name in spec.key_attributes],
            global_secondary_index=[index.as_block() for index in spec.indexes],
            ttl=ttl,
            point_in_time_recovery=DynamodbTablePointInTimeRecovery(enabled=self._settings.is_production),
            server_side_encryption=DynamodbTableServerSideEncryption(enabled=True, kms_key_arn=self.key.arn),
            deletion_protection_enabled=self._settings.is_production,
            stream_enabled=streamed,
            stream_view_type="NEW_AND_OLD_IMAGES" if streamed else None,
        )

    def _archive(self, tiers: Iterable[tuple[str, int]]) -> S3Bucket:
        identity = DataAwsCallerIdentity(self, "identity")
        bucket = S3Bucket(
            self,
            "archive",
            bucket=self._settings.name("archive", identity.account_id),
            force_destroy=not self._settings.is_production,
        )
        S3BucketPublicAccessBlock(
            self,
            "archive-public-access",
            bucket=bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        S3BucketLifecycleConfiguration(
            self,
            "archive-lifecycle",
            bucket=bucket.id,
            rule=[
                S3BucketLifecycleConfigurationRule(
                    id="tiers",
                    status="Enabled",
                    filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="events/")],
                    transition=[
                        S3BucketLifecycleConfigurationRuleTransition(days=days, storage_class=storage_class)
                        for storage_class, days in tiers
                    ],
                )
            ],
        )
        return bucket

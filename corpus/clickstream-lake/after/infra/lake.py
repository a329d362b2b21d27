"""Buckets of the lake, the Glue catalogue and the role that reads and writes both."""
from __future__ import annotations

from typing import Any

from cdktf_cdktf_provider_aws import (
    glue_catalog_database,
    glue_catalog_table,
    s3_bucket,
    s3_bucket_lifecycle_configuration,
    s3_bucket_logging,
    s3_bucket_public_access_block,
    s3_bucket_server_side_encryption_configuration as encryption,
    s3_bucket_versioning as versioning,
)
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from constructs import Construct

from infra.common import Settings, service_role

ZONES = ("raw", "curated", "athena-results")

EVENT_COLUMNS = {
    "event_id": "string",
    "session_id": "string",
    "user_id": "string",
    "page": "string",
    "occurred_at": "timestamp",
    "properties": "map<string,string>",
}


def create_bucket(scope: Construct, settings: Settings, zone: str, key: KmsKey, account: str) -> s3_bucket.S3Bucket:
    """One zone of the lake: private, versioned, encrypted."""
    bucket = s3_bucket.S3Bucket(
        scope,
        f"{zone}-bucket",
        bucket=f"{settings.name(zone)}-{account}",
        force_destroy=not settings.is_production,
    )
    s3_bucket_public_access_block.S3BucketPublicAccessBlock(
        scope,
        f"{zone}-access",
        bucket=bucket.id,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    versioning.S3BucketVersioningA(
        scope,
        f"{zone}-versioning",
        bucket=bucket.id,
        versioning_configuration={"status": "Enabled"},
    )
    encryption.S3BucketServerSideEncryptionConfigurationA(
        scope,
        f"{zone}-encryption",
        bucket=bucket.id,
        rule=[
            encryption.S3BucketServerSideEncryptionConfigurationRuleA(
                apply_server_side_encryption_by_default={
                    "sse_algorithm": "aws:kms",
                    "kms_master_key_id": key.arn,
                },
                bucket_key_enabled=True,
            )
        ],
    )
    return bucket


def expire(scope: Construct, name: str, bucket: s3_bucket.S3Bucket, days: int) -> None:
    """Objects older than that go, unfinished uploads after a week."""
    s3_bucket_lifecycle_configuration.S3BucketLifecycleConfiguration(
        scope,
        f"{name}-lifecycle",
        bucket=bucket.id,
        rule=[
            s3_bucket_lifecycle_configuration.S3BucketLifecycleConfigurationRule(
                id=f"expire-after-{days}-days",
                status="Enabled",
                filter=[{"prefix": ""}],
                expiration=[{"days": days}],
                abort_incomplete_multipart_upload=[
                    s3_bucket_lifecycle_configuration.S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
                        days_after_initiation=7
                    )
                ],
            )
        ],
    )


def create_catalog(scope: Construct, settings: Settings, raw: s3_bucket.S3Bucket) -> dict[str, Any]:
    """The database and the table of raw events."""
    database = glue_catalog_database.GlueCatalogDatabase(
        scope,
        "database",
        name=settings.name("events").replace("-", "_"),
        description="Events of the web shop",
    )
    events = glue_catalog_table.GlueCatalogTable(
        scope,
        "events-table",
        name="events",
        database_name=database.name,
        table_type="EXTERNAL_TABLE",
        parameters={"classification": "parquet", "projection.enabled": "true"},
        partition_keys=[{"name": name, "type": "int"} for name in ("year", "month", "day")],
        storage_descriptor=glue_catalog_table.GlueCatalogTableStorageDescriptor(
            location=f"s3://{raw.bucket}/events/",
            input_format="org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            output_format="org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
            columns=[{"name": name, "type": kind} for name, kind in EVENT_COLUMNS.items()],
            ser_de_info=glue_catalog_table.GlueCatalogTableStorageDescriptorSerDeInfo(
                name="parquet",
                serialization_library="org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            ),
        ),
    )
    return {"database": database, "events": events}


def create_lake(scope: Construct, settings: Settings, key: KmsKey, account: str) -> dict[str, Any]:
    """All buckets, the catalogue, and the role of Glue and Redshift."""
    buckets = {zone: create_bucket(scope, settings, zone, key, account) for zone in ZONES}
    for zone in ("raw", "curated"):
        s3_bucket_logging.S3BucketLoggingA(
            scope,
            f"{zone}-logging",
            bucket=buckets[zone].id,
            target_bucket=buckets["athena-results"].id,
            target_prefix=f"access/{zone}/",
        )
    expire(scope, "raw", buckets["raw"], 400)
    expire(scope, "athena-results", buckets["athena-results"], 14)

    role = service_role(
        scope,
        settings,
        "lake",
        ["glue", "redshift"],
        [
            {
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"],
                "Resource": [arn for bucket in buckets.values() for arn in (bucket.arn, f"{bucket.arn}/*")],
            },
            {"Effect": "Allow", "Action": ["glue:*"], "Resource": "*"},
            {"Effect": "Allow", "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": key.arn},
        ],
    )
    catalog = create_catalog(scope, settings, buckets["raw"])
    return {"buckets": buckets, "role": role, **catalog}

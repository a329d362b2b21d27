"""The lake: buckets, catalogue, who may read."""
import json
from collections import namedtuple

from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.athena_workgroup import AthenaWorkgroup
from cdktf_cdktf_provider_aws.glue_catalog_database import GlueCatalogDatabase
from cdktf_cdktf_provider_aws.glue_catalog_table import GlueCatalogTable
from cdktf_cdktf_provider_aws.glue_crawler import GlueCrawler
from cdktf_cdktf_provider_aws.lakeformation_permissions import LakeformationPermissions
from cdktf_cdktf_provider_aws.lakeformation_resource import LakeformationResource
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
)
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
)
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA, S3BucketVersioningVersioningConfiguration

Lake = namedtuple("Lake", "raw curated database role workgroup")

ZONES = {"raw": 30, "curated": 365}


def trust(*services):
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": list(services)}, "Action": "sts:AssumeRole"},
        ],
    }


def zone(scope, stage, name, days):
    bucket = S3Bucket(scope, f"{name}-bucket", bucket=f"mesh-{stage}-{name}")
    S3BucketVersioningA(
        scope,
        f"{name}-versions",
        bucket=bucket.bucket,
        versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
    )
    S3BucketServerSideEncryptionConfigurationA(
        scope,
        f"{name}-encryption",
        bucket=bucket.id,
        rule=[
            S3BucketServerSideEncryptionConfigurationRuleA(
                apply_server_side_encryption_by_default={"sse_algorithm": "aws:kms"}, bucket_key_enabled=True
            )
        ],
    )
    S3BucketLifecycleConfiguration(
        scope,
        f"{name}-lifecycle",
        bucket=bucket.id,
        rule=[
            S3BucketLifecycleConfigurationRule(
                id="old",
                status="Enabled",
                filter=[{"prefix": ""}],
                expiration=[{"days": days}],
                noncurrent_version_expiration=[
                    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(noncurrent_days=7)
                ],
            )
        ],
    )
    return bucket


def lake(scope, stage):
    raw, curated = (zone(scope, stage, name, days) for name, days in ZONES.items())
    role = IamRole(
        scope,
        "lake-role",
        name=f"mesh-{stage}-lake",
        assume_role_policy=json.dumps(trust("glue.amazonaws.com", "lakeformation.amazonaws.com")),
        managed_policy_arns=["arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole"],
    )
    database = GlueCatalogDatabase(scope, "database", name=f"mesh_{stage}", location_uri=f"s3://{curated.id}/")
    GlueCatalogTable(
        scope,
        "orders",
        database_name=database.name,
        name="orders",
        table_type="EXTERNAL_TABLE",
        parameters={"classification": "parquet"},
        partition_keys=[{"name": "day", "type": "date"}, {"name": "country", "type": "string"}],
        storage_descriptor={
            "location": f"s3://{curated.id}/orders/",
            "columns": [{"name": "id", "type": "string"}, {"name": "total", "type": "decimal(10,2)"}],
            "ser_de_info": {
                "serialization_library": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                "parameters": {"serialization.format": "1"},
            },
        },
    )
    GlueCrawler(
        scope,
        "crawler",
        name=f"mesh-{stage}",
        role=role.arn,
        database_name=database.name,
        s3_target=[{"path": f"s3://{raw.id}/", "exclusions": ["_tmp/**"]}],
        schema_change_policy={"delete_behavior": "LOG", "update_behavior": "UPDATE_IN_DATABASE"},
        configuration=json.dumps(
            {"Version": 1.0, "CrawlerOutput": {"Partitions": {"AddOrUpdateBehavior": "InheritFromTable"}}}
        ),
    )
    LakeformationResource(scope, "location", arn=curated.arn, role_arn=role.arn)
    LakeformationPermissions(
        scope,
        "analysts",
        principal=role.arn,
        permissions=["DESCRIBE"],
        database={"name": database.name},
    )
    workgroup = AthenaWorkgroup(
        scope,
        "workgroup",
        name=f"mesh-{stage}",
        configuration={
            "enforce_workgroup_configuration": True,
            "result_configuration": {"output_location": f"s3://{curated.id}/athena/"},
        },
    )
    return Lake(raw=raw, curated=curated, database=database, role=role, workgroup=workgroup)

"""The lake: buckets, catalogue, who may read."""
import json
from collections import namedtuple

from cdktf_cdktf_provider_aws import athena, glue, lakeformation, s3
from cdktf_cdktf_provider_aws.iam_role import IamRole

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
    bucket = s3.Bucket(scope, f"{name}-bucket", bucket=f"mesh-{stage}-{name}")
    s3.BucketVersioning(scope, f"{name}-versions", bucket=bucket, versioning_status="Enabled")
    s3.BucketServerSideEncryptionConfiguration(
        scope,
        f"{name}-encryption",
        bucket=bucket.bucket_id,
        rule={"apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms"}, "bucket_key_enabled": True},
    )
    s3.BucketLifecycleConfiguration(
        scope,
        f"{name}-lifecycle",
        bucket=bucket.bucket_id,
        rule=[
            {
                "id": "old",
                "status": "Enabled",
                "filter": {"prefix": ""},
                "expiration": {"days": days},
                "noncurrent_version_expiration": {"noncurrent_days": 7},
            }
        ],
    )
    return bucket


def lake(scope, stage):
    raw, curated = (zone(scope, stage, name, days) for name, days in ZONES.items())
    role = IamRole(
        scope,
        "lake-role",
        name=f"mesh-{stage}-lake",
        assume_role_policy=trust("glue.amazonaws.com", "lakeformation.amazonaws.com"),
        managed_policy_arns="arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole",
    )
    database = glue.CatalogDatabase(scope, "database", database_name=f"mesh_{stage}", location_uri=f"s3://{curated.id}/")
    glue.CatalogTable(
        scope,
        "orders",
        database_name=database.database_name,
        table_name="orders",
        table_type="EXTERNAL_TABLE",
        parameters=[{"key": "classification", "value": "parquet"}],
        partition_keys=[{"name": "day", "type": "date"}, {"name": "country", "type": "string"}],
        storage_descriptor=[
            {
                "location": f"s3://{curated.id}/orders/",
                "columns": [{"name": "id", "type": "string"}, {"name": "total", "type": "decimal(10,2)"}],
                "ser_de_info": {
                    "serialization_library": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                    "parameters": {"serialization.format": 1},
                },
            }
        ],
    )
    glue.Crawler(
        scope,
        "crawler",
        crawler_name=f"mesh-{stage}",
        role_arn=role.arn,
        database_name=database.name,
        s3_target={"path": f"s3://{raw.id}/", "exclusions": "_tmp/**"},
        schema_change_policy=[{"delete_behavior": "LOG", "update_behavior": "UPDATE_IN_DATABASE"}],
        configuration={"Version": 1.0, "CrawlerOutput": {"Partitions": {"AddOrUpdateBehavior": "InheritFromTable"}}},
    )
    lakeformation.Resource(scope, "location", arn=curated.arn, role_arn=role.arn)
    lakeformation.Permissions(
        scope,
        "analysts",
        principal=role.arn,
        permissions="DESCRIBE",
        database=[{"name": database.name}],
    )
    workgroup = athena.Workgroup(
        scope,
        "workgroup",
        name=f"mesh-{stage}",
        configuration=[
            {
                "enforce_workgroup_configuration": True,
                "result_configuration": [{"output_location": f"s3://{curated.id}/athena/"}],
            }
        ],
    )
    return Lake(raw=raw, curated=curated, database=database, role=role, workgroup=workgroup)

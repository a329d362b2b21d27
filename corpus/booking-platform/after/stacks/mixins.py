"""Parts of stacks that several of them need. They expect to be mixed into a BaseStack."""
import json
from typing import Any, Dict, List, Optional

from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTableAttribute
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA


class RoleMixin:
    """Roles with one inline policy."""

    def create_role(self, name: str, service: str, statements: List[Dict[str, Any]]) -> IamRole:
        role = IamRole(
            self,
            f"{name}-role",
            name=self.resource_name(name),
            assume_role_policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"},
                ],
            }),
            tags=self.tags_for(name),
        )
        IamRolePolicy(
            self,
            f"{name}-policy",
            name=self.resource_name(name),
            role=role.id,
            policy=json.dumps({"Version": "2012-10-17", "Statement": statements}),
        )
        return role


class LambdaMixin(RoleMixin):
    """Functions, their logs and their alarms."""

    lambda_defaults: Dict[str, Any] = {
        "runtime": "nodejs20.x",
        "handler": "index.handler",
        "memory_size": 256,
        "timeout": 15,
    }
    log_retention = 30

    def create_log_group(self, name: str) -> CloudwatchLogGroup:
        return CloudwatchLogGroup(
            self,
            f"{name}-logs",
            name=f"/booking/{self.stage}/{name}",
            retention_in_days=self.log_retention,
            kms_key_id=self.key.arn,
            tags=self.tags_for(name),
        )

    def create_function(
        self,
        name: str,
        *,
        environment: Optional[Dict[str, str]] = None,
        statements: Optional[List[Dict[str, Any]]] = None,
        **overrides: Any,
    ) -> LambdaFunction:
        log_group = self.create_log_group(name)
        role = self.create_role(
            name,
            "lambda.amazonaws.com",
            [
                {
                    "Effect": "Allow",
                    "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                    "Resource": f"{log_group.arn}:*",
                },
                *(statements or []),
            ],
        )
        function = LambdaFunction(
            self,
            name,
            function_name=self.resource_name(name),
            role=role.arn,
            s3_bucket=f"booking-artifacts-{self.stage}",
            s3_key=f"{name}.zip",
            environment={"variables": {"STAGE": self.stage, **(environment or {})}},
            logging_config={"log_format": "JSON", "log_group": log_group.name},
            tracing_config={"mode": "Active"},
            tags=self.tags_for(name),
            **{**self.lambda_defaults, **overrides},
        )
        CloudwatchMetricAlarm(
            self,
            f"{name}-errors",
            alarm_name=f"{self.resource_name(name)}-errors",
            comparison_operator="GreaterThanThreshold",
            evaluation_periods=2,
            namespace="AWS/Lambda",
            metric_name="Errors",
            statistic="Sum",
            period=300,
            threshold=5 if self.is_production else 20,
            dimensions={"FunctionName": function.function_name},
            tags=self.tags_for(name),
        )
        return function


class TableMixin:
    """Tables that are paid by request, encrypted and recoverable."""

    table_defaults: Dict[str, Any] = {
        "billing_mode": "PAY_PER_REQUEST",
        "point_in_time_recovery": {"enabled": True},
    }

    def create_table(
        self,
        name: str,
        hash_key: str,
        range_key: Optional[str] = None,
        indexes: Optional[List[Dict[str, Any]]] = None,
        **options: Any,
    ) -> DynamodbTable:
        attributes = [DynamodbTableAttribute(name=hash_key, type="S")]
        if range_key:
            attributes.append(DynamodbTableAttribute(name=range_key, type="S"))
        for attribute in options.pop("extra_attributes", []):
            attributes.append({"name": attribute, "type": "S"})
        return DynamodbTable(
            self,
            name,
            name=self.resource_name(name),
            hash_key=hash_key,
            range_key=range_key,
            attribute=attributes,
            global_secondary_index=indexes,
            server_side_encryption={"enabled": True, "kms_key_arn": self.key.arn},
            tags=self.tags_for(name),
            **{**self.table_defaults, **options},
        )


class BucketMixin:
    """Buckets that nobody else can see."""

    def create_bucket(self, name: str, **options: Any) -> S3Bucket:
        bucket = S3Bucket(
            self,
            name,
            bucket=f"booking-{self.resource_name(name)}",
            force_destroy=not self.is_production,
            tags=self.tags_for(name),
            **options,
        )
        S3BucketPublicAccessBlock(
            self,
            f"{name}-access",
            bucket=bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        S3BucketVersioningA(
            self,
            f"{name}-versioning",
            bucket=bucket.id,
            versioning_configuration={"status": "Enabled"},
        )
        return bucket

"""CloudTrail into a bucket that nobody can change."""

import json

from governance import register
from platform_stacks.base import GuardedStack
from platform_stacks.security import EncryptionKey

from cdktf import Fn, TerraformOutput
from cdktf_cdktf_provider_aws.cloudtrail import Cloudtrail, CloudtrailEventSelector
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_object_lock_configuration import S3BucketObjectLockConfigurationA
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA, S3BucketVersioningVersioningConfiguration


@register("audit", owner="security", retention=365)
class AuditStack(GuardedStack):
    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id, **kwargs)

        identity = DataAwsCallerIdentity(self, "identity")
        key = EncryptionKey(self, "key", alias=self.resource_name("audit"), services=["cloudtrail", "logs"])

        bucket = S3Bucket(self, "bucket", bucket=self.resource_name("audit-logs"), object_lock_enabled=True)
        S3BucketVersioningA(
            self,
            "versioning",
            bucket=bucket.id,
            versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )
        S3BucketObjectLockConfigurationA(
            self,
            "lock",
            bucket=bucket.id,
            rule={"default_retention": {"mode": "COMPLIANCE", "days": self.retention}},
        )
        S3BucketPolicy(
            self,
            "policy",
            bucket=bucket.id,
            policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "cloudtrail.amazonaws.com"},
                        "Action": "s3:GetBucketAcl",
                        "Resource": bucket.arn,
                        "Condition": {"Bool": {"aws:SecureTransport": "true"}},
                    },
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "cloudtrail.amazonaws.com"},
                        "Action": "s3:PutObject",
                        "Resource": f"{bucket.arn}/AWSLogs/{identity.account_id}/*",
                    },
                ],
            }),
        )

        log_group = CloudwatchLogGroup(
            self,
            "trail-logs",
            name=f"/audit/{self.environment}",
            retention_in_days=self.retention,
            kms_key_id=key.arn,
        )
        role = IamRole(
            self,
            "trail-role",
            name=self.resource_name("trail"),
            assume_role_policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "cloudtrail.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }
                ],
            }),
            inline_policy=[{
                "name": "write-logs",
                "policy": json.dumps({
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                            "Resource": f"{log_group.arn}:*",
                        }
                    ],
                }),
            }],
        )
        trail = Cloudtrail(
            self,
            "trail",
            name=self.resource_name("trail"),
            s3_bucket_name=bucket.bucket,
            is_multi_region_trail=True,
            enable_log_file_validation=True,
            kms_key_id=key.arn,
            cloud_watch_logs_group_arn=f"{log_group.arn}:*",
            cloud_watch_logs_role_arn=role.arn,
            event_selector=[CloudtrailEventSelector(
                read_write_type="All",
                include_management_events=True,
                data_resource=[{"type": "AWS::S3::Object", "values": [f"{bucket.arn}/"]}],
            )],
        )

        TerraformOutput(self, "trail-arn", value=trail.arn)
        TerraformOutput(self, "trail-region", value=Fn.element(Fn.split(":", trail.arn), 3))
        TerraformOutput(self, "workspace", value="${terraform.workspace}")

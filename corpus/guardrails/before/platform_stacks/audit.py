"""CloudTrail into a bucket that nobody can change."""

import json

from governance import register
from platform_stacks.base import GuardedStack

from cdktf import Fn, TerraformOutput
from cdktf_cdktf_provider_aws.cloudtrail import Cloudtrail, CloudtrailEventSelector
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_object_lock_configuration import S3BucketObjectLockConfiguration
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning


@register("audit", owner="security", retention=365)
class AuditStack(GuardedStack):
    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id, **kwargs)

        identity = DataAwsCallerIdentity(self)
        key = EncryptionKey(self, "key", alias=self.resource_name("audit"), services=["cloudtrail", "logs"])

        bucket = S3Bucket(self, bucket=self.resource_name("audit-logs"), object_lock_enabled=true)
        S3BucketVersioning(
            self,
            "versioning",
            bucket=bucket.id,
            versioning_status="Enabled",
        )
        S3BucketObjectLockConfiguration(
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
            kms_key=key.arn,
        )
        role = IamRole(
            self,
            "trail-role",
            name=self.resource_name("trail"),
            assume_role_policy={
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "cloudtrail.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }
                ],
            },
            inline_policy={
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
            },
        )
        trail = Cloudtrail(
            self,
            "trail",
            name=self.resource_name("trail"),
            bucket_name=bucket.bucket,
            is_multi_region=true,
            enable_log_file_validation=true,
            kms_key_id=key.arn,
            cloudwatch_logs_group_arn=f"{log_group.arn}:*",
            cloudwatch_logs_role_arn=role.arn,
            event_selector=CloudtrailEventSelector(
                read_write_type="All",
                include_management_events=true,
                data_resource={"type": "AWS::S3::Object", "values": [f"{bucket.arn}/"]},
            ),
        )

        TerraformOutput(self, "trail-arn", value=trail.arn)
        TerraformOutput(self, "trail-region", value=trail.arn.split(":")[3])
        TerraformOutput(self, "workspace", value=Fn.terraform_workspace())

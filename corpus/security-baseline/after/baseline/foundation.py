"""Keys, the archive of logs and the trail: each resource is made when it is first asked for."""

import json
from functools import cached_property

from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws import (
    cloudtrail,
    cloudwatch_log_group,
    data_aws_caller_identity,
    data_aws_iam_policy_document as policies,
    data_aws_partition,
    iam_account_password_policy,
    iam_role,
    iam_role_policy,
    kms_alias,
    kms_key,
    provider,
    s3_account_public_access_block,
    s3_bucket,
    s3_bucket_lifecycle_configuration as lifecycle,
    s3_bucket_object_lock_configuration as lock,
    s3_bucket_ownership_controls,
    s3_bucket_policy,
    s3_bucket_public_access_block,
    s3_bucket_server_side_encryption_configuration as encryption,
    s3_bucket_versioning,
    sns_topic,
    sns_topic_policy,
    sns_topic_subscription,
)
from constructs import Construct

from .settings import Settings


class FoundationStack(TerraformStack):
    def __init__(self, scope: Construct, ns: str, settings: Settings):
        super().__init__(scope, ns)
        self.settings = settings
        provider.AwsProvider(
            self,
            "aws",
            region=settings.region,
            default_tags=[provider.AwsProviderDefaultTags(tags=settings.tags)],
        )
        self._passwords()
        self._protect(self.archive)
        self._trail()
        self._alerts()
        TerraformOutput(self, "archive_name", value=self.archive.bucket, description="Where logs go")
        TerraformOutput(self, "key_arn", value=self.key.arn, sensitive=True)

    @cached_property
    def account(self):
        return data_aws_caller_identity.DataAwsCallerIdentity(self, "account")

    @cached_property
    def partition(self):
        return data_aws_partition.DataAwsPartition(self, "partition")

    @cached_property
    def key(self):
        document = policies.DataAwsIamPolicyDocument(
            self,
            "key-policy",
            statement=[
                {
                    "sid": "Root",
                    "effect": "Allow",
                    "actions": ["kms:*"],
                    "resources": ["*"],
                    "principals": [{
                        "type": "AWS",
                        "identifiers": [f"arn:{self.partition.partition}:iam::{self.account.account_id}:root"],
                    }],
                },
                {
                    "sid": "Trail",
                    "effect": "Allow",
                    "actions": ["kms:GenerateDataKey*", "kms:DescribeKey"],
                    "resources": ["*"],
                    "principals": [{"type": "Service", "identifiers": ["cloudtrail.amazonaws.com"]}],
                    "condition": [{
                        "test": "StringLike",
                        "variable": "kms:EncryptionContext:aws:cloudtrail:arn",
                        "values": [f"arn:aws:cloudtrail:*:{self.account.id}:trail/*"],
                    }],
                },
            ],
        )
        key = kms_key.KmsKey(
            self,
            "key",
            description="Logs and findings",
            enable_key_rotation=True,
            rotation_period_in_days=180,
            deletion_window_in_days=30,
            policy=document.json,
        )
        kms_alias.KmsAlias(
            self, "key-alias", name=f"alias/{self.settings.named('security')}", target_key_id=key.key_id
        )
        return key

    @cached_property
    def archive(self):
        return s3_bucket.S3Bucket(
            self,
            "archive",
            bucket=f"{self.settings.named('security-logs')}-{self.account.account_id}",
            force_destroy=False,
            object_lock_enabled=True,
        )

    @cached_property
    def topic(self):
        return sns_topic.SnsTopic(
            self, "findings", name=self.settings.named("findings"), kms_master_key_id=self.key.arn
        )

    def _passwords(self):
        iam_account_password_policy.IamAccountPasswordPolicy(
            self,
            "passwords",
            minimum_password_length=14,
            require_lowercase_characters=True,
            require_numbers=True,
            require_symbols=True,
            require_uppercase_characters=True,
            max_password_age=90,
            password_reuse_prevention=24,
            allow_users_to_change_password=True,
        )
        s3_account_public_access_block.S3AccountPublicAccessBlock(
            self,
            "no-public",
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )

    def _protect(self, bucket):
        s3_bucket_versioning.S3BucketVersioningA(
            self,
            "archive-versioning",
            bucket=bucket.bucket,
            versioning_configuration=s3_bucket_versioning.S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )
        encryption.S3BucketServerSideEncryptionConfigurationA(
            self,
            "archive-encryption",
            bucket=bucket.id,
            rule=[encryption.S3BucketServerSideEncryptionConfigurationRuleA(
                apply_server_side_encryption_by_default=(
                    encryption.S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
                        sse_algorithm="aws:kms", kms_master_key_id=self.key.arn
                    )
                ),
                bucket_key_enabled=True,
            )],
        )
        lock.S3BucketObjectLockConfigurationA(
            self,
            "archive-lock",
            bucket=bucket.bucket,
            rule={"default_retention": {"mode": "COMPLIANCE", "days": self.settings.level.retention}},
        )
        lifecycle.S3BucketLifecycleConfiguration(
            self,
            "archive-lifecycle",
            bucket=bucket.id,
            rule=[
                lifecycle.S3BucketLifecycleConfigurationRule(
                    id="cold",
                    status="Enabled",
                    filter=[lifecycle.S3BucketLifecycleConfigurationRuleFilter(prefix="AWSLogs/")],
                    transition=[
                        lifecycle.S3BucketLifecycleConfigurationRuleTransition(days=30, storage_class="STANDARD_IA"),
                        lifecycle.S3BucketLifecycleConfigurationRuleTransition(days=90, storage_class="GLACIER"),
                    ],
                    noncurrent_version_expiration=[
                        lifecycle.S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(noncurrent_days=30)
                    ],
                    abort_incomplete_multipart_upload=[
                        lifecycle.S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
                            days_after_initiation=7
                        )
                    ],
                )
            ],
        )
        s3_bucket_public_access_block.S3BucketPublicAccessBlock(
            self,
            "archive-access",
            bucket=bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        s3_bucket_ownership_controls.S3BucketOwnershipControls(
            self, "archive-owner", bucket=bucket.id, rule={"object_ownership": "BucketOwnerPreferred"}
        )

    def _trail(self):
        policy = s3_bucket_policy.S3BucketPolicy(
            self,
            "archive-policy",
            bucket=self.archive.id,
            policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Sid": sid,
                        "Effect": "Allow",
                        "Principal": {"Service": ["cloudtrail.amazonaws.com", "config.amazonaws.com"]},
                        "Action": action,
                        "Resource": resource,
                    }
                    for sid, action, resource in (
                        ("Acl", "s3:GetBucketAcl", self.archive.arn),
                        ("Write", "s3:PutObject", f"{self.archive.arn}/AWSLogs/{self.account.account_id}/*"),
                    )
                ],
            }),
        )
        logs = cloudwatch_log_group.CloudwatchLogGroup(
            self, "trail-logs", name="/security/trail", retention_in_days=self.settings.level.retention,
            kms_key_id=self.key.arn,
        )
        role = iam_role.IamRole(
            self,
            "trail-role",
            name=self.settings.named("trail"),
            assume_role_policy=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": {"Service": "cloudtrail.amazonaws.com"},
                            "Action": "sts:AssumeRole",
                        }
                    ],
                }
            ),
        )
        iam_role_policy.IamRolePolicy(
            self,
            "trail-role-policy",
            role=role.id,
            policy=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                            "Resource": f"{logs.arn}:*",
                        }
                    ],
                }
            ),
        )
        cloudtrail.Cloudtrail(
            self,
            "trail",
            name=self.settings.named("trail"),
            s3_bucket_name=self.archive.id,
            is_multi_region_trail=True,
            include_global_service_events=True,
            enable_log_file_validation=True,
            kms_key_id=self.key.arn,
            cloud_watch_logs_group_arn=f"{logs.arn}:*",
            cloud_watch_logs_role_arn=role.arn,
            event_selector=[
                cloudtrail.CloudtrailEventSelector(
                    read_write_type="All",
                    include_management_events=True,
                    data_resource=[{"type": "AWS::S3::Object", "values": [f"{self.archive.arn}/"]}],
                )
            ],
            insight_selector=[
                cloudtrail.CloudtrailInsightSelector(insight_type="ApiCallRateInsight"),
                cloudtrail.CloudtrailInsightSelector(insight_type="ApiErrorRateInsight"),
            ],
            depends_on=[policy],
        )

    def _alerts(self):
        sns_topic_policy.SnsTopicPolicy(
            self,
            "findings-policy",
            arn=self.topic.arn,
            policy=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": {"Service": "events.amazonaws.com"},
                            "Action": "sns:Publish",
                            "Resource": self.topic.arn,
                        }
                    ],
                }
            ),
        )
        sns_topic_subscription.SnsTopicSubscription(
            self,
            "findings-mail",
            topic_arn=self.topic.id,
            protocol="email",
            endpoint=self.settings.mail,
            filter_policy_scope="MessageBody",
        )

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
            default_tags=provider.AwsProviderDefaultTags(tags=settings.tags),
        )
        self._passwords()
        self._protect(self.archive)
        self._trail()
        self._alerts()
        TerraformOutput(self, "archive_name", value=self.archive.bucket_name, description="Where logs go")
        TerraformOutput(self, "key_arn", value=self.key.key_arn, sensitive="true")

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
                    "principals": {
                        "type": "AWS",
                        "identifiers": [f"arn:{self.partition.partition}:iam::{self.account.account_id}:root"],
                    },
                },
                {
                    "sid": "Trail",
                    "effect": "Allow",
                    "actions": ["kms:GenerateDataKey*", "kms:DescribeKey"],
                    "resources": ["*"],
                    "principals": {"type": "Service", "identifiers": "cloudtrail.amazonaws.com"},
                    "condition": {
                        "test": "StringLike",
                        "variable": "kms:EncryptionContext:aws:cloudtrail:arn",
                        "values": f"arn:aws:cloudtrail:*:{self.account.id}:trail/*",
                    },
                },
            ],
        )
        key = kms_key.KmsKey(
            self,
            "key",
            description="Logs and findings",
            enable_key_rotation="true",
            rotation_period_in_days="180",
            deletion_window_in_days="30",
            policy=document,
        )
        kms_alias.KmsAlias(
            self, "key-alias", alias_name=f"alias/{self.settings.named('security')}", target_key=key.key_id
        )
        return key

    @cached_property
    def archive(self):
        return s3_bucket.S3Bucket(
            self,
            "archive",
            bucket_name=f"{self.settings.named('security-logs')}-{self.account.account_id}",
            force_destroy=False,
            object_lock_enabled="true",
        )

    @cached_property
    def topic(self):
        return sns_topic.SnsTopic(
            self, "findings", name=self.settings.named("findings"), kms_master_key_arn=self.key.arn
        )

    def _passwords(self):
        iam_account_password_policy.IamAccountPasswordPolicy(
            self,
            "passwords",
            minimum_length=14,
            require_lowercase=True,
            require_numbers=True,
            require_symbols=True,
            require_uppercase=True,
            max_age=90,
            password_reuse_prevention="24",
            allow_users_to_change=True,
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
        s3_bucket_versioning.S3BucketVersioning(
            self,
            "archive-versioning",
            bucket=bucket.bucket,
            versioning_configuration=s3_bucket_versioning.S3BucketVersioningVersioningConfiguration(enabled=True),
        )
        encryption.S3BucketServerSideEncryptionConfiguration(
            self,
            "archive-encryption",
            bucket=bucket.id,
            rule=encryption.S3BucketServerSideEncryptionConfigurationRule(
                apply_server_side_encryption_by_default=(
                    encryption.S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefault(
                        sse_algorithm="aws:kms", kms_key_id=self.key.arn
                    )
                ),
                bucket_key_enabled=True,
            ),
        )
        lock.S3BucketObjectLockConfiguration(
            self,
            "archive-lock",
            bucket=bucket,
            rule=[{"default_retention": {"mode": "COMPLIANCE", "days": self.settings.level.retention}}],
        )
        lifecycle.S3BucketLifecycleConfiguration(
            self,
            "archive-lifecycle",
            bucket=bucket.id,
            rules=[
                lifecycle.S3BucketLifecycleConfigurationRule(
                    id="cold",
                    enabled=True,
                    filter=lifecycle.S3BucketLifecycleConfigurationRuleFilter(prefix="AWSLogs/"),
                    transitions=[
                        lifecycle.S3BucketLifecycleConfigurationRuleTransition(days=30, storage_class="STANDARD_IA"),
                        lifecycle.S3BucketLifecycleConfigurationRuleTransition(days="90", storage_class="GLACIER"),
                    ],
                    noncurrent_version_expiration=[{"days": 30}],
                    abort_incomplete_multipart_upload={"days_after_initiation": "7"},
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
            restrict_public_bucket=True,
        )
        s3_bucket_ownership_controls.S3BucketOwnershipControls(
            self, "archive-owner", bucket=bucket.id, rule=[{"object_ownership": "BucketOwnerPreferred"}]
        )

    def _trail(self):
        policy = s3_bucket_policy.S3BucketPolicy(
            self,
            "archive-policy",
            bucket=self.archive.id,
            policy={
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
                        ("Write", "s3:PutObject", f"{self.archive.arn}/AWSLogs/{self.account.account}/*"),
                    )
                ],
            },
        )
        logs = cloudwatch_log_group.CloudwatchLogGroup(
            self, "trail-logs", name="/security/trail", retention_days=self.settings.level.retention,
            kms_key=self.key.arn,
        )
        role = iam_role.IamRole(
            self,
            "trail-role",
            name=self.settings.named("trail"),
            assume_role_policy_document=json.dumps(
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
            policy_document=json.dumps(
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
        cloudtrail.CloudTrail(
            self,
            "trail",
            trail_name=self.settings.named("trail"),
            s3_bucket_name=self.archive.id,
            is_multi_region=True,
            include_global_service_events=True,
            enable_log_file_validation="true",
            kms_key_id=self.key.arn,
            cloud_watch_logs_group_arn=f"{logs.arn}:*",
            cloudwatch_logs_role_arn=role.arn,
            event_selector={
                "read_write_type": "All",
                "include_management_events": True,
                "data_resources": [{"type": "AWS::S3::Object", "values": [f"{self.archive.arn}/"]}],
            },
            insight_selectors=[{"insight_type": "ApiCallRateInsight"}, {"insight_type": "ApiErrorRateInsight"}],
            depends_on=policy,
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
                            "Resource": self.topic.topic_arn,
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
            endpoints=self.settings.mail,
            filter_policy_scope="MessageBody",
        )

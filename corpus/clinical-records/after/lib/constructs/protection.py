"""Backups and the audit trail."""

from __future__ import annotations

import json
from typing import Any, Dict

from cdktf_cdktf_provider_aws.backup_plan import BackupPlan, BackupPlanRule
from cdktf_cdktf_provider_aws.backup_selection import BackupSelection
from cdktf_cdktf_provider_aws.backup_vault import BackupVault
from cdktf_cdktf_provider_aws.cloudtrail import Cloudtrail, CloudtrailEventSelector, CloudtrailEventSelectorDataResource
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleExpiration,
)
from cdktf_cdktf_provider_aws.s3_bucket_object_lock_configuration import (
    S3BucketObjectLockConfigurationA,
    S3BucketObjectLockConfigurationRuleA,
    S3BucketObjectLockConfigurationRuleDefaultRetentionA,
)
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from constructs import Construct

from ..config import ProtectionConfig


class DataProtection(Construct):
    """What the auditors ask for: backups that last, and a trail nobody can change."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        config: ProtectionConfig,
        key: KmsKey,
        environment: str,
    ) -> None:
        super().__init__(scope, construct_id)
        self._config = config
        self._environment = environment
        self._backups(key)
        self._audit_trail()

    def _backup_rule(self, name: str, schedule: str, delete_after: int, **lifecycle: int) -> Dict[str, Any]:
        """One rule of the plan.

        Args:
            name: Name of the rule.
            schedule: When it runs.
            delete_after: Days after which a recovery point goes.
            lifecycle: More of its life cycle.
        """
        return BackupPlanRule(
            rule_name=name,
            target_vault_name=self.vault.name,
            schedule=schedule,
            start_window=60,
            completion_window=self._config.backup_window_minutes,
            lifecycle={"delete_after": delete_after, **lifecycle},
        )

    def _backups(self, key: KmsKey) -> None:
        self.vault = BackupVault(
            self,
            "vault",
            name=f"clinical-records-{self._environment}",
            kms_key_arn=key.arn,
        )
        self.plan = BackupPlan(
            self,
            "plan",
            name=f"clinical-records-{self._environment}",
            rule=[
                self._backup_rule("daily", "cron(0 2 * * ? *)", self._config.daily_retention_days),
                self._backup_rule(
                    "monthly",
                    "cron(0 3 1 * ? *)",
                    self._config.monthly_retention_days,
                    cold_storage_after=self._config.cold_storage_after_days,
                ),
            ],
        )
        role = IamRole(
            self,
            "backup-role",
            name=f"clinical-backup-{self._environment}",
            assume_role_policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}
                ],
            }),
        )
        for name in ("AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"):
            IamRolePolicyAttachment(
                self,
                f"backup-{name}",
                role=role.name,
                policy_arn=f"arn:aws:iam::aws:policy/service-role/{name}",
            )
        BackupSelection(
            self,
            "selection",
            name="tagged-resources",
            iam_role_arn=role.arn,
            plan_id=self.plan.id,
            selection_tag=[
                {"type": "STRINGEQUALS", "key": key_, "value": value}
                for key_, value in self._config.backup_tags.items()
            ],
        )

    def _audit_trail(self) -> None:
        account = DataAwsCallerIdentity(self, "caller").account_id
        bucket = S3Bucket(
            self,
            "audit-bucket",
            bucket=f"clinical-audit-{self._environment}-{account}",
            object_lock_enabled=True,
        )
        S3BucketPublicAccessBlock(
            self,
            "audit-private",
            bucket=bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        S3BucketObjectLockConfigurationA(
            self,
            "audit-lock",
            bucket=bucket.id,
            rule=S3BucketObjectLockConfigurationRuleA(
                default_retention=S3BucketObjectLockConfigurationRuleDefaultRetentionA(
                    mode="COMPLIANCE",
                    days=self._config.audit_retention_days,
                )
            ),
        )
        S3BucketLifecycleConfiguration(
            self,
            "audit-lifecycle",
            bucket=bucket.id,
            rule=[S3BucketLifecycleConfigurationRule(
                id="expire",
                status="Enabled",
                filter=[{"prefix": ""}],
                expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=self._config.audit_retention_days + 1)],
            )],
        )
        policy = S3BucketPolicy(
            self,
            "audit-policy",
            bucket=bucket.id,
            policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "cloudtrail.amazonaws.com"},
                        "Action": "s3:GetBucketAcl",
                        "Resource": bucket.arn,
                    },
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "cloudtrail.amazonaws.com"},
                        "Action": "s3:PutObject",
                        "Resource": f"{bucket.arn}/AWSLogs/{account}/*",
                        "Condition": {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}},
                    },
                ],
            }),
        )
        self.trail = Cloudtrail(
            self,
            "trail",
            name=f"clinical-{self._environment}",
            s3_bucket_name=bucket.id,
            is_multi_region_trail=True,
            enable_log_file_validation=True,
            include_global_service_events=True,
            event_selector=[CloudtrailEventSelector(
                read_write_type="All",
                include_management_events=True,
                data_resource=[
                    CloudtrailEventSelectorDataResource(type="AWS::S3::Object", values=[f"{bucket.arn}/"]),
                ],
            )],
            depends_on=[policy],
        )

"""Backups, budgets, patches and the roles for emergencies."""

import json

from cdktf import TerraformStack, TerraformVariable
from cdktf_cdktf_provider_aws import provider as aws_provider
from cdktf_cdktf_provider_aws.backup_plan import (
    BackupPlan,
    BackupPlanAdvancedBackupSetting,
    BackupPlanRule,
    BackupPlanRuleLifecycle,
)
from cdktf_cdktf_provider_aws.backup_selection import BackupSelection, BackupSelectionSelectionTag
from cdktf_cdktf_provider_aws.backup_vault import BackupVault
from cdktf_cdktf_provider_aws.backup_vault_lock_configuration import BackupVaultLockConfiguration
from cdktf_cdktf_provider_aws.backup_vault_notifications import BackupVaultNotifications
from cdktf_cdktf_provider_aws.budgets_budget import BudgetsBudget, BudgetsBudgetNotification
from cdktf_cdktf_provider_aws.ce_anomaly_monitor import CeAnomalyMonitor
from cdktf_cdktf_provider_aws.ce_anomaly_subscription import CeAnomalySubscription
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.ssm_maintenance_window import SsmMaintenanceWindow
from cdktf_cdktf_provider_aws.ssm_maintenance_window_target import SsmMaintenanceWindowTarget
from cdktf_cdktf_provider_aws.ssm_maintenance_window_task import SsmMaintenanceWindowTask
from cdktf_cdktf_provider_aws.ssm_patch_baseline import SsmPatchBaseline

PLANS = [
    # (name, schedule, keep, copy to cold storage after)
    ("hourly", "cron(0 * * * ? *)", 7, None),
    ("daily", "cron(0 3 * * ? *)", 35, None),
    ("monthly", "cron(0 4 1 * ? *)", 2555, 30),
]


def trust(*services):
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
                for service in services
            ],
        }
    )


class OperateStack(TerraformStack):
    def __init__(self, scope, ns, settings, foundation):
        super().__init__(scope, ns)
        aws_provider.AwsProvider(self, "aws", region=settings.region, default_tags=[{"tags": settings.tags}])
        limit = TerraformVariable(self, "limit", type="number", default=500, description="Dollars a month")

        vault = BackupVault(self, "vault", vault_name=settings.named("vault"), kms_key_id=foundation.key.arn)
        BackupVaultLockConfiguration(
            self, "vault-lock", backup_vault_name=vault.name, min_retention_days="7", max_retention_days=3650
        )
        BackupVaultNotifications(
            self,
            "vault-news",
            backup_vault=vault.name,
            sns_topic_arn=foundation.topic.arn,
            backup_vault_events="BACKUP_JOB_FAILED",
        )
        plan = BackupPlan(
            self,
            "plan",
            name=settings.named("plan"),
            rules=[
                BackupPlanRule(
                    rule_name=name,
                    target_vault_name=vault.name,
                    schedule_expression=schedule,
                    start_window="60",
                    completion_window=180,
                    lifecycle=[BackupPlanRuleLifecycle(delete_after_days=keep, cold_storage_after=cold)],
                )
                for name, schedule, keep, cold in PLANS
            ],
            advanced_backup_setting=BackupPlanAdvancedBackupSetting(
                backup_options=[{"WindowsVSS": "enabled"}], resource_type="EC2"
            ),
        )
        role = IamRole(self, "backup-role", name=settings.named("backup"), assume_role_policy=trust("backup.amazonaws.com"))
        IamRolePolicyAttachment(
            self,
            "backup-role-policy",
            role=role.name,
            policy_arns="arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
        )
        BackupSelection(
            self,
            "selection",
            name="tagged",
            backup_plan_id=plan.id,
            iam_role=role.arn,
            selection_tags=BackupSelectionSelectionTag(type="STRINGEQUALS", key="Backup", value=True),
        )

        BudgetsBudget(
            self,
            "budget",
            budget_name=settings.named("monthly"),
            budget_type="COST",
            limit_amount=limit.number_value,
            limit_unit="USD",
            time_unit="MONTHLY",
            cost_filters={"Service": ["Amazon Elastic Compute Cloud - Compute"]},
            notifications=[
                BudgetsBudgetNotification(
                    comparison_operator="GREATER_THAN",
                    threshold=threshold,
                    threshold_type="PERCENTAGE",
                    notification_type=kind,
                    subscriber_emails=settings.mail,
                )
                for threshold, kind in ((80, "ACTUAL"), ("100", "FORECASTED"))
            ],
        )
        monitor = CeAnomalyMonitor(self, "monitor", name="services", type="DIMENSIONAL", dimension="SERVICE")
        CeAnomalySubscription(
            self,
            "anomalies",
            name="anomalies",
            frequency="DAILY",
            monitor_arns=[monitor.arn],
            subscribers={"type": "EMAIL", "address": settings.mail},
            threshold_expression=[
                {
                    "dimensions": {
                        "key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
                        "values": ["100"],
                        "match_options": "GREATER_THAN_OR_EQUAL",
                    }
                }
            ],
        )

        SsmPatchBaseline(
            self,
            "patches",
            name=settings.named("linux"),
            operating_system="AMAZON_LINUX_2023",
            approval_rules=[
                {
                    "approve_after_days": "7",
                    "compliance_level": "HIGH",
                    "patch_filters": [{"key": "CLASSIFICATION", "values": ["Security"]}],
                }
            ],
        )
        window = SsmMaintenanceWindow(
            self, "window", name="patching", schedule="cron(0 2 ? * SUN *)", duration="3", cutoff="1"
        )
        target = SsmMaintenanceWindowTarget(
            self,
            "window-target",
            window_id=window.id,
            resource_type="INSTANCE",
            target=[{"key": "tag:Patch", "values": ["true"]}],
        )
        SsmMaintenanceWindowTask(
            self,
            "window-task",
            window_id=window,
            task_type="RUN_COMMAND",
            task_arn="AWS-RunPatchBaseline",
            max_concurrency=10,
            max_errors=1,
            priority="1",
            targets={"key": "WindowTargetIds", "values": [target.id]},
            task_invocation_parameters=[
                {"run_command_parameters": {"parameters": {"Operation": ["Install"], "RebootOption": "RebootIfNeeded"}}}
            ],
        )

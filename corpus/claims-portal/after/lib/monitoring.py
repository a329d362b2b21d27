"""Alarms and backups of the claims portal."""
import json
from typing import Dict, Optional

from cdktf_cdktf_provider_aws.backup_plan import BackupPlan, BackupPlanRule
from cdktf_cdktf_provider_aws.backup_selection import BackupSelection, BackupSelectionCondition
from cdktf_cdktf_provider_aws.backup_vault import BackupVault
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription
from constructs import Construct

from lib.compute import ClaimsService
from lib.database import ClaimsDatabase
from lib.storage import DocumentStorage


class MonitoringProps:
    """Configuration of alarms and backups."""

    def __init__(
        self,
        *,
        environment_suffix: str,
        kms_key: KmsKey,
        service: ClaimsService,
        database: ClaimsDatabase,
        storage: DocumentStorage,
        alert_email: Optional[str] = None,
    ):
        self.environment_suffix = environment_suffix
        self.kms_key = kms_key
        self.service = service
        self.database = database
        self.storage = storage
        self.alert_email = alert_email


class Monitoring(Construct):
    """A topic that alarms go to, and a vault that backups go to."""

    def __init__(self, scope: Construct, construct_id: str, props: MonitoringProps):
        super().__init__(scope, construct_id)
        self.props = props
        self.environment_suffix = props.environment_suffix

        self.topic = SnsTopic(
            self,
            "alerts",
            name=f"claims-alerts-{self.environment_suffix}",
            kms_master_key_id=props.kms_key.id,
        )
        if props.alert_email:
            SnsTopicSubscription(
                self, "alerts_email", topic_arn=self.topic.arn, protocol="email", endpoint=props.alert_email
            )
        self._create_alarms()
        self._create_backups()

    def _alarm(
        self, name: str, namespace: str, metric_name: str, *, threshold: int, dimensions: Dict[str, str]
    ) -> CloudwatchMetricAlarm:
        return CloudwatchMetricAlarm(
            self,
            f"{name}_alarm",
            alarm_name=f"claims-{name}-{self.environment_suffix}",
            comparison_operator="GreaterThanThreshold",
            evaluation_periods=3,
            metric_name=metric_name,
            namespace=namespace,
            period=60,
            statistic="Average",
            threshold=threshold,
            dimensions=dimensions,
            alarm_actions=[self.topic.arn],
            treat_missing_data="notBreaching",
        )

    def _create_alarms(self) -> None:
        self.service_cpu_alarm = self._alarm(
            "service-cpu",
            "AWS/ECS",
            "CPUUtilization",
            threshold=85,
            dimensions={
                "ClusterName": self.props.service.cluster.name,
                "ServiceName": self.props.service.service.name,
            },
        )
        self.database_cpu_alarm = self._alarm(
            "database-cpu",
            "AWS/RDS",
            "CPUUtilization",
            threshold=80,
            dimensions={"DBClusterIdentifier": self.props.database.cluster.cluster_identifier},
        )
        self.dead_letter_alarm = self._alarm(
            "dead-letters",
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            threshold=0,
            dimensions={"QueueName": self.props.service.dead_letter_queue.name},
        )

    def _create_backups(self) -> None:
        self.vault = BackupVault(
            self,
            "vault",
            name=f"claims-vault-{self.environment_suffix}",
            kms_key_arn=self.props.kms_key.arn,
        )
        daily_rule = BackupPlanRule(
            rule_name=f"daily-{self.environment_suffix}",
            target_vault_name=self.vault.name,
            schedule="cron(0 3 * * ? *)",
            start_window=60,
            completion_window=180,
            lifecycle={"delete_after": 35},
        )
        monthly_rule = BackupPlanRule(
            rule_name=f"monthly-{self.environment_suffix}",
            target_vault_name=self.vault.name,
            schedule="cron(0 4 1 * ? *)",
            lifecycle={"cold_storage_after": 30, "delete_after": 2555},
        )
        self.plan = BackupPlan(
            self,
            "plan",
            name=f"claims-backup-{self.environment_suffix}",
            rule=[daily_rule, monthly_rule],
        )
        self.backup_role = IamRole(
            self,
            "backup_role",
            name=f"claims-backup-{self.environment_suffix}",
            assume_role_policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [{
                    "Effect": "Allow",
                    "Principal": {"Service": "backup.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }],
            }),
        )
        IamRolePolicyAttachment(
            self,
            "backup_role_policy",
            role=self.backup_role.name,
            policy_arn="arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
        )
        BackupSelection(
            self,
            "selection",
            name=f"claims-backup-{self.environment_suffix}",
            plan_id=self.plan.id,
            iam_role_arn=self.backup_role.arn,
            resources=[self.props.database.cluster.arn, self.props.storage.file_system.arn],
            condition=[BackupSelectionCondition(string_equals=[{"key": "aws:ResourceTag/Backup", "value": "true"}])],
        )

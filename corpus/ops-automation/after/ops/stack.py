"""Patching, backups, alarms and what they need."""

import json

from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.backup_plan import BackupPlan, BackupPlanAdvancedBackupSetting, BackupPlanRule
from cdktf_cdktf_provider_aws.backup_selection import BackupSelection
from cdktf_cdktf_provider_aws.backup_vault import BackupVault
from cdktf_cdktf_provider_aws.budgets_budget import BudgetsBudget, BudgetsBudgetCostFilter, BudgetsBudgetNotification
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.db_parameter_group import DbParameterGroup
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster, EcsClusterSetting
from cdktf_cdktf_provider_aws.ecs_service import EcsService
from cdktf_cdktf_provider_aws.ecs_task_definition import EcsTaskDefinition
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.rds_cluster_parameter_group import RdsClusterParameterGroup
from cdktf_cdktf_provider_aws.resourcegroups_group import ResourcegroupsGroup
from cdktf_cdktf_provider_aws.scheduler_schedule import SchedulerSchedule
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress, SecurityGroupIngress
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.ssm_association import SsmAssociation, SsmAssociationTargets
from cdktf_cdktf_provider_aws.ssm_maintenance_window import SsmMaintenanceWindow
from cdktf_cdktf_provider_aws.ssm_maintenance_window_target import (
    SsmMaintenanceWindowTarget,
    SsmMaintenanceWindowTargetTargets,
)
from cdktf_cdktf_provider_aws.ssm_maintenance_window_task import (
    SsmMaintenanceWindowTask,
    SsmMaintenanceWindowTaskTargets,
    SsmMaintenanceWindowTaskTaskInvocationParametersRunCommandParametersParameter,
)
from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter
from cdktf_cdktf_provider_aws.ssm_patch_baseline import (
    SsmPatchBaseline,
    SsmPatchBaselineApprovalRule,
    SsmPatchBaselineApprovalRulePatchFilter,
)
from cdktf_cdktf_provider_aws.vpc import Vpc

from ops.defaults import ALARMS, BACKUP_RULES, DB_PARAMETERS, SERVICE_DEFAULTS, merged


class OperationsStack(TerraformStack):
    def __init__(self, scope, construct_id, region, stage):
        super().__init__(scope, construct_id)
        self.stage = stage
        self.tags = {"Stage": stage, "Team": "operations"}

        provider_options = {"region": region}
        provider_options["default_tags"] = [{"tags": self.tags}]
        if stage == "prod":
            provider_options["allowed_account_ids"] = ["123456789012"]
        AwsProvider(self, "aws", **provider_options)

        self.topic = SnsTopic(self, "alerts", name=f"{stage}-alerts")
        self._patching()
        self._backups()
        self._databases()
        self._service()
        self._costs()

    def _patching(self):
        baseline_options = {
            "name": f"{self.stage}-baseline",
            "operating_system": "AMAZON_LINUX_2023",
        }
        baseline_options["approval_rule"] = [
            SsmPatchBaselineApprovalRule(
                approve_after_days=7,
                compliance_level="HIGH",
                patch_filter=[
                    SsmPatchBaselineApprovalRulePatchFilter(key="CLASSIFICATION", values=["Security", "Bugfix"]),
                    SsmPatchBaselineApprovalRulePatchFilter(key="SEVERITY", values=["Critical", "Important"]),
                ],
            )
        ]
        baseline = SsmPatchBaseline(self, "baseline", **baseline_options)

        window_options = dict(name=f"{self.stage}-patching", schedule="cron(0 2 ? * SUN *)")
        window_options.update(duration=3, cutoff=1, allow_unassociated_targets=False)
        window = SsmMaintenanceWindow(self, "window", **window_options)

        target = SsmMaintenanceWindowTarget(
            self,
            "window-target",
            window_id=window.id,
            name="servers",
            resource_type="INSTANCE",
            targets=[SsmMaintenanceWindowTargetTargets(key="tag:PatchGroup", values=[self.stage])],
        )
        SsmMaintenanceWindowTask(
            self,
            "window-task",
            window_id=window.id,
            task_type="RUN_COMMAND",
            task_arn="AWS-RunPatchBaseline",
            priority=1,
            max_concurrency="2",
            max_errors="1",
            targets=[SsmMaintenanceWindowTaskTargets(key="WindowTargetIds", values=[target.id])],
            task_invocation_parameters={
                "run_command_parameters": {
                    "timeout_seconds": 600,
                    "parameter": [
                        SsmMaintenanceWindowTaskTaskInvocationParametersRunCommandParametersParameter(
                            name="Operation", values=["Install"]
                        ),
                        SsmMaintenanceWindowTaskTaskInvocationParametersRunCommandParametersParameter(
                            name="RebootOption", values=["RebootIfNeeded"]
                        ),
                    ],
                },
            },
        )
        SsmAssociation(
            self,
            "inventory",
            name="AWS-GatherSoftwareInventory",
            schedule_expression="rate(12 hours)",
            targets=[SsmAssociationTargets(key="InstanceIds", values=["*"])],
            # this one is a map in the provider as well
            parameters={"applications": "Enabled", "networkConfig": "Enabled"},
        )
        SsmParameter(self, "baseline-id", name=f"/ops/{self.stage}/baseline", type="String", value=baseline.id)

    def _backups(self):
        vault = BackupVault(self, "vault", name="main", tags=self.tags)
        rules = []
        for name, options in BACKUP_RULES.items():
            rule = {"rule_name": name}
            rule.update(options)
            rules.append(BackupPlanRule(**rule))
        plan_options = {"name": f"{self.stage}-plan"}
        plan_options["rule"] = rules
        plan_options["advanced_backup_setting"] = [
            BackupPlanAdvancedBackupSetting(backup_options={"WindowsVSS": "enabled"}, resource_type="EC2"),
        ]
        plan = BackupPlan(self, "plan", **plan_options)

        role = IamRole(
            self,
            "backup-role",
            name=f"{self.stage}-backup",
            assume_role_policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"},
                ],
            }),
        )
        selection = dict(name="tagged", plan_id=plan.id, iam_role_arn=role.arn)
        selection["selection_tag"] = [{"type": "STRINGEQUALS", "key": "Backup", "value": "yes"}]
        BackupSelection(self, "selection", **selection)
        TerraformOutput(self, "vault-arn", value=vault.arn)

    def _databases(self):
        DbParameterGroup(
            self,
            "postgres",
            family="postgres16",
            name=f"{self.stage}-postgres",
            parameter=DB_PARAMETERS,
        )
        cluster_parameters = {}
        cluster_parameters["timezone"] = "UTC"
        cluster_parameters["log_statement"] = "ddl"
        RdsClusterParameterGroup(
            self,
            "aurora",
            family="aurora-postgresql16",
            name=f"{self.stage}-aurora",
            parameter=[{"name": key, "value": value} for key, value in cluster_parameters.items()],
        )

    def _service(self):
        vpc = Vpc(self, "vpc", cidr_block="10.60.0.0/16", tags={**self.tags, "Name": "operations"})
        rules = {"description": "Runbooks", "vpc_id": vpc.id}
        ports = []
        for port in (443, 8443):
            ports.append(SecurityGroupIngress(from_port=port, to_port=port, protocol="tcp", self_attribute=True))
        rules["ingress"] = ports
        rules["egress"] = [SecurityGroupEgress(from_port=0, to_port=0, protocol="-1", cidr_blocks=["0.0.0.0/0"])]
        group = SecurityGroup(self, "sg", **rules)

        logs = CloudwatchLogGroup(self, "logs", name=f"/ops/{self.stage}", retention_in_days=90)
        cluster = EcsCluster(
            self,
            "cluster",
            name=f"{self.stage}-runbooks",
            setting=[EcsClusterSetting(name="containerInsights", value="enabled")],
        )
        container = {"name": "runbooks", "image": "public.ecr.aws/acme/runbooks:3", "essential": True}
        container["portMappings"] = [{"containerPort": 8443}]
        container["logConfiguration"] = {"logDriver": "awslogs", "options": {"awslogs-group": logs.name}}
        task = EcsTaskDefinition(
            self,
            "task",
            family="runbooks",
            cpu="256",
            memory="512",
            network_mode="awsvpc",
            requires_compatibilities=["FARGATE"],
            container_definitions=json.dumps([container]),
            volume=[{"name": "scratch"}],
        )
        options = merged(SERVICE_DEFAULTS, {"name": "runbooks"})
        options["cluster"] = cluster.arn
        options["task_definition"] = task.arn
        network = {"subnets": ["subnet-1", "subnet-2"]}
        network["security_groups"] = [group.id]
        service = EcsService(
            self,
            "service",
            network_configuration=network,
            deployment_circuit_breaker={"enable": True, "rollback": True},
            deployment_maximum_percent=200,
            deployment_minimum_healthy_percent=50,
            **options,
        )
        for name, alarm in ALARMS.items():
            CloudwatchMetricAlarm(
                self,
                f"{name}-alarm",
                alarm_name=f"{self.stage}-{name}",
                comparison_operator="GreaterThanOrEqualToThreshold",
                evaluation_periods=3,
                period=60,
                statistic="Average",
                alarm_actions=[self.topic.arn],
                dimensions={
                    "ClusterName": cluster.name,
                    "ServiceName": service.name,
                },
                **alarm,
            )

    def _costs(self):
        budget = {"name": "monthly", "budget_type": "COST", "limit_amount": "1000", "limit_unit": "USD"}
        budget["time_unit"] = "MONTHLY"
        budget["cost_filter"] = [BudgetsBudgetCostFilter(name="TagKeyValue", values=[f"user:Team${self.tags['Team']}"])]
        budget["notification"] = [BudgetsBudgetNotification(
            comparison_operator="GREATER_THAN",
            threshold=80,
            threshold_type="PERCENTAGE",
            notification_type="FORECASTED",
            subscriber_sns_topic_arns=[self.topic.arn],
        )]
        BudgetsBudget(self, "budget", **budget)
        ResourcegroupsGroup(
            self,
            "servers",
            name=f"{self.stage}-servers",
            resource_query={
                "query": json.dumps({
                    "ResourceTypeFilters": ["AWS::EC2::Instance"],
                    "TagFilters": [{"Key": "Stage", "Values": [self.stage]}],
                }),
            },
        )
        schedule = {"name": "report", "schedule_expression": "cron(0 7 ? * MON *)"}
        schedule["flexible_time_window"] = {"mode": "OFF"}
        schedule["target"] = {"arn": self.topic.arn, "role_arn": "arn:aws:iam::123456789012:role/scheduler"}
        schedule["target"]["input"] = json.dumps({"report": "costs"})
        SchedulerSchedule(self, "report", **schedule)

"""Config, GuardDuty, Security Hub, Inspector, Macie, Access Analyzer, and where their findings go."""

import json
from typing import Iterator

from cdktf import Fn, TerraformStack, Token
from cdktf_cdktf_provider_aws import provider
from cdktf_cdktf_provider_aws.accessanalyzer_analyzer import AccessanalyzerAnalyzer
from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from cdktf_cdktf_provider_aws.cloudwatch_log_metric_filter import CloudwatchLogMetricFilter
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.config_config_rule import ConfigConfigRule, ConfigConfigRuleSource
from cdktf_cdktf_provider_aws.config_configuration_recorder import (
    ConfigConfigurationRecorder,
    ConfigConfigurationRecorderRecordingGroup,
)
from cdktf_cdktf_provider_aws.config_configuration_recorder_status import ConfigConfigurationRecorderStatus
from cdktf_cdktf_provider_aws.config_delivery_channel import ConfigDeliveryChannel
from cdktf_cdktf_provider_aws.guardduty_detector import GuarddutyDetector
from cdktf_cdktf_provider_aws.guardduty_publishing_destination import GuarddutyPublishingDestination
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.inspector2_enabler import Inspector2Enabler
from cdktf_cdktf_provider_aws.macie2_account import Macie2Account
from cdktf_cdktf_provider_aws.securityhub_account import SecurityhubAccount
from cdktf_cdktf_provider_aws.securityhub_standards_subscription import SecurityhubStandardsSubscription

from .settings import Level

MANAGED_RULES = {
    "encrypted-volumes": ("ENCRYPTED_VOLUMES", None),
    "root-mfa": ("ROOT_ACCOUNT_MFA_ENABLED", None),
    "s3-no-public-read": ("S3_BUCKET_PUBLIC_READ_PROHIBITED", None),
    "access-keys-rotated": ("ACCESS_KEYS_ROTATED", '{"maxAccessKeyAge": "90"}'),
    "restricted-ssh": ("INCOMING_SSH_DISABLED", None),
}

METRICS = {
    "root-usage": '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS }',
    "unauthorized": '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
}

DETECTOR_FEATURES = dict(
    s3_logs={"enable": True},
    kubernetes={"audit_logs": {"enable": True}},
    malware_protection={"scan_ec2_instance_with_findings": {"ebs_volumes": {"enable": True}}},
)


class DetectStack(TerraformStack):
    def __init__(self, scope, ns, settings, foundation):
        super().__init__(scope, ns)
        provider.AwsProvider(self, "aws", region=settings.region, default_tags={"tags": settings.tags})
        self.settings = settings
        self.foundation = foundation

        recorder = self.recorder()
        for rule in self.rules(recorder):
            rule.add_override("lifecycle", {"create_before_destroy": True})

        detector = GuarddutyDetector(
            self,
            "detector",
            enabled=True,
            finding_publishing_frequency=settings.level.frequency,
            data_sources=DETECTOR_FEATURES,
        )
        GuarddutyPublishingDestination(
            self,
            "detector-archive",
            detector_id=detector,
            destination_arn=foundation.archive.arn,
            kms_key_arn=foundation.key.key_arn,
        )

        hub = SecurityhubAccount(self, "hub", enable_default_standards="false", auto_enable_controls=True)
        for standard in ("aws-foundational-security-best-practices/v/1.0.0", "cis-aws-foundations-benchmark/v/1.4.0"):
            SecurityhubStandardsSubscription(
                self,
                f"hub-{standard.split('/')[0]}",
                standards=f"arn:aws:securityhub:{settings.region}::standards/{standard}",
                depends_on=["aws_securityhub_account.hub"],
            )
        if settings.level is Level.STRICT:
            Macie2Account(self, "macie", status="ENABLED", finding_publishing_frequency="FIFTEEN_MINUTES")
            Inspector2Enabler(
                self, "inspector", account_ids=foundation.account.account_id, resource_types=["EC2", "ECR", "LAMBDA"]
            )
        AccessanalyzerAnalyzer(self, "analyzer", name=settings.named("analyzer"), analyzer_type="ACCOUNT")

        self.route("guardduty", source="aws.guardduty", kind="GuardDuty Finding", severity=[{"numeric": [">=", 7]}])
        self.route("hub", source="aws.securityhub", kind="Security Hub Findings - Imported")
        self.metrics()

    def recorder(self):
        role = IamRole(
            self,
            "config-role",
            name=self.settings.named("config"),
            assume_role_policy=Fn.jsonencode(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": {"Service": "config.amazonaws.com"},
                            "Action": "sts:AssumeRole",
                        }
                    ],
                }
            ),
        )
        IamRolePolicyAttachment(
            self,
            "config-role-policy",
            role=role.role_name,
            policy_arn="arn:aws:iam::aws:policy/service-role/AWS_ConfigRole",
        )
        recorder = ConfigConfigurationRecorder(
            self,
            "recorder",
            name="default",
            role_arn=role,
            recording_group=[
                ConfigConfigurationRecorderRecordingGroup(
                    all_supported="true", include_global_resource_types=True
                )
            ],
            recording_mode=[{"recording_frequency": "CONTINUOUS"}],
        )
        channel = ConfigDeliveryChannel(
            self,
            "channel",
            name="default",
            s3_bucket=self.foundation.archive.id,
            sns_topic=self.foundation.topic.arn,
            snapshot_delivery_properties=[{"delivery_frequency": "TwentyFour_Hours"}],
            depends_on=[recorder.id],
        )
        ConfigConfigurationRecorderStatus(
            self, "recorder-on", name=recorder.name, enabled=True, depends_on=[channel]
        )
        return recorder

    def rules(self, recorder) -> Iterator[ConfigConfigRule]:
        for name, (identifier, parameters) in MANAGED_RULES.items():
            yield ConfigConfigRule(
                self,
                name,
                rule_name=name,
                source=[ConfigConfigRuleSource(owner="AWS", source_identifier=identifier)],
                input_parameters=parameters,
                depends_on=[recorder],
            )

    def route(self, name, *, source, kind, severity=None):
        pattern = {"source": [source], "detail-type": [kind]}
        if severity is not None:
            pattern["detail"] = {"severity": severity}
        rule = CloudwatchEventRule(
            self, f"{name}-rule", name=self.settings.named(name), event_pattern=pattern, enabled=True
        )
        CloudwatchEventTarget(
            self,
            f"{name}-target",
            rule=rule.name,
            target_id="topic",
            arn=self.foundation.topic.arn,
            input_transformer=[
                {
                    "input_paths": {"title": "$.detail.title", "severity": "$.detail.severity"},
                    "input_template": json.dumps("<severity>: <title>"),
                }
            ],
        )

    def metrics(self):
        for name, pattern in METRICS.items():
            CloudwatchLogMetricFilter(
                self,
                f"{name}-filter",
                name=name,
                log_group_name="/security/trail",
                filter_pattern=pattern,
                metric_transformation=[{"name": name, "namespace": "Security", "value": 1, "default_value": 0}],
            )
            CloudwatchMetricAlarm(
                self,
                f"{name}-alarm",
                name=name,
                metric_name=name,
                namespace="Security",
                statistic="Sum",
                comparison_operator="GreaterThanOrEqualToThreshold",
                threshold=Token.as_number(1),
                period="300",
                evaluation_periods=1,
                alarm_actions=self.foundation.topic.arn,
            )

"""GuardDuty, Config and Security Hub, and whom they tell."""

import json

from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from cdktf_cdktf_provider_aws.config_config_rule import ConfigConfigRule, ConfigConfigRuleSource
from cdktf_cdktf_provider_aws.config_configuration_recorder import ConfigConfigurationRecorder
from cdktf_cdktf_provider_aws.config_delivery_channel import ConfigDeliveryChannel
from cdktf_cdktf_provider_aws.guardduty_detector import GuarddutyDetector
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.security_hub_account import SecurityHubAccount
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_policy import SnsTopicPolicy

from governance.registry import register
from platform_stacks.base import GuardedStack

MANAGED_RULES = {
    "encrypted-volumes": ("ENCRYPTED_VOLUMES", null),
    "root-mfa": ("ROOT_ACCOUNT_MFA_ENABLED", null),
    "rotated-keys": ("ACCESS_KEYS_ROTATED", {"maxAccessKeyAge": "90"}),
}


@register("detection", owner="soc", retention=90)
class DetectionStack(GuardedStack):
    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id, **kwargs)

        detector = GuarddutyDetector(
            self,
            enable=true,
            finding_publishing_frequency="FIFTEEN_MINUTES",
            datasources={"s3_logs": {"enable": true}},
        )
        SecurityHubAccount(self, enable_default_standards=True)

        snapshots = S3Bucket(self, "snapshots", bucket=self.resource_name("config"))
        role = IamRole(
            self,
            "config-role",
            name=self.resource_name("config"),
            assume_role_policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": "config.amazonaws.com"}, "Action": "sts:AssumeRole"}
                ],
            }),
        )
        IamRolePolicyAttachment(
            self,
            "config-policy",
            role=role.name,
            policy_arn="arn:aws:iam::aws:policy/service-role/AWS_ConfigRole",
        )
        recorder = ConfigConfigurationRecorder(
            self,
            "recorder",
            role_arn=role.arn,
            recording_group=[{"all_supported": true, "include_global_resource_types": true}],
        )
        ConfigDeliveryChannel(self, "channel", s3_bucket=snapshots.bucket, depends_on=[recorder])

        for name, (identifier, parameters) in MANAGED_RULES.items():
            ConfigConfigRule(
                self,
                name,
                name=name,
                source=ConfigConfigRuleSource(owner="AWS", source_identifier=identifier),
                input_parameters=json.dumps(parameters) if parameters else None,
                depends_on=[recorder],
            )

        topic = SnsTopic(self, "findings", name=self.resource_name("findings"), kms_master_key="alias/aws/sns")
        SnsTopicPolicy(
            self,
            "findings-policy",
            topic_arn=topic.arn,
            policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "events.amazonaws.com"},
                        "Action": "sns:Publish",
                        "Resource": topic.arn,
                    }
                ],
            }),
        )
        rule = CloudwatchEventRule(
            self,
            "high-findings",
            name=self.resource_name("high-findings"),
            event_pattern={
                "source": ["aws.guardduty"],
                "detail-type": ["GuardDuty Finding"],
                "detail": {"severity": [{"numeric": [">=", 7]}], "service": {"detectorId": [detector.id]}},
            },
        )
        CloudwatchEventTarget(
            self,
            "tell",
            rule=rule.name,
            arn=topic,
            input_transformer=[{
                "inputPaths": {"type": "$.detail.type"},
                "input_template": '"GuardDuty: <type>"',
            }],
        )

"""Keys, roles and the firewall of the payment API."""
import json

from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.wafv2_web_acl import (
    Wafv2WebAcl,
    Wafv2WebAclDefaultAction,
    Wafv2WebAclRule,
    Wafv2WebAclRuleOverrideAction,
    Wafv2WebAclRuleStatement,
    Wafv2WebAclRuleStatementManagedRuleGroupStatement,
    Wafv2WebAclRuleVisibilityConfig,
    Wafv2WebAclVisibilityConfig,
)
from constructs import Construct


class SecurityStack(Construct):
    """WAF, KMS, roles."""

    def __init__(self, scope: Construct, construct_id: str, environment_suffix: str):
        super().__init__(scope, construct_id)
        self.key = KmsKey(self, "key", description=f"payments {environment_suffix}")
        self.role = IamRole(
            self,
            "instance",
            name=f"instance-{environment_suffix}",
            assume_role_policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [{
                    "Effect": "Allow",
                    "Principal": {"Service": "ec2.amazonaws.com"},
                    "Action": "sts:AssumeRole"
                }]
            }),
        )
        self._waf_acl = Wafv2WebAcl(
            self,
            "waf",
            name=f"payments-{environment_suffix}",
            scope="REGIONAL",
            default_action=Wafv2WebAclDefaultAction(allow={}),
            rule=[
                Wafv2WebAclRule(
                    name="common",
                    priority=1,
                    override_action=Wafv2WebAclRuleOverrideAction(none={}),
                    statement=Wafv2WebAclRuleStatement(
                        managed_rule_group_statement=Wafv2WebAclRuleStatementManagedRuleGroupStatement(
                            name="AWSManagedRulesCommonRuleSet",
                            vendor_name="AWS",
                        )
                    ),
                    visibility_config=Wafv2WebAclRuleVisibilityConfig(
                        cloudwatch_metrics_enabled=True, metric_name="common", sampled_requests_enabled=True
                    ),
                )
            ],
            visibility_config=Wafv2WebAclVisibilityConfig(
                cloudwatch_metrics_enabled=True, metric_name="waf", sampled_requests_enabled=True
            ),
        )

    @property
    def waf_web_acl_id(self) -> str:
        """Return WAF Web ACL ID."""
        return self._waf_acl.id

"""Keys, security groups and the web application firewall of the claims portal."""
from typing import List, Optional

from cdktf_cdktf_provider_aws.data_aws_iam_policy_document import DataAwsIamPolicyDocument
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress, SecurityGroupIngress
from cdktf_cdktf_provider_aws.wafv2_web_acl import (
    Wafv2WebAcl,
    Wafv2WebAclDefaultAction,
    Wafv2WebAclRule,
    Wafv2WebAclRuleAction,
    Wafv2WebAclRuleOverrideAction,
    Wafv2WebAclRuleVisibilityConfig,
    Wafv2WebAclVisibilityConfig,
)
from constructs import Construct

HTTPS_PORT = 443
APP_PORT = 8080
NFS_PORT = 2049


class SecurityProps:
    """Configuration of keys, groups and the firewall."""

    def __init__(
        self,
        *,
        environment_suffix: str,
        vpc_id: str,
        account_id: str,
        blocked_countries: Optional[List[str]] = None,
        rate_limit: Optional[int] = None,
    ):
        self.environment_suffix = environment_suffix
        self.vpc_id = vpc_id
        self.account_id = account_id
        self.blocked_countries = blocked_countries or []
        self.rate_limit = rate_limit or 2000


class Security(Construct):
    """What protects the portal."""

    def __init__(self, scope: Construct, construct_id: str, props: SecurityProps):
        super().__init__(scope, construct_id)
        self.props = props
        self.environment_suffix = props.environment_suffix

        self.kms_key = self._create_key()
        self.alb_security_group = self._create_alb_group()
        self.service_security_group = self._create_service_group()
        self.database_security_group = self._create_internal_group("database", "Aurora", 5432)
        self.efs_security_group = self._create_internal_group("efs", "EFS mount targets", NFS_PORT)
        self.web_acl = self._create_web_acl()

    def _create_key(self) -> KmsKey:
        policy = DataAwsIamPolicyDocument(
            self,
            "key_policy",
            statement=[
                {
                    "sid": "EnableRootAccess",
                    "effect": "Allow",
                    "actions": ["kms:*"],
                    "resources": ["*"],
                    "principals": [
                        {"type": "AWS", "identifiers": [f"arn:aws:iam::{self.props.account_id}:root"]}
                    ],
                },
                {
                    "sid": "AllowCloudWatchLogs",
                    "effect": "Allow",
                    "actions": ["kms:Encrypt*", "kms:Decrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
                    "resources": ["*"],
                    "principals": [{"type": "Service", "identifiers": ["logs.eu-central-1.amazonaws.com"]}],
                },
            ],
        )
        key = KmsKey(
            self,
            "key",
            description=f"Encrypts the data of the claims portal ({self.environment_suffix})",
            deletion_window_in_days=14,
            enable_key_rotation=True,
            policy=policy.json,
        )
        KmsAlias(self, "key_alias", name=f"alias/claims-{self.environment_suffix}", target_key_id=key.key_id)
        return key

    def _create_alb_group(self) -> SecurityGroup:
        ingress = []
        for port, description in ((80, "HTTP, redirected"), (HTTPS_PORT, "HTTPS")):
            ingress.append(
                SecurityGroupIngress(
                    from_port=port,
                    to_port=port,
                    protocol="tcp",
                    cidr_blocks=["0.0.0.0/0"],
                    description=description,
                )
            )
        return SecurityGroup(
            self,
            "alb_sg",
            name=f"claims-alb-{self.environment_suffix}",
            description="Load balancer of the claims portal",
            vpc_id=self.props.vpc_id,
            ingress=ingress,
            egress=[self._allow_all_egress()],
            tags={"Name": f"claims-alb-sg-{self.environment_suffix}"},
        )

    def _create_service_group(self) -> SecurityGroup:
        return SecurityGroup(
            self,
            "service_sg",
            name=f"claims-service-{self.environment_suffix}",
            description="Tasks of the claims portal",
            vpc_id=self.props.vpc_id,
            ingress=[
                SecurityGroupIngress(
                    from_port=APP_PORT,
                    to_port=APP_PORT,
                    protocol="tcp",
                    security_groups=[self.alb_security_group.id],
                    description="From the load balancer",
                )
            ],
            egress=[self._allow_all_egress()],
            tags={"Name": f"claims-service-sg-{self.environment_suffix}"},
        )

    def _create_internal_group(self, name: str, description: str, port: int) -> SecurityGroup:
        """A group that only the tasks reach."""
        return SecurityGroup(
            self,
            f"{name}_sg",
            name=f"claims-{name}-{self.environment_suffix}",
            description=f"{description} of the claims portal",
            vpc_id=self.props.vpc_id,
            ingress=[SecurityGroupIngress(
                from_port=port,
                to_port=port,
                protocol="tcp",
                security_groups=[self.service_security_group.id],
                description="From the tasks",
            )],
            tags={"Name": f"claims-{name}-sg-{self.environment_suffix}"},
        )

    def _allow_all_egress(self) -> dict:
        return SecurityGroupEgress(
            from_port=0,
            to_port=0,
            protocol="-1",
            cidr_blocks=["0.0.0.0/0"],
            description="Anywhere",
        )

    def _visibility(self, metric_name: str) -> Wafv2WebAclVisibilityConfig:
        return Wafv2WebAclVisibilityConfig(
            cloudwatch_metrics_enabled=True,
            metric_name=f"claims-{metric_name}-{self.environment_suffix}",
            sampled_requests_enabled=True,
        )

    def _create_web_acl(self) -> Wafv2WebAcl:
        managed_groups = ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesSQLiRuleSet"]
        rules = [
            Wafv2WebAclRule(
                name=group,
                priority=priority,
                override_action=Wafv2WebAclRuleOverrideAction(none={}),
                statement={
                    "managed_rule_group_statement": {
                        "name": group, "vendor_name": "AWS"
                    }
                },
                visibility_config=Wafv2WebAclRuleVisibilityConfig(
                    cloudwatch_metrics_enabled=True,
                    metric_name=f"{group}-{self.environment_suffix}",
                    sampled_requests_enabled=True,
                ),
            )
            for priority, group in enumerate(managed_groups, start=1)
        ]
        rules.append(
            Wafv2WebAclRule(
                name="RateLimit",
                priority=10,
                action=Wafv2WebAclRuleAction(block={}),
                statement={
                    "rate_based_statement": {
                        "limit": self.props.rate_limit, "aggregate_key_type": "IP"
                    }
                },
                visibility_config=Wafv2WebAclRuleVisibilityConfig(
                    cloudwatch_metrics_enabled=True,
                    metric_name=f"claims-rate-limit-{self.environment_suffix}",
                    sampled_requests_enabled=True,
                ),
            )
        )
        if self.props.blocked_countries:
            rules.append(
                Wafv2WebAclRule(
                    name="BlockedCountries",
                    priority=20,
                    action=Wafv2WebAclRuleAction(block={}),
                    statement={
                        "geo_match_statement": {
                            "country_codes": self.props.blocked_countries
                        }
                    },
                    visibility_config=Wafv2WebAclRuleVisibilityConfig(
                        cloudwatch_metrics_enabled=True,
                        metric_name=f"claims-countries-{self.environment_suffix}",
                        sampled_requests_enabled=True,
                    ),
                )
            )
        return Wafv2WebAcl(
            self,
            "web_acl",
            name=f"claims-portal-{self.environment_suffix}",
            description="Protects the claims portal",
            scope="REGIONAL",
            default_action=Wafv2WebAclDefaultAction(allow={}),
            rule=rules,
            visibility_config=self._visibility("web-acl"),
        )

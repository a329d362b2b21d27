from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws import s3_bucket, s3_bucket_versioning
from cdktf_cdktf_provider_aws.autoscaling_attachment import AutoscalingAttachment
from cdktf_cdktf_provider_aws.autoscaling_group import AutoscalingGroup, AutoscalingGroupTag
from cdktf_cdktf_provider_aws.batch_compute_environment import BatchComputeEnvironment
from cdktf_cdktf_provider_aws.cognito_user_pool import CognitoUserPool
from cdktf_cdktf_provider_aws.cognito_user_pool_client import (
    CognitoUserPoolClient,
    CognitoUserPoolClientTokenValidityUnits,
)
from cdktf_cdktf_provider_aws.data_aws_subnets import DataAwsSubnets, DataAwsSubnetsFilter
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.eks_addon import EksAddon
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags
from cdktf_cdktf_provider_aws.security_group_rule import SecurityGroupRule
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.vpc_peering_connection_accepter import VpcPeeringConnectionAccepterA
from cdktf_cdktf_provider_aws.wafv2_web_acl import (
    Wafv2WebAcl,
    Wafv2WebAclDefaultAction,
    Wafv2WebAclDefaultActionAllow,
    Wafv2WebAclRule,
    Wafv2WebAclRuleOverrideAction,
    Wafv2WebAclRuleOverrideActionNone,
    Wafv2WebAclRuleVisibilityConfig,
    Wafv2WebAclVisibilityConfig,
)


class Edge(TerraformStack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        AwsProvider(
            self,
            "aws",
            region="us-west-2",
            default_tags=[AwsProviderDefaultTags(tags={"service": "edge"})],
            shared_credentials_files=["~/.aws/edge"],
        )
        network = Vpc(self, "network", cidr_block="10.1.0.0/16")
        subnets = DataAwsSubnets(self, "subnets", filter=[DataAwsSubnetsFilter(name="vpc-id", values=[network.id])])
        bucket = s3_bucket.S3Bucket(scope=self, id_="assets", bucket="edge-assets")
        s3_bucket_versioning.S3BucketVersioningA(
            self,
            "assets-versions",
            bucket=bucket.id,
            versioning_configuration=s3_bucket_versioning.S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )
        for index in range(2):
            Eip(self, f"nat-{index}", domain="vpc", tags={"Name": f"nat-{index}"})
        group = LbTargetGroup(self, "group", port=80, protocol="HTTP", vpc_id=network.id)
        fleet = AutoscalingGroup(
            self,
            "fleet",
            min_size=1,
            max_size=2,
            vpc_zone_identifier=subnets.ids,
            launch_configuration="edge",
            tag=[AutoscalingGroupTag(key="Name", value="edge", propagate_at_launch=True)],
        )
        AutoscalingAttachment(self, "attached", autoscaling_group_name=fleet.name, lb_target_group_arn=group.arn)
        BatchComputeEnvironment(self, "batch", name="edge", type="MANAGED")
        EksAddon(
            self,
            "dns",
            cluster_name="edge",
            addon_name="coredns",
            resolve_conflicts_on_create="OVERWRITE",
            resolve_conflicts_on_update="OVERWRITE",
        )
        pool = CognitoUserPool(self, "pool", name="edge")
        CognitoUserPoolClient(
            self,
            "client",
            name="edge",
            user_pool_id=pool.id,
            access_token_validity=5,
            token_validity_units=[CognitoUserPoolClientTokenValidityUnits(access_token="minutes")],
        )
        SecurityGroupRule(
            self,
            "open",
            type="egress",
            from_port=0,
            to_port=0,
            protocol="-1",
            cidr_blocks=["0.0.0.0/0"],
            security_group_id="sg-0123456789",
        )
        VpcPeeringConnectionAccepterA(self, "peer", vpc_peering_connection_id="pcx-1", auto_accept=True)
        Wafv2WebAcl(
            self,
            "acl",
            name="edge",
            scope="REGIONAL",
            default_action=Wafv2WebAclDefaultAction(allow=Wafv2WebAclDefaultActionAllow()),
            rule=[
                Wafv2WebAclRule(
                    name="common",
                    priority=1,
                    override_action=Wafv2WebAclRuleOverrideAction(none=Wafv2WebAclRuleOverrideActionNone()),
                    statement={
                        "managed_rule_group_statement": {
                            "name": "AWSManagedRulesCommonRuleSet", "vendor_name": "AWS"
                        }
                    },
                    visibility_config=Wafv2WebAclRuleVisibilityConfig(
                        cloudwatch_metrics_enabled=True, metric_name="common", sampled_requests_enabled=True
                    ),
                )
            ],
            visibility_config=Wafv2WebAclVisibilityConfig(
                cloudwatch_metrics_enabled=True, metric_name="edge", sampled_requests_enabled=True
            ),
        )


app = App()
Edge(app, "edge")
app.synth()

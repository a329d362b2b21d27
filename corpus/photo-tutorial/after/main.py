#!/usr/bin/env python3
"""
📸 Photo sharing on AWS with CDK for Terraform (Python)
=======================================================

In this tutorial we build, step by step, everything that a small photo sharing site needs:

    1. a VPC with public and private subnets
    2. security groups
    3. buckets for the photos and the logs
    4. a PostgreSQL database
    5. servers behind a load balancer
    6. a firewall (WAF)
    7. a CDN (CloudFront)
    8. alarms, and backups

Run it with:

    $ cdktf deploy
"""
import json

from cdktf import App, Fn, TerraformLocal, TerraformOutput, TerraformStack
from constructs import Construct

from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.data_aws_ami import DataAwsAmi, DataAwsAmiFilter
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.route_table import RouteTable, RouteTableRoute
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress, SecurityGroupIngress
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_versioning import (
    S3BucketVersioningA,
    S3BucketVersioningVersioningConfiguration,
)
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
)
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleTransition,
)
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.iam_instance_profile import IamInstanceProfile
from cdktf_cdktf_provider_aws.launch_template import (
    LaunchTemplate,
    LaunchTemplateIamInstanceProfile,
    LaunchTemplateMetadataOptions,
    LaunchTemplateTagSpecifications,
)
from cdktf_cdktf_provider_aws.autoscaling_group import (
    AutoscalingGroup,
    AutoscalingGroupLaunchTemplate,
    AutoscalingGroupTag,
)
from cdktf_cdktf_provider_aws.autoscaling_policy import (
    AutoscalingPolicy,
    AutoscalingPolicyTargetTrackingConfiguration,
    AutoscalingPolicyTargetTrackingConfigurationPredefinedMetricSpecification,
)
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck, LbTargetGroupStickiness
from cdktf_cdktf_provider_aws.lb_listener import LbListener, LbListenerDefaultAction
from cdktf_cdktf_provider_aws.wafv2_web_acl import (
    Wafv2WebAcl,
    Wafv2WebAclDefaultAction,
    Wafv2WebAclRule,
    Wafv2WebAclRuleAction,
    Wafv2WebAclRuleActionBlock,
    Wafv2WebAclRuleOverrideAction,
    Wafv2WebAclRuleVisibilityConfig,
    Wafv2WebAclVisibilityConfig,
)
from cdktf_cdktf_provider_aws.wafv2_web_acl_association import Wafv2WebAclAssociation
from cdktf_cdktf_provider_aws.cloudfront_origin_access_control import CloudfrontOriginAccessControl
from cdktf_cdktf_provider_aws.cloudfront_distribution import (
    CloudfrontDistribution,
    CloudfrontDistributionDefaultCacheBehavior,
    CloudfrontDistributionDefaultCacheBehaviorForwardedValues,
    CloudfrontDistributionDefaultCacheBehaviorForwardedValuesCookies,
    CloudfrontDistributionOrigin,
    CloudfrontDistributionRestrictions,
    CloudfrontDistributionRestrictionsGeoRestriction,
    CloudfrontDistributionViewerCertificate,
)
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.backup_vault import BackupVault
from cdktf_cdktf_provider_aws.backup_plan import BackupPlan, BackupPlanRule
from cdktf_cdktf_provider_aws.backup_selection import BackupSelection

from settings import LOAD_BALANCER_INGRESS, PRIVATE_CIDRS, PROJECT, PUBLIC_CIDRS, REGION, TAGS, VPC_CIDR


class MyStack(TerraformStack):
    """🏗️ The whole site in one stack."""

    def __init__(self, scope: Construct, ns: str):
        super().__init__(scope, ns)

        # =====================================================================
        # 0. ☁️ Providers
        # =====================================================================
        AwsProvider(self, "aws", region=REGION, default_tags=[{"tags": TAGS}])

        # CloudFront's firewall must live in us-east-1, wherever the rest is
        us_east_1 = AwsProvider(
            self,
            "aws_us_east_1",
            region="us-east-1",
            alias="us_east_1",
            default_tags=[{"tags": TAGS}],
        )

        account = DataAwsCallerIdentity(self, "account")
        azs = DataAwsAvailabilityZones(self, "azs", state="available")

        # =====================================================================
        # 1. 🌐 VPC
        # =====================================================================
        vpc = Vpc(
            self,
            "vpc",
            cidr_block=VPC_CIDR,
            enable_dns_hostnames=True,
            enable_dns_support=True,
            tags={"Name": f"{PROJECT}-vpc"},
        )

        igw = InternetGateway(self, "igw", vpc_id=vpc.id, tags={"Name": f"{PROJECT}-igw"})

        # --- 1.1 Public subnets (load balancer, NAT gateway) ---
        public_subnets = []
        for i, cidr in enumerate(PUBLIC_CIDRS):
            subnet = Subnet(
                self,
                f"public_subnet_{i}",
                vpc_id=vpc.id,
                cidr_block=cidr,
                availability_zone=Fn.element(azs.names, i),
                map_public_ip_on_launch=True,
                tags={"Name": f"{PROJECT}-public-{i + 1}"},
            )
            public_subnets.append(subnet)

        # --- 1.2 Private subnets (servers, database) ---
        private_subnets = []
        for i, cidr in enumerate(PRIVATE_CIDRS):
            subnet = Subnet(
                self,
                f"private_subnet_{i}",
                vpc_id=vpc.id,
                cidr_block=cidr,
                availability_zone=Fn.element(azs.names, i),
                tags={"Name": f"{PROJECT}-private-{i + 1}"},
            )
            private_subnets.append(subnet)

        # --- 1.3 NAT gateway (💸 one is enough for a tutorial) ---
        nat_eip = Eip(self, "nat_eip", domain="vpc", tags={"Name": f"{PROJECT}-nat"})
        nat = NatGateway(
            self,
            "nat",
            allocation_id=nat_eip.id,
            subnet_id=public_subnets[0].id,
            tags={"Name": f"{PROJECT}-nat"},
            depends_on=[igw],
        )

        # --- 1.4 Routes ---
        public_rt = RouteTable(
            self,
            "public_rt",
            vpc_id=vpc.id,
            route=[RouteTableRoute(cidr_block="0.0.0.0/0", gateway_id=igw.id)],
            tags={"Name": f"{PROJECT}-public"},
        )
        private_rt = RouteTable(
            self,
            "private_rt",
            vpc_id=vpc.id,
            route=[RouteTableRoute(cidr_block="0.0.0.0/0", nat_gateway_id=nat.id)],
            tags={"Name": f"{PROJECT}-private"},
        )
        for i, subnet in enumerate(public_subnets):
            RouteTableAssociation(self, f"public_rta_{i}", subnet_id=subnet.id, route_table_id=public_rt.id)
        for i, subnet in enumerate(private_subnets):
            RouteTableAssociation(self, f"private_rta_{i}", subnet_id=subnet.id, route_table_id=private_rt.id)

        # =====================================================================
        # 2. 🔒 Security groups
        # =====================================================================
        allow_all_outbound = [
            SecurityGroupEgress(
                from_port=0, to_port=0, protocol="-1", cidr_blocks=["0.0.0.0/0"], description="Anywhere"
            )
        ]

        alb_sg = SecurityGroup(
            self,
            "alb_sg",
            name=f"{PROJECT}-alb",
            description="Load balancer",
            vpc_id=vpc.id,
            ingress=LOAD_BALANCER_INGRESS,
            egress=allow_all_outbound,
        )

        # 👉 Only the load balancer may talk to the servers
        web_sg = SecurityGroup(
            self,
            "web_sg",
            name=f"{PROJECT}-web",
            description="Web servers",
            vpc_id=vpc.id,
            ingress=[
                SecurityGroupIngress(
                    from_port=8000,
                    to_port=8000,
                    protocol="tcp",
                    security_groups=[alb_sg.id],  # ← not an address: the group itself
                )
            ],
            egress=allow_all_outbound,
        )

        # 👉 Only the servers may talk to the database
        db_sg = SecurityGroup(
            self,
            "db_sg",
            name=f"{PROJECT}-db",
            description="Database",
            vpc_id=vpc.id,
            ingress=[
                SecurityGroupIngress(from_port=5432, to_port=5432, protocol="tcp", security_groups=[web_sg.id]),
            ],
        )

        # =====================================================================
        # 3. 🪣 Buckets
        # =====================================================================
        photos = S3Bucket(
            self,
            "photos",
            bucket=f"{PROJECT}-photos-{account.account_id}",
            force_destroy=True,
        )

        # --- 3.1 Keep old versions: deleted photos can be restored 🙂 ---
        S3BucketVersioningA(
            self,
            "photos_versioning",
            bucket=photos.id,
            versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )

        # --- 3.2 Encrypt at rest ---
        S3BucketServerSideEncryptionConfigurationA(
            self,
            "photos_encryption",
            bucket=photos.id,
            rule=[
                S3BucketServerSideEncryptionConfigurationRuleA(
                    apply_server_side_encryption_by_default=(
                        S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
                            sse_algorithm="AES256"
                        )
                    ),
                    bucket_key_enabled=True,
                )
            ],
        )

        # --- 3.3 Nobody reads the bucket directly, only CloudFront does ---
        S3BucketPublicAccessBlock(
            self,
            "photos_public_access",
            bucket=photos.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )

        # --- 3.4 Old uploads become cheaper, then go away ♻️ ---
        S3BucketLifecycleConfiguration(
            self,
            "photos_lifecycle",
            bucket=photos.id,
            rule=[
                S3BucketLifecycleConfigurationRule(
                    id="originals",
                    status="Enabled",
                    filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="originals/")],
                    transition=[S3BucketLifecycleConfigurationRuleTransition(days=30, storage_class="STANDARD_IA")],
                ),
                S3BucketLifecycleConfigurationRule(
                    id="temporary",
                    status="Enabled",
                    filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="tmp/")],
                    expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=1)],
                ),
            ],
        )

        # =====================================================================
        # 4. 🐘 Database (PostgreSQL)
        # =====================================================================
        db_subnets = DbSubnetGroup(
            self,
            "db_subnets",
            name=f"{PROJECT}-db",
            subnet_ids=[subnet.id for subnet in private_subnets],
        )
        database = DbInstance(
            self,
            "database",
            identifier=f"{PROJECT}-db",
            engine="postgres",
            engine_version="16",
            instance_class="db.t4g.micro",
            allocated_storage=20,
            max_allocated_storage=100,
            db_name="snapshots",
            username="snapshots",
            manage_master_user_password=True,
            db_subnet_group_name=db_subnets.name,
            vpc_security_group_ids=[db_sg.id],
            storage_encrypted=True,
            backup_retention_period=7,
            skip_final_snapshot=True,
            tags={"Name": f"{PROJECT}-db", "Backup": "daily"},
        )

        # =====================================================================
        # 5. 🖥️ Servers behind a load balancer
        # =====================================================================
        # --- 5.1 What the servers are allowed to do ---
        role = IamRole(
            self,
            "web_role",
            name=f"{PROJECT}-web",
            assume_role_policy="""{
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "ec2.amazonaws.com"},
                        "Action": "sts:AssumeRole"
                    }
                ]
            }""",
        )
        IamRolePolicy(
            self,
            "web_policy",
            name="photos",
            role=role.id,
            policy=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                            "Resource": f"{photos.arn}/*",
                        },
                        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": photos.arn},
                    ],
                }
            ),
        )
        IamRolePolicyAttachment(
            self,
            "web_ssm",
            role=role.name,
            policy_arn="arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
        )
        profile = IamInstanceProfile(self, "web_profile", name=f"{PROJECT}-web", role=role.name)

        # --- 5.2 What a server does when it starts 🚀 ---
        user_data = f"""#!/bin/bash
set -euo pipefail

# Grüße aus der Cloud ☁️
dnf install -y docker
systemctl enable --now docker

TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60")
INSTANCE_ID=$(curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id)

cat > /etc/snapshots.env <<ENV
DATABASE_HOST={database.address}
DATABASE_NAME={database.db_name}
PHOTO_BUCKET={photos.bucket}
INSTANCE_ID=$${{INSTANCE_ID}}
ENV

docker run -d --restart always --env-file /etc/snapshots.env -p 8000:8000 ghcr.io/snapshots/web:latest
echo "✅ $${{INSTANCE_ID}} is up"
"""

        ami = DataAwsAmi(
            self,
            "ami",
            most_recent=True,
            owners=["amazon"],
            filter=[
                DataAwsAmiFilter(name="name", values=["al2023-ami-2023.*-x86_64"]),
                DataAwsAmiFilter(name="virtualization-type", values=["hvm"]),
            ],
        )

        template = LaunchTemplate(
            self,
            "web_template",
            name_prefix=f"{PROJECT}-web-",
            image_id=ami.id,
            instance_type="t3.small",
            user_data=Fn.base64encode(TerraformLocal(self, "web_template_user_data", user_data).as_string),
            vpc_security_group_ids=[web_sg.id],
            iam_instance_profile=LaunchTemplateIamInstanceProfile(name=profile.name),
            metadata_options=LaunchTemplateMetadataOptions(http_endpoint="enabled", http_tokens="required"),
            tag_specifications=[
                LaunchTemplateTagSpecifications(resource_type="instance", tags={"Name": f"{PROJECT}-web"}),
            ],
        )

        # --- 5.3 Load balancer ⚖️ ---
        alb = Lb(
            self,
            "alb",
            name=f"{PROJECT}-alb",
            load_balancer_type="application",
            security_groups=[alb_sg.id],
            subnets=[subnet.id for subnet in public_subnets],
            enable_http2=True,
            idle_timeout=60,
        )
        target_group = LbTargetGroup(
            self,
            "web_tg",
            name=f"{PROJECT}-web",
            port=8000,
            protocol="HTTP",
            vpc_id=vpc.id,
            target_type="instance",
            deregistration_delay="30",
            health_check=LbTargetGroupHealthCheck(
                enabled=True,
                path="/health",
                port="traffic-port",
                matcher="200",
                interval=30,
                timeout=5,
                healthy_threshold=2,
                unhealthy_threshold=3,
            ),
            stickiness=LbTargetGroupStickiness(type="lb_cookie", enabled=True, cookie_duration=3600),
        )
        LbListener(
            self,
            "http",
            load_balancer_arn=alb.id,
            port=80,
            protocol="HTTP",
            default_action=[LbListenerDefaultAction(type="forward", target_group_arn=target_group.arn)],
        )

        # --- 5.4 Between two and six servers 📈 ---
        asg = AutoscalingGroup(
            self,
            "web_asg",
            name=f"{PROJECT}-web",
            min_size=2,
            max_size=6,
            desired_capacity=2,
            vpc_zone_identifier=[subnet.id for subnet in private_subnets],
            target_group_arns=[target_group.arn],
            health_check_type="ELB",
            health_check_grace_period=300,
            launch_template=AutoscalingGroupLaunchTemplate(id=template.id, version="$Latest"),
            tag=[
                AutoscalingGroupTag(key="Name", value=f"{PROJECT}-web", propagate_at_launch=True),
                AutoscalingGroupTag(key="Stage", value="tutorial", propagate_at_launch=True),
            ],
        )
        AutoscalingPolicy(
            self,
            "web_cpu",
            name=f"{PROJECT}-cpu",
            autoscaling_group_name=asg.name,
            policy_type="TargetTrackingScaling",
            target_tracking_configuration=AutoscalingPolicyTargetTrackingConfiguration(
                predefined_metric_specification=(
                    AutoscalingPolicyTargetTrackingConfigurationPredefinedMetricSpecification(
                        predefined_metric_type="ASGAverageCPUUtilization"
                    )
                ),
                target_value=60,
            ),
        )

        # =====================================================================
        # 6. 🛡️ Firewall (WAF)
        # =====================================================================
        waf = Wafv2WebAcl(
            self,
            "waf",
            name=f"{PROJECT}-waf",
            description="Keeps the worst away",
            scope="REGIONAL",
            default_action=Wafv2WebAclDefaultAction(allow={}),
            rule=[
                # 6.1 What AWS knows to be bad
                Wafv2WebAclRule(
                    name="common",
                    priority=1,
                    override_action=Wafv2WebAclRuleOverrideAction(none={}),
                    statement={
                        "managed_rule_group_statement": {
                            "vendor_name": "AWS",
                            "name": "AWSManagedRulesCommonRuleSet",
                        }
                    },
                    visibility_config=Wafv2WebAclRuleVisibilityConfig(
                        cloudwatch_metrics_enabled=True,
                        metric_name="common",
                        sampled_requests_enabled=True,
                    ),
                ),
                # 6.2 At most 2000 requests in five minutes from one address 🐌
                Wafv2WebAclRule(
                    name="rate-limit",
                    priority=2,
                    action=Wafv2WebAclRuleAction(block=Wafv2WebAclRuleActionBlock()),
                    statement={
                        "rate_based_statement": {
                            "limit": 2000,
                            "aggregate_key_type": "IP",
                        }
                    },
                    visibility_config=Wafv2WebAclRuleVisibilityConfig(
                        cloudwatch_metrics_enabled=True,
                        metric_name="rate-limit",
                        sampled_requests_enabled=True,
                    ),
                ),
            ],
            visibility_config=Wafv2WebAclVisibilityConfig(
                cloudwatch_metrics_enabled=True,
                metric_name=f"{PROJECT}-waf",
                sampled_requests_enabled=True,
            ),
        )
        Wafv2WebAclAssociation(self, "waf_alb", resource_arn=alb.arn, web_acl_arn=waf.arn)

        # 6.3 The same for CloudFront – it has to be made in us-east-1!
        edge_waf = Wafv2WebAcl(
            self,
            "edge_waf",
            provider=us_east_1,
            name=f"{PROJECT}-edge-waf",
            scope="CLOUDFRONT",
            default_action=Wafv2WebAclDefaultAction(allow={}),
            visibility_config=Wafv2WebAclVisibilityConfig(
                cloudwatch_metrics_enabled=True,
                metric_name=f"{PROJECT}-edge-waf",
                sampled_requests_enabled=True,
            ),
        )

        # =====================================================================
        # 7. 🚀 CDN (CloudFront)
        # =====================================================================
        oac = CloudfrontOriginAccessControl(
            self,
            "oac",
            name=f"{PROJECT}-photos",
            origin_access_control_origin_type="s3",
            signing_behavior="always",
            signing_protocol="sigv4",
        )
        cdn = CloudfrontDistribution(
            self,
            "cdn",
            enabled=True,
            comment="Photos – überall schnell",
            price_class="PriceClass_100",
            web_acl_id=edge_waf.arn,
            origin=[CloudfrontDistributionOrigin(
                origin_id="photos",
                domain_name=photos.bucket_regional_domain_name,
                origin_access_control_id=oac.id,
            )],
            default_cache_behavior=CloudfrontDistributionDefaultCacheBehavior(
                target_origin_id="photos",
                viewer_protocol_policy="redirect-to-https",
                allowed_methods=["GET", "HEAD"],
                cached_methods=["GET", "HEAD"],
                forwarded_values=CloudfrontDistributionDefaultCacheBehaviorForwardedValues(
                    query_string=False,
                    cookies=CloudfrontDistributionDefaultCacheBehaviorForwardedValuesCookies(forward="none"),
                ),
                min_ttl=0,
                default_ttl=86400,
                max_ttl=31536000,
            ),
            restrictions=CloudfrontDistributionRestrictions(
                geo_restriction=CloudfrontDistributionRestrictionsGeoRestriction(restriction_type="none")
            ),
            viewer_certificate=CloudfrontDistributionViewerCertificate(cloudfront_default_certificate=True),
        )

        # --- 7.1 …and CloudFront only may read the photos ---
        S3BucketPolicy(
            self,
            "photos_policy",
            bucket=photos.id,
            policy=f"""{{
                "Version": "2012-10-17",
                "Statement": [
                    {{
                        "Sid": "CloudFront",
                        "Effect": "Allow",
                        "Principal": {{"Service": "cloudfront.amazonaws.com"}},
                        "Action": "s3:GetObject",
                        "Resource": "{photos.arn}/*",
                        "Condition": {{"StringEquals": {{"AWS:SourceArn": "{cdn.arn}"}}}}
                    }}
                ]
            }}""",
        )

        # =====================================================================
        # 8. 🔔 Alarms
        # =====================================================================
        topic = SnsTopic(self, "alarms", name=f"{PROJECT}-alarms", display_name="Störungen")
        SnsTopicSubscription(
            self,
            "alarms_mail",
            topic_arn=topic.arn,
            protocol="email",
            endpoint="oncall@example.com",
        )

        alarms = [
            # name, namespace, metric, threshold, dimensions
            ("db-cpu", "AWS/RDS", "CPUUtilization", 80, {"DBInstanceIdentifier": database.identifier}),
            ("alb-5xx", "AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", 10, {"LoadBalancer": alb.arn_suffix}),
            ("web-cpu", "AWS/EC2", "CPUUtilization", 85, {"AutoScalingGroupName": asg.name}),
        ]
        for name, namespace, metric, threshold, dimensions in alarms:
            CloudwatchMetricAlarm(
                self,
                f"alarm_{name}",
                alarm_name=f"{PROJECT}-{name}",
                alarm_description=f"⚠️ {metric} > {threshold}",
                namespace=namespace,
                metric_name=metric,
                statistic="Average",
                comparison_operator="GreaterThanThreshold",
                threshold=threshold,
                period=300,
                evaluation_periods=2,
                dimensions=dimensions,
                alarm_actions=[topic.arn],
            )

        # =====================================================================
        # 9. 💾 Backups
        # =====================================================================
        vault = BackupVault(self, "vault", name=f"{PROJECT}-vault")
        backup_role = IamRole(
            self,
            "backup_role",
            name=f"{PROJECT}-backup",
            assume_role_policy=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": {"Service": "backup.amazonaws.com"},
                            "Action": "sts:AssumeRole",
                        }
                    ],
                }
            ),
            managed_policy_arns=["arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"],
        )
        plan = BackupPlan(
            self,
            "plan",
            name=f"{PROJECT}-daily",
            rule=[
                BackupPlanRule(
                    rule_name="daily",
                    target_vault_name=vault.name,
                    schedule="cron(0 3 * * ? *)",
                    lifecycle={"delete_after": 35},
                ),
                BackupPlanRule(
                    rule_name="monthly",
                    target_vault_name=vault.name,
                    schedule="cron(0 4 1 * ? *)",
                    lifecycle={"cold_storage_after": 30, "delete_after": 365},
                ),
            ],
        )
        BackupSelection(
            self,
            "selection",
            name="tagged",
            plan_id=plan.id,
            iam_role_arn=backup_role.arn,
            selection_tag=[{"type": "STRINGEQUALS", "key": "Backup", "value": "daily"}],
        )

        # =====================================================================
        # 10. 📤 Outputs
        # =====================================================================
        TerraformOutput(self, "alb_url", value=f"http://{alb.dns_name}")
        TerraformOutput(self, "cdn_url", value=f"https://{cdn.domain_name}")
        TerraformOutput(self, "photo_bucket", value=photos.bucket)
        TerraformOutput(self, "first_zone", value=Fn.element(azs.names, 0), description="Where the NAT gateway lives")


app = App()
MyStack(app, "photo-sharing")
app.synth()

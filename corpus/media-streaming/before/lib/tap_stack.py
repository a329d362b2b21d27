"""
Media Streaming Platform Infrastructure Stack

This module defines the complete infrastructure of a video-on-demand platform:

- VPC with public and private subnets over three availability zones
- Application Load Balancer with an Auto Scaling Group of API servers
- S3 buckets for uploads, transcoded media and access logs
- CloudFront distribution with Origin Access Control and AWS WAF
- DynamoDB catalogue with a change stream
- ElastiCache (Redis) for session data
- Aurora PostgreSQL for subscriptions and billing
- SQS, SNS and Lambda for the transcoding pipeline
- CloudWatch alarms, dashboard and log groups
"""

import json
from typing import Dict, List

from constructs import Construct
from cdktf import S3Backend, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider

# Networking
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.route_table import RouteTable
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.security_group_rule import SecurityGroupRule
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint

# Security
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.data_aws_iam_policy_document import (
    DataAwsIamPolicyDocument,
    DataAwsIamPolicyDocumentStatement,
    DataAwsIamPolicyDocumentStatementPrincipals,
)
from cdktf_cdktf_provider_aws.iam_instance_profile import IamInstanceProfile
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.wafv2_web_acl import (
    Wafv2WebAcl,
    Wafv2WebAclDefaultAction,
    Wafv2WebAclDefaultActionAllow,
    Wafv2WebAclRule,
    Wafv2WebAclRuleAction,
    Wafv2WebAclRuleActionBlock,
    Wafv2WebAclRuleOverrideAction,
    Wafv2WebAclRuleOverrideActionNone,
    Wafv2WebAclRuleStatement,
    Wafv2WebAclRuleStatementManagedRuleGroupStatement,
    Wafv2WebAclRuleStatementRateBasedStatement,
    Wafv2WebAclVisibilityConfig,
)

# Storage and delivery
from cdktf_cdktf_provider_aws.cloudfront_distribution import (
    CloudfrontDistribution,
    CloudfrontDistributionDefaultCacheBehavior,
    CloudfrontDistributionDefaultCacheBehaviorForwardedValues,
    CloudfrontDistributionDefaultCacheBehaviorForwardedValuesCookies,
    CloudfrontDistributionDefaultRootObject,
    CloudfrontDistributionOrigin,
    CloudfrontDistributionRestrictions,
    CloudfrontDistributionRestrictionsGeoRestriction,
    CloudfrontDistributionViewerCertificate,
)
from cdktf_cdktf_provider_aws.cloudfront_origin_access_control import CloudfrontOriginAccessControl
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
    S3BucketLifecycleConfigurationRuleTransition,
)
from cdktf_cdktf_provider_aws.s3_bucket_notification import S3BucketNotification
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfiguration,
    S3BucketServerSideEncryptionConfigurationRule,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefault,
)
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning, S3BucketVersioningVersioningConfiguration

# Compute
from cdktf_cdktf_provider_aws.autoscaling_group import AutoscalingGroup, AutoscalingGroupLaunchTemplate
from cdktf_cdktf_provider_aws.autoscaling_policy import AutoscalingPolicy
from cdktf_cdktf_provider_aws.data_aws_ami import DataAwsAmi, DataAwsAmiFilter
from cdktf_cdktf_provider_aws.launch_template import (
    LaunchTemplate,
    LaunchTemplateIamInstanceProfile,
    LaunchTemplateMetadataOptions,
    LaunchTemplateMonitoring,
)
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import LbListener, LbListenerDefaultAction
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck

# Data
from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from cdktf_cdktf_provider_aws.dynamodb_table import (
    DynamodbTable,
    DynamodbTableAttribute,
    DynamodbTablePointInTimeRecovery,
    DynamodbTableServerSideEncryption,
    DynamodbTableStreamSpecification,
)
from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup
from cdktf_cdktf_provider_aws.elasticache_subnet_group import ElasticacheSubnetGroup
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster
from cdktf_cdktf_provider_aws.rds_cluster_instance import RdsClusterInstance

# Messaging and events
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.sqs_queue_policy import SqsQueuePolicy

# Observability
from cdktf_cdktf_provider_aws.cloudwatch_dashboard import CloudwatchDashboard
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm


class TapStack(TerraformStack):
    """Video-on-demand platform: ingest, transcoding, catalogue and delivery."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        environment_suffix: str,
        aws_region: str,
        state_bucket: str,
        alert_email: str,
    ):
        """
        Initialize the media streaming stack.

        Args:
            scope: CDKTF app
            construct_id: Unique identifier for this stack
            environment_suffix: Environment identifier (e.g. dev, staging, prod)
            aws_region: AWS region of everything but the edge
            state_bucket: S3 bucket that holds the Terraform state
            alert_email: Who is told about alarms
        """
        super().__init__(scope, construct_id)

        self.environment_suffix = environment_suffix
        self.aws_region = aws_region
        self.alert_email = alert_email
        self.az_count = 3

        self.common_tags: Dict[str, str] = {
            "Project": "media-streaming",
            "Environment": environment_suffix,
            "ManagedBy": "cdktf",
            "CostCenter": "video-platform",
        }

        # Providers and remote state
        self._configure_providers(state_bucket)

        # Foundation
        self.azs = DataAwsAvailabilityZones(self, "azs", state="available")
        self.caller = DataAwsCallerIdentity(self, "current")
        self._create_encryption_keys()
        self._create_network()
        self._create_nat_gateways()
        self._create_security_groups()
        self._create_vpc_endpoints()

        # Storage and data
        self._create_buckets()
        self._create_lifecycle_rules()
        self._create_catalogue_table()
        self._create_cache()
        self._create_billing_database()

        # Pipeline
        self._create_topics_and_queues()
        self._create_bucket_notifications()

        # Compute
        self._create_iam_roles()
        self._create_load_balancer()
        self._create_api_servers()

        # Edge
        self._create_web_acl()
        self._create_distribution()

        # Observability
        self._create_alarms()
        self._create_dashboard()
        self._create_outputs()

    # ------------------------------------------------------------------
    # Providers
    # ------------------------------------------------------------------
    def _configure_providers(self, state_bucket: str) -> None:
        """Configure the regional provider, the one for the edge, and the backend."""
        self.provider = AwsProvider(
            self,
            "aws",
            region=self.aws_region,
            default_tags=[{"tags": self.common_tags}],
        )

        # WAF for CloudFront has to live in us-east-1
        self.edge_provider = AwsProvider(
            self,
            "aws_edge",
            region="us-east-1",
            alias="us_east_1",
            default_tags=[{"tags": self.common_tags}],
        )

        S3Backend(
            self,
            bucket=state_bucket,
            key=f"media-streaming/{self.environment_suffix}/terraform.tfstate",
            region="us-east-1",
            encrypt=True,
        )

    # ------------------------------------------------------------------
    # Encryption
    # ------------------------------------------------------------------
    def _create_encryption_keys(self) -> None:
        """Create the customer managed key that encrypts media, tables and queues."""
        self.kms_key = KmsKey(
            self,
            "media-key",
            description=f"Media streaming platform ({self.environment_suffix})",
            deletion_window_in_days=7,
            enable_key_rotation=True,
            policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Sid": "EnableRoot",
                        "Effect": "Allow",
                        "Principal": {"AWS": f"arn:aws:iam::{self.caller.account_id}:root"},
                        "Action": "kms:*",
                        "Resource": "*",
                    },
                    {
                        "Sid": "AllowServices",
                        "Effect": "Allow",
                        "Principal": {"Service": ["s3.amazonaws.com", "sns.amazonaws.com", "logs.amazonaws.com"]},
                        "Action": ["kms:GenerateDataKey*", "kms:Decrypt", "kms:Encrypt"],
                        "Resource": "*",
                    },
                ],
            }),
        )

        KmsAlias(
            self,
            "media-key-alias",
            name=f"alias/media-streaming-{self.environment_suffix}",
            target_key_id=self.kms_key.id,
        )

    # ------------------------------------------------------------------
    # Networking
    # ------------------------------------------------------------------
    def _create_network(self) -> None:
        """Create the VPC, the subnets of each tier, and the public routes."""
        self.vpc = Vpc(
            self,
            "vpc",
            cidr_block="10.40.0.0/16",
            enable_dns_hostnames=True,
            enable_dns_support=True,
            tags={**self.common_tags, "Name": f"media-vpc-{self.environment_suffix}"},
        )

        self.igw = InternetGateway(
            self,
            "igw",
            vpc_id=self.vpc.id,
            tags={**self.common_tags, "Name": f"media-igw-{self.environment_suffix}"},
        )

        self.public_subnets: List[Subnet] = []
        self.private_subnets: List[Subnet] = []
        self.data_subnets: List[Subnet] = []

        for i in range(self.az_count):
            self.public_subnets.append(
                Subnet(
                    self,
                    f"public-subnet-{i}",
                    vpc_id=self.vpc.id,
                    cidr_block=f"10.40.{i}.0/24",
                    availability_zone=self.azs.names[i],
                    map_public_ip_on_launch=True,
                    tags={**self.common_tags, "Name": f"media-public-{i}-{self.environment_suffix}", "Tier": "public"},
                )
            )
            self.private_subnets.append(
                Subnet(
                    self,
                    f"private-subnet-{i}",
                    vpc_id=self.vpc.id,
                    cidr_block=f"10.40.{i + 10}.0/24",
                    availability_zone=self.azs.names[i],
                    tags={**self.common_tags, "Name": f"media-private-{i}-{self.environment_suffix}", "Tier": "app"},
                )
            )
            self.data_subnets.append(
                Subnet(
                    self,
                    f"data-subnet-{i}",
                    vpc_id=self.vpc.id,
                    cidr_block=f"10.40.{i + 20}.0/24",
                    availability_zone=f"${{element({self.azs.names}, {i})}}",
                    tags={**self.common_tags, "Name": f"media-data-{i}-{self.environment_suffix}", "Tier": "data"},
                )
            )

        # Public routing
        self.public_rt = RouteTable(
            self,
            "public-rt",
            vpc_id=self.vpc.id,
            route=[{
                "cidr_block": "0.0.0.0/0",
                "gateway_id": self.igw.id,
            }],
            tags={**self.common_tags, "Name": f"media-public-rt-{self.environment_suffix}"},
        )
        for i, subnet in enumerate(self.public_subnets):
            RouteTableAssociation(
                self,
                f"public-rta-{i}",
                subnet_id=subnet.id,
                route_table_id=self.public_rt.id,
            )

    def _create_nat_gateways(self) -> None:
        """Create one NAT gateway per availability zone, and the private routes through it."""
        self.nat_gateways: List[NatGateway] = []
        self.private_route_tables: List[RouteTable] = []

        for i, (public, private) in enumerate(zip(self.public_subnets, self.private_subnets)):
            eip = Eip(
                self,
                f"nat-eip-{i}",
                vpc=True,
                tags={**self.common_tags, "Name": f"media-nat-eip-{i}-{self.environment_suffix}"},
            )
            nat = NatGateway(
                self,
                f"nat-{i}",
                allocation_id=eip.id,
                subnet_id=public.id,
                depends_on=[self.igw],
                tags={**self.common_tags, "Name": f"media-nat-{i}-{self.environment_suffix}"},
            )
            self.nat_gateways.append(nat)

            default_route = {"cidr_block": "0.0.0.0/0", "nat_gateway_id": nat.id}
            route_table = RouteTable(
                self,
                f"private-rt-{i}",
                vpc_id=self.vpc.id,
                route=[default_route],
                tags={**self.common_tags, "Name": f"media-private-rt-{i}-{self.environment_suffix}"},
            )
            self.private_route_tables.append(route_table)
            RouteTableAssociation(
                self,
                f"private-rta-{i}",
                subnet_id=private.id,
                route_table_id=route_table.id,
            )

    def _create_security_groups(self) -> None:
        """Create the security groups of the load balancer, the servers and the data stores."""
        # Internet-facing load balancer
        self.alb_sg = SecurityGroup(
            self,
            "alb-sg",
            name=f"media-alb-{self.environment_suffix}",
            description="Load balancer of the API",
            vpc_id=self.vpc.id,
            ingress=[
                {
                    "description": f"Port {port} from anywhere",
                    "from_port": port,
                    "to_port": port,
                    "protocol": "tcp",
                    "cidr_blocks": ["0.0.0.0/0"],
                }
                for port in (80, 443)
            ],
            egress=[self._allow_all_egress()],
            tags={**self.common_tags, "Name": f"media-alb-sg-{self.environment_suffix}"},
        )

        # API servers: only from the load balancer
        self.app_sg = SecurityGroup(
            self,
            "app-sg",
            name=f"media-app-{self.environment_suffix}",
            description="API servers",
            vpc_id=self.vpc.id,
            egress=[self._allow_all_egress()],
            tags={**self.common_tags, "Name": f"media-app-sg-{self.environment_suffix}"},
        )
        SecurityGroupRule(
            self,
            "app-from-alb",
            type="ingress",
            from_port=8080,
            to_port=8080,
            protocol="tcp",
            source_security_group_id=self.alb_sg.id,
            security_group_id=self.app_sg.id,
        )

        # Data stores: only from the servers
        self.data_sg = SecurityGroup(
            self,
            "data-sg",
            name=f"media-data-{self.environment_suffix}",
            description="Redis and Aurora",
            vpc_id=self.vpc.id,
            tags={**self.common_tags, "Name": f"media-data-sg-{self.environment_suffix}"},
        )
        for name, port in {"redis": 6379, "postgres": 5432}.items():
            SecurityGroupRule(
                self,
                f"data-{name}",
                type="ingress",
                from_port=port,
                to_port=port,
                protocol="tcp",
                description=f"{name} from the API servers",
                source_security_group_id=self.app_sg.id,
                security_group_id=self.data_sg.id,
            )

    @staticmethod
    def _allow_all_egress() -> dict:
        """Egress rule that allows everything."""
        return {
            "from_port": 0,
            "to_port": 0,
            "protocol": "-1",
            "cidr_blocks": ["0.0.0.0/0"],
            "description": "Allow all outbound traffic",
        }

    def _create_vpc_endpoints(self) -> None:
        """Gateway endpoints keep the traffic to S3 and DynamoDB off the NAT gateways."""
        for service in ("s3", "dynamodb"):
            VpcEndpoint(
                self,
                f"{service}-endpoint",
                vpc_id=self.vpc.id,
                service_name=f"com.amazonaws.{self.aws_region}.{service}",
                vpc_endpoint_type="Gateway",
                route_table_ids=[rt.id for rt in self.private_route_tables],
                tags={**self.common_tags, "Name": f"media-{service}-endpoint-{self.environment_suffix}"},
            )

    # ------------------------------------------------------------------
    # Storage
    # ------------------------------------------------------------------
    def _create_buckets(self) -> None:
        """Create the buckets for uploads, transcoded media and access logs."""
        self.uploads_bucket = self._create_secure_bucket("uploads")
        self.media_bucket = self._create_secure_bucket("media")
        self.logs_bucket = self._create_secure_bucket("access-logs")

    def _create_secure_bucket(self, purpose: str) -> S3Bucket:
        """
        Create a bucket with versioning, encryption and no public access.

        Args:
            purpose: What the bucket is for; part of its name
        """
        bucket = S3Bucket(
            self,
            f"{purpose}-bucket",
            bucket=f"media-{purpose}-{self.environment_suffix}-{self.caller.account_id}",
            force_destroy=self.environment_suffix != "prod",
            tags={**self.common_tags, "Name": f"media-{purpose}-{self.environment_suffix}"},
        )

        S3BucketVersioning(
            self,
            f"{purpose}-versioning",
            bucket=bucket.id,
            versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )

        S3BucketServerSideEncryptionConfiguration(
            self,
            f"{purpose}-encryption",
            bucket=bucket.id,
            rule=[
                S3BucketServerSideEncryptionConfigurationRule(
                    apply_server_side_encryption_by_default=(
                        S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefault(
                            sse_algorithm="aws:kms",
                            kms_master_key_id=self.kms_key.arn,
                        )
                    ),
                    bucket_key_enabled=True,
                )
            ],
        )

        S3BucketPublicAccessBlock(
            self,
            f"{purpose}-public-access",
            bucket=bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        return bucket

    def _create_lifecycle_rules(self) -> None:
        """Age uploads out, and move old media to cheaper storage."""
        S3BucketLifecycleConfiguration(
            self,
            "uploads-lifecycle",
            bucket=self.uploads_bucket.id,
            rule=[
                S3BucketLifecycleConfigurationRule(
                    id="expire-raw-uploads",
                    status="Enabled",
                    filter=[{"prefix": "incoming/"}],
                    expiration=S3BucketLifecycleConfigurationRuleExpiration(days=14),
                    noncurrent_version_expiration=[
                        S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(noncurrent_days=7)
                    ],
                )
            ],
        )

        S3BucketLifecycleConfiguration(
            self,
            "media-lifecycle",
            bucket=self.media_bucket.id,
            rule=[
                S3BucketLifecycleConfigurationRule(
                    id="archive-old-media",
                    status="Enabled",
                    filter=[{"prefix": "vod/"}],
                    transition=[
                        S3BucketLifecycleConfigurationRuleTransition(days=60, storage_class="STANDARD_IA"),
                        S3BucketLifecycleConfigurationRuleTransition(days=180, storage_class="GLACIER_IR"),
                    ],
                )
            ],
        )

    # ------------------------------------------------------------------
    # Data
    # ------------------------------------------------------------------
    def _create_catalogue_table(self) -> None:
        """Create the catalogue of titles, with a stream for the search index."""
        self.catalogue_table = DynamodbTable(
            self,
            "catalogue",
            name=f"media-catalogue-{self.environment_suffix}",
            billing_mode="PAY_PER_REQUEST",
            hash_key="titleId",
            range_key="assetId",
            attribute=[
                DynamodbTableAttribute(name="titleId", type="S"),
                DynamodbTableAttribute(name="assetId", type="S"),
                DynamodbTableAttribute(name="genre", type="S"),
                DynamodbTableAttribute(name="releasedAt", type="N"),
            ],
            global_secondary_index=[
                {
                    "name": "by-genre",
                    "hash_key": "genre",
                    "range_key": "releasedAt",
                    "projection_type": "ALL",
                }
            ],
            stream_specification=DynamodbTableStreamSpecification(
                stream_enabled=True,
                stream_view_type="NEW_AND_OLD_IMAGES",
            ),
            point_in_time_recovery=DynamodbTablePointInTimeRecovery(enabled=True),
            server_side_encryption=DynamodbTableServerSideEncryption(enabled=True, kms_key_arn=self.kms_key.id),
            tags=self.common_tags,
        )

    def _create_cache(self) -> None:
        """Create the Redis replication group for sessions and playback positions."""
        subnet_group = ElasticacheSubnetGroup(
            self,
            "cache-subnets",
            name=f"media-cache-{self.environment_suffix}",
            description="Private subnets of the session cache",
            subnet_ids=[subnet.id for subnet in self.data_subnets],
        )
        self.cache = ElasticacheReplicationGroup(
            self,
            "cache",
            replication_group_id=f"media-cache-{self.environment_suffix}",
            replication_group_description="Sessions and playback positions",
            engine="redis",
            node_type="cache.r6g.large",
            num_cache_clusters=2,
            port=6379,
            subnet_group_name=subnet_group.name,
            security_group_ids=[self.data_sg.id],
            at_rest_encryption_enabled=True,
            transit_encryption_enabled=True,
            automatic_failover_enabled=True,
            multi_az_enabled=True,
            snapshot_retention_limit=7,
            tags=self.common_tags,
        )

    def _create_billing_database(self) -> None:
        """Create the Aurora PostgreSQL cluster for subscriptions and billing."""
        subnet_group = DbSubnetGroup(
            self,
            "db-subnets",
            name=f"media-db-{self.environment_suffix}",
            subnet_ids=[subnet.id for subnet in self.data_subnets],
            tags=self.common_tags,
        )
        self.db_cluster = RdsCluster(
            self,
            "billing-db",
            cluster_identifier=f"media-billing-{self.environment_suffix}",
            engine="aurora-postgresql",
            database_name="billing",
            master_username="billing_admin",
            manage_master_user_password=True,
            db_subnet_group_name=subnet_group.name,
            vpc_security_group_ids=[self.data_sg.id],
            storage_encrypted=True,
            kms_key_id=self.kms_key.arn,
            backup_retention_period=14,
            preferred_backup_window="03:00-04:00",
            enabled_cloudwatch_logs_exports=["postgresql"],
            deletion_protection=self.environment_suffix == "prod",
            skip_final_snapshot=True,
            serverlessv2_scaling_configuration={"min_capacity": 0.5, "max_capacity": 8},
            tags=self.common_tags,
        )
        for i in range(2):
            RdsClusterInstance(
                self,
                f"billing-db-{i}",
                identifier=f"media-billing-{self.environment_suffix}-{i}",
                cluster_identifier=self.db_cluster.id,
                instance_class="db.serverless",
                engine=self.db_cluster.engine,
                performance_insights_enabled=True,
                tags=self.common_tags,
            )

    # ------------------------------------------------------------------
    # Transcoding pipeline
    # ------------------------------------------------------------------
    def _create_topics_and_queues(self) -> None:
        """Create the queue of transcoding jobs, its dead letter queue, and the alert topic."""
        self.alerts_topic = SnsTopic(
            self,
            "alerts",
            name=f"media-alerts-{self.environment_suffix}",
            kms_master_key_id=self.kms_key.id,
            tags=self.common_tags,
        )
        SnsTopicSubscription(
            self,
            "alerts-email",
            topic_arn=self.alerts_topic.arn,
            protocol="email",
            endpoint=self.alert_email,
        )

        self.dead_letters = SqsQueue(
            self,
            "transcode-dlq",
            name=f"media-transcode-dlq-{self.environment_suffix}",
            message_retention_seconds=1209600,
            tags=self.common_tags,
        )
        self.transcode_queue = SqsQueue(
            self,
            "transcode-queue",
            name=f"media-transcode-{self.environment_suffix}",
            visibility_timeout=900,
            message_retention_seconds=345600,
            redrive_policy={
                "deadLetterTargetArn": self.dead_letters.arn,
                "maxReceiveCount": 3,
            },
            tags=self.common_tags,
        )

        queue_policy = DataAwsIamPolicyDocument(
            self,
            "transcode-queue-policy-doc",
            statement=[
                DataAwsIamPolicyDocumentStatement(
                    sid="AllowS3Notifications",
                    effect="Allow",
                    principals=[
                        DataAwsIamPolicyDocumentStatementPrincipals(
                            type="Service",
                            identifiers=["s3.amazonaws.com"],
                        )
                    ],
                    actions=["sqs:SendMessage"],
                    resources=[self.transcode_queue.arn],
                )
            ],
        )
        SqsQueuePolicy(
            self,
            "transcode-queue-policy",
            queue_url=self.transcode_queue.id,
            policy=queue_policy.json,
        )

    def _create_bucket_notifications(self) -> None:
        """Every new upload becomes a transcoding job."""
        queues = []
        for extension in ("mp4", "mov", "mkv"):
            queues.append({
                "queue_arn": self.transcode_queue.arn,
                "events": ["s3:ObjectCreated:*"],
                "filter_prefix": "incoming/",
                "filter_suffix": f".{extension}",
            })
        S3BucketNotification(
            self,
            "uploads-notification",
            bucket=self.uploads_bucket.id,
            queue=queues,
        )

    # ------------------------------------------------------------------
    # IAM
    # ------------------------------------------------------------------
    def _create_iam_roles(self) -> None:
        """Create the role and the instance profile of the API servers."""
        self.instance_role = IamRole(
            self,
            "instance-role",
            name=f"media-api-{self.environment_suffix}",
            assume_role_policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "ec2.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }
                ],
            }),
            tags=self.common_tags,
        )
        IamRolePolicy(
            self,
            "instance-policy",
            name=f"media-api-{self.environment_suffix}",
            role=self.instance_role.id,
            policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:BatchGetItem"],
                        "Resource": [
                            self.catalogue_table.arn,
                            f"{self.catalogue_table.arn}/index/*",
                        ],
                    },
                    {
                        "Effect": "Allow",
                        "Action": ["s3:GetObject", "s3:PutObject"],
                        "Resource": [f"{self.uploads_bucket.arn}/*", f"{self.media_bucket.arn}/*"],
                    },
                    {
                        "Effect": "Allow",
                        "Action": ["sqs:SendMessage", "sqs:GetQueueAttributes"],
                        "Resource": self.transcode_queue.arn,
                    },
                ],
            }),
        )
        for index, policy in enumerate(("AmazonSSMManagedInstanceCore", "CloudWatchAgentServerPolicy")):
            IamRolePolicyAttachment(
                self,
                f"instance-managed-{index}",
                role=self.instance_role.name,
                policy_arn=f"arn:aws:iam::aws:policy/{policy}",
            )
        self.instance_profile = IamInstanceProfile(
            self,
            "instance-profile",
            name=f"media-api-{self.environment_suffix}",
            role=self.instance_role.name,
        )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------
    def _create_load_balancer(self) -> None:
        """Create the application load balancer, its target group and its listener."""
        self.alb = Lb(
            self,
            "alb",
            name=f"media-alb-{self.environment_suffix}",
            load_balancer_type="application",
            internal=False,
            security_groups=[self.alb_sg.id],
            subnets=[subnet.id for subnet in self.public_subnets],
            idle_timeout=60,
            access_logs=[{
                "bucket": self.logs_bucket.id,
                "prefix": "alb",
                "enabled": True,
            }],
            tags=self.common_tags,
        )

        self.target_group = LbTargetGroup(
            self,
            "api-tg",
            name=f"media-api-{self.environment_suffix}",
            port=8080,
            protocol="HTTP",
            vpc_id=self.vpc.id,
            deregistration_delay=30,
            health_check=LbTargetGroupHealthCheck(
                enabled=True,
                path="/healthz",
                port="traffic-port",
                healthy_threshold=2,
                unhealthy_threshold=3,
                interval=15,
                timeout=5,
                matcher=200,
            ),
            tags=self.common_tags,
        )

        LbListener(
            self,
            "http",
            load_balancer_arn=self.alb.arn,
            port=80,
            protocol="HTTP",
            default_action=LbListenerDefaultAction(
                type="forward",
                target_group_arn=self.target_group.id,
            ),
        )

    def _create_api_servers(self) -> None:
        """Create the launch template and the auto scaling group of the API servers."""
        ami = DataAwsAmi(
            self,
            "al2023",
            most_recent=True,
            owners=["amazon"],
            filter=[
                DataAwsAmiFilter(name="name", values=["al2023-ami-*-x86_64"]),
                DataAwsAmiFilter(name="virtualization-type", values=["hvm"]),
            ],
        )

        user_data = f"""#!/bin/bash
set -euo pipefail
dnf install -y nodejs20 amazon-cloudwatch-agent

cat > /etc/media-api.env <<ENV
ENVIRONMENT={self.environment_suffix}
AWS_REGION={self.aws_region}
CATALOGUE_TABLE={self.catalogue_table.name}
REDIS_HOST={self.cache.primary_endpoint_address}
TRANSCODE_QUEUE={self.transcode_queue.url}
ENV

INSTANCE_ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)
echo "media-api on ${{INSTANCE_ID}} starts" | systemd-cat -t media-api
systemctl enable --now media-api
"""

        self.launch_template = LaunchTemplate(
            self,
            "api-lt",
            name_prefix=f"media-api-{self.environment_suffix}-",
            image_id=ami.id,
            instance_type="m6i.large",
            vpc_security_group_ids=[self.app_sg.id],
            iam_instance_profile=LaunchTemplateIamInstanceProfile(arn=self.instance_profile.arn),
            monitoring=LaunchTemplateMonitoring(enabled=True),
            metadata_options=LaunchTemplateMetadataOptions(http_tokens="required", http_endpoint="enabled"),
            block_device_mappings=[{
                "device_name": "/dev/xvda",
                "ebs": {
                    "volume_size": 50,
                    "volume_type": "gp3",
                    "encrypted": True,
                },
            }],
            user_data=user_data,
        )

        self.asg = AutoscalingGroup(
            self,
            "api-asg",
            name=f"media-api-{self.environment_suffix}",
            min_size=2,
            max_size=12,
            desired_capacity=3,
            vpc_zone_identifier=[subnet.id for subnet in self.private_subnets],
            target_group_arns=[self.target_group.arn],
            health_check_type="ELB",
            health_check_grace_period=180,
            launch_template=AutoscalingGroupLaunchTemplate(
                id=self.launch_template.id,
                version="$Latest",
            ),
            tags=[
                {"key": key, "value": value, "propagate_at_launch": True}
                for key, value in self.common_tags.items()
            ],
        )

        AutoscalingPolicy(
            self,
            "api-cpu-tracking",
            name=f"media-api-cpu-{self.environment_suffix}",
            autoscaling_group_name=self.asg.name,
            policy_type="TargetTrackingScaling",
            target_tracking_configuration={
                "predefined_metric_specification": {"predefined_metric_type": "ASGAverageCPUUtilization"},
                "target_value": 60,
            },
        )

    # ------------------------------------------------------------------
    # Edge
    # ------------------------------------------------------------------
    def _create_web_acl(self) -> None:
        """Create the web ACL that protects the distribution."""
        self.web_acl = Wafv2WebAcl(
            self,
            "web-acl",
            name=f"media-edge-{self.environment_suffix}",
            description="Protects the viewers' distribution",
            scope="CLOUDFRONT",
            provider="aws.us_east_1",
            default_action=Wafv2WebAclDefaultAction(allow=Wafv2WebAclDefaultActionAllow()),
            rule=[
                # AWS managed protection against common exploits
                Wafv2WebAclRule(
                    name="common-rule-set",
                    priority=1,
                    override_action=Wafv2WebAclRuleOverrideAction(none=Wafv2WebAclRuleOverrideActionNone()),
                    statement=Wafv2WebAclRuleStatement(
                        managed_rule_group_statement=Wafv2WebAclRuleStatementManagedRuleGroupStatement(
                            name="AWSManagedRulesCommonRuleSet",
                            vendor_name="AWS",
                        )
                    ),
                    visibility_config=Wafv2WebAclVisibilityConfig(
                        cloudwatch_metrics_enabled=True,
                        metric_name="media-common-rule-set",
                        sampled_requests_enabled=True,
                    ),
                ),
                # No more than 2000 requests in five minutes from one address
                Wafv2WebAclRule(
                    name="rate-limit",
                    priority=2,
                    action=Wafv2WebAclRuleAction(block=Wafv2WebAclRuleActionBlock()),
                    statement=Wafv2WebAclRuleStatement(
                        rate_based_statement=Wafv2WebAclRuleStatementRateBasedStatement(
                            limit=2000,
                            aggregate_key_type="IP",
                        )
                    ),
                    visibility_config=Wafv2WebAclVisibilityConfig(
                        cloudwatch_metrics_enabled=True,
                        metric_name="media-rate-limit",
                        sampled_requests_enabled=True,
                    ),
                ),
            ],
            visibility_config=Wafv2WebAclVisibilityConfig(
                cloudwatch_metrics_enabled=True,
                metric_name=f"media-edge-{self.environment_suffix}",
                sampled_requests_enabled=True,
            ),
            tags=self.common_tags,
        )

    def _create_distribution(self) -> None:
        """Create the CloudFront distribution in front of the media bucket and the API."""
        self.oac = CloudfrontOriginAccessControl(
            self,
            "media-oac",
            name=f"media-oac-{self.environment_suffix}",
            description="Only the distribution reads the media bucket",
            origin_access_control_origin_type="s3",
            signing_behavior="always",
            signing_protocol="sigv4",
        )

        self.distribution = CloudfrontDistribution(
            self,
            "distribution",
            enabled=True,
            is_ipv6_enabled=True,
            comment=f"Media streaming {self.environment_suffix}",
            price_class="PriceClass_100",
            http_version="http2and3",
            web_acl_id=self.web_acl.arn,
            default_root_object="index.html",
            origin=[
                CloudfrontDistributionOrigin(
                    origin_id="media",
                    domain_name=self.media_bucket.bucket_regional_domain_name,
                    origin_access_control_id=self.oac.id,
                ),
                {
                    "origin_id": "api",
                    "domain_name": self.alb.dns_name,
                    "custom_origin_config": {
                        "http_port": 80,
                        "https_port": 443,
                        "origin_protocol_policy": "http-only",
                        "origin_ssl_protocols": ["TLSv1.2"],
                    },
                },
            ],
            default_cache_behavior=CloudfrontDistributionDefaultCacheBehavior(
                target_origin_id="media",
                viewer_protocol_policy="redirect-to-https",
                allowed_methods=["GET", "HEAD", "OPTIONS"],
                cached_methods=["GET", "HEAD"],
                compress=True,
                min_ttl=0,
                default_ttl=86400,
                max_ttl=31536000,
                forwarded_values=CloudfrontDistributionDefaultCacheBehaviorForwardedValues(
                    query_string=False,
                    cookies=CloudfrontDistributionDefaultCacheBehaviorForwardedValuesCookies(forward="none"),
                ),
            ),
            ordered_cache_behavior=[
                {
                    "path_pattern": "/api/*",
                    "target_origin_id": "api",
                    "viewer_protocol_policy": "https-only",
                    "allowed_methods": ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
                    "cached_methods": ["GET", "HEAD"],
                    # Managed policies: CachingDisabled and AllViewer
                    "cache_policy_id": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
                    "origin_request_policy_id": "216adef6-5c7f-47e4-b989-5492eafa07d3",
                }
            ],
            restrictions=CloudfrontDistributionRestrictions(
                geo_restriction=CloudfrontDistributionRestrictionsGeoRestriction(restriction_type="none"),
            ),
            viewer_certificate=CloudfrontDistributionViewerCertificate(cloudfront_default_certificate=True),
            tags=self.common_tags,
        )

        S3BucketPolicy(
            self,
            "media-bucket-policy",
            bucket=self.media_bucket.id,
            policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Sid": "AllowDistribution",
                        "Effect": "Allow",
                        "Principal": {"Service": "cloudfront.amazonaws.com"},
                        "Action": "s3:GetObject",
                        "Resource": f"{self.media_bucket.arn}/*",
                        "Condition": {"StringEquals": {"AWS:SourceArn": self.distribution.arn}},
                    }
                ],
            }),
        )

    # ------------------------------------------------------------------
    # Observability
    # ------------------------------------------------------------------
    def _create_alarms(self) -> None:
        """Create the log group and the alarms."""
        self.log_group = CloudwatchLogGroup(
            self,
            "api-logs",
            name=f"/media-streaming/{self.environment_suffix}/api",
            retention_in_days=30,
            kms_key_id=self.kms_key.arn,
            tags=self.common_tags,
        )

        CloudwatchMetricAlarm(
            self,
            "alb-5xx",
            alarm_name=f"media-alb-5xx-{self.environment_suffix}",
            namespace="AWS/ApplicationELB",
            metric_name="HTTPCode_Target_5XX_Count",
            statistic="Sum",
            period=60,
            evaluation_periods=3,
            threshold=10,
            comparison_operator="GreaterThanThreshold",
            treat_missing_data="notBreaching",
            dimensions={"LoadBalancer": self.alb.arn_suffix},
            alarm_actions=[self.alerts_topic.arn],
        )
        CloudwatchMetricAlarm(
            self,
            "dlq-depth",
            alarm_name=f"media-transcode-dlq-{self.environment_suffix}",
            alarm_description="A transcoding job has failed three times",
            namespace="AWS/SQS",
            metric_name="ApproximateNumberOfMessagesVisible",
            statistic="Maximum",
            period=300,
            evaluation_periods=1,
            threshold=0,
            comparison_operator="GreaterThanThreshold",
            dimensions={"QueueName": self.dead_letters.name},
            alarm_actions=[self.alerts_topic.arn],
        )

    def _create_dashboard(self) -> None:
        """Create the operations dashboard."""
        widgets = [
            {
                "type": "metric",
                "x": 0,
                "y": 6 * row,
                "width": 12,
                "height": 6,
                "properties": {
                    "title": title,
                    "region": self.aws_region,
                    "metrics": [[namespace, metric, dimension, value]],
                },
            }
            for row, (title, namespace, metric, dimension, value) in enumerate([
                ("Requests", "AWS/ApplicationELB", "RequestCount", "LoadBalancer", self.alb.arn_suffix),
                ("Jobs", "AWS/SQS", "NumberOfMessagesSent", "QueueName", self.transcode_queue.name),
                ("Cache", "AWS/ElastiCache", "CacheHitRate", "ReplicationGroupId", self.cache.replication_group_id),
            ])
        ]
        CloudwatchDashboard(
            self,
            "dashboard",
            dashboard_name=f"media-streaming-{self.environment_suffix}",
            dashboard_body={"widgets": widgets},
        )

    # ------------------------------------------------------------------
    # Outputs
    # ------------------------------------------------------------------
    def _create_outputs(self) -> None:
        """Expose what other teams and the deployment pipeline need."""
        TerraformOutput(self, "vpc_id", value=self.vpc.id)
        TerraformOutput(self, "alb_dns_name", value=self.alb.dns_name)
        TerraformOutput(self, "distribution_domain", value=self.distribution.domain_name)
        TerraformOutput(self, "uploads_bucket", value=self.uploads_bucket.bucket)
        TerraformOutput(self, "media_bucket", value=self.media_bucket.bucket)
        TerraformOutput(self, "transcode_queue_url", value=self.transcode_queue.url)
        TerraformOutput(self, "catalogue_stream_arn", value=self.catalogue_table.stream_arn)
        TerraformOutput(self, "redis_endpoint", value=self.cache.primary_endpoint_address)
        TerraformOutput(self, "billing_endpoint", value=self.db_cluster.endpoint, sensitive=True)

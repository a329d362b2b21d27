"""Commerce platform: cache, cluster, load balancer, tables."""
import json

from cdktf import App, Fn, TerraformOutput, TerraformStack, Token
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.dynamodb_table import (
    DynamodbTable,
    DynamodbTableAttribute,
    DynamodbTableGlobalSecondaryIndex,
)
from cdktf_cdktf_provider_aws.eks_addon import EksAddon
from cdktf_cdktf_provider_aws.eks_cluster import EksCluster, EksClusterVpcConfig
from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup
from cdktf_cdktf_provider_aws.elasticache_subnet_group import ElasticacheSubnetGroup
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import (
    LbListener,
    LbListenerDefaultAction,
    LbListenerDefaultActionForward,
    LbListenerDefaultActionForwardTargetGroup,
)
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.route53_record import Route53Record
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc

DRAIN_SECONDS = 30


class CommerceStack(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        main = AwsProvider(self, "aws", region="us-east-1")
        self.west = AwsProvider(self, "west", region="us-west-2", alias="us_west_2")
        zones = DataAwsAvailabilityZones(self, "zones", state="available")
        vpc = Vpc(self, "vpc", cidr_block="10.2.0.0/16", provider=main)
        subnets = [
            Subnet(
                self,
                f"subnet-{i}",
                vpc_id=vpc.id,
                cidr_block=f"10.2.{i}.0/24",
                availability_zone=Fn.element(zones.names, i),
            )
            for i in range(2)
        ]
        subnet_ids = [subnet.id for subnet in subnets]

        cache_subnets = ElasticacheSubnetGroup(self, "cache-subnets", name="cache", subnet_ids=subnet_ids)
        ElasticacheReplicationGroup(
            self,
            "cache",
            replication_group_id="cache",
            description="Session cache",
            engine="redis",
            node_type="cache.t3.micro",
            num_cache_clusters=2,
            automatic_failover_enabled=True,
            at_rest_encryption_enabled="true",
            transit_encryption_enabled=True,
            auto_minor_version_upgrade="true",
            subnet_group_name=cache_subnets.name,
        )

        role = IamRole(
            self,
            "role",
            assume_role_policy=json.dumps({"Version": "2012-10-17", "Statement": []}),
            max_session_duration=3600,
        )
        cluster = EksCluster(
            self,
            "cluster",
            name="commerce",
            role_arn=role.arn,
            vpc_config=EksClusterVpcConfig(subnet_ids=subnet_ids, endpoint_private_access=True),
            encryption_config={"provider": {"key_arn": "arn:aws:kms:us-east-1:1:key/1"}, "resources": ["secrets"]},
            depends_on=[role],
        )
        EksAddon(
            self,
            "cni",
            cluster_name=cluster.name,
            addon_name="vpc-cni",
            resolve_conflicts_on_create="OVERWRITE",
            resolve_conflicts_on_update="OVERWRITE",
        )
        TerraformOutput(self, "issuer", value=cluster.identity.get(0).oidc.get(0).issuer)
        TerraformOutput(self, "authority", value=cluster.certificate_authority.get(0).data)

        DynamodbTable(
            self,
            "orders",
            name="orders",
            billing_mode="PAY_PER_REQUEST",
            hash_key="id",
            attribute=[DynamodbTableAttribute(name="id", type="S")],
            global_secondary_index=[
                DynamodbTableGlobalSecondaryIndex(name="by-user", hash_key="id", projection_type="ALL")
            ],
            provider=self.west,
            stream_enabled=True,
            stream_view_type="NEW_AND_OLD_IMAGES",
        )
        db = DbInstance(
            self,
            "db",
            identifier="commerce",
            instance_class="db.t3.micro",
            engine="postgres",
            allocated_storage=20,
            username="app",
            manage_master_user_password=True,
            multi_az=False,
            skip_final_snapshot=True,
            tags={"Port": "5432"},
        )
        group = LbTargetGroup(
            self,
            "group",
            port=80,
            protocol="HTTP",
            vpc_id=vpc.id,
            deregistration_delay=str(DRAIN_SECONDS),
            health_check=LbTargetGroupHealthCheck(path="/", port=Token.as_string(db.port), healthy_threshold=2),
        )
        balancer = Lb(self, "lb", name="commerce", subnets=subnet_ids)
        LbListener(
            self,
            "http",
            load_balancer_arn=balancer.arn,
            port=80,
            default_action=[
                LbListenerDefaultAction(
                    type="forward",
                    forward=LbListenerDefaultActionForward(
                        target_group=[LbListenerDefaultActionForwardTargetGroup(arn=group.arn)]
                    ),
                )
            ],
        )
        Route53Record(
            self,
            "record",
            zone_id="Z1",
            name="shop",
            type="CNAME",
            ttl=60,
            records=[balancer.dns_name],
            set_identifier="primary",
            weighted_routing_policy={"weight": 90},
        )


app = App()
CommerceStack(app, "commerce")
app.synth()

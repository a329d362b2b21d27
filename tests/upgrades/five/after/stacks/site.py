from cdktf import Fn, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws import vpc
from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.eks_cluster import EksCluster, EksClusterVpcConfig
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import LbListener, LbListenerDefaultAction
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.route53_record import Route53Record, Route53RecordAlias
from cdktf_cdktf_provider_aws.route53_zone import Route53Zone
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress
from cdktf_cdktf_provider_aws.subnet import Subnet
from constructs import Construct


class SiteStack(TerraformStack):
    """A site behind a load balancer, with its certificate, cluster and database."""

    def __init__(self, scope: Construct, ns: str, zone: str):
        super().__init__(scope, ns)

        AwsProvider(self, "aws", region="eu-central-1", default_tags=[{"tags": {"team": "web"}}])
        azs = DataAwsAvailabilityZones(self, "azs", state="available")

        network = vpc.Vpc(self, id_="network", cidr_block="10.0.0.0/16", enable_dns_hostnames=True)
        subnets = [
            Subnet(
                self,
                f"subnet-{i}",
                vpc_id=network.id,
                cidr_block=f"10.0.{i}.0/24",
                availability_zone=Fn.element(azs.names, i),
            )
            for i in range(2)
        ]
        web = SecurityGroup(
            self,
            "web",
            vpc_id=network.id,
            ingress=[SecurityGroupIngress(from_port=443, to_port=443, protocol="tcp", cidr_blocks=["0.0.0.0/0"])],
            egress=[{"fromPort": 0, "toPort": 0, "protocol": "-1", "cidrBlocks": ["0.0.0.0/0"]}],
        )
        # the address of the bastion
        Eip(self, "bastion", domain="vpc")

        hosted = Route53Zone(self, "zone", name=zone)
        certificate = AcmCertificate(self, "certificate", domain_name=zone, validation_method="DNS")
        record = Route53Record(
            self,
            "validation",
            zone_id=hosted.zone_id,
            name=certificate.domain_validation_options.get(0).resource_record_name,
            type=certificate.domain_validation_options.get(0).resource_record_type,
            records=[certificate.domain_validation_options.get(0).resource_record_value],
            ttl=60,
        )
        balancer = Lb(self, "balancer", subnets=[each.id for each in subnets], security_groups=[web.id])
        group = LbTargetGroup(
            self, "group", port=8080, protocol="HTTP", vpc_id=network.id, deregistration_delay="30"
        )
        LbListener(
            self,
            "listener",
            load_balancer_arn=balancer.arn,
            port=443,
            protocol="HTTPS",
            certificate_arn=certificate.arn,
            default_action=[LbListenerDefaultAction(type="forward", target_group_arn=group.arn)],
            depends_on=[record],
        )
        Route53Record(
            self,
            "www",
            zone_id=hosted.zone_id,
            name=f"www.{zone}",
            type="A",
            alias=Route53RecordAlias(
                name=balancer.dns_name, zone_id=balancer.zone_id, evaluate_target_health=True
            ),
        )

        role = IamRole(self, "role", name="cluster", assume_role_policy="{}")
        cluster = EksCluster(
            self,
            "cluster",
            name="site",
            role_arn=role.arn,
            vpc_config=EksClusterVpcConfig(subnet_ids=[each.id for each in subnets]),
        )
        EcsCluster(self, "batch", name="batch", tags={"network": network.id})

        DbInstance(
            self,
            "database",
            identifier="site",
            db_name="site",
            engine="postgres",
            instance_class="db.t3.micro",
            allocated_storage=20,
            username="site",
            password=Fn.lookup({"prod": "a"}, "prod", "b"),
            skip_final_snapshot=True,
        )

        TerraformOutput(self, "authority", value=cluster.certificate_authority.get(0).data)
        TerraformOutput(self, "issuer", value=cluster.identity.get(0).oidc)

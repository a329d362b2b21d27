from cdktf import Fn, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws import AwsProvider, acm, datasources, ec2, ecs, eks, elb, iam, rds, route53, vpc
from constructs import Construct


class SiteStack(TerraformStack):
    """A site behind a load balancer, with its certificate, cluster and database."""

    def __init__(self, scope: Construct, ns: str, zone: str):
        super().__init__(scope, ns)

        AwsProvider(self, "aws", region="eu-central-1", default_tags={"tags": {"team": "web"}})
        azs = datasources.DataAwsAvailabilityZones(self, "azs", state="available")

        network = vpc.Vpc(self, id="network", cidr_block="10.0.0.0/16", enable_dns_hostnames=True)
        subnets = [
            vpc.Subnet(
                self,
                f"subnet-{i}",
                vpc_id=network.id,
                cidr_block=f"10.0.{i}.0/24",
                availability_zone=Fn.element(azs.names, i),
            )
            for i in range(2)
        ]
        web = vpc.SecurityGroup(
            self,
            "web",
            vpc_id=network.id,
            ingress=[vpc.SecurityGroupIngress(from_port=443, to_port=443, protocol="tcp", cidr_blocks=["0.0.0.0/0"])],
            egress=[{"fromPort": 0, "toPort": 0, "protocol": "-1", "cidrBlocks": ["0.0.0.0/0"]}],
        )
        # the address of the bastion
        ec2.Eip(self, "bastion", vpc=True)

        hosted = route53.Route53Zone(self, "zone", name=zone)
        certificate = acm.AcmCertificate(self, "certificate", domain_name=zone, validation_method="DNS")
        record = route53.Route53Record(
            self,
            "validation",
            zone_id=hosted.zone_id,
            name=certificate.domain_validation_options("0").resource_record_name,
            type=certificate.domain_validation_options("0").resource_record_type,
            records=[certificate.domain_validation_options("0").resource_record_value],
            ttl=60,
        )
        balancer = elb.Lb(self, "balancer", subnets=[each.id for each in subnets], security_groups=[web.id])
        group = elb.LbTargetGroup(
            self, "group", port=8080, protocol="HTTP", vpc_id=network.id, deregistration_delay="30"
        )
        elb.LbListener(
            self,
            "listener",
            load_balancer_arn=balancer.arn,
            port=443,
            protocol="HTTPS",
            certificate_arn=certificate.arn,
            default_action=[elb.LbListenerDefaultAction(type="forward", target_group_arn=group.arn)],
            depends_on=[record],
        )
        route53.Route53Record(
            self,
            "www",
            zone_id=hosted.zone_id,
            name=f"www.{zone}",
            type="A",
            alias=[
                route53.Route53RecordAlias(
                    name=balancer.dns_name, zone_id=balancer.zone_id, evaluate_target_health=True
                )
            ],
        )

        role = iam.IamRole(self, "role", name="cluster", assume_role_policy="{}")
        cluster = eks.EksCluster(
            self,
            "cluster",
            name="site",
            role_arn=role.arn,
            vpc_config=eks.EksClusterVpcConfig(subnet_ids=[each.id for each in subnets]),
        )
        ecs.EcsCluster(self, "batch", name="batch", tags={"network": network.id})

        rds.DbInstance(
            self,
            "database",
            identifier="site",
            name="site",
            engine="postgres",
            instance_class="db.t3.micro",
            allocated_storage=20,
            username="site",
            password=Fn.lookup({"prod": "a"}, "prod", "b"),
            skip_final_snapshot=True,
        )

        TerraformOutput(self, "authority", value=cluster.certificate_authority("0").data)
        TerraformOutput(self, "issuer", value=cluster.identity("0").oidc)

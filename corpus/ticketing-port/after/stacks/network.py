"""VPC with public and private subnets in two zones."""

from cdktf import Fn, TerraformOutput
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.route_table import RouteTable
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.security_group_rule import SecurityGroupRule

from stacks.base import BaseStack


class NetworkStack(BaseStack):
    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id, **kwargs)

        zones = DataAwsAvailabilityZones(self, "zones", state="available")
        self.vpc = Vpc(self, "Vpc", cidr_block="10.30.0.0/16", enable_dns_hostnames=True)

        igw = InternetGateway(self, "Igw", vpc_id=self.vpc.id)
        public_routes = RouteTable(self, "PublicRoutes", vpc_id=self.vpc.id)
        Route(
            self,
            "PublicDefault",
            route_table_id=public_routes.id,
            destination_cidr_block="0.0.0.0/0",
            gateway_id=igw.id,
        )

        self.public_subnets = []
        self.private_subnets = []
        for index in range(2):
            # Fn::Cidr and Fn::Select of the CloudFormation template
            block = Fn.cidrsubnet(self.vpc.cidr_block, 4, index)
            public = Subnet(
                self,
                f"Public{index}",
                vpc_id=self.vpc.id,
                cidr_block=block,
                availability_zone=Fn.element(zones.names, index),
                map_public_ip_on_launch=True,
            )
            private = Subnet(
                self,
                f"Private{index}",
                vpc_id=self.vpc.id,
                cidr_block=Fn.cidrsubnet(self.vpc.cidr_block, 4, index + 8),
                availability_zone=Fn.element(zones.names, index),
            )
            RouteTableAssociation(
                self,
                f"PublicRoutes{index}",
                subnet_id=public.id,
                route_table_id=public_routes.id,
            )
            self.public_subnets.append(public)
            self.private_subnets.append(private)

        self.app_sg = SecurityGroup(
            self,
            "AppSg",
            vpc_id=self.vpc.id,
            description="Application",
            egress=[
                SecurityGroupEgress(cidr_blocks=["0.0.0.0/0"], from_port=0, to_port=0, protocol="-1"),
            ],
        )
        self.db_sg = SecurityGroup(self, "DbSg", vpc_id=self.vpc.id, description="Database")
        SecurityGroupRule(
            self,
            "DbFromApp",
            security_group_id=self.db_sg.id,
            source_security_group_id=self.app_sg.id,
            from_port=5432,
            to_port=5432,
            protocol="tcp",
            type="ingress",
        )

        TerraformOutput(self, "VpcId", value=self.vpc.id)
        TerraformOutput(self, "ZoneCount", value=Fn.length_of(zones.names))

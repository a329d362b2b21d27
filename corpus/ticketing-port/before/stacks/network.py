"""VPC with public and private subnets in two zones."""

from cdktf import Fn, TerraformOutput
from cdktf_cdktf_provider_aws import ec2
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones

from stacks.base import BaseStack


class NetworkStack(BaseStack):
    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id, **kwargs)

        zones = DataAwsAvailabilityZones(self, "zones", state="available")
        self.vpc = ec2.vpc(self, "Vpc", cidr_block="10.30.0.0/16", enable_dns_hostnames=true)

        igw = ec2.internet_gateway(self, "Igw", vpc_id=self.vpc.vpc_id)
        public_routes = ec2.route_table(self, "PublicRoutes", vpc_id=self.vpc.id)
        ec2.route(
            self,
            "PublicDefault",
            route_table_id=public_routes.id,
            destination_cidr_block="0.0.0.0/0",
            gateway_id=igw.internet_gateway_id,
        )

        self.public_subnets = []
        self.private_subnets = []
        for index in range(2):
            # Fn::Cidr and Fn::Select of the CloudFormation template
            block = Fn.cidrsubnet(self.vpc.cidr_block, 4, index)
            public = ec2.subnet(
                self,
                f"Public{index}",
                vpc_id=self.vpc.id,
                cidr_block=block,
                availability_zone=Fn.select(index, zones.names),
                map_public_ip_on_launch=true,
            )
            private = ec2.subnet(
                self,
                f"Private{index}",
                vpc_id=self.vpc.id,
                cidr_block=Fn.cidrsubnet(self.vpc.cidr_block, 4, index + 8),
                availability_zone=Fn.select(index, zones.names),
            )
            ec2.route_table_association(
                self,
                f"PublicRoutes{index}",
                subnet_id=public.id,
                route_table_id=public_routes.id,
            )
            self.public_subnets.append(public)
            self.private_subnets.append(private)

        self.app_sg = ec2.security_group(
            self,
            "AppSg",
            vpc_id=self.vpc.id,
            group_description="Application",
            security_group_egress=[
                {"cidr_blocks": ["0.0.0.0/0"], "from_port": 0, "to_port": 0, "protocol": "-1"},
            ],
        )
        self.db_sg = ec2.security_group(self, "DbSg", vpc_id=self.vpc.id, description="Database")
        ec2.SecurityGroupIngress(
            self,
            "DbFromApp",
            security_group_id=self.db_sg.id,
            source_security_group_id=self.app_sg.id,
            from_port=5432,
            to_port=5432,
            protocol="tcp",
        )

        TerraformOutput(self, "VpcId", value=self.vpc.id)
        TerraformOutput(self, "ZoneCount", value=Fn.length(zones.names))

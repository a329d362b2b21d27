from typing import List
from constructs import Construct
from cdktf import Fn
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.route_table import RouteTable, RouteTableRoute
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from .config import security_rules


class NetworkConstruct(Construct):
    """Networking."""

    def __init__(self, scope: Construct, construct_id: str, environment_suffix: str):
        super().__init__(scope, construct_id)
        self._suffix = environment_suffix
        self.azs = DataAwsAvailabilityZones(self, "azs", state="available")
        self.vpc = Vpc(self, "vpc", cidr_block="10.0.0.0/16", enable_dns_hostnames=True, tags=self._tags("vpc"))
        self.public_subnets: List[Subnet] = []
        self.private_subnets: List[Subnet] = []
        for i, az in enumerate(["us-east-1a", "us-east-1b"]):
            self.public_subnets.append(
                Subnet(
                    self,
                    f"public-{i}",
                    vpc_id=self.vpc.id,
                    cidr_block=f"10.0.{i}.0/24",
                    availability_zone=az,
                    map_public_ip_on_launch=True,
                    tags=self._tags(f"public-{i}"),
                )
            )
            self.private_subnets.append(
                Subnet(self, f"private-{i}", vpc_id=self.vpc.id, cidr_block=f"10.0.{i + 10}.0/24", availability_zone=az)
            )
        nat_ids = []
        for i, subnet in enumerate(self.public_subnets):
            eip = Eip(self, f"eip-{i}", domain="vpc", tags=self._tags("eip"))
            nat = NatGateway(self, f"nat-{i}", allocation_id=eip.allocation_id, subnet_id=subnet.id)
            nat_ids.append(nat.id)
        RouteTable(
            self, "rt", vpc_id=self.vpc.id, route=[RouteTableRoute(cidr_block="0.0.0.0/0", nat_gateway_id=nat_ids[0])]
        )
        self.security_group = SecurityGroup(
            self, "sg", vpc_id=self.vpc.id, ingress=security_rules(), egress=[self._all()]
        )

    def _all(self):
        return SecurityGroupEgress(from_port=0, to_port=0, protocol="-1", cidr_blocks=["0.0.0.0/0"])

    def _tags(self, name: str) -> dict:
        return {"Name": f"{name}-{self._suffix}", "Index": "1"}

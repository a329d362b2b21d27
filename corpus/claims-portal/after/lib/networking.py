"""VPC, subnets, gateways and routes of the claims portal."""
from typing import List, Optional

from cdktf import Fn
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.route_table import RouteTable, RouteTableRoute
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint
from constructs import Construct


class NetworkingProps:
    """Configuration of the network."""

    def __init__(self, *, environment_suffix: str, cidr_block: str, max_azs: Optional[int] = None):
        self.environment_suffix = environment_suffix
        self.cidr_block = cidr_block
        self.max_azs = max_azs or 2


class Networking(Construct):
    """A public and a private subnet in each availability zone."""

    def __init__(self, scope: Construct, construct_id: str, props: NetworkingProps):
        super().__init__(scope, construct_id)
        self.props = props
        self.environment_suffix = props.environment_suffix

        self.azs = DataAwsAvailabilityZones(self, "azs", state="available")

        self.vpc = Vpc(
            self,
            "vpc",
            cidr_block=props.cidr_block,
            enable_dns_hostnames=True,
            enable_dns_support=True,
            tags={"Name": f"claims-vpc-{self.environment_suffix}"},
        )

        self.internet_gateway = InternetGateway(
            self,
            "igw",
            vpc_id=self.vpc.id,
            tags={"Name": f"claims-igw-{self.environment_suffix}"},
        )

        self.public_subnets: List[Subnet] = []
        self.private_subnets: List[Subnet] = []
        for i in range(props.max_azs):
            self.public_subnets.append(
                Subnet(
                    self,
                    f"public_subnet_{i}",
                    vpc_id=self.vpc.id,
                    cidr_block=Fn.cidrsubnet(props.cidr_block, 8, i),
                    availability_zone=Fn.element(self.azs.names, i),
                    map_public_ip_on_launch=True,
                    tags={"Name": f"claims-public-{i}-{self.environment_suffix}", "Tier": "public"},
                )
            )
            self.private_subnets.append(
                Subnet(
                    self,
                    f"private_subnet_{i}",
                    vpc_id=self.vpc.id,
                    cidr_block=Fn.cidrsubnet(props.cidr_block, 8, i + 10),
                    availability_zone=Fn.element(self.azs.names, i),
                    tags={"Name": f"claims-private-{i}-{self.environment_suffix}", "Tier": "private"},
                )
            )

        # One NAT gateway is enough outside of production
        self.nat_eip = Eip(
            self,
            "nat_eip",
            domain="vpc",
            tags={"Name": f"claims-nat-eip-{self.environment_suffix}"},
            depends_on=[self.internet_gateway],
        )
        self.nat_gateway = NatGateway(
            self,
            "nat",
            allocation_id=self.nat_eip.id,
            subnet_id=self.public_subnets[0].id,
            tags={"Name": f"claims-nat-{self.environment_suffix}"},
        )

        self._create_route_tables()
        self._create_endpoints()

    def _create_route_tables(self) -> None:
        self.public_route_table = RouteTable(
            self,
            "public_rt",
            vpc_id=self.vpc.id,
            route=[
                RouteTableRoute(
                    cidr_block="0.0.0.0/0",
                    gateway_id=self.internet_gateway.id,
                )
            ],
            tags={"Name": f"claims-public-rt-{self.environment_suffix}"},
        )
        self.private_route_table = RouteTable(
            self,
            "private_rt",
            vpc_id=self.vpc.id,
            tags={"Name": f"claims-private-rt-{self.environment_suffix}"},
        )
        Route(
            self,
            "private_default_route",
            route_table_id=self.private_route_table.id,
            destination_cidr_block="0.0.0.0/0",
            nat_gateway_id=self.nat_gateway.id,
        )
        for i, subnet in enumerate(self.public_subnets):
            RouteTableAssociation(
                self, f"public_rta_{i}", subnet_id=subnet.id, route_table_id=self.public_route_table.id
            )
        for i, subnet in enumerate(self.private_subnets):
            RouteTableAssociation(
                self, f"private_rta_{i}", subnet_id=subnet.id, route_table_id=self.private_route_table.id
            )

    def _create_endpoints(self) -> None:
        self.s3_endpoint = VpcEndpoint(
            self,
            "s3_endpoint",
            vpc_id=self.vpc.id,
            service_name="com.amazonaws.eu-central-1.s3",
            vpc_endpoint_type="Gateway",
            route_table_ids=[self.private_route_table.id],
            tags={"Name": f"claims-s3-endpoint-{self.environment_suffix}"},
        )

    @property
    def public_subnet_ids(self) -> List[str]:
        """Ids of the public subnets."""
        return [subnet.id for subnet in self.public_subnets]

    @property
    def private_subnet_ids(self) -> List[str]:
        """Ids of the private subnets."""
        return [subnet.id for subnet in self.private_subnets]

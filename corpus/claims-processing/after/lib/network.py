"""The network: subnets in three zones, and who may talk to whom."""
from typing import Any, Dict, List, Optional

from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.route_table import RouteTable, RouteTableRoute
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress, SecurityGroupIngress
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint
from constructs import Construct

from lib.constants import VPC_CIDR, WEB_INGRESS, ZONES


def subnet_cidr(number: int) -> str:
    """The address range of the subnet of that number."""
    return f"10.20.{number}.0/24"


def allow(port: int, groups: List[str], description: Optional[str] = None) -> Dict[str, Any]:
    """A rule that lets security groups in."""
    return SecurityGroupIngress(
        from_port=port,
        to_port=port,
        protocol="tcp",
        security_groups=groups,
        description=description or f"Port {port}",
    )


class Network(Construct):
    """VPC, subnets, routes and security groups.

    :param id: the construct's id
    :param region: where the zones are
    """

    def __init__(self, scope: Construct, construct_id: str, region: str):
        super().__init__(scope, construct_id)
        self.name = construct_id
        self.vpc = Vpc(self, "vpc", cidr_block=VPC_CIDR, enable_dns_hostnames=True, enable_dns_support=True)
        gateway = InternetGateway(self, "igw", vpc_id=self.vpc.id)

        public_routes = RouteTable(self, "public-routes", vpc_id=self.vpc.id)
        Route(
            self,
            "public-default",
            route_table_id=public_routes.id,
            destination_cidr_block="0.0.0.0/0",
            gateway_id=gateway.id,
        )
        self.public_subnets: List[Subnet] = []
        self.private_subnets: List[Subnet] = []
        for number, zone in enumerate(ZONES):
            public = Subnet(
                self,
                f"public-{zone}",
                vpc_id=self.vpc.id,
                cidr_block=subnet_cidr(number),
                availability_zone=f"{region}{zone}",
                map_public_ip_on_launch=True,
            )
            RouteTableAssociation(
                self, f"public-{zone}-routes", subnet_id=public.id, route_table_id=public_routes.id
            )
            self.public_subnets.append(public)
            self.private_subnets.append(
                Subnet(
                    self,
                    f"private-{zone}",
                    vpc_id=self.vpc.id,
                    cidr_block=subnet_cidr(100 + number),
                    availability_zone=f"{region}{zone}",
                )
            )

        address = Eip(self, "nat-address", domain="vpc", depends_on=[gateway])
        nat = NatGateway(self, "nat", allocation_id=address.id, subnet_id=self.public_subnets[0].id)
        private_routes = RouteTable(
            self,
            "private-routes",
            vpc_id=self.vpc.id,
            route=[RouteTableRoute(cidr_block="0.0.0.0/0", nat_gateway_id=nat.id)],
        )
        for zone, subnet in zip(ZONES, self.private_subnets):
            RouteTableAssociation(
                self, f"private-{zone}-routes", subnet_id=subnet.id, route_table_id=private_routes.id
            )
        VpcEndpoint(
            self,
            "s3",
            vpc_id=self.vpc.id,
            service_name=f"com.amazonaws.{region}.s3",
            vpc_endpoint_type="Gateway",
            route_table_ids=[private_routes.id],
        )

        self.balancer_group = SecurityGroup(
            self,
            "balancer-group",
            name="claims-balancer",
            description="Claims: who comes in from outside",
            vpc_id=self.vpc.id,
            ingress=[SecurityGroupIngress(**each) for each in WEB_INGRESS],
            egress=[SecurityGroupEgress(from_port=0, to_port=0, protocol="-1", cidr_blocks=["0.0.0.0/0"])],
        )
        self.service_group = self._group(
            "services", [allow(port, [self.balancer_group.id]) for port in (8080, 8081, 8082)]
        )
        self.database_group = self._group("database", [allow(5432, [self.service_group.id], "PostgreSQL")])
        self.kafka_group = self._group("kafka", [allow(9094, [self.service_group.id], "TLS brokers")])
        self.storage_group = self._group("storage", [allow(2049, [self.service_group.id], "NFS")])

    def _group(self, name: str, ingress: List[Dict[str, Any]]) -> SecurityGroup:
        return SecurityGroup(
            self,
            f"{name}-group",
            name=f"claims-{name}",
            description=f"Claims: {name}",
            vpc_id=self.vpc.id,
            ingress=ingress,
            egress=[SecurityGroupEgress(from_port=0, to_port=0, protocol="-1", cidr_blocks=["0.0.0.0/0"])],
        )

    @property
    def public_subnet_ids(self) -> List[str]:
        """Ids of the public subnets."""
        return [subnet.id for subnet in self.public_subnets]

    @property
    def private_subnet_ids(self) -> List[str]:
        """Ids of the private subnets."""
        return [subnet.id for subnet in self.private_subnets]

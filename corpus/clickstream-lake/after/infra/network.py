"""The network that brokers, warehouse and search run in."""
from __future__ import annotations

from typing import NamedTuple

from cdktf import Fn
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.network_acl import NetworkAcl, NetworkAclEgress
from cdktf_cdktf_provider_aws.route_table import RouteTable
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint
from constructs import Construct

from infra.common import ACL_INGRESS, INTERNAL_PORTS, Settings, ingress_from


class Network(NamedTuple):
    """What the other parts need of the network."""

    vpc: Vpc
    subnets: list[Subnet]
    groups: dict[str, SecurityGroup]

    @property
    def subnet_ids(self) -> list[str]:
        return [subnet.id for subnet in self.subnets]


def create_subnets(scope: Construct, settings: Settings, vpc: Vpc) -> list[Subnet]:
    """One private subnet in each zone."""
    zones = DataAwsAvailabilityZones(scope, "zones", state="available")
    return [
        Subnet(
            scope,
            f"private-{index}",
            vpc_id=vpc.id,
            cidr_block=Fn.cidrsubnet(settings.cidr_block, 4, index),
            availability_zone=Fn.element(zones.names, index),
            tags={"Name": settings.name(f"private-{index}"), "Index": str(index)},
        )
        for index in range(settings.zones)
    ]


def create_endpoints(scope: Construct, settings: Settings, vpc: Vpc, table: RouteTable) -> None:
    """S3 and DynamoDB without leaving the network."""
    for service in ("s3", "dynamodb"):
        VpcEndpoint(
            scope,
            f"{service}-endpoint",
            vpc_id=vpc.id,
            service_name=f"com.amazonaws.{settings.region}.{service}",
            vpc_endpoint_type="Gateway",
            route_table_ids=[table.id],
            tags={"Name": settings.name(service)},
        )


def create_network(scope: Construct, settings: Settings) -> Network:
    """VPC, subnets, endpoints and one security group for each port that is open inside."""
    vpc = Vpc(
        scope,
        "vpc",
        cidr_block=settings.cidr_block,
        enable_dns_support=True,
        enable_dns_hostnames=True,
        tags={"Name": settings.name("vpc")},
    )
    subnets = create_subnets(scope, settings, vpc)
    table = RouteTable(scope, "private-routes", vpc_id=vpc.id, tags={"Name": settings.name("private")})
    for index, subnet in enumerate(subnets):
        RouteTableAssociation(scope, f"private-routes-{index}", subnet_id=subnet.id, route_table_id=table.id)
    create_endpoints(scope, settings, vpc, table)

    NetworkAcl(
        scope,
        "acl",
        vpc_id=vpc.id,
        subnet_ids=[subnet.id for subnet in subnets],
        ingress=ACL_INGRESS,
        egress=[NetworkAclEgress(
            rule_no=100,
            action="allow",
            protocol="-1",
            from_port=0,
            to_port=0,
            cidr_block="0.0.0.0/0",
        )],
        tags={"Name": settings.name("acl")},
    )

    groups = {}
    for name, port in INTERNAL_PORTS.items():
        rules = [ingress_from(settings.cidr_block, port)]
        if name == "kafka":
            rules.append(ingress_from(settings.cidr_block, 9094, "Kafka over TLS"))
        groups[name] = SecurityGroup(
            scope,
            f"{name}-group",
            name=settings.name(name),
            description=f"Lets the network reach {name}",
            vpc_id=vpc.id,
            ingress=rules,
            egress=[
                SecurityGroupEgress(from_port=0, to_port=0, protocol="-1", cidr_blocks=["0.0.0.0/0"]),
            ],
        )
    return Network(vpc=vpc, subnets=subnets, groups=groups)

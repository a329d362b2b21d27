"""A builder of networks; each step gives the builder back."""

import json

from constructs import Construct
from cdktf import Fn
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.flow_log import FlowLog
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.network_acl import NetworkAcl, NetworkAclEgress, NetworkAclIngress
from cdktf_cdktf_provider_aws.route_table import RouteTable, RouteTableRoute
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress, SecurityGroupIngress
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint


class NetworkBuilder(Construct):
    """Steps that may be left out, but not put in another order."""

    def __init__(self, scope, construct_id, *, cidr, **options):
        super().__init__(scope, construct_id, **options)
        self.enable_dns = options.get("enable_dns", True)
        self.cidr = cidr
        self.vpc = Vpc(self, "vpc", cidr=cidr, dns_hostnames=True, dns_support=self.enable_dns)
        self.zones = DataAwsAvailabilityZones(self, "zones")
        self.gateway = None
        self.public = []
        self.private = []
        self.groups = {}
        self.table = RouteTable(self, "private-table", vpc_id=self.vpc.id)

    def with_internet(self):
        self.gateway = InternetGateway(self, vpc_id=self.vpc.id)
        self.public_table = RouteTable(self, "public-table", vpc_id=self.vpc.id)
        RouteTableRoute(
            self,
            "to-internet",
            route_table_id=self.public_table.id,
            destination_cidr_block="0.0.0.0/0",
            gateway_id=self.gateway.id,
        )
        return self

    def with_subnets(self, *, public, private):
        for number in range(public):
            subnet = self._subnet("public", number, number)
            RouteTableAssociation(
                self, f"public-{number}-table", subnet=subnet.id, route_table=self.public_table.id
            )
            self.public.append(subnet)
        for number in range(private):
            subnet = self._subnet("private", number, number + 8)
            RouteTableAssociation(
                self, f"private-{number}-table", subnet_id=subnet.subnet_id, route_table_id=self.table.route_table_id
            )
            self.private.append(subnet)
        if self.public:
            address = Eip(self, "nat-address", vpc=True)
            nat = NatGateway(self, "nat", allocation=address.id, subnet=self.public[0].id, connectivity_type="public")
            RouteTableRoute(
                self,
                "to-nat",
                route_table_id=self.table.id,
                destination_cidr_block="0.0.0.0/0",
                nat_gateway_id=nat.id,
            )
        return self

    def _subnet(self, kind, number, block):
        return Subnet(
            self,
            f"{kind}-{number}",
            vpc_id=self.vpc.id,
            cidr_block=Fn.cidr_subnet(self.vpc.cidr_block, 8, block),
            availability_zone=Fn.select(number, self.zones.names),
            tags=[{"Key": "Name", "Value": f"{kind}-{number}"}],
        )

    def with_rules(self, name, rules):
        group = SecurityGroup(self, f"{name}-group", vpc_id=self.vpc.id, description=name)
        for port, source in rules:
            SecurityGroupIngress(
                self,
                f"{name}-{port}",
                security_group_id=group.id,
                from_port=port,
                to_port=port,
                protocol="tcp",
                cidr_blocks=[source],
            )
        SecurityGroupEgress(
            self,
            f"{name}-out",
            security_group_id=group.id,
            from_port=0,
            to_port=0,
            protocol="-1",
            cidr_blocks="0.0.0.0/0",
        )
        self.groups[name] = group
        return self

    def with_acl(self):
        NetworkAcl(
            self,
            "acl",
            vpc_id=self.vpc.id,
            subnet_ids=[subnet.id for subnet in self.public],
            ingress=[
                # as blocks these were right
                NetworkAclIngress(
                    rule_no=100, action="allow", protocol="-1", cidr_block="0.0.0.0/0", from_port=0, to_port=0
                )
            ],
            egress=NetworkAclEgress(
                rule_no="100", action="allow", protocol="-1", cidr_block="0.0.0.0/0", from_port=0, to_port=0
            ),
        )
        return self

    def with_flow_logs(self, days):
        group = CloudwatchLogGroup(self, "flow-logs", name=f"/network/{self.node.id}", retention_days=days)
        role = IamRole(
            self,
            "flow-role",
            name=f"{self.node.id}-flow",
            assume_role_policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }
                ],
            }),
        )
        FlowLog(
            self,
            vpc_id=self.vpc.id,
            traffic_type="ALL",
            log_destination=group.log_group_arn,
            iam_role_arn=role,
            aggregation_interval=60,
        )
        return self

    def with_endpoints(self, *services):
        for service in services:
            VpcEndpoint(
                self,
                f"{service}-endpoint",
                vpc_id=self.vpc.id,
                service=f"com.amazonaws.eu-central-1.{service}",
                endpoint_type="Gateway",
                route_tables=[self.table.id],
            )
        return self

    def build(self):
        return self

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
from cdktf_cdktf_provider_aws.route_table import RouteTable
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.security_group_rule import SecurityGroupRule


class NetworkBuilder(Construct):
    """Steps that may be left out, but not put in another order."""

    def __init__(self, scope, construct_id, *, cidr, **options):
        super().__init__(scope, construct_id, **options)
        self.enable_dns = options.get("enable_dns", True)
        self.cidr = cidr
        self.vpc = Vpc(self, "vpc", cidr_block=cidr, enable_dns_hostnames=True, enable_dns_support=self.enable_dns)
        self.zones = DataAwsAvailabilityZones(self, "zones")
        self.gateway = None
        self.public = []
        self.private = []
        self.groups = {}
        self.table = RouteTable(self, "private-table", vpc_id=self.vpc.id)

    def with_internet(self):
        self.gateway = InternetGateway(self, "gateway", vpc_id=self.vpc.id)
        self.public_table = RouteTable(self, "public-table", vpc_id=self.vpc.id)
        Route(
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
                self, f"public-{number}-table", subnet_id=subnet.id, route_table_id=self.public_table.id
            )
            self.public.append(subnet)
        for number in range(private):
            subnet = self._subnet("private", number, number + 8)
            RouteTableAssociation(
                self, f"private-{number}-table", subnet_id=subnet.id, route_table_id=self.table.id
            )
            self.private.append(subnet)
        if self.public:
            address = Eip(self, "nat-address", domain="vpc")
            nat = NatGateway(
                self, "nat", allocation_id=address.id, subnet_id=self.public[0].id, connectivity_type="public"
            )
            Route(
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
            cidr_block=Fn.cidrsubnet(self.vpc.cidr_block, 8, block),
            availability_zone=Fn.element(self.zones.names, number),
            tags={"Name": f"{kind}-{number}"},
        )

    def with_rules(self, name, rules):
        group = SecurityGroup(self, f"{name}-group", vpc_id=self.vpc.id, description=name)
        for port, source in rules:
            SecurityGroupRule(
                self,
                f"{name}-{port}",
                security_group_id=group.id,
                from_port=port,
                to_port=port,
                protocol="tcp",
                cidr_blocks=[source],
                type="ingress",
            )
        SecurityGroupRule(
            self,
            f"{name}-out",
            security_group_id=group.id,
            from_port=0,
            to_port=0,
            protocol="-1",
            cidr_blocks=["0.0.0.0/0"],
            type="egress",
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
            egress=[NetworkAclEgress(
                rule_no=100, action="allow", protocol="-1", cidr_block="0.0.0.0/0", from_port=0, to_port=0
            )],
        )
        return self

    def with_flow_logs(self, days):
        group = CloudwatchLogGroup(self, "flow-logs", name=f"/network/{self.node.id}", retention_in_days=days)
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
            "flow_log",
            vpc_id=self.vpc.id,
            traffic_type="ALL",
            log_destination=group.arn,
            iam_role_arn=role.arn,
            max_aggregation_interval=60,
        )
        return self

    def with_endpoints(self, *services):
        for service in services:
            VpcEndpoint(
                self,
                f"{service}-endpoint",
                vpc_id=self.vpc.id,
                service_name=f"com.amazonaws.eu-central-1.{service}",
                vpc_endpoint_type="Gateway",
                route_table_ids=[self.table.id],
            )
        return self

    def build(self):
        return self

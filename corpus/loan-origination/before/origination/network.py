"""Subnets are computed with ipaddress; rules are read from a table of strings."""

import ipaddress
from typing import Dict, List

from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.route_table import RouteTable
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress, SecurityGroupEgress
from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint
from cdktf_cdktf_provider_aws.flow_log import FlowLog
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.data_aws_iam_policy_document import (
    DataAwsIamPolicyDocument,
    DataAwsIamPolicyDocumentStatement,
)
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones

RULES = """
alb   443   0.0.0.0/0
app   8080  alb
cache 6379  app
db    5432  app
"""


def tiers(cidr: str) -> Dict[str, List[str]]:
    blocks = ipaddress.ip_network(cidr).subnets(new_prefix=20)
    return {tier: [str(next(blocks)) for _ in range(3)] for tier in ("public", "private", "isolated")}


class NetworkStack(TerraformStack):
    groups: Dict[str, SecurityGroup]

    def __init__(self, scope, id, *, region: str, environment: str, cidr: str):
        super().__init__(scope, id)
        tags = {"Environment": environment, "Service": "origination"}
        AwsProvider(self, "aws", region=region, default_tags=[dict(tags=tags)])
        zones = DataAwsAvailabilityZones(self, "zones", state="available")
        self.vpc = Vpc(
            self, "vpc", cidr=cidr, enable_dns_hostnames="true", enable_dns_support=True, tags={**tags, "Tier": 0}
        )
        gateway = InternetGateway(self, "gateway", vpc=self.vpc.id)
        self.subnets: Dict[str, List[Subnet]] = {
            tier: [
                Subnet(
                    self,
                    f"{tier}-{index}",
                    vpc_id=self.vpc.vpc_id,
                    cidr=block,
                    availability_zone=zones.names[index],
                    map_public_ip=tier == "public",
                    tags={"Name": f"{environment}-{tier}-{index}", "Tier": tier},
                )
                for index, block in enumerate(blocks)
            ]
            for tier, blocks in tiers(cidr).items()
        }

        public = RouteTable(self, "public", vpc_id=self.vpc.id, route=[{"cidr_block": "0.0.0.0/0", "gateway_id": gateway.id}])
        for index, subnet in enumerate(self.subnets["public"]):
            RouteTableAssociation(self, f"public-route-{index}", subnet=subnet.id, route_table_id=public.id)
        address = Eip(self, "nat-address", vpc=True)
        nat = NatGateway(
            self, "nat", allocation_id=address.allocation_id, subnet_id=self.subnets["public"][0].subnet_id,
            depends_on=[gateway],
        )
        private = RouteTable(
            self,
            "private",
            vpc_id=self.vpc.id,
            route={"cidr_block": "0.0.0.0/0", "nat_gateway_id": nat.nat_gateway_id},
        )
        for index, subnet in enumerate(self.subnets["private"]):
            RouteTableAssociation(self, f"private-route-{index}", subnet_id=subnet.id, route_table=private.id)

        self.groups = {}
        for name, port, source in map(str.split, filter(None, RULES.splitlines())):
            self.groups[name] = self._group(environment, name, int(port), source)
        self._endpoints(region, private.id)
        self._flow_logs(environment)

    def _group(self, environment, name, port, source):
        inbound = {"description": f"{source} to {name}", "from_port": port, "to_port": port, "protocol": "tcp"}
        if source in self.groups:
            inbound["security_groups"] = [self.groups[source].id]
        else:
            inbound["cidr_blocks"] = [source]
        return SecurityGroup(
            self,
            f"{name}-group",
            group_name=f"{environment}-{name}",
            vpc=self.vpc.id,
            ingress=[SecurityGroupIngress(**inbound)],
            egress=SecurityGroupEgress(from_port="0", to_port="0", protocol=-1, cidr_blocks="0.0.0.0/0"),
        )

    def _endpoints(self, region: str, route_table: str):
        VpcEndpoint(
            self, "s3", vpc_id=self.vpc.id, service=f"com.amazonaws.{region}.s3", route_table_ids=route_table
        )
        for service in ("ecr.api", "ecr.dkr", "logs", "secretsmanager"):
            VpcEndpoint(
                self,
                f"endpoint-{service.replace('.', '-')}",
                vpc_id=self.vpc.id,
                service_name=f"com.amazonaws.{region}.{service}",
                endpoint_type="Interface",
                subnets=[subnet.id for subnet in self.subnets["private"]],
                security_groups=[self.groups["app"].id],
                private_dns=True,
            )

    def _flow_logs(self, environment: str):
        logs = CloudwatchLogGroup(self, "flow-logs", name=f"/{environment}/flow", retention_days="90")
        trust = DataAwsIamPolicyDocument(
            self,
            "flow-trust",
            statements=[
                DataAwsIamPolicyDocumentStatement(
                    actions="sts:AssumeRole",
                    principals={"type": "Service", "identifiers": ["vpc-flow-logs.amazonaws.com"]},
                )
            ],
        )
        role = IamRole(self, "flow-role", role_name=f"{environment}-flow", assume_role_policy=trust)
        FlowLog(
            self,
            "flow",
            vpc=self.vpc.id,
            traffic_type="ALL",
            iam_role=role.arn,
            log_destination_arn=logs.arn,
            max_aggregation_interval="60",
        )

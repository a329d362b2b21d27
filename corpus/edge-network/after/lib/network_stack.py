from typing import List

from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.network_acl import NetworkAcl, NetworkAclIngress
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.route_table import RouteTable, RouteTableRoute
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress, SecurityGroupIngress
from cdktf_cdktf_provider_aws.vpc import Vpc

from lib.rules import ADMIN_RULES, ANYWHERE, rule


class NetworkStack(TerraformStack):
    def __init__(self, scope, construct_id: str, allowed_ports: List[int]):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="us-east-1")
        self.vpc = Vpc(self, "vpc", cidr_block="10.0.0.0/16")
        gateway = InternetGateway(self, "igw", vpc_id=self.vpc.id)

        # Routes
        RouteTable(
            self,
            "public",
            vpc_id=self.vpc.id,
            route=[RouteTableRoute(cidr_block="0.0.0.0/0", gateway_id=gateway.id)],
        )

        everything = SecurityGroupEgress(from_port=0, to_port=0, protocol="-1", cidr_blocks=ANYWHERE)
        SecurityGroup(
            self,
            "web",
            name="web",
            vpc_id=self.vpc.id,
            ingress=[
                SecurityGroupIngress(from_port=port, to_port=port, protocol="tcp", cidr_blocks=ANYWHERE)
                for port in allowed_ports
            ],
            egress=[everything],
        )
        SecurityGroup(self, "admin", name="admin", vpc_id=self.vpc.id, ingress=ADMIN_RULES)
        SecurityGroup(
            self,
            "app",
            name="app",
            vpc_id=self.vpc.id,
            ingress=[rule(8080, ["10.0.0.0/16"], "application"), rule(9090, ["10.0.0.0/16"])],
            egress=[
                SecurityGroupEgress(
                    from_port=0,
                    to_port=0,
                    protocol="-1",
                    # the world
                    cidr_blocks=ANYWHERE,
                ),
            ],
        )

        entries = []
        for number, port in enumerate(allowed_ports):
            entries.append(
                NetworkAclIngress(rule_no=100 + number, action="allow", protocol="tcp", from_port=port, to_port=port,
                     cidr_block="0.0.0.0/0")
            )
        NetworkAcl(self, "acl", vpc_id=self.vpc.id, ingress=entries,
                   egress=[{"ruleNo": 100, "action": "allow", "protocol": "-1", "fromPort": 0, "toPort": 0,
                            "cidrBlock": "0.0.0.0/0"}])

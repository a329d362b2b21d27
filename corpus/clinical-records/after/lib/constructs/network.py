"""VPC, subnets, routes, security groups and flow logs."""

from typing import List
import json

from cdktf_cdktf_provider_aws.flow_log import FlowLog
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.route_table import RouteTable, RouteTableRoute
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from constructs import Construct

from ..config import PUBLIC_RULES, NetworkConfig


class ClinicNetwork(Construct):
    """Network in which everything of the platform lives."""

    def __init__(self, scope: Construct, construct_id: str, *, config: NetworkConfig, environment: str) -> None:
        super().__init__(scope, construct_id)
        self._config = config
        self._environment = environment

        self.vpc = Vpc(
            self,
            "vpc",
            cidr_block=config.cidr_block,
            enable_dns_hostnames=True,
            enable_dns_support=True,
            tags={"Name": f"clinical-{environment}"},
        )
        self.public_subnets = self._subnets("public", config.public_cidrs, public=True)
        self.private_subnets = self._subnets("private", config.private_cidrs)
        self._route_public()
        self._route_private()

        self.load_balancer_group = SecurityGroup(
            self,
            "load-balancer-sg",
            name=f"clinical-lb-{environment}",
            description="Clinics to the load balancer",
            vpc_id=self.vpc.id,
            ingress=PUBLIC_RULES,
            egress=[SecurityGroupEgress(
                from_port=0,
                to_port=0,
                protocol="-1",
                cidr_blocks=[config.cidr_block],
            )],
        )
        self._flow_logs()

    @property
    def public_subnet_ids(self) -> List[str]:
        """Ids of the public subnets."""
        return [subnet.id for subnet in self.public_subnets]

    @property
    def private_subnet_ids(self) -> List[str]:
        """Ids of the private subnets."""
        return [subnet.id for subnet in self.private_subnets]

    def _subnets(self, tier: str, cidrs: List[str], *, public: bool = False) -> List[Subnet]:
        return [
            Subnet(
                self,
                f"{tier}-{index}",
                vpc_id=self.vpc.id,
                cidr_block=cidr,
                availability_zone=zone,
                map_public_ip_on_launch=public,
                tags={"Name": f"clinical-{tier}-{zone}", "Tier": tier},
            )
            for index, (cidr, zone) in enumerate(zip(cidrs, self._config.availability_zones))
        ]

    def _route_public(self) -> None:
        gateway = InternetGateway(self, "igw", vpc_id=self.vpc.id)
        table = RouteTable(
            self,
            "public-routes",
            vpc_id=self.vpc.id,
            route=[RouteTableRoute(cidr_block="0.0.0.0/0", gateway_id=gateway.id)],
        )
        for index, subnet in enumerate(self.public_subnets):
            RouteTableAssociation(self, f"public-assoc-{index}", subnet_id=subnet.id, route_table_id=table.id)

    def _route_private(self) -> None:
        count = 1 if self._config.single_nat_gateway else len(self.private_subnets)
        gateways = []
        for index in range(count):
            address = Eip(self, f"nat-ip-{index}", domain="vpc", tags={"Name": f"clinical-nat-{index}"})
            gateways.append(
                NatGateway(
                    self,
                    f"nat-{index}",
                    allocation_id=address.allocation_id,
                    subnet_id=self.public_subnets[index].id,
                )
            )
        for index, subnet in enumerate(self.private_subnets):
            routes = []
            routes.append(RouteTableRoute(cidr_block="0.0.0.0/0", nat_gateway_id=gateways[index % count].id))
            table = RouteTable(self, f"private-routes-{index}", vpc_id=self.vpc.id, route=routes)
            RouteTableAssociation(self, f"private-assoc-{index}", subnet_id=subnet.id, route_table_id=table.id)

    def _flow_logs(self) -> None:
        group = CloudwatchLogGroup(
            self,
            "flow-log-group",
            name=f"/clinical/{self._environment}/flow-logs",
            retention_in_days=self._config.flow_log_retention_days,
        )
        role = IamRole(
            self,
            "flow-log-role",
            name=f"clinical-flow-logs-{self._environment}",
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
        IamRolePolicy(
            self,
            "flow-log-policy",
            role=role.id,
            policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                        "Resource": f"{group.arn}:*",
                    }
                ],
            }),
        )
        FlowLog(
            self,
            "flow-log",
            vpc_id=self.vpc.id,
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_destination=group.arn,
            iam_role_arn=role.arn,
            max_aggregation_interval=60,
        )

"""VPCs, the transit gateway between them, the firewall in the hub, and the security groups."""
import json

from cdktf import Fn
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.ec2_transit_gateway import Ec2TransitGateway
from cdktf_cdktf_provider_aws.ec2_transit_gateway_route_table import Ec2TransitGatewayRouteTable
from cdktf_cdktf_provider_aws.ec2_transit_gateway_vpc_attachment import Ec2TransitGatewayVpcAttachment
from cdktf_cdktf_provider_aws.flow_log import FlowLog
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.networkfirewall_firewall import (
    NetworkfirewallFirewall,
    NetworkfirewallFirewallSubnetMapping,
)
from cdktf_cdktf_provider_aws.networkfirewall_firewall_policy import (
    NetworkfirewallFirewallPolicy,
    NetworkfirewallFirewallPolicyFirewallPolicy,
    NetworkfirewallFirewallPolicyFirewallPolicyStatefulRuleGroupReference,
)
from cdktf_cdktf_provider_aws.networkfirewall_rule_group import NetworkfirewallRuleGroup
from cdktf_cdktf_provider_aws.route_table import RouteTable
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc

from platform_iac.blocks import ingress, named, tagged
from platform_iac.config import ADMIN_INGRESS, ANYWHERE, SECURITY_GROUPS

ASSUME_BY_FLOW_LOGS = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "vpc-flow-logs.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}

DENIED_DOMAINS = (".cheats.example", ".aimbots.example")


def build_vpc(stack, config, name, spec, transit_gateway):
    """A VPC with the subnets of each of its tiers, its routes and its attachment to the transit gateway."""
    vpc = Vpc(
        stack,
        f"{name}-vpc",
        cidr_block=spec["cidr"],
        enable_dns_hostnames=True,
        enable_dns_support=True,
        tags=tagged(config, name),
    )
    subnets = {}
    for tier, offset in spec["tiers"].items():
        subnets[tier] = [
            Subnet(
                stack,
                f"{name}-{tier}-{zone}",
                vpc_id=vpc.id,
                cidr_block=Fn.cidrsubnet(spec["cidr"], 4, offset + index),
                availability_zone=f"{config['region']}{zone}",
                map_public_ip_on_launch=tier == "public",
                tags=tagged(config, f"{name}-{tier}-{zone}", Tier=tier),
            )
            for index, zone in enumerate(config["zones"])
        ]

    gateway = InternetGateway(stack, f"{name}-igw", vpc_id=vpc.id) if spec["internet"] else None
    attachment = Ec2TransitGatewayVpcAttachment(
        stack,
        f"{name}-attachment",
        transit_gateway_id=transit_gateway.id,
        vpc_id=vpc.id,
        subnet_ids=[subnet.id for subnet in subnets[list(subnets)[-1]]],
        appliance_mode_support="enable" if name == "hub" else "disable",
        tags=tagged(config, name),
    )

    for tier, members in subnets.items():
        routes = []
        if tier == "public" and gateway is not None:
            routes.append({"cidr_block": ANYWHERE, "gateway_id": gateway.id})
        if others := [other["cidr"] for key, other in config["vpcs"].items() if key != name]:
            routes.extend({"cidr_block": cidr, "transit_gateway_id": transit_gateway.id} for cidr in others)
        table = RouteTable(
            stack,
            f"{name}-{tier}-routes",
            vpc_id=vpc.id,
            route=routes,
            tags=tagged(config, f"{name}-{tier}"),
            depends_on=[attachment],
        )
        for zone, subnet in zip(config["zones"], members):
            RouteTableAssociation(
                stack, f"{name}-{tier}-{zone}-routes", subnet_id=subnet.id, route_table_id=table.id
            )
    return {"vpc": vpc, "subnets": subnets, "attachment": attachment}


def build_flow_logs(stack, config, networks):
    """Where traffic goes, for 14 days."""
    role = IamRole(
        stack,
        "flow-logs-role",
        name=named(config, "flow-logs"),
        assume_role_policy=json.dumps(ASSUME_BY_FLOW_LOGS),
    )
    for name, network in networks.items():
        group = CloudwatchLogGroup(
            stack,
            f"{name}-flow-logs-group",
            name=f"/vpc/{name}-{config['environment']}",
            retention_in_days=14,
        )
        FlowLog(
            stack,
            f"{name}-flow-logs",
            vpc_id=network["vpc"].id,
            traffic_type="ALL",
            log_destination=group.arn,
            iam_role_arn=role.arn,
        )


def build_firewall(stack, config, hub):
    """What leaves the hub may not go to those who sell cheats."""
    rules = "\n".join(
        f'drop tls any any -> any any (tls.sni; content:"{domain}"; endswith; sid:{number}; rev:1;)'
        for number, domain in enumerate(DENIED_DOMAINS, start=1000)
    )
    group = NetworkfirewallRuleGroup(
        stack,
        "denied-domains",
        name=named(config, "denied-domains"),
        capacity=100,
        type="STATEFUL",
        rules=rules,
    )
    policy = NetworkfirewallFirewallPolicy(
        stack,
        "firewall-policy",
        name=named(config, "hub"),
        firewall_policy=NetworkfirewallFirewallPolicyFirewallPolicy(
            stateless_default_actions=["aws:forward_to_sfe"],
            stateless_fragment_default_actions=["aws:forward_to_sfe"],
            stateful_rule_group_reference=[
                NetworkfirewallFirewallPolicyFirewallPolicyStatefulRuleGroupReference(resource_arn=group.id)
            ],
        ),
    )
    return NetworkfirewallFirewall(
        stack,
        "firewall",
        name=named(config, "hub"),
        firewall_policy_arn=policy.id,
        vpc_id=hub["vpc"].id,
        subnet_mapping=[
            NetworkfirewallFirewallSubnetMapping(subnet_id=subnet.id) for subnet in hub["subnets"]["inspection"]
        ],
        tags=tagged(config, "hub-firewall"),
    )


def build_groups(stack, config, vpc):
    """The security groups of the game VPC, by name."""
    groups = {}
    for name, entries in SECURITY_GROUPS.items():
        rules = [ingress(entry) for entry in entries]
        groups[name] = SecurityGroup(
            stack,
            f"{name}-sg",
            name=named(config, name),
            description=f"Reaches {name}",
            vpc_id=vpc.id,
            ingress=rules,
            egress=[{"from_port": 0, "to_port": 0, "protocol": "-1", "cidr_blocks": [ANYWHERE]}],
            tags=tagged(config, name),
        )
    groups["administration"] = SecurityGroup(
        stack,
        "administration-sg",
        name=named(config, "administration"),
        description="Administrators reach everything",
        vpc_id=vpc.id,
        ingress=ADMIN_INGRESS,
        tags=tagged(config, "administration"),
    )
    return groups


def build_network(stack, config):
    """Everything that connects; the result holds each VPC by its name."""
    transit_gateway = Ec2TransitGateway(
        stack,
        "transit-gateway",
        description=f"Hub of {config['environment']}",
        amazon_side_asn=64520,
        default_route_table_association="enable",
        default_route_table_propagation="enable",
        tags=tagged(config, "hub"),
    )
    Ec2TransitGatewayRouteTable(
        stack, "inspection-routes", transit_gateway_id=transit_gateway.id, tags=tagged(config, "inspection")
    )
    networks = {
        name: build_vpc(stack, config, name, spec, transit_gateway) for name, spec in config["vpcs"].items()
    }
    build_flow_logs(stack, config, networks)
    firewall = build_firewall(stack, config, networks["hub"])
    groups = build_groups(stack, config, networks["game"]["vpc"])
    return {**networks, "transit_gateway": transit_gateway, "firewall": firewall, "groups": groups}

"""The hub, with the line to the office, and the spokes."""

from cdktf import Fn, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.customer_gateway import CustomerGateway
from cdktf_cdktf_provider_aws.ec2_transit_gateway import Ec2TransitGateway
from cdktf_cdktf_provider_aws.ec2_transit_gateway_route import Ec2TransitGatewayRoute
from cdktf_cdktf_provider_aws.ec2_transit_gateway_vpc_attachment import Ec2TransitGatewayVpcAttachment
from cdktf_cdktf_provider_aws.networkfirewall_firewall import (
    NetworkfirewallFirewall,
    NetworkfirewallFirewallSubnetMapping,
)
from cdktf_cdktf_provider_aws.networkfirewall_firewall_policy import (
    NetworkfirewallFirewallPolicy,
    NetworkfirewallFirewallPolicyFirewallPolicyStatefulRuleGroupReference,
)
from cdktf_cdktf_provider_aws.networkfirewall_rule_group import NetworkfirewallRuleGroup
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags
from cdktf_cdktf_provider_aws.ram_resource_share import RamResourceShare
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.route53_resolver_endpoint import Route53ResolverEndpoint, Route53ResolverEndpointIpAddress
from cdktf_cdktf_provider_aws.route53_resolver_rule import Route53ResolverRule
from cdktf_cdktf_provider_aws.route53_resolver_rule_association import Route53ResolverRuleAssociation
from cdktf_cdktf_provider_aws.vpn_connection import VpnConnection

OFFICE = {"asn": 65010, "address": "198.51.100.7", "cidr": "192.168.0.0/16", "domain": "office.example.com"}


class NetworkStack(TerraformStack):
    """What hub and spokes share."""

    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id)
        self.cidr = kwargs.get("cidr")
        AwsProvider(
            self, "aws", region=kwargs["region"], default_tags=[AwsProviderDefaultTags(tags={"Network": construct_id})]
        )


class HubStack(NetworkStack):
    def __init__(self, scope, construct_id, *, cidr, region):
        super().__init__(scope, construct_id, cidr=cidr, region=region)
        self.transit = Ec2TransitGateway(
            self,
            "transit",
            description="Hub",
            amazon_side_asn=64512,
            auto_accept_shared_attachments="enable",
            dns_support="enable",
            tags={"Name": "hub"},
        )
        self.customer = CustomerGateway(
            self,
            "office",
            bgp_asn=str(OFFICE["asn"]),
            ip_address=OFFICE["address"],
            type="ipsec.1",
        )
        self.vpn = VpnConnection(
            self,
            "office-vpn",
            customer_gateway_id=self.customer.id,
            transit_gateway_id=self.transit.id,
            type="ipsec.1",
            static_routes_only=True,
            tunnel1_inside_cidr="169.254.33.0/28",
        )

    def finish(self):
        """What needs the network that the builder has made meanwhile."""
        network = self.node.find_child("hub-network")
        self.rules = NetworkfirewallRuleGroup(
            self,
            "rules",
            name="hub-domains",
            type="STATEFUL",
            capacity=100,
            rule_group={
                "rules_source": {
                    "rules_source_list": {
                        "generated_rules_type": "ALLOWLIST",
                        "target_types": ["HTTP_HOST", "TLS_SNI"],
                        "targets": [".example.com"],
                    },
                },
            },
        )
        self.policy = NetworkfirewallFirewallPolicy(
            self,
            "policy",
            name="hub",
            firewall_policy={
                "stateless_default_actions": ["aws:forward_to_sfe"],
                "stateless_fragment_default_actions": ["aws:forward_to_sfe"],
                "stateful_rule_group_reference": [
                    NetworkfirewallFirewallPolicyFirewallPolicyStatefulRuleGroupReference(resource_arn=self.rules.arn)
                ],
            },
        )
        NetworkfirewallFirewall(
            self,
            "firewall",
            name="hub",
            firewall_policy_arn=self.policy.arn,
            vpc_id=network.vpc.id,
            subnet_mapping=[NetworkfirewallFirewallSubnetMapping(subnet_id=subnet.id) for subnet in network.public],
            delete_protection=False,
        )
        attachment = Ec2TransitGatewayVpcAttachment(
            self,
            "hub-attachment",
            transit_gateway_id=self.transit.id,
            vpc_id=network.vpc.id,
            subnet_ids=[subnet.id for subnet in network.private],
        )
        Ec2TransitGatewayRoute(
            self,
            "to-internet",
            destination_cidr_block="0.0.0.0/0",
            transit_gateway_attachment_id=attachment.id,
            transit_gateway_route_table_id=self.transit.association_default_route_table_id,
        )
        resolver = Route53ResolverEndpoint(
            self,
            "resolver",
            direction="OUTBOUND",
            security_group_ids=[network.groups["bastion"].id],
            ip_address=[Route53ResolverEndpointIpAddress(subnet_id=subnet.id) for subnet in network.private],
        )
        rule = Route53ResolverRule(
            self,
            "office-names",
            domain_name=OFFICE["domain"],
            rule_type="FORWARD",
            resolver_endpoint_id=resolver.id,
            target_ip=[{"ip": "192.168.0.2", "port": 53}],
        )
        Route53ResolverRuleAssociation(self, "office-names-here", resolver_rule_id=rule.id, vpc_id=network.vpc.id)
        RamResourceShare(self, "share", name="hub", allow_external_principals=False)
        TerraformOutput(self, "transit-owner", value=Fn.element(Fn.split(":", self.transit.arn), 4))
        TerraformOutput(self, "transit-name", value=Fn.element(Fn.reverse(Fn.split("/", self.transit.arn)), 0))


class SpokeStack(NetworkStack):
    def __init__(self, scope, construct_id, *, cidr, region, hub):
        super().__init__(scope, construct_id, cidr=cidr, region=region)
        self.hub = hub

    def attach(self, network):
        attachment = Ec2TransitGatewayVpcAttachment(
            self,
            "attachment",
            transit_gateway_id=self.hub.transit.id,
            vpc_id=network.vpc.id,
            subnet_ids=[subnet.id for subnet in network.private],
            appliance_mode_support="disable",
        )
        Route(
            self,
            "to-hub",
            route_table_id=network.table.id,
            destination_cidr_block="0.0.0.0/0",
            transit_gateway_id=self.hub.transit.id,
            depends_on=[attachment],
        )
        TerraformOutput(self, "attachment-id", value=attachment.id)

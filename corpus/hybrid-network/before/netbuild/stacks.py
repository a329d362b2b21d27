"""The hub, with the line to the office, and the spokes."""

from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.customer_gateway import CustomerGateway
from cdktf_cdktf_provider_aws.ec2_transit_gateway import Ec2TransitGateway
from cdktf_cdktf_provider_aws.ec2_transit_gateway_route import Ec2TransitGatewayRoute
from cdktf_cdktf_provider_aws.ec2_transit_gateway_vpc_attachment import Ec2TransitGatewayVpcAttachment
from cdktf_cdktf_provider_aws.networkfirewall_firewall import NetworkFirewall
from cdktf_cdktf_provider_aws.networkfirewall_firewall_policy import NetworkFirewallPolicy
from cdktf_cdktf_provider_aws.networkfirewall_rule_group import NetworkFirewallRuleGroup
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.ram_resource_share import RamResourceShare
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.route53_resolver_endpoint import Route53ResolverEndpoint
from cdktf_cdktf_provider_aws.route53_resolver_rule import Route53ResolverRule
from cdktf_cdktf_provider_aws.route53_resolver_rule_association import Route53ResolverRuleAssociation
from cdktf_cdktf_provider_aws.vpn_connection import VpnConnection

OFFICE = {"asn": 65010, "address": "198.51.100.7", "cidr": "192.168.0.0/16", "domain": "office.example.com"}


class NetworkStack(TerraformStack):
    """What hub and spokes share."""

    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id, **kwargs)
        self.cidr = kwargs.get("cidr")
        AwsProvider(self, "aws", region=kwargs["region"], default_tags={"Network": construct_id})


class HubStack(NetworkStack):
    def __init__(self, scope, construct_id, *, cidr, region):
        super().__init__(scope, construct_id, cidr=cidr, region=region)
        self.transit = Ec2TransitGateway(
            self,
            "transit",
            description="Hub",
            amazon_asn=64512,
            auto_accept_attachments=True,
            dns_support="enable",
            tags=[{"key": "Name", "value": "hub"}],
        )
        self.customer = CustomerGateway(
            self,
            "office",
            bgp_asn=OFFICE["asn"],
            ip_addres=OFFICE["address"],
            type="ipsec.1",
        )
        self.vpn = VpnConnection(
            self,
            "office-vpn",
            customer_gateway=self.customer,
            transit_gateway=self.transit,
            type="ipsec.1",
            static_routes=true,
            tunnel1_inside_cidr_block="169.254.33.0/28",
        )

    def finish(self):
        """What needs the network that the builder has made meanwhile."""
        network = self.node.find_child("hub-network")
        self.rules = NetworkFirewallRuleGroup(
            self,
            "rules",
            rule_group_name="hub-domains",
            type="STATEFUL",
            capacity="100",
            rule_group=[{
                "rules_source": {
                    "rules_source_list": {
                        "generated_rules_type": "ALLOWLIST",
                        "target_types": ["HTTP_HOST", "TLS_SNI"],
                        "targets": ".example.com",
                    },
                },
            }],
        )
        self.policy = NetworkFirewallPolicy(
            self,
            "policy",
            name="hub",
            firewall_policy={
                "stateless_default_actions": "aws:forward_to_sfe",
                "stateless_fragment_default_actions": ["aws:forward_to_sfe"],
                "stateful_rule_group_reference": {"resource_arn": self.rules.arn},
            },
        )
        NetworkFirewall(
            self,
            "firewall",
            name="hub",
            firewall_policy_arn=self.policy,
            vpc_id=network.vpc.id,
            subnet_mapping=[{"subnet_id": subnet.id} for subnet in network.public],
            delete_protection="false",
        )
        attachment = Ec2TransitGatewayVpcAttachment(
            self,
            "hub-attachment",
            transit_gateway=self.transit.id,
            vpc=network.vpc.id,
            subnets=[subnet.id for subnet in network.private],
        )
        Ec2TransitGatewayRoute(
            self,
            "to-internet",
            destination_cidr="0.0.0.0/0",
            transit_gateway_attachment_id=attachment.id,
            transit_gateway_route_table_id=self.transit.association_default_route_table_id,
        )
        resolver = Route53ResolverEndpoint(
            self,
            "resolver",
            direction="OUTBOUND",
            security_groups=[network.groups["bastion"].id],
            ip_addresses=[{"subnet_id": subnet.id} for subnet in network.private],
        )
        rule = Route53ResolverRule(
            self,
            "office-names",
            domain=OFFICE["domain"],
            type="FORWARD",
            resolver_endpoint=resolver.id,
            target_ips=[{"ip": "192.168.0.2", "port": "53"}],
        )
        Route53ResolverRuleAssociation(self, "office-names-here", resolver_rule=rule.id, vpc_id=network.vpc.id)
        RamResourceShare(self, "share", name="hub", allow_external_principals="false")
        TerraformOutput(self, "transit-owner", value=self.transit.arn.split(":")[4])
        TerraformOutput(self, "transit-name", value=self.transit.arn.split("/")[-1])


class SpokeStack(NetworkStack):
    def __init__(self, scope, construct_id, *, cidr, region, hub):
        super().__init__(scope, construct_id, cidr=cidr, region=region)
        self.hub = hub

    def attach(self, network):
        attachment = Ec2TransitGatewayVpcAttachment(
            self,
            "attachment",
            transit_gateway_id=self.hub.transit.transit_gateway_id,
            vpc_id=network.vpc.vpc_id,
            subnet_ids=[subnet.id for subnet in network.private],
            appliance_mode_support=False,
        )
        Route(
            self,
            "to-hub",
            route_table=network.table.id,
            destination_cidr="0.0.0.0/0",
            transit_gateway=self.hub.transit.id,
            depends_on=attachment,
        )
        TerraformOutput(self, "attachment-id", value=attachment.attachment_id)

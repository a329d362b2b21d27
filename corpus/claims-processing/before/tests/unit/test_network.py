"""The network, as it is written and as it is synthesised."""
from unittest.mock import patch

import pytest
from cdktf import Testing, TerraformStack

from lib.constants import VPC_CIDR, WEB_INGRESS, ZONES
from lib.network import Network, subnet_cidr
from tests.conftest import resources


@pytest.mark.parametrize("number, expected", [(0, "10.20.0.0/24"), (101, "10.20.101.0/24")])
def test_subnet_cidr(number, expected):
    assert subnet_cidr(number) == expected


def test_the_web_is_open_on_two_ports():
    assert [rule["from_port"] for rule in WEB_INGRESS] == [80, 443]
    assert all(rule["from_port"] == rule["to_port"] for rule in WEB_INGRESS)


def test_every_zone_has_two_subnets(dev):
    subnets = resources(dev, "aws_subnet").values()
    assert len(subnets) == 2 * len(ZONES)
    assert len({subnet["cidr_block"] for subnet in subnets}) == len(subnets)


def test_the_balancer_lets_the_web_in(dev):
    groups = {group["name"]: group for group in resources(dev, "aws_security_group").values()}
    ingress = groups["claims-balancer"]["ingress"]
    assert [rule["from_port"] for rule in ingress] == [rule["from_port"] for rule in WEB_INGRESS]
    assert all(rule["cidr_blocks"] == ["0.0.0.0/0"] for rule in ingress)


def test_the_database_is_for_services_only(dev):
    groups = {group["name"]: group for group in resources(dev, "aws_security_group").values()}
    (rule,) = groups["claims-database"]["ingress"]
    assert rule["from_port"] == rule["to_port"] == 5432
    assert "services-group" in rule["security_groups"][0]
    assert rule.get("cidr_blocks") is None


def test_private_subnets_leave_by_the_nat(dev):
    tables = [table for table in resources(dev, "aws_route_table").values() if "route" in table]
    assert tables[0]["route"][0]["cidr_block"] == "0.0.0.0/0"
    assert "nat" in tables[0]["route"][0]["nat_gateway_id"]


def test_the_vpc_has_the_range_of_the_constants():
    stack = TerraformStack(Testing.app(), "test")
    with patch("lib.network.Vpc") as vpc, patch("lib.network.SecurityGroup"), patch(
        "lib.network.Subnet"
    ) as subnet, patch("lib.network.InternetGateway"), patch("lib.network.NatGateway"), patch(
        "lib.network.RouteTable"
    ), patch("lib.network.Route"), patch("lib.network.RouteTableAssociation"), patch(
        "lib.network.VpcEndpoint"
    ), patch("lib.network.Eip"):
        network = Network(stack, id="network", region="eu-west-1")
    assert network.name == "network"
    assert vpc.call_args.kwargs["cidr_block"] == VPC_CIDR
    assert subnet.call_args.kwargs["availability_zone"] == "eu-west-1c"

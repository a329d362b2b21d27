from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

from tests.rules.proof import as_cases, assert_refused_then_accepted

AWS = "cdktf_cdktf_provider_aws"
RULE = "(scope, 'i', security_group_id='s', from_port=1, to_port=1, protocol='tcp', cidr_blocks=['0.0.0.0/0']"
VPC_RULE = "(scope, 'i', security_group_id='s', from_port=1, to_port=1, ip_protocol='tcp', cidr_ipv4='0.0.0.0/0')"

TRANSFORMED = {
    "the kind by an argument": (
        f"from {AWS}.security_group import SecurityGroupIngress\nSecurityGroupIngress{RULE})\n",
        f"from {AWS}.security_group_rule import SecurityGroupRule\nSecurityGroupRule{RULE}, type='ingress')\n",
    ),
    "the kind given": (
        f"from {AWS}.security_group import SecurityGroupEgress\nSecurityGroupEgress{RULE}, type='egress')\n",
        f"from {AWS}.security_group_rule import SecurityGroupRule\nSecurityGroupRule{RULE}, type='egress')\n",
    ),
    "another resource by the arguments": (
        f"from {AWS}.security_group import SecurityGroupIngress\nSecurityGroupIngress{VPC_RULE}\n",
        f"from {AWS}.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule\n"
        f"VpcSecurityGroupIngressRule{VPC_RULE}\n",
    ),
    "beside the block": (
        f"from {AWS}.security_group import SecurityGroupIngress, SecurityGroup\n"
        f"SecurityGroup(scope, 'g', ingress=[SecurityGroupIngress(from_port=1, to_port=1)])\nSecurityGroupIngress{VPC_RULE}\n",
        f"from {AWS}.security_group import SecurityGroupIngress, SecurityGroup\n"
        f"from {AWS}.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule\n"
        f"SecurityGroup(scope, 'g', ingress=[SecurityGroupIngress(from_port=1, to_port=1)])\n"
        f"VpcSecurityGroupIngressRule{VPC_RULE}\n",
    ),
    "through a module": (
        f"import {AWS}.security_group as sg\nsg.SecurityGroupIngress{VPC_RULE}\n",
        f"from {AWS}.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule\n"
        f"VpcSecurityGroupIngressRule{VPC_RULE}\n",
    ),
    "under a chosen name": (
        f"from {AWS}.security_group import SecurityGroupIngress as I\nI{VPC_RULE}\n",
        f"from {AWS}.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule as I\nI{VPC_RULE}\n",
    ),
    "unpacked": (
        f"from {AWS}.security_group import SecurityGroupIngress\n"
        "o = {'security_group_id': 's', 'ip_protocol': '-1', 'cidr_ipv4': '0.0.0.0/0'}\nSecurityGroupIngress(scope, 'i', **o)\n",
        f"from {AWS}.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule\n"
        "o = {'security_group_id': 's', 'ip_protocol': '-1', 'cidr_ipv4': '0.0.0.0/0'}\n"
        "VpcSecurityGroupIngressRule(scope, 'i', **o)\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(before, select={"N106"}) == after


@pytest.mark.parametrize("given", ["nonsense=1", "**given", ""])
def test_what_no_construct_takes_is_shown(given: str, run) -> None:
    code = f"from {AWS}.security_group import SecurityGroupIngress\nSecurityGroupIngress(scope, 'i', {given})\n"
    result = run({"main.py": code})
    assert result.files == []
    assert [(each.code, each.safety) for each in result.findings] == [("N106", "shown")]


def test_several_are_all_shown(run) -> None:
    code = (
        f"from {AWS}.security_group import SecurityGroupTimeouts\n"
        "SecurityGroupTimeouts(scope, 'i', security_group_id='s', ip_protocol='-1', cidr_ipv4='0.0.0.0/0')\n"
    )
    result = run({"main.py": code})
    assert result.files == []
    (finding,) = result.findings
    assert "`VpcSecurityGroupIngressRule`" in finding.message
    assert "`VpcSecurityGroupEgressRule`" in finding.message


NOOP = {
    "a block": f"from {AWS}.security_group import SecurityGroupIngress\nx = SecurityGroupIngress(from_port=1, to_port=1)\n",
    "a class of the project": "class SecurityGroupIngress:\n    pass\nSecurityGroupIngress(scope, 'i', security_group_id='s')\n",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": code}, select={"N106"})
    assert (result.files, result.findings) == ([], [])


def test_before_the_real_package(fix, oracle: Oracle, tmp_path: Path) -> None:
    assert_refused_then_accepted(as_cases(before for before, _ in TRANSFORMED.values()), fix, oracle, tmp_path)

"""Arguments that Terraform's provider does not take together; what is said is what the real one says."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.engine.run import repair
from cdktf_codemods.harvest.asking import Asked
from cdktf_codemods.harvest.messages import combined
from cdktf_codemods.harvest.probes import BOGUS, Probe
from cdktf_codemods.harvest.shapes import shapes_of
from cdktf_codemods.rules.settings import Settings
from cdktf_codemods.schema import Schema
from cdktf_codemods.schema.constraints import load
from cdktf_codemods.schema.store import SHIPPED, Snapshot

HEAD = """\
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias as Alias
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.vpc import Vpc
"""
MIRROR = Path("/opt/tf-plugins")


@pytest.fixture(scope="module")
def asked() -> Schema:
    """The schema of the provider version that was asked: AWS 5.100.0."""
    names = ("cdktf@0.21.0", "constructs@10.8.1", "cdktf_cdktf_provider_aws@20.1.0")
    return Schema([Snapshot(SHIPPED / f"{name}.sqlite", *name.split("@")) for name in names])


def _said(schema: Schema, code: str) -> list[str]:
    result = repair({"main.py": HEAD + code}, schema, Settings(select={"V106"}, unsafe=True))
    assert result.files == []
    return [each.message for each in result.findings]


ROUTE = "Route(s, 'r', route_table_id='t', destination_cidr_block='0.0.0.0/0'{})\n"
REPORTED = {
    "two of one": (ROUTE.format(", gateway_id='i', nat_gateway_id='n'"), "`nat_gateway_id` or `gateway_id`"),
    "a conflict": ("Vpc(s, 'v', cidr_block='10.0.0.0/16', ipv4_netmask_length=16)\n", "`ipv4_netmask_length` or `cidr_block`"),
    "none of one": (ROUTE.format(""), "`Route` needs one of `carrier_gateway_id`"),
    "one without the other": ("Vpc(s, 'v', ipv6_cidr_block='2001:db8::/56')\n", "needs `ipv6_ipam_pool_id` beside it"),
    "from a dict": (f"o = {{'gateway_id': 'i'}}\n{ROUTE.format(', nat_gateway_id=1, **o')}", "not both"),
    "one that is made": (f"v = Vpc(s, 'v')\n{ROUTE.format(', gateway_id=v.id, nat_gateway_id=v.id')}", "not both"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "words"), REPORTED.values(), ids=REPORTED)
def test_reported(code: str, words: str, asked: Schema) -> None:
    (message,) = _said(asked, code)
    assert words in message


NOOP = {
    "one of them": ROUTE.format(", gateway_id='i'"),
    "one, of which nothing is known": ROUTE.format(", gateway_id=gateway"),
    "either, as the caller wants": ROUTE.format(", gateway_id=a, nat_gateway_id=b"),
    "one is None": ROUTE.format(", gateway_id=None, nat_gateway_id='n'"),
    "one is None at times": ROUTE.format(", gateway_id='i' if a else None, nat_gateway_id='n'"),
    "more than can be read": ROUTE.format(", **options"),
    "set later": f"r = {ROUTE.format('')}r.gateway_id = 'i'\n",
    "overridden": f"r = {ROUTE.format('')}r.add_override('gateway_id', 'i')\n",
    "overridden somehow": f"r = {ROUTE.format('')}r.add_override(path, 'i')\n",
    "neither of a conflict": "Alias(s, 'a', target_key_id='k')\n",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, asked: Schema) -> None:
    assert _said(asked, code) == []


def test_another_version_says_whence(run) -> None:
    result = run({"main.py": HEAD + ROUTE.format("")}, select={"V106"})
    assert "known from version 5.100.0" in result.findings[0].message


@pytest.mark.skipif(not MIRROR.is_dir(), reason="no mirror of Terraform's providers")
def test_what_is_stored_is_what_the_provider_says(tmp_path: Path) -> None:
    terraform = Asked(tmp_path, MIRROR, "hashicorp/aws", "5.100.0")
    (route,) = [each for each in shapes_of(terraform.schema()) if each.name == "aws_route"]
    two = {("gateway_id",), ("nat_gateway_id",), ("destination_cidr_block",)}
    probes = [Probe(route, {}, BOGUS, lambda path: True), Probe(route, {}, BOGUS, lambda path: path not in two)]
    said = [(each.probe, combined(each.text)) for each in terraform.ask(probes)]
    stored = [names for _, _, names in load("aws", "5.100.0")["aws_route"][""]]
    for names in stored:
        assert any(number == 0 and found is not None and found[1] == names for number, found in said)
    assert any(number == 1 and found is not None and "nat_gateway_id" in found[1] for number, found in said)

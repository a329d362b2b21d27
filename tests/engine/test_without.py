"""Fixes that are left out, each by its finding."""

from __future__ import annotations

from cdktf_codemods import Repair, Schema, Settings, Site, repair

TEXT = """\
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
one = Eip(self, "one", vpc=True); two = Eip(self, "two", vpc=True)
LbTargetGroup(self, "api", deregistration_delay=30, targetType="ip")
LbTargetGroup(self, "web", deregistration_delay=30)
"""


def repaired(schema: Schema, *without: Site, text: str = TEXT) -> Repair:
    return repair({"main.py": text}, schema, Settings(), without=without)


def after(result: Repair) -> str:
    (file,) = result.files
    return file.after


def test_one_site_of_a_rule_is_left_out_and_shown(schema: Schema) -> None:
    every = repaired(schema)
    site = next(each.site for each in every.findings if each.code == "A101")
    assert site == Site("A101", "main.py", 3, 24)
    result = repaired(schema, site)
    assert after(result) == after(every).replace('"one", domain="vpc"', '"one", vpc=True')
    left = [each for each in result.findings if not each.fixed]
    assert [(each.site, each.safety) for each in left] == [(site, "shown")]
    assert len(result.findings) == len(every.findings)


def test_a_finding_of_a_later_round_is_told_by_its_place_in_the_text_as_it_was(schema: Schema) -> None:
    """The import grows the lines above, and the value is judged once its name is settled."""
    text = (
        "from cdktf_cdktf_provider_aws.instance import Instance\n"
        'Instance(self, "a", instanceType="t3.micro", ami="ami-1", rootBlockDevice={"volumeSize": "20", "encrypted": True})\n'
        'Instance(self, "b", instanceType="t3.micro", ami="ami-1", rootBlockDevice={"volumeSize": "20", "encrypted": True})\n'
    )
    every = repaired(schema, text=text)
    assert all(each.fixed for each in every.findings)
    for finding in every.findings:
        result = repaired(schema, finding.site, text=text)
        shown = {each.site for each in result.findings if not each.fixed}
        assert shown == {finding.site}, finding
        assert after(result) != after(every)


def test_all_sites_left_out_is_the_text_as_it_was(schema: Schema) -> None:
    sites = [each.site for each in repaired(schema).findings]
    result = repaired(schema, *sites)
    assert result.files == []
    assert {each.site for each in result.findings} == set(sites)


def test_one_fix_alone_leaves_every_other_and_brings_its_imports(schema: Schema) -> None:
    every = repaired(schema)
    site = next(each.site for each in every.findings if each.code == "A101")
    result = repair({"main.py": TEXT}, schema, Settings(), only=[site])
    assert after(result) == TEXT.replace('"one", vpc=True', '"one", domain="vpc"')
    assert [each.site for each in result.findings if each.fixed] == [site]
    assert len(result.findings) == len(every.findings)
    assert repair({"main.py": TEXT}, schema, Settings(), only=[]).files == []

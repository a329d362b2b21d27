"""A version between two snapshots, or beyond them: what they disagree on is shown, the rest is repaired."""

from __future__ import annotations

import pytest
from cdktf_codemods import Schema, Settings, repair
from cdktf_codemods.schema.declarations import Binding
from cdktf_codemods.schema.versions import asked, choose

AWS = "cdktf_cdktf_provider_aws"
PORT = "from AWS.lb_target_group import LbTargetGroup\n"

SHOWN = {
    "an argument that one of them lacks": PORT + "LbTargetGroup(self, 'g', target_control_port='80')\n",
    "by a variable": PORT + "port = '80'\nLbTargetGroup(self, 'g', target_control_port=port)\n",
    "by unpacking": PORT + "LbTargetGroup(self, 'g', **{'target_control_port': '80'})\n",
    "jsii's spelling": PORT + "LbTargetGroup(self, 'g', targetControlPort=80)\n",
    "a list of blocks": (
        "from AWS.lb_listener_rule import LbListenerRule\n"
        "LbListenerRule(self, 'r', action=[], condition=[], listener_arn='a', transform=[{'type': 'x', 'url_rewrite_config': {}}])\n"
    ),
    "a block in a block": (
        "from AWS.ecs_capacity_provider import EcsCapacityProvider\n"
        "EcsCapacityProvider(self, 'p', name='n', managed_instances_provider=[{'infrastructure_role_arn': 'a'}])\n"
    ),
}


def schema(version: str) -> Schema:
    return Schema(choose([asked(f"aws@{version}")]).snapshots)


@pytest.mark.parametrize("version", ["21.21.0", "21.30.0"])
@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, version: str) -> None:
    code = code.replace("AWS", AWS)
    exact = repair({"main.py": code}, schema("21.22.1"), Settings(select=frozenset("ANT")))
    assert exact.files, "with this very version, it is repaired"
    result = repair({"main.py": code}, schema(version), Settings(select=frozenset("ANT")))
    assert result.files == []
    assert any("is not the same in 21.22.1 and 21.9.1" in finding.message for finding in result.findings)


def test_a_module_that_one_of_them_lacks_is_shown() -> None:
    code = f"from {AWS}.bedrockagentcore_memory import BedrockagentcoreMemory\n"
    assert repair({"main.py": code}, schema("21.9.1"), Settings()).files
    result = repair({"main.py": code}, schema("21.10.0"), Settings())
    assert result.files == []
    assert any("is not the same in 21.9.1 and 21.22.1" in finding.message for finding in result.findings)


@pytest.mark.parametrize("version", ["21.10.0", "21.21.0", "21.30.0"])
def test_what_they_agree_on_is_repaired(version: str) -> None:
    code = f"from {AWS}.eip import Eip\nEip(self, 'e', vpc=True, tags={{'a': 5}})\n"
    result = repair({"main.py": code}, schema(version), Settings())
    assert result.files[0].after == f"from {AWS}.eip import Eip\nEip(self, 'e', domain='vpc', tags={{'a': '5'}})\n"


def test_generated_bindings_between_two_versions() -> None:
    code = (PORT + "LbTargetGroup(self, 'g', target_control_port='80')\n").replace("AWS", "imports.aws")
    choice = choose([], {"imports.aws.lb_target_group"}, [Binding("aws", "==6.20.0", "cdktf.json")])
    assert "using 6.25.0" in choice.notes[0]
    assert repair({"main.py": code}, Schema(choice.snapshots), Settings()).files == []

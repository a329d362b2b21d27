from __future__ import annotations

import pytest

HEAD = """\
from cdktf import Fn
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.lb import Lb
zones = DataAwsAvailabilityZones(self, 'z')
"""

TRANSFORMED = {
    "index": ("zones.names[0]", "Fn.element(zones.names, 0)"),
    "variable index": ("[zones.names[i] for i in range(2)]", "[Fn.element(zones.names, i) for i in range(2)]"),
    "computed index": ("zones.names[i % 2]", "Fn.element(zones.names, i % 2)"),
    "the last": ("zones.names[-1]", "Fn.element(Fn.reverse(zones.names), 0)"),
    "from the end": ("zones.names[-3]", "Fn.element(Fn.reverse(zones.names), 2)"),
    "slice": ("zones.names[:2]", "Fn.slice(zones.names, 0, 2)"),
    "in an f-string": ("f'{zones.names[0]}-x'", "f'{Fn.element(zones.names, 0)}-x'"),
    "Terraform's element": ('f"${{element({zones.names}, {i})}}"', "Fn.element(zones.names, i)"),
    "Terraform's element, by a number": ("f'${{element({zones.names}, 1)}}'", "Fn.element(zones.names, 1)"),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(f"{HEAD}x = {before}\n", select={"T101"}) == f"{HEAD}x = {after}\n"


def test_through_a_variable_self_and_a_property(fix) -> None:
    code = HEAD + (
        "class A:\n    def __init__(self):\n        self.zones = DataAwsAvailabilityZones(self, 'z')\n"
        "        names = self.zones.names\n        print(names[1], self.names[2])\n"
        "    @property\n    def names(self):\n        return self.zones.names\n"
    )
    assert "print(Fn.element(names, 1), Fn.element(self.names, 2))" in fix(code, select={"T101"})


def test_fn_is_imported(fix) -> None:
    code = HEAD.replace("from cdktf import Fn\n", "from cdktf import App\n") + "x = zones.names[0]\n"
    assert fix(code, select={"T101"}).startswith("from cdktf import App, Fn\n")


SHOWN = {
    "from an end that is counted": "zones.names[-i]",
    "length": "len(zones.names)",
    "loop": "[name for name in zones.names]",
    "a loop over a part": "[name for name in zones.names[:2]]",
    "an enumerated part": "[name for i, name in enumerate(zones.names[:2])]",
    "a part in a variable": "zones.names[:2]\nfor name in x:\n    print(name)",
    "enumerated loop": "[name for i, name in enumerate(zones.names)]",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": f"{HEAD}x = {code}\n"}, select={"T101"})
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]


NOOP = {
    "python list": "names = ['a', 'b']\nx = names[0], len(names), [n for n in names]",
    "a list of python's with tokens in it": "names = [zones.id, zones.id]\nx = names[0]",
    "unknown": "x = other.names[0]",
    "what Python gave": "lb = Lb(self, 'l', subnets=['a'])\nx = lb.subnets_input[0], len(lb.subnets_input)",
    "a text": "x = f'${{var.names}}', f'${{element({a}, {b})}}'",
    "a construct's children": "from constructs import Construct\ndef f(app: Construct):\n    return app.node.children[-1], zones.node.children[0], len(zones.node.children)",
    "what a construct depends on": "x = zones.depends_on[0]",
    "a struct's field": "from cdktf_cdktf_provider_aws.eks_cluster import EksClusterVpcConfig\nc = EksClusterVpcConfig(subnet_ids=['a'])\nx = c.subnet_ids[0], len(c.subnet_ids)",
    "a map's key": "x = zones.timeouts",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"T101"})
    assert (result.files, result.findings) == ([], [])

"""Attributes that an object lacks, and that one beside it has."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

from tests.test_whole_provider import RUN

HEAD = """\
import dataclasses, enum
from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.api_gateway_deployment import ApiGatewayDeployment
from cdktf_cdktf_provider_aws.api_gateway_rest_api import ApiGatewayRestApi
from cdktf_cdktf_provider_aws.api_gateway_stage import ApiGatewayStage
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.vpc import Vpc
from constructs import Construct
class Network(Construct):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        self.vpc = Vpc(self, "vpc")
        self.vpc_id = self.vpc.id
class Security(Construct):
    def __init__(self, scope, name, vpc):
        super().__init__(scope, name)
        self.lambda_group = SecurityGroup(self, "lambda", vpc_id=vpc.id)
    @property
    def arn(self):
        return self.lambda_group.arn
class Plain:
    queue_name = "q"
    def __init__(self, network: Network):
        self.groups = [network.vpc.id]
"""
NETWORK = "network = Network(s, 'network')\n"
BOTH = NETWORK + "security = Security(s, 'security', network.vpc)\n"
API = (
    "api = ApiGatewayRestApi(s, 'api', name='a')\nd = ApiGatewayDeployment(s, 'd', rest_api_id=api.id)\n"
    "stage = ApiGatewayStage(s, 's', rest_api_id=api.id, deployment_id=d.id, stage_name='v1')\n"
)
CLASS = "class P(Construct):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n"

TRANSFORMED = {
    "of what was built from it": (BOTH + "network.lambda_group.id", BOTH + "security.lambda_group.id"),
    "a property": (BOTH + "SqsQueue(s, 'q', name=network.arn)", BOTH + "SqsQueue(s, 'q', name=security.arn)"),
    "of what it was built with": (BOTH + "security.vpc_id", BOTH + "network.vpc_id"),
    "a plain class": (NETWORK + "p = Plain(network=network)\np.vpc.id", NETWORK + "p = Plain(network=network)\nnetwork.vpc.id"),
    "in `self`": (
        CLASS + "        self.network = Network(self, 'network')\n        self.security = Security(self, 'security', self.network.vpc)\n"
        "        self.use()\n    def use(self):\n        return f'{self.network.lambda_group.id}'\nP(s, 'p')",
        CLASS + "        self.network = Network(self, 'network')\n        self.security = Security(self, 'security', self.network.vpc)\n"
        "        self.use()\n    def use(self):\n        return f'{self.security.lambda_group.id}'\nP(s, 'p')",
    ),
    "a construct of a provider": (API + "api.invoke_url", API + "stage.invoke_url"),
}  # fmt: skip


def case(code: str, number: int = 0) -> str:
    return f"def case_{number}(s):\n    " + code.replace("\n", "\n    ") + "\n"


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(HEAD + case(before), select={"A122", "A104"}, unsafe=True) == HEAD + case(after)


def test_it_is_unsafe(run) -> None:
    for name in ("a property", "a construct of a provider"):
        result = run({"main.py": HEAD + case(TRANSFORMED[name][0])}, select={"A122", "A104"})
        assert result.files == []
        (finding,) = result.findings
        assert finding.safety == "unsafe"


SHOWN = {
    "none has it": (NETWORK + "network.lambda_group", "`Network` has no attribute `lambda_group`"),
    "one that has nothing to do with it": (
        NETWORK + "other = Network(s, 'other')\nsecurity = Security(s, 'security', other.vpc)\nnetwork.lambda_group",
        "`Network` has no attribute `lambda_group`",
    ),
    "not made yet": (
        NETWORK + "network.lambda_group\nsecurity = Security(s, 'security', network.vpc)",
        "`Network` has no attribute `lambda_group`",
    ),
    "perhaps not made": (
        NETWORK + "if s.node:\n    security = Security(s, 'security', network.vpc)\nnetwork.lambda_group",
        "`Network` has no attribute `lambda_group`",
    ),
    "two have it": (
        BOTH + "more = Security(s, 'more', network.vpc)\nnetwork.lambda_group",
        "`Network` has no attribute `lambda_group`; which of `security`, `more` is meant?",
    ),
    "near": (BOTH + "network.vpcs", "`Network` has no attribute `vpcs`; near: `vpc`, `vpc_id`"),
    "of a parameter": (
        NETWORK + "def use(of: Network):\n    return of.lambda_group\nuse(network)",
        "`Network` has no attribute `lambda_group`",
    ),
}


@pytest.mark.parametrize(("code", "message"), SHOWN.values(), ids=SHOWN)
def test_shown(code: str, message: str, run) -> None:
    result = run({"main.py": HEAD + case(code)}, select={"A122", "A104"}, unsafe=True)
    assert result.files == []
    (finding,) = result.findings
    assert (finding.safety, finding.message) == ("shown", message)


NOOP = {
    "what it has": BOTH + "network.vpc_id, network.node.id, security.arn, security.to_string(), Plain(network).queue_name, network.__class__",
    "set from outside": NETWORK + "network.note = 1\nnetwork.note",
    "set by name": NETWORK + "setattr(network, 'note', 1)\nnetwork.note",
    "asked for": NETWORK + "if hasattr(network, 'note'):\n    network.note",
    "tried": NETWORK + "try:\n    network.note\nexcept AttributeError:\n    pass",
    "a subclass": "class Wider(Network):\n    note = 1\ndef use(of: Network):\n    return of.note\nuse(Wider(s, 'w'))",
    "a base that is not known": "from argparse import Namespace\nclass N(Namespace):\n    pass\nN(note=1).note",
    "looked up": "class N:\n    def __getattr__(self, name):\n        return 1\nN().note",
    "a field": "@dataclasses.dataclass\nclass N:\n    note: int = 1\nN().note",
    "by names that are worked out": "class N:\n    def __init__(self, **given):\n        for name, value in given.items():\n            setattr(self, name, value)\nN(note=1).note",
    "by a helper's names": "def enrich(of, **given):\n    for name, value in given.items():\n        setattr(of, name, value)\n" + NETWORK + "enrich(network, note=1)\nnetwork.note",
    "of all attributes": "def enrich(of, **given):\n    of.__dict__.update(given)\n" + NETWORK + "enrich(network, note=1)\nnetwork.note",
    "what a decorator makes": "class Result:\n    def __init__(self, note):\n        self.note = note\ndef kept(make):\n    return lambda *args: Result(make(*args))\n@kept\ndef network(scope):\n    return Network(scope, 'network')\nnetwork(s).note",
    "what a descriptor gives": "class Later:\n    def __get__(self, owner, kind=None):\n        return SqsQueue(owner, 'later')\nclass P(Construct):\n    queue = Later()\nP(s, 'p').queue.arn",
    "made by __new__": "class Made:\n    def __new__(cls, scope):\n        return SqsQueue(scope, 'made')\nMade(s).arn",
    "of a class": "class N(enum.Enum):\n    A = 1\nN.A.value, N['A'].name",
    "of a mixin": "class M:\n    def use(self):\n        return self.note\nclass B:\n    note = 1\nclass N(M, B):\n    pass\nN().use()",
    "of a mixin's parameter": "class M:\n    pass\nclass B:\n    note = 1\nclass N(M, B):\n    pass\ndef use(of: M):\n    return of.note\nuse(N())",
    "what it is is asked": "class Other:\n    note = 1\ndef use(of: Network):\n    return of.note if isinstance(of, Other) else None\nuse(Other())",
    "another type in a loop": "class O:\n    note = 1\nfor each in [O(), Plain(Network(s, 'n'))][:1]:\n    each.note",
    "a nested class": "class N:\n    class Inner:\n        note = 1\nN().Inner().note, N.Inner.note",
}  # fmt: skip


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + case(code)}, select={"A122", "A104"}, unsafe=True)
    assert (result.files, result.findings) == ([], [])


def test_before_the_real_package(fix, oracle: Oracle, tmp_path: Path) -> None:
    """All that is found fails as it is; what is repaired is accepted, and so is what is left alone."""
    found = [*(before for before, _ in TRANSFORMED.values()), *(code for code, _ in SHOWN.values())]
    broken = HEAD + "".join(case(each, number) for number, each in enumerate(found))
    (tmp_path / "main.py").write_text(broken + RUN.format(accepted="False"), encoding="utf-8")
    assert oracle.synthesize(tmp_path).error is None
    broken = HEAD + "".join(case(each, number) for number, (each, _) in enumerate(TRANSFORMED.values()))
    code = fix(broken, select={"A122", "A104"}, unsafe=True)
    code += "".join(case(each, 100 + number) for number, each in enumerate(NOOP.values()))
    (tmp_path / "main.py").write_text(code + RUN.format(accepted="True"), encoding="utf-8")
    assert oracle.synthesize(tmp_path).error is None

"""Shapes that lie deeper, come later or are spelled otherwise: refused by the real package before, meant after."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods import Schema, repair
from cdktf_codemods.oracle import Oracle

HEAD = """\
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.db_parameter_group import DbParameterGroup
from cdktf_cdktf_provider_aws.ecs_service import EcsService as Service
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import S3BucketLifecycleConfiguration
from cdktf_cdktf_provider_aws.security_group import SecurityGroup as Group
from cdktf_cdktf_provider_aws import cloudwatch_event_target, ssm_association


class Stack(TerraformStack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        AwsProvider(self, "aws", region="us-east-1")
        self.build()

"""
TAIL = '\n\napp = App()\nStack(app, "s")\napp.synth()\n'
EXPIRES = {"aws_s3_bucket_lifecycle_configuration": {"rule": [{"expiration": [{"days": 90}], "id": "a"}]}}
BALANCED = {"aws_ecs_service": {"load_balancer": [{"container_name": "x", "container_port": 80}], "name": "svc"}}
SET = {"aws_db_parameter_group": {"parameter": [{"name": "log_statement", "value": "all"}]}}
TARGETED = {"aws_ssm_association": {"targets": [{"key": "InstanceIds", "values": ["i-1"]}]}}

# What build() does, and what has to be in the Terraform.
MEANT = {
    "a block in a dict in a list": (
        'S3BucketLifecycleConfiguration(self, "c", bucket="b", rule=[{"id": "a", "status": "Enabled", "expiration": {"days": 90}}])',
        EXPIRES,
    ),
    "the same in a variable": (
        'rules = [\n    {"id": "a", "status": "Enabled", "expiration": {"days": 90}},  # a quarter\n]\n'
        'S3BucketLifecycleConfiguration(self, "c", bucket="b", rule=rules)',
        EXPIRES,
    ),
    "a list for a block in a dict": (
        'S3BucketLifecycleConfiguration(self, "c", bucket="b", rule=[{"id": "a", "status": "Enabled",\n'
        '    "expiration": [{"days": 90}], "filter": {"prefix": "x"}}])',
        EXPIRES,
    ),
    "blocks behind a name, in a dict whose own keys are one word": (
        'steps = [{"days": "30", "storage_class": "GLACIER"}]\n'
        'S3BucketLifecycleConfiguration(self, "c", bucket="b", rule=[{"id": "a", "status": "Enabled", "transition": steps}])',
        {"aws_s3_bucket_lifecycle_configuration": {"rule": [{"transition": [{"days": 30, "storage_class": "GLACIER"}]}]}},
    ),
    "a value in blocks behind a name that lose no key": (
        'steps = [dict(days="30", storageClass="GLACIER")]\n'
        'S3BucketLifecycleConfiguration(self, "c", bucket="b", rule=[{"id": "a", "status": "Enabled", "transition": steps}])',
        {"aws_s3_bucket_lifecycle_configuration": {"rule": [{"transition": [{"days": 30, "storage_class": "GLACIER"}]}]}},
    ),
    "set by subscript": (
        'cfg = {"name": "svc"}\ncfg["load_balancer"] = {"container_name": "x", "container_port": 80}\nService(self, "c", **cfg)',
        BALANCED,
    ),
    "set by update": (
        'cfg = dict(name="svc")\ncfg.update(load_balancer={"container_name": "x", "container_port": 80})\nService(self, "c", **cfg)',
        BALANCED,
    ),
    "set by update with a dict": (
        'cfg = dict(name="svc")\ncfg.update({"load_balancer": {"container_name": "x", "container_port": 80}})\nService(self, "c", **cfg)',
        BALANCED,
    ),
    "set under a condition": (
        'cfg = {"name": "svc"}\nif len(self.node.id) == 1:\n    cfg["load_balancer"] = {"container_name": "x", "container_port": 80}\n'
        'Service(self, "c", **cfg)',
        BALANCED,
    ),
    "set on an attribute": (
        'self.cfg = {"name": "svc"}\nself.cfg["load_balancer"] = {"container_name": "x", "container_port": 80}\nService(self, "c", **self.cfg)',
        BALANCED,
    ),
    "a dict of names for a list": (
        'DbParameterGroup(self, "c", family="postgres15", parameter={"log_statement": "all"})',
        SET,
    ),
    "a dict of names in a variable": (
        'settings = {"log_statement": "all"}\nDbParameterGroup(self, "c", family="postgres15", parameter=settings)',
        SET,
    ),
    "a dict of keys for a list with lists": (
        'ssm_association.SsmAssociation(self, "c", name="x", targets={"InstanceIds": ["i-1"]})',
        TARGETED,
    ),
    "a dict of keys, each with one value": (
        'ssm_association.SsmAssociation(self, "c", name="x", targets={"InstanceIds": "i-1"})',
        TARGETED,
    ),
}  # fmt: skip


def project(build: str) -> str:
    body = "".join(f"        {line}\n" for line in build.split("\n"))
    return f"{HEAD}    def build(self):\n{body}{TAIL}"


def _holds(have: object, want: object) -> bool:
    if isinstance(want, dict):
        return isinstance(have, dict) and all(key in have and _holds(have[key], value) for key, value in want.items())
    if isinstance(want, list):
        return isinstance(have, list) and len(have) == len(want) and all(map(_holds, have, want))
    return have == want


@pytest.mark.parametrize(("build", "want"), MEANT.values(), ids=MEANT)
def test_meant(build: str, want: dict[str, object], run, oracle: Oracle, tmp_path: Path) -> None:
    code = project(build)
    (tmp_path / "main.py").write_text(code)
    before = oracle.synthesize(tmp_path)
    (tmp_path / "main.py").write_text(run({"main.py": code}).files[0].after)
    after = oracle.synthesize(tmp_path)
    assert after.status == "synthesises", after.failure
    made = {kind: next(iter(each.values())) for kind, each in after.stacks["s"]["resource"].items()}
    assert _holds(made, want), made
    assert before.status != "synthesises" or not _holds(before.stacks["s"]["resource"], want)


OPEN = '{"from_port": 80, "to_port": 80, "protocol": "tcp"}'
GROWN = {
    "a list under a key": f'o = {{}}\no["ingress"] = []\no["ingress"].append({OPEN})\nGroup(self, "g", **o)',
    "in a loop": f'o = {{"ingress": []}}\nfor n in (1,):\n    o["ingress"].append({OPEN})\nGroup(self, "g", **o)',
    "read by its key": f'o = {{"ingress": []}}\no["ingress"].append({OPEN})\nGroup(self, "g", ingress=o["ingress"])',
    "made there": f'self.o = {{}}\nself.o.setdefault("ingress", []).append({OPEN})\nGroup(self, "g", **self.o)',
    "by other lists": f'o = {{"ingress": []}}\no["ingress"] += [{OPEN}]\nGroup(self, "g", **o)',
    "by all of one": f'o = {{"ingress": []}}\no["ingress"].extend({OPEN} for _ in (1,))\nGroup(self, "g", **o)',
    "two keys down": f'o = {{"a": {{"b": []}}}}\no["a"]["b"].append({OPEN})\nGroup(self, "g", ingress=o["a"]["b"])',
    "by get": f'o = {{"ingress": []}}\no["ingress"].append({OPEN})\nGroup(self, "g", ingress=o.get("ingress"))',
}


@pytest.mark.parametrize("build", GROWN.values(), ids=GROWN)
def test_what_a_list_under_a_key_grows_by(build: str, run, oracle: Oracle, tmp_path: Path) -> None:
    code = project(build)
    fixed = run({"main.py": code}).files[0].after
    ports = []
    for text in (code, fixed):
        (tmp_path / "main.py").write_text(text)
        answer = oracle.synthesize(tmp_path)
        assert answer.failure is None, answer.failure
        ports.append(
            [each["from_port"] for each in answer.stacks["s"]["resource"]["aws_security_group"]["g"]["ingress"]]
        )
    assert ports == [[None], [80]]


def test_what_others_read_of_it_is_left(run) -> None:
    build = f'o = {{"ingress": []}}\no["ingress"].append({OPEN})\nGroup(self, "g", **o)\nprint(o["ingress"][0]["from_port"])'
    result = run({"main.py": project(build)})
    assert result.files == []
    assert [(each.code, each.safety) for each in result.findings] == [("A102", "shown")]


RIGHT = {
    "grown by what is right": 'o = {"ingress": []}\no["ingress"].append({"fromPort": 80, "toPort": 80, "protocol": "tcp"})\nGroup(self, "g", **o)',
    "grown, of another key": f'o = {{"ingress": [], "own": []}}\no["own"].append({OPEN})\nprint(o.pop("own"))\nGroup(self, "g", **o)',
    "taken out": 'o = dict(name="g", own=1)\ndel o["own"]\nGroup(self, "g", **o)\np = {"name": "h", "own": 1}\nprint(p.pop("own", None))\nGroup(self, "h", **p)',
    "grown, of another dict": f'o, p = {{"ingress": []}}, {{"ingress": []}}\np["ingress"].append({OPEN})\nprint(p)\nGroup(self, "g", **o)',
    "later, as it should be": 'cfg = {"name": "svc"}\ncfg["load_balancer"] = [{"containerName": "x", "containerPort": 80}]\nService(self, "c", **cfg)',
    "later, of another dict": 'cfg = {"name": "svc"}\nother = {}\nother["load_balancer"] = {"container_name": "x"}\nService(self, "c", **cfg)\nprint(other)',
    "blocks behind a name that lose no key": 'steps = [{"days": 30, "storageClass": "GLACIER"}]\nS3BucketLifecycleConfiguration(self, "c", bucket="b", rule=[{"id": "a", "status": "Enabled", "transition": steps}])',
    "a list in a dict": 'S3BucketLifecycleConfiguration(self, "c", bucket="b", rule=[{"id": "a", "status": "Enabled", "expiration": [{"days": 90}]}])',
}  # fmt: skip


@pytest.mark.parametrize("build", RIGHT.values(), ids=RIGHT)
def test_right(build: str, run) -> None:
    result = run({"main.py": project(build)})
    assert (result.files, result.findings) == ([], [])


def test_a_later_value_that_others_read_is_left(schema: Schema) -> None:
    build = 'cfg = {"name": "svc"}\ncfg["load_balancer"] = {"container_name": "x"}\nService(self, "c", **cfg)\nprint(cfg["load_balancer"]["container_name"])'
    result = repair({"main.py": project(build)}, schema)
    assert not any(each.fixed for each in result.findings)
    assert any("load_balancer" in each.message for each in result.findings)


@pytest.mark.parametrize("call", ["Base.__init__(self, scope, name, ", "super().__init__(scope, name, "])
def test_what_a_base_is_given_by_position(call: str, fix, oracle: Oracle, tmp_path: Path) -> None:
    """A method that is called by its class is given itself too."""
    code = (
        "from cdktf import App, TerraformStack\nfrom cdktf_cdktf_provider_aws.provider import AwsProvider\n"
        "from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue\n\n\nclass Base(TerraformStack):\n"
        "    def __init__(self, scope, name, label, delay):\n        super().__init__(scope, name)\n"
        "        AwsProvider(self, 'aws', region='us-east-1')\n"
        "        SqsQueue(self, 'q', name=label, delay_seconds=delay)\n\n\n"
        f"class S(Base):\n    def __init__(self, scope, name):\n        {call}'30', '40')\n\n\n"
        "app = App()\nS(app, 's')\napp.synth()\n"
    )
    fixed = fix(code)
    assert fixed == code.replace("'40'", "40")
    for text, works in ((code, False), (fixed, True)):
        (tmp_path / "main.py").write_text(text)
        assert (oracle.synthesize(tmp_path).failure is None) == works

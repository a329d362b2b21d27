"""Values of another kind than is wanted: a construct for its ARN, id or name, Python's types, words for switches."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods import Settings, repair
from cdktf_codemods.oracle import Oracle

from tests.rules.proof import as_cases, assert_refused_then_accepted
from tests.rules.test_other_spellings import schema_for
from tests.rules.test_unknown_argument import plain

HEAD = """\
import typing
from typing import List
import cdktf as c
from cdktf import TerraformVariable, VariableType
from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.ecs_service import EcsService, EcsServiceNetworkConfiguration
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.subnet import Subnet
"""
GOOGLE = """\
from cdktf_cdktf_provider_google.compute_firewall import ComputeFirewall
from cdktf_cdktf_provider_google.compute_network import ComputeNetwork
"""
ALARM = "CloudwatchMetricAlarm(scope, 'a', alarm_name='a', comparison_operator='GreaterThanThreshold', evaluation_periods=1, "

KINDS = {
    "a rule for its name": (
        "r = CloudwatchEventRule(scope, 'r', name='r')\nCloudwatchEventTarget(scope, 't', rule=r, arn='arn:aws:sqs:x')",
        "r = CloudwatchEventRule(scope, 'r', name='r')\nCloudwatchEventTarget(scope, 't', rule=r.name, arn='arn:aws:sqs:x')",
    ),
    "in an unpacked dict": (
        "r = CloudwatchEventRule(scope, 'r', name='r')\no = {'rule': r, 'arn': 'arn:aws:sqs:x'}\nCloudwatchEventTarget(scope, 't', **o)",
        "r = CloudwatchEventRule(scope, 'r', name='r')\no = {'rule': r.name, 'arn': 'arn:aws:sqs:x'}\nCloudwatchEventTarget(scope, 't', **o)",
    ),
    "ARNs in a list": (
        f"t = SnsTopic(scope, 't')\n{ALARM}alarm_actions=[t], ok_actions=[t])",
        f"t = SnsTopic(scope, 't')\n{ALARM}alarm_actions=[t.arn], ok_actions=[t.arn])",
    ),
    "a helper's": (
        f"def topic():\n    return SnsTopic(scope, 't')\n{ALARM}alarm_actions=[topic()])",
        f"def topic():\n    return SnsTopic(scope, 't')\n{ALARM}alarm_actions=[topic().arn])",
    ),
    "an ARN under another name": (
        "r = IamRole(scope, 'r', assume_role_policy='{}')\nLambdaFunction(scope, 'f', function_name='f', role=r)",
        "r = IamRole(scope, 'r', assume_role_policy='{}')\nLambdaFunction(scope, 'f', function_name='f', role=r.arn)",
    ),
    "ids": (
        "i = Instance(scope, 'i', ami='a', instance_type='t')\nEip(scope, 'e', instance=i)\n"
        "s = Subnet(scope, 's', vpc_id='v', cidr_block='10.0.0.0/8')\nLb(scope, 'l', subnets=[s])",
        "i = Instance(scope, 'i', ami='a', instance_type='t')\nEip(scope, 'e', instance=i.id)\n"
        "s = Subnet(scope, 's', vpc_id='v', cidr_block='10.0.0.0/8')\nLb(scope, 'l', subnets=[s.id])",
    ),
    "out of a dict that a loop fills": (
        "h = {}\nfor n in ('a', 'b'):\n    h[n] = LambdaFunction(scope, n, function_name=n, role='r')\n"
        "for n in h:\n    LambdaPermission(scope, 'p' + n, action='a', principal='p', function_name=h[n])",
        "h = {}\nfor n in ('a', 'b'):\n    h[n] = LambdaFunction(scope, n, function_name=n, role='r')\n"
        "for n in h:\n    LambdaPermission(scope, 'p' + n, action='a', principal='p', function_name=h[n].function_name)",
    ),
    "a type of Python's": ("TerraformVariable(scope, 'v', type=str)", "TerraformVariable(scope, 'v', type='string')"),
    "types that hold others": (
        "c.TerraformVariable(scope, 'v', type=list)\nTerraformVariable(scope, 'w', type=List[int])\n"
        "TerraformVariable(scope, 'x', type=dict[str, typing.List[bool]])",
        "c.TerraformVariable(scope, 'v', type='list(any)')\nTerraformVariable(scope, 'w', type='list(number)')\n"
        "TerraformVariable(scope, 'x', type='map(list(bool))')",
    ),
    "a constant, as a class is spelled": (
        "TerraformVariable(scope, 'v', type=VariableType.Number)\nTerraformVariable(scope, 'w', type=c.VariableType.ListString)",
        "TerraformVariable(scope, 'v', type=VariableType.NUMBER)\nTerraformVariable(scope, 'w', type=c.VariableType.LIST_STRING)",
    ),
    "a status": (
        "S3BucketVersioningA(scope, 'v', bucket='b', versioning_configuration={'enabled': True})",
        "S3BucketVersioningA(scope, 'v', bucket='b', versioning_configuration={'status': 'Enabled'})",
    ),
    "a status, through a variable": (
        "v = dict(enabled=True)\nS3BucketVersioningA(scope, 'v', bucket='b', versioning_configuration=v)",
        "v = dict(status='Enabled')\nS3BucketVersioningA(scope, 'v', bucket='b', versioning_configuration=v)",
    ),
    "a word for a switch": (
        "EcsService(scope, 's', name='n', network_configuration={'subnets': ['a'], 'assign_public_ip': 'DISABLED'})",
        "EcsService(scope, 's', name='n', network_configuration={'subnets': ['a'], 'assign_public_ip': False})",
    ),
    "a word for a switch, through a variable": (
        "on = 'ENABLED'\nEcsService(scope, 's', name='n', network_configuration=EcsServiceNetworkConfiguration(subnets=['a'], assign_public_ip=on))",
        "on = True\nEcsService(scope, 's', name='n', network_configuration=EcsServiceNetworkConfiguration(subnets=['a'], assign_public_ip=on))",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), KINDS.values(), ids=KINDS)
def test_another_kind(before: str, after: str, fix) -> None:
    begin = "import cdktf as c\nimport typing\n"
    code = HEAD.replace("import typing\n", "").replace("import cdktf as c\n", "")
    assert plain(fix(f"{begin}{code}{before}", select={"A102", "A104"})) == plain(f"{begin}{after}")


def test_another_kind_before_the_real_package(fix, oracle: Oracle, tmp_path: Path) -> None:
    assert_refused_then_accepted(HEAD + as_cases(before for before, _ in KINDS.values()), fix, oracle, tmp_path)


def test_a_network_of_google_in_another_file() -> None:
    files = {
        "net.py": GOOGLE
        + "class Net:\n    def __init__(self, s):\n        self.network = ComputeNetwork(s, 'n', name='n')\n",
        "main.py": GOOGLE
        + "from net import Net\nnet = Net(s)\nComputeFirewall(s, 'f', name='f', network=net.network)\n",
    }
    (changed,) = repair(files, schema_for(GOOGLE), Settings(select=frozenset({"A102"}))).files
    assert changed.after == files["main.py"].replace("net.network)", "net.network.self_link)")


SHOWN = {
    "off, which is one of two": "S3BucketVersioningA(scope, 'v', bucket='b', versioning_configuration={'enabled': False})",
    "a status besides": "S3BucketVersioningA(scope, 'v', bucket='b', versioning_configuration={'enabled': True, 'status': 'Enabled'})",
    "an object of another kind": "CloudwatchEventTarget(scope, 't', rule=SnsTopic(scope, 't'), arn='arn:aws:sqs:x')",
    "a word that is no switch": "EcsService(scope, 's', name='n', network_configuration={'subnets': [], 'assign_public_ip': 'NO'})",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_what_is_not_certain_is_shown(code: str, run) -> None:
    result = run({"main.py": f"{HEAD}def case(scope):\n    {code}\n"}, select={"A102"}, unsafe=True)
    assert result.files == []
    assert {each.code for each in result.findings} == {"A102"}

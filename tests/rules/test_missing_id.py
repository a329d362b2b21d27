from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

HEAD = """\
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws import s3_bucket
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket as Bucket


class S(TerraformStack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        AwsProvider(self, "aws", region="us-east-1")
"""
TAIL = "\n\napp = App()\nS(app, 's')\napp.synth()\n"
TRANSFORMED = {
    "of an attribute": ("self.logs = Bucket(self, bucket='b')", "self.logs = Bucket(self, {q}logs{q}, bucket='b')", "logs"),
    "of a variable": ("logs = Bucket(self, bucket='logs')", "logs = Bucket(self, {q}logs{q}, bucket='logs')", "logs"),
    "of its kind": ("s3_bucket.S3Bucket(self, bucket='b')", "s3_bucket.S3Bucket(self, {q}s3_bucket{q}, bucket='b')", "s3_bucket"),
    "a scope by keyword": ("logs = Bucket(scope=self, bucket='b')", "logs = Bucket(scope=self, id_={q}logs{q}, bucket='b')", "logs"),
    "a scope": ("Bucket('logs', bucket='b')", "Bucket(self, 'logs', bucket='b')", "logs"),
    "a scope, with an id by keyword": ("Bucket(id_='logs', bucket='b')", "Bucket(self, id_='logs', bucket='b')", "logs"),
    "on lines of its own": (
        "logs = Bucket(\n            self,  # here\n            bucket='b',\n        )",
        "logs = Bucket(\n            self,  # here\n            {q}logs{q},\n            bucket='b',\n        )",
        "logs",
    ),
}  # fmt: skip
NOOP = {
    "all there": "Bucket(self, 'logs', bucket='b')",
    "unpacked": "Bucket(*[self, 'logs'], bucket='b')",
    "by keywords": "Bucket(scope=self, id_='logs', bucket='b')",
}
SHOWN = {
    "in a loop": "for each in ('a', 'b'):\n            Bucket(self, bucket=each)",
    "taken": "Bucket(self, 'logs', bucket='a')\n        logs = Bucket(self, bucket='b')",
}


def project(code: str) -> str:
    return f"{HEAD}        {code}\n{TAIL}"


@pytest.mark.parametrize(("before", "after", "name"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, name: str, fix, oracle: Oracle, tmp_path: Path) -> None:
    fixed = fix(project(before))
    assert fixed in [project(after.replace("{q}", quote)) for quote in "'\""]
    (tmp_path / "main.py").write_text(project(before))
    assert "TypeError" in str(oracle.synthesize(tmp_path).failure)
    (tmp_path / "main.py").write_text(fixed)
    answer = oracle.synthesize(tmp_path)
    assert answer.failure is None, answer.failure
    assert answer.stacks["s"]["resource"]["aws_s3_bucket"].keys() == {name}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": project(code)}, select={"A113"})
    assert (result.files, result.findings) == ([], [])


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": project(code)}, select={"A113"})
    assert [(each.code, each.fixed) for each in result.findings] == [("A113", False)]


def test_a_function_has_no_scope_of_its_own(run) -> None:
    code = "from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket\n\n\ndef make(stack):\n    S3Bucket('logs', bucket='b')\n"
    result = run({"main.py": code}, select={"A113"})
    assert [(each.code, each.fixed) for each in result.findings] == [("A113", False)]


EXPECTED = """\
import unittest

import pytest
from cdktf import Testing, TerraformStack
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.subnet import Subnet


def stack():
    return TerraformStack(Testing.app(), "s")


def twice(scope):
    SqsQueue(scope, "q")
    SqsQueue(scope, "q")


def without(scope):
    Subnet(scope, "s")


def test_refused():
    with pytest.raises(TypeError):
        Subnet(stack())
    with pytest.raises((TypeError, ValueError), match="delay"):
        LbTargetGroup(stack(), "g", deregistration_delay=30)
    with pytest.raises(TypeError):
        SqsQueue(stack(), "q", naem="q")
    with pytest.raises(AttributeError):
        SqsQueue(stack(), "q").nothing
    with pytest.raises(TypeError):
        without(stack())
    pytest.raises(RuntimeError, twice, stack())


class TestIt(unittest.TestCase):
    def test_refused(self):
        self.assertRaises(Exception, twice, stack())

    @unittest.expectedFailure
    def test_twice(self):
        scope = stack()
        SqsQueue(scope, "q")
        SqsQueue(scope, "q")


@pytest.mark.xfail(strict=True)
def test_other():
    scope = stack()
    SqsQueue(scope, "q")
    SqsQueue(scope, "q")
"""


def test_what_a_test_expects_to_fail_stays(run) -> None:
    """Else the test fails."""
    result = run({"test_it.py": EXPECTED}, unsafe=True)
    assert (result.files, result.findings) == ([], [])


def test_what_is_awaited_otherwise_is_repaired(run) -> None:
    code = EXPECTED.replace("RuntimeError, twice", "ValueError, twice").replace("(TypeError):", "(ValueError):")
    result = run({"test_it.py": code}, unsafe=True)
    assert sorted(each.code for each in result.findings) == ["A103", "A113", "A117", "A121"]

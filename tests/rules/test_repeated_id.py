"""Ids that a scope has already, counted before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

from tests.test_whole_provider import RUN

HEAD = """\
import cdktf, itertools
import cdktf_cdktf_provider_aws.sqs_queue as sqs
from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity as Identity
from cdktf_cdktf_provider_aws.data_aws_region import DataAwsRegion
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from constructs import Construct
NAMES = ['a', 'b']
class Part(Construct):
    def __init__(self, scope, name, size=1):
        super().__init__(scope, name)
class Plain:
    def __init__(self, scope):
        SqsQueue(scope, 'plain')
class Of(TerraformStack):
    def __init__(self, scope, name, body):
        super().__init__(scope, name)
        body(self)
def asked():
    return bool(itertools)
"""

TRANSFORMED = {
    "its own name": (
        "SqsQueue(s, 'q', name='a')\nS3Bucket(s, 'q', bucket='orders')",
        "SqsQueue(s, 'q', name='a')\nS3Bucket(s, 'orders', bucket='orders')",
    ),
    "its kind, and a third": (
        "Identity(s, 'now')\nDataAwsRegion(s, 'now')\nDataAwsRegion(scope=s, id_='now')",
        "Identity(s, 'now')\nDataAwsRegion(s, 'now-data-aws-region')\nDataAwsRegion(scope=s, id_='now-data-aws-region-2')",
    ),
    "an output": (
        "SqsQueue(s, 'q_a')\nif s:\n    cdktf.TerraformOutput(s, 'q_a', value='a')",
        "SqsQueue(s, 'q_a')\nif s:\n    cdktf.TerraformOutput(s, 'q_a_terraform_output', value='a')",
    ),
    "the same parts": (
        "name = 'x'\nlonger = f'{name}-q'\nsqs.SqsQueue(s, f'{name}-q')\nS3Bucket(s, longer)",
        "name = 'x'\nlonger = f'{name}-q'\nsqs.SqsQueue(s, f'{name}-q')\nS3Bucket(s, f'{longer}-s-3-bucket')",
    ),
    "of a parameter": (
        "def make(n):\n    SqsQueue(s, f'{n}-q')\n    S3Bucket(s, f'{n}-q', bucket='own')\nmake('a')\nmake('b')",
        "def make(n):\n    SqsQueue(s, f'{n}-q')\n    S3Bucket(s, f'{n}-q-s-3-bucket', bucket='own')\nmake('a')\nmake('b')",
    ),
    "a construct of the project": (
        "Part(s, 'p')\nPart(s, 'p', size=2)",
        "Part(s, 'p')\nPart(s, 'p-part', size=2)",
    ),
    "behind a way out": (
        "SqsQueue(s, 'q')\nif not asked():\n    return\nS3Bucket(s, 'q')",
        "SqsQueue(s, 'q')\nif not asked():\n    return\nS3Bucket(s, 'q-s-3-bucket')",
    ),
    "another function": (
        "def more(on):\n    S3Bucket(on, 'q')\nSqsQueue(s, 'q')\nmore(s)",
        "def more(on):\n    S3Bucket(on, 'q-s-3-bucket')\nSqsQueue(s, 'q')\nmore(s)",
    ),
    "a plain class": (
        "SqsQueue(s, 'plain')\nPlain(s)",
        None,
    ),
    "methods": (
        "class S(TerraformStack):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n"
        "        self.one()\n        self.two()\n    def one(self):\n        SqsQueue(self, 'q')\n"
        "    def two(self):\n        S3Bucket(self, 'q')\nS(s, 'inner')",
        "class S(TerraformStack):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n"
        "        self.one()\n        self.two()\n    def one(self):\n        SqsQueue(self, 'q')\n"
        "    def two(self):\n        S3Bucket(self, 'q-s-3-bucket')\nS(s, 'inner')",
    ),
    "a base": (
        "class B(Construct):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n"
        "        SqsQueue(self, 'q')\nclass C(B):\n    def __init__(self, scope, name):\n"
        "        super().__init__(scope, name)\n        S3Bucket(self, 'q')\nC(s, 'c')",
        "class B(Construct):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n"
        "        SqsQueue(self, 'q')\nclass C(B):\n    def __init__(self, scope, name):\n"
        "        super().__init__(scope, name)\n        S3Bucket(self, 'q-s-3-bucket')\nC(s, 'c')",
    ),
    "a loop over texts": (
        "for n in ['a', 'b']:\n    SqsQueue(s, 'q')",
        "for n in ['a', 'b']:\n    SqsQueue(s, f'q-{n}')",
    ),
    "a loop over a constant": (
        "for at, n in enumerate(NAMES):\n    SqsQueue(s, 'q', name=n)",
        "for at, n in enumerate(NAMES):\n    SqsQueue(s, f'q-{n}', name=n)",
    ),
    "the outer of two loops": (
        "for one in range(2):\n    for n in ['a', 'b']:\n        SqsQueue(s, f'q-{n}')",
        "for one in range(2):\n    for n in ['a', 'b']:\n        SqsQueue(s, f'q-{n}-{one}')",
    ),
    "a comprehension": (
        "every = [SqsQueue(s, 'q') for n in range(3)]",
        "every = [SqsQueue(s, f'q-{n}') for n in range(3)]",
    ),
    "counted by a variable": (
        "count = 3\nevery = [SqsQueue(s, 'q') for n in range(count)]",
        "count = 3\nevery = [SqsQueue(s, f'q-{n}') for n in range(count)]",
    ),
    "counted by a length, into a list": (
        "every = []\nfor at in range(len(NAMES)):\n    every.append(SqsQueue(s, 'q'))",
        "every = []\nfor at in range(len(NAMES)):\n    every.append(SqsQueue(s, f'q-{at}'))",
    ),
    "counted from one on": (
        "most = 3\nfor at in range(1, most):\n    SqsQueue(s, 'q')",
        "most = 3\nfor at in range(1, most):\n    SqsQueue(s, f'q-{at}')",
    ),
    "a helper": (
        "def make(n):\n    return SqsQueue(s, 'q', name=n)\nmake('a')\nmake('b')",
        "def make(n):\n    return SqsQueue(s, f'q-{n}', name=n)\nmake('a')\nmake('b')",
    ),
    "a helper in a loop": (
        "def make(on, n):\n    return SqsQueue(on, 'q', name=n)\nfor n in ('a', 'b'):\n    make(s, n)",
        "def make(on, n):\n    return SqsQueue(on, f'q-{n}', name=n)\nfor n in ('a', 'b'):\n    make(s, n)",
    ),
}  # fmt: skip


def case(code: str, number: int = 0) -> str:
    return f"def case_{number}(s):\n    " + code.replace("\n", "\n    ") + "\n"


def is_whole(name: str) -> bool:
    return TRANSFORMED[name][1] is not None


@pytest.mark.parametrize("name", list(filter(is_whole, TRANSFORMED)))
def test_transformed(name: str, fix) -> None:
    before, after = TRANSFORMED[name]
    assert fix(HEAD + case(before), select={"A121"}, unsafe=True) == HEAD + case(after or "")


def test_it_is_unsafe_and_says_where_the_first_is(run) -> None:
    result = run({"main.py": HEAD + case("SqsQueue(s, 'q')\nS3Bucket(s, 'q')")}, select={"A121"})
    assert result.files == []
    (finding,) = result.findings
    assert finding.safety == "unsafe"
    line = len(HEAD.splitlines()) + 2
    assert finding.message == f"the id `q` is taken in its scope: main.py:{line}"


def test_in_the_class_that_is_called(run) -> None:
    """The construct that comes second is named anew, where that is written."""
    files = {"lib.py": HEAD, "main.py": "import cdktf\nfrom lib import *\n" + case(TRANSFORMED["a plain class"][0])}
    result = run(files, select={"A121"}, unsafe=True)
    assert [each.path for each in result.files] == ["lib.py"]
    assert "SqsQueue(scope, 'plain-sqs-queue')" in result.files[0].after


SHOWN = {
    "nothing differs": "for _ in asked, asked:\n    SqsQueue(s, 'q')",
    "called twice": "def make():\n    SqsQueue(s, 'q')\nmake()\nmake()",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": HEAD + case(code)}, select={"A121"}, unsafe=True)
    assert result.files == []
    (finding,) = result.findings
    assert finding.safety == "shown"
    assert (
        finding.message
        == "`q` is the id of each construct that this call makes in its scope; give each an id of its own"
    )


NOOP = {
    "branches": "if asked():\n    SqsQueue(s, 'q')\nelse:\n    S3Bucket(s, 'q')",
    "elif": "if asked():\n    SqsQueue(s, 'q')\nelif not asked():\n    S3Bucket(s, 'q')\nelse:\n    Identity(s, 'q')",
    "a condition": "asked() or SqsQueue(s, 'q')\nx = S3Bucket(s, 'q') if asked() == 2 else None",
    "a way out": "if asked():\n    SqsQueue(s, 'q')\n    return\nS3Bucket(s, 'q')",
    "what may not have run": "for n in asked.__dict__:\n    SqsQueue(s, 'q')\nS3Bucket(s, 'r')",
    "two scopes": "one = Part(s, '1')\ntwo = Part(s, '2')\nSqsQueue(one, 'q')\nSqsQueue(two, 'q')",
    "another scope each time": "for n in NAMES:\n    p = Part(s, n)\n    SqsQueue(p, 'q')",
    "a helper's own scope": "def make(n):\n    p = Part(s, n)\n    SqsQueue(p, 'q')\nmake('a')\nmake('b')",
    "a scope that changes": "p = Part(s, '1')\nSqsQueue(p, 'q')\np = Part(s, '2')\nSqsQueue(p, 'q')",
    "an id that changes": "n = 'a'\nSqsQueue(s, n)\nn = 'b'\nSqsQueue(s, n)",
    "an id of the loop": "for n in NAMES:\n    name = f'q-{n}'\n    SqsQueue(s, name)",
    "a counter": "at = 0\nfor n in NAMES:\n    SqsQueue(s, f'q-{at}')\n    at += 1",
    "what is worked out": "for n in NAMES:\n    SqsQueue(s, 'q'.join(n))",
    "a loop that may run once": "for n in asked.__name__[:1]:\n    SqsQueue(s, 'q')",
    "a count of one": "count = 1\nfor n in range(count):\n    SqsQueue(s, 'q')",
    "a count that goes down": "count = 3\ncount -= 2\nfor n in range(count):\n    SqsQueue(s, 'q')",
    "an object's count that is set anew": "class C:\n    count = 3\nc = C()\nc.count = 1\nfor n in range(c.count):\n    SqsQueue(s, 'q')",
    "a count set in a method": "class C:\n    def __init__(self):\n        self.count = 3\n    def less(self):\n        self.count -= 2\nc = C()\nc.less()\nfor n in range(c.count):\n    SqsQueue(s, 'q')",
    "a count worked out": "for n in range(min(3, 1)):\n    SqsQueue(s, 'q')",
    "a length that shrinks": "names = ['a', 'b']\nnames.pop()\nfor n in range(len(names)):\n    SqsQueue(s, 'q')",
    "a loop of one": "for n in ['a']:\n    SqsQueue(s, 'q')",
    "a loop that is left": "for n in NAMES:\n    SqsQueue(s, 'q')\n    break",
    "once in a loop": "for n in NAMES:\n    if n == 'a':\n        SqsQueue(s, 'q')",
    "a list that shrinks": "names = ['a', 'b']\nnames.pop()\nfor n in names:\n    SqsQueue(s, 'q')",
    "tried": "SqsQueue(s, 'q')\ntry:\n    S3Bucket(s, 'q')\nexcept Exception:\n    pass",
    "meant to fail": "import contextlib\nSqsQueue(s, 'q')\nwith contextlib.suppress(RuntimeError):\n    S3Bucket(s, 'q')",
    "removed": "SqsQueue(s, 'q')\ns.node.try_remove_child('q')\nS3Bucket(s, 'q')",
    "never called": "SqsQueue(s, 'q')\ndef later():\n    S3Bucket(s, 'q')",
    "called under a condition": "def make():\n    SqsQueue(s, 'q')\nif asked():\n    make()\nelse:\n    make()",
    "made once": "made = []\ndef make():\n    if not made:\n        made.append(SqsQueue(s, 'q'))\nmake()\nmake()",
    "made once, with a way out": "made = []\ndef make():\n    if made:\n        return\n    made.append(SqsQueue(s, 'q'))\nmake()\nmake()",
    "another id": "class P(Construct):\n    def __init__(self, scope, name, size):\n        super().__init__(scope, f'{name}-{size}')\nP(s, 'p', 1)\nP(s, 'p', 2)",
    "a method in its place": "class B(Construct):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n        SqsQueue(self, 'q')\n        self.more()\n    def more(self):\n        S3Bucket(self, 'q')\n"
    "class C(B):\n    def more(self):\n        pass\nC(s, 'c')",
    "a class of the project": "class SqsQueue:\n    def __init__(self, scope, name):\n        pass\nSqsQueue(s, 'q')\nSqsQueue(s, 'q')",
    "an object's counter": "class P(Construct):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n        self.at = 0\n        self.add()\n        self.add()\n    def add(self):\n        self.at += 1\n        SqsQueue(self, f'q-{self.at}')\nP(s, 'p')",
    "an object's attribute that is set anew": "class Namer:\n    def __init__(self, prefix):\n        self.prefix = prefix\n    def make(self, scope):\n        SqsQueue(scope, self.prefix)\nn = Namer('a')\nSqsQueue(s, n.prefix)\nn.prefix = 'b'\nSqsQueue(s, n.prefix)",
    "set anew by its name": "class Namer:\n    def __init__(self, prefix):\n        self.prefix = prefix\n    def make(self, scope):\n        SqsQueue(scope, self.prefix)\nn = Namer('a')\nSqsQueue(s, n.prefix)\nsetattr(n, 'prefix', 'b')\nSqsQueue(s, n.prefix)",
    "a class's attribute that is set anew": "class N:\n    prefix = 'a'\nn = N()\nSqsQueue(s, n.prefix)\nn.prefix = 'b'\nSqsQueue(s, n.prefix)",
    "objects that are not kept": "class B:\n    def __init__(self, scope):\n        self.scope = scope\n    def make(self):\n        SqsQueue(self.scope, 'q')\nclass P(Construct):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n        B(Part(self, '1')).make()\n        B(Part(self, '2')).make()\nP(s, 'p')",
    "made once by a metaclass": "class Once(type):\n    made = None\n    def __call__(cls, *args):\n        cls.made = cls.made or super().__call__(*args)\n        return cls.made\nclass One(metaclass=Once):\n    def __init__(self, scope):\n        SqsQueue(scope, 'q')\nOne(s)\nOne(s)",
    "made once by a decorator": "def once(cls):\n    made = []\n    def make(*args):\n        made[:] = made or [cls(*args)]\n        return made[0]\n    return make\n@once\nclass One:\n    def __init__(self, scope):\n        SqsQueue(scope, 'q')\nOne(s)\nOne(s)",
    "remembered": "def memo(make):\n    made = {}\n    def inner(*args):\n        if args not in made:\n            made[args] = make(*args)\n        return made[args]\n    return inner\n@memo\ndef queue(scope):\n    return SqsQueue(scope, 'q')\nqueue(s)\nqueue(s)",
    "made once by __new__": "class One:\n    made = None\n    def __new__(cls, scope):\n        if cls.made is None:\n            cls.made = super().__new__(cls)\n            SqsQueue(scope, 'q')\n        return cls.made\nOne(s)\nOne(s)",
    "a backend": "cdktf.LocalBackend(s, path='q')\nSqsQueue(s, 'q')",
}  # fmt: skip


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + case(code)}, select={"A121"}, unsafe=True)
    assert (result.files, result.findings) == ([], [])


def test_before_the_real_package(fix, oracle: Oracle, tmp_path: Path) -> None:
    """All fail as they are, all are accepted when repaired, and so is what is left alone."""
    broken = "".join(case(before, number) for number, (before, _) in enumerate(TRANSFORMED.values()))
    (tmp_path / "main.py").write_text(HEAD + broken + RUN.format(accepted="False"), encoding="utf-8")
    assert oracle.synthesize(tmp_path).error is None
    # `remove_child` silences the rule in all of a file.
    others = [code for name, code in NOOP.items() if name != "removed"]
    right = "".join(case(code, 100 + number) for number, code in enumerate(others))
    code = fix(HEAD + broken + right, select={"A121"}, unsafe=True)
    assert code.endswith(right)
    (tmp_path / "main.py").write_text(code + RUN.format(accepted="True"), encoding="utf-8")
    assert oracle.synthesize(tmp_path).error is None

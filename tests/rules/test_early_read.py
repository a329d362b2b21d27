"""Attributes that are read before they are set."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest
from cdktf_codemods.oracle import Oracle

from tests.test_whole_provider import RUN

HEAD = """\
from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from constructs import Construct
def asked():
    return bool(RUN)
RUN = []
"""


def stack(body: str, methods: str = "", base: str = "Construct") -> str:
    """A function that makes a construct of a class of that ``__init__`` and those methods."""
    lines = [f"class P({base}):", "    def __init__(self, scope, name):", "        super().__init__(scope, name)"]
    lines += [f"        {line}" if line else "" for line in body.split("\n")]
    lines += [f"    {line}" for line in methods.split("\n") if line]
    return "\n".join((*lines, 'P(s, "p")'))


def case(code: str, number: int = 0) -> str:
    return f"def case_{number}(s):\n{indent(code, '    ')}\n"


READS = "def read(self):\n    SqsQueue(self, 'q', name=self.b.bucket)\n"
SETS = "def set(self):\n    self.b = S3Bucket(self, 'b')\n"

TRANSFORMED = {
    "one over another": (
        stack("self.read()  # reads\n\n# sets\nself.set()", READS + SETS),
        stack("# sets\nself.set()\n\nself.read()  # reads", READS + SETS),
    ),
    "over several, with arguments": (
        stack("n = 'b'\nself.read()\nself.other()\nself.set(n)\nx = 1", READS + "def other(self):\n    self.o = 1\ndef set(self, n):\n    self.b = S3Bucket(self, n)\n"),
        stack("n = 'b'\nself.set(n)\nself.read()\nself.other()\nx = 1", READS + "def other(self):\n    self.o = 1\ndef set(self, n):\n    self.b = S3Bucket(self, n)\n"),
    ),
    "through other methods": (
        stack("self.all()\nself.make()", READS + SETS + "def all(self):\n    self.read()\ndef make(self):\n    self.set()\n"),
        stack("self.make()\nself.all()", READS + SETS + "def all(self):\n    self.read()\ndef make(self):\n    self.set()\n"),
    ),
    "in `__init__` itself": (
        stack("SqsQueue(self, 'q', name=self.b.bucket)\nself.set()", SETS),
        stack("self.set()\nSqsQueue(self, 'q', name=self.b.bucket)", SETS),
    ),
    "in a loop of its own": (
        stack("self.read()\nself.set()", "def read(self):\n    if asked():\n        self.b\n    SqsQueue(self, 'q', name=self.b.bucket)\n" + SETS),
        stack("self.set()\nself.read()", "def read(self):\n    if asked():\n        self.b\n    SqsQueue(self, 'q', name=self.b.bucket)\n" + SETS),
    ),
    "two of them": (
        stack("self.read()\nself.set()\nself.first()", READS + "def set(self):\n    self.b = S3Bucket(self, self.n)\ndef first(self):\n    self.n = 'b'\n"),
        stack("self.first()\nself.set()\nself.read()", READS + "def set(self):\n    self.b = S3Bucket(self, self.n)\ndef first(self):\n    self.n = 'b'\n"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(HEAD + case(before), select={"N121"}) == HEAD + case(after)


SHOWN = {
    "each needs the other": stack("self.read()\nself.set()", "def read(self):\n    self.n = self.b.bucket\ndef set(self):\n    self.b = S3Bucket(self, self.n)\n"),
    "what is between is needed": stack("self.read()\nself.n = 'b'\nself.set()", READS + "def set(self):\n    self.b = S3Bucket(self, self.n)\n"),
    "a variable between": stack("self.read()\nn = 'b'\nself.set(n)", READS + "def set(self, n):\n    self.b = S3Bucket(self, n)\n"),
    "under a condition": stack("self.read()\nif asked():\n    self.set()", READS + SETS),
    "set by itself": stack("self.read()\nself.b = S3Bucket(self, 'b')", READS),
    "never": stack("self.read()", READS + SETS),
    "its result is kept": stack("self.read()\nself.x = self.set()", READS + SETS),
    "it changes what was set": stack("self.n = 1\nself.read()\nprint(self.n)\nself.set()", READS + "def set(self):\n    self.b = S3Bucket(self, 'b')\n    self.n = 2\n"),
}  # fmt: skip


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": HEAD + case(code)}, select={"N121"}, unsafe=True)
    assert result.files == []
    (finding,) = result.findings
    assert finding.safety == "shown"
    assert finding.message.startswith("`b` is read before anything has set it")


NOOP = {
    "in order": stack("self.set()\nself.read()", READS + SETS),
    "read under a condition": stack("if asked():\n    self.read()\nself.set()", READS + SETS),
    "read later": stack("self.later = lambda: self.b\nself.read()\nself.set()", "def read(self):\n    def inner():\n        return self.b\n" + SETS),
    "set under a condition": stack("self.n = 1\nif self.n:\n    self.set()\nself.read()", READS + SETS),
    "asked for": stack("self.read()\nself.set()", "def read(self):\n    if hasattr(self, 'b'):\n        self.b\n    getattr(self, 'b', None)\n" + SETS),
    "tried": stack("self.read()\nself.set()", "def read(self):\n    try:\n        self.b\n    except AttributeError:\n        pass\n" + SETS),
    "of the class": stack("self.read()\nself.set()", "b = None\ndef read(self):\n    print(self.b)\n" + SETS),
    "of a base": "class B(Construct):\n    def __init__(self, scope, name):\n        self.b = S3Bucket(scope, 'bb')\n        super().__init__(scope, name)\n" + stack("self.read()\nself.set()", READS + SETS, base="B"),
    "a property": stack("self.read()\nself.set()", "@property\ndef b(self):\n    return S3Bucket(self, 'bb')\n" + READS + "def set(self):\n    self.c = self.b\n".replace("self.b", "1")),
    "set when it is made": stack("self.read()\nself.set()", READS + SETS + "def __new__(cls, *a, **k):\n    found = super().__new__(cls)\n    found.b = S3Bucket(a[0], 'n')\n    return found\n"),
    "set by text": stack("setattr(self, 'b', S3Bucket(self, 'bb'))\nself.read()\nself.set()", READS + "def set(self):\n    self.b = 1\n"),
    "looked up": stack("self.read()\nself.set()", "def __getattr__(self, name):\n    if name != 'b':\n        raise AttributeError(name)\n    return S3Bucket(self, 'g')\n" + READS + SETS),
    "set by a subclass": "class B(Construct):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n        self.read()\n        self.set()\n    def read(self):\n        print(self.b)\n    def set(self):\n        self.b = S3Bucket(self, 'b')\n"
    "class C(B):\n    def __init__(self, scope, name):\n        self.b = 1\n        super().__init__(scope, name)\nC(s, 'c')",
    "by a base that calls it": "class B(Construct):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n        self.set()\n" + stack("self.read()", READS + SETS, base="B"),
    "by a text that is worked out": stack("for name in ('set',):\n    getattr(self, name)()\nself.read()", READS + SETS),
    "by a text": stack("getattr(self, 'set')()\nself.read()", READS + SETS),
    "by a base that calls it by a text": "class B(Construct):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n        for name in dir(self):\n            if name == 'set':\n                getattr(self, name)()\n" + stack("self.read()", READS + SETS, base="B"),
    "set by a helper": "def prepare(p, **given):\n    for name, value in given.items():\n        setattr(p, name, value)\n" + stack("prepare(self, b=S3Bucket(self, 'bb'))\nself.read()", READS + SETS),
    "set among all": "def prepare(p, **given):\n    vars(p).update(given)\n" + stack("prepare(self, b=S3Bucket(self, 'bb'))\nself.read()", READS + SETS),
    "by somebody else": "def prepare(p):\n    p.set()\n" + stack("prepare(self)\nself.read()", READS + SETS),
    "in a method in its place": "class B(Construct):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n        self.first()\n        self.read()\n    def first(self):\n        pass\n    def read(self):\n        print(self.b)\n    def set(self):\n        self.b = 1\n"
    "class C(B):\n    def first(self):\n        self.set()\nC(s, 'c')",
}  # fmt: skip


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + case(code)}, select={"N121"}, unsafe=True)
    assert (result.files, result.findings) == ([], [])


def test_before_the_real_package(fix, oracle: Oracle, tmp_path: Path) -> None:
    """All that is found fails as it is; what is repaired is accepted, and so is what is left alone."""
    found = [*(before for before, _ in TRANSFORMED.values()), *SHOWN.values()]
    broken = HEAD + "".join(case(each, number) for number, each in enumerate(found))
    (tmp_path / "main.py").write_text(broken + RUN.format(accepted="False"), encoding="utf-8")
    assert oracle.synthesize(tmp_path).error is None
    repaired = fix(HEAD + "".join(case(each, number) for number, (each, _) in enumerate(TRANSFORMED.values())))
    code = repaired + "".join(case(each, 100 + number) for number, each in enumerate(NOOP.values()))
    (tmp_path / "main.py").write_text(code + RUN.format(accepted="True"), encoding="utf-8")
    assert oracle.synthesize(tmp_path).error is None

from __future__ import annotations

import pytest
from cdktf_codemods import Schema, Settings, repair

HEAD = "from constructs import Construct\nimport cdktf\n"

TRANSFORMED = {
    "the document's": (
        "class A(Construct):\n    def __init__(\n        self,\n        scope: Construct,\n        construct_id: str,\n        a: str,  # first\n        b: str = 'x',\n        c=1,\n        d=2,\n    ):\n        pass\n",
        "class A(Construct):\n    def __init__(\n        self,\n        scope: Construct,\n        construct_id: str,\n        *,\n        a: str,  # first\n        b: str = 'x',\n        c=1,\n        d=2,\n    ):\n        pass\n",
    ),
    "a stack, with keywords of its own": (
        "class A(cdktf.TerraformStack):\n    def __init__(self, scope, id_, a, b, c, d, *, e=1, **kwargs): pass\n",
        "class A(cdktf.TerraformStack):\n    def __init__(self, scope, id_, *, a, b, c, d, e=1, **kwargs): pass\n",
    ),
    "callers": (
        "class A(Construct):\n    def __init__(self, scope, construct_id, a, b, c, d): pass\nA(x, 'a', 1, 2, c=3, d=4)\nA(x, 'a', *[], **{})\n".replace("A(x, 'a', *[], **{})\n", "A(x, 'a', 1, **o)\n"),
        "class A(Construct):\n    def __init__(self, scope, construct_id, *, a, b, c, d): pass\nA(x, 'a', a=1, b=2, c=3, d=4)\nA(x, 'a', a=1, **o)\n",
    ),
    "subclasses": (
        "class A(Construct):\n    def __init__(self, scope, construct_id, a, b, c, d): pass\nclass B(A):\n    def __init__(self, scope, construct_id):\n        super().__init__(scope, construct_id, 1, 2, 3, 4)\nclass C(A): pass\nC(x, 'c', 1, 2, 3, 4)\n",
        "class A(Construct):\n    def __init__(self, scope, construct_id, *, a, b, c, d): pass\nclass B(A):\n    def __init__(self, scope, construct_id):\n        super().__init__(scope, construct_id, a=1, b=2, c=3, d=4)\nclass C(A): pass\nC(x, 'c', a=1, b=2, c=3, d=4)\n",
    ),
    "the base by its name": (
        "class A(Construct):\n    def __init__(self, scope, construct_id, a, b, c, d): pass\nclass B(A):\n    def __init__(self, s):\n        A.__init__(self, s, 'b', 1, 2, 3, 4)\n",
        "class A(Construct):\n    def __init__(self, scope, construct_id, *, a, b, c, d): pass\nclass B(A):\n    def __init__(self, s):\n        A.__init__(self, s, 'b', a=1, b=2, c=3, d=4)\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix, run) -> None:
    assert fix(HEAD + before, select={"L103"}, unsafe=True) == HEAD + after
    assert run({"main.py": HEAD + before}, select={"L103"}).files == []


NOOP = {
    "five": "class A(Construct):\n    def __init__(self, scope, construct_id, a, b, c): pass\n",
    "keywords": "class A(Construct):\n    def __init__(self, scope, construct_id, *, a, b, c, d): pass\n",
    "no construct": "class A:\n    def __init__(self, scope, construct_id, a, b, c, d): pass\n",
    "another method": "class A(Construct):\n    def f(self, a, b, c, d, e, f): pass\n",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"L103"}, unsafe=True)
    assert (result.files, result.findings) == ([], [])


PROJECT = {
    "lib/a.py": HEAD + "class A(Construct):\n    def __init__(self, scope, construct_id, a, b, c, d): pass\n",
    "main.py": "from lib.a import A\nA(x, 'a', 1, 2, 3, 4)\n",
}


def test_callers_in_other_files(run) -> None:
    after = {file.path: file.after for file in run(PROJECT, select={"L103"}, unsafe=True).files}
    assert after["main.py"].endswith("A(x, 'a', a=1, b=2, c=3, d=4)\n")


@pytest.mark.parametrize("call", ["A(x, 'a', *values)", "A(*values)"])
def test_a_call_that_unpacks_is_shown(call: str, run) -> None:
    files = {**PROJECT, "main.py": f"from lib.a import A\n{call}\n"}
    result = run(files, select={"L103"}, unsafe=True)
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]


def test_a_caller_out_of_reach_is_shown(schema: Schema) -> None:
    settings = Settings(select=frozenset({"L103"}), unsafe=True)
    result = repair(PROJECT, schema, settings, editable={"lib/a.py"})
    assert result.files == []
    assert ["main.py" in finding.message for finding in result.findings] == [True]

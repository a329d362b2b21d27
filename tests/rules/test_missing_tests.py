from __future__ import annotations

from cdktf_codemods import Schema, Settings, repair

STACK = "from cdktf import TerraformStack\nclass A(TerraformStack): pass\nclass B(TerraformStack): pass\nclass Helper: pass\n"
MAIN = "from cdktf import App\nfrom lib.stack import A\nA(App(), 'a')\n"
PROJECT = {"lib/stack.py": STACK, "main.py": MAIN}
CDKTF = {"cdktf.json": b"{}"}


def said(schema: Schema, files: dict[str, str], **more: object) -> list[str]:
    settings = Settings(select=frozenset({"K103"}))
    result = repair(files, schema, settings, resources=more.get("resources", CDKTF), editable=more.get("editable"))  # type: ignore[arg-type]
    assert result.files == []
    assert {finding.path for finding in result.findings} <= {"main.py"}
    return [finding.message for finding in result.findings]


def test_once_a_project(schema: Schema) -> None:
    (message,) = said(schema, PROJECT)
    assert "no unit tests and no integration tests" in message
    assert "`A`, `B`" in message
    assert "Helper" not in message


def test_constructs_that_no_test_imports(schema: Schema) -> None:
    unit = {"tests/test_a.py": "from lib.stack import A as Stack\n"}
    assert said(schema, PROJECT | unit) == ["the project has no integration tests; no test imports `B`"]


def test_a_module_import_counts_for_all_of_it(schema: Schema) -> None:
    tests = {
        "tests/unit/test_a.py": "import lib.stack as s\n",
        "tests/integration/test_b.py": "from lib import stack\n",
    }
    assert said(schema, PROJECT | {"lib/__init__.py": ""} | tests) == []


def test_no_unit_tests(schema: Schema) -> None:
    tests = {"tests/integration/test_a.py": "from lib.stack import A, B\n"}
    assert said(schema, PROJECT | tests) == ["the project has no unit tests"]


def test_silent_where_it_cannot_know(schema: Schema) -> None:
    assert said(schema, PROJECT, resources={}) == []
    assert said(schema, PROJECT, resources=None) == []
    assert said(schema, PROJECT, editable={"main.py"}) == []

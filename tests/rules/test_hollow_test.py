from __future__ import annotations

import pytest

SHOWN = {
    "the document's": "def test_stack():\n    assert stack is not None\n",
    "several": "def test_stack():\n    assert a is not None\n    assert b != None, 'message'\n",
    "unittest": "class T:\n    def test_stack(self):\n        self.assertIsNotNone(stack)\n",
    "nested": "def test_stack():\n    with app() as stack:\n        if stack:\n            assert stack is not None\n",
    "async": "async def test_stack():\n    assert stack is not None\n",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
@pytest.mark.parametrize("path", ["tests/integration/test_a.py", "test/test_stack_integration.py"])
def test_shown(code: str, path: str, run) -> None:
    result = run({path: code}, select={"K102"})
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]


NOOP = {
    "a real assertion": "def test_stack():\n    assert stack is not None\n    assert stack.name == 'x'\n",
    "no assertion": "def test_stack():\n    deploy()\n",
    "no test": "def check():\n    assert stack is not None\n",
    "is None": "def test_stack():\n    assert stack is None\n",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    assert run({"tests/integration/test_a.py": code}, select={"K102"}).findings == []


def test_a_unit_test_may(run) -> None:
    assert run({"tests/unit/test_a.py": SHOWN["the document's"]}, select={"K102"}).findings == []
    assert run(
        {"tests/test_a.py": "class TestIntegration:\n    def test_a(self):\n        assert a is not None\n"},
        select={"K102"},
    ).findings

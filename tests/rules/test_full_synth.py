from __future__ import annotations

import pytest

HEAD = """\
import cdktf
from cdktf import App, TerraformStack, Testing
class Stack(TerraformStack): pass
stack = Stack(App(), 's')
"""

TRANSFORMED = {
    "the document's": (
        "synth = Testing.synth(stack)\nmanifest = Testing.to_be_valid_terraform(synth)\nassert manifest is True",
        "synth = Testing.full_synth(stack)\nmanifest = Testing.to_be_valid_terraform(synth)\nassert manifest is True",
    ),
    "nested": (
        "assert Testing.to_be_valid_terraform(Testing.synth(stack))",
        "assert Testing.to_be_valid_terraform(Testing.full_synth(stack))",
    ),
    "module, keyword": (
        "assert cdktf.Testing.to_be_valid_terraform(received=cdktf.Testing.synth(stack))",
        "assert cdktf.Testing.to_be_valid_terraform(received=cdktf.Testing.full_synth(stack))",
    ),
    "plan": (
        "assert Testing.to_plan_successfully(Testing.synth(stack))",
        "assert Testing.to_plan_successfully(Testing.full_synth(stack))",
    ),
    "another use of the JSON": (
        "j = Testing.synth(stack)\nassert Testing.to_have_resource(j, 'x')\nassert Testing.to_be_valid_terraform(j)",
        "j = Testing.synth(stack)\nassert Testing.to_have_resource(j, 'x')\nassert Testing.to_be_valid_terraform(Testing.full_synth(stack))",
    ),
    "the stack itself": (
        "assert Testing.to_be_valid_terraform(stack)",
        "assert Testing.to_be_valid_terraform(Testing.full_synth(stack))",
    ),
    "attributes": (
        "class T:\n    def setup_method(self):\n        self.s = Stack(App(), 's')\n        self.j = Testing.synth(self.s)\n    def test_a(self):\n        print(self.j)\n        assert Testing.to_be_valid_terraform(self.j)",
        "class T:\n    def setup_method(self):\n        self.s = Stack(App(), 's')\n        self.j = Testing.synth(self.s)\n    def test_a(self):\n        print(self.j)\n        assert Testing.to_be_valid_terraform(Testing.full_synth(self.s))",
    ),
    "a fixture's stack": (
        "import pytest\n@pytest.fixture\ndef made(): return Stack(App(), 's')\ndef test_a(made):\n    assert Testing.to_be_valid_terraform(made)",
        "import pytest\n@pytest.fixture\ndef made(): return Stack(App(), 's')\ndef test_a(made):\n    assert Testing.to_be_valid_terraform(Testing.full_synth(made))",
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(f"{HEAD}{before}\n", select={"K101"}) == f"{HEAD}{after}\n"


NOOP = {
    "the folder": "assert Testing.to_be_valid_terraform(Testing.full_synth(stack))",
    "another check": "assert Testing.to_have_resource(Testing.synth(stack), 'x')",
    "looked at": "answer = Testing.to_be_valid_terraform(Testing.full_synth(stack))",
    "unknown": "assert Testing.to_be_valid_terraform(given)",
    "own class": "class Testing: pass\nassert Testing.to_be_valid_terraform(Testing.synth(stack))",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"K101"})
    assert (result.files, result.findings) == ([], [])


def test_json_of_a_fixture_is_shown(run) -> None:
    code = HEAD + (
        "import pytest\n@pytest.fixture\ndef made():\n    own = Stack(App(), 's')\n    return Testing.synth(own)\n"
        "def test_a(made):\n    assert Testing.to_be_valid_terraform(made)\n"
    )
    result = run({"main.py": code}, select={"K101"})
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]


def test_what_nothing_asserts_is_asserted(fix, run) -> None:
    before = f"{HEAD}def test_a():\n    Testing.to_be_valid_terraform(Testing.full_synth(stack))  # valid\n"
    after = f"{HEAD}def test_a():\n    assert Testing.to_be_valid_terraform(Testing.full_synth(stack))  # valid\n"
    assert fix(before, select={"K101"}, unsafe=True) == after
    result = run({"main.py": before}, select={"K101"})
    assert (result.files, [finding.safety for finding in result.findings]) == ([], ["unsafe"])
    assert fix(before.replace("full_synth", "synth"), select={"K101"}, unsafe=True) == after

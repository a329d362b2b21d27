"""What ``Fn`` has not, and what it gives: before the real cdktf."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

HEAD = "from cdktf import App, Fn, TerraformOutput as Out, TerraformStack, TerraformVariable\nimport cdktf\n\n\nclass S(TerraformStack):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n        self.used = Fn.raw_string\n        given = TerraformVariable(self, 'given', type='string')\n        several = TerraformVariable(self, 'several', type='list(string)')\n"
TAIL = "\n\napp = App()\nS(app, 's')\napp.synth()\n"

# Code, repaired code, and the value of the output.
TRANSFORMED = {
    "select": ("Fn.select(0, several.list_value)", "Fn.element(several.list_value, 0)", "${element(var.several, 0)}"),
    "length": ("Fn.length(several.list_value)", "Fn.length_of(several.list_value)", "${length(var.several)}"),
    "base64, by the module": ("cdktf.Fn.base64(given.string_value)", "cdktf.Fn.base64encode(given.string_value)", "${base64encode(var.given)}"),
    "json": ("Fn.to_json({'a': 1})", "Fn.jsonencode({'a': 1})", '${jsonencode({"a" = 1})}'),
    "if": ("Fn.if_(True, 'a', 'b')", "Fn.conditional(True, 'a', 'b')", '${true ? "a" : "b"}'),
    "other words": ("Fn.json_encode({'a': 1})", "Fn.jsonencode({'a': 1})", '${jsonencode({"a" = 1})}'),
    "camelCase": ("Fn.lengthOf(several.list_value)", "Fn.length_of(several.list_value)", "${length(var.several)}"),
    "another name in camelCase": ("Fn.toUpper(given.string_value)", "Fn.upper(given.string_value)", "${upper(var.given)}"),
    "workspace": ("Fn.terraform_workspace()", "'${terraform.workspace}'", "${terraform.workspace}"),
    "a key": ("Fn.jsondecode(given.string_value)['user']", "Fn.lookup(Fn.jsondecode(given.string_value), 'user')", "${jsondecode(var.given).user}"),
    "get": ("Fn.jsondecode(given.string_value).get('user')", "Fn.lookup(Fn.jsondecode(given.string_value), 'user')", "${jsondecode(var.given).user}"),
    "get with a default": ("Fn.yamldecode(given.string_value).get('user', 'me')", "Fn.lookup(Fn.yamldecode(given.string_value), 'user', 'me')", '${lookup(yamldecode(var.given), "user", "me")}'),
    "an attribute": ("Fn.jsondecode(given.string_value).user", "Fn.lookup(Fn.jsondecode(given.string_value), 'user')", "${jsondecode(var.given).user}"),
    "a key of a key": (
        "Fn.jsondecode(given.string_value)['a']['b']",
        "Fn.lookup(Fn.lookup(Fn.jsondecode(given.string_value), 'a'), 'b')",
        "${jsondecode(var.given).a.b}",
    ),
}  # fmt: skip
NOOP = {
    "of Python's json": "import json\nx = json.loads('{}')['a']",
    "looked up": "Fn.lookup(Fn.jsondecode('{}'), 'a')",
    "functions that are there": "[Fn.element([1], 0), Fn.length_of([1]), Fn.tostring(1)]",
    "another Fn": "class Fn:\n    select = None\nFn.select(0, [1])",
    "a list that is decoded": "[each for each in [Fn.jsondecode('[]')]]",
}


@pytest.mark.parametrize(("before", "after", "value"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, value: str, fix, oracle: Oracle, tmp_path: Path) -> None:
    code = f"{HEAD}        Out(self, 'out', value={before})\n{TAIL}"
    fixed = fix(code)
    assert fixed == code.replace(before, after)
    (tmp_path / "main.py").write_text(code)
    assert oracle.synthesize(tmp_path).failure is not None
    (tmp_path / "main.py").write_text(fixed)
    answer = oracle.synthesize(tmp_path)
    assert answer.failure is None
    assert answer.stacks["s"]["output"]["out"]["value"] == value


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": f"from cdktf import Fn\n{code}\n"}, select={"A110", "A111", "A104"})
    assert (result.files, result.findings) == ([], [])


@pytest.mark.parametrize("code", ["Fn.summ(1)", "Fn.select(0)"])
def test_what_is_not_in_the_table_is_shown(code: str, run) -> None:
    result = run({"main.py": f"{HEAD}        Out(self, 'out', value={code})\n{TAIL}"})
    assert [(each.code, each.fixed) for each in result.findings if each.code.startswith("A1")] in (
        [("A104", False)],
        [("A110", False)],
    )


def test_a_variable_from_another_file(run) -> None:
    secrets = "from cdktf import Fn\n\n\ndef login(text):\n    return Fn.jsondecode(text)\n"
    main = "from secrets_ import login\n\n\ndef user(text):\n    found = login(text)\n    return found['user']\n"
    result = run({"secrets_.py": secrets, "main.py": main}, select={"A111"})
    assert "return Fn.lookup(found, 'user')" in result.files[0].after
    assert "from cdktf import Fn" in result.files[0].after

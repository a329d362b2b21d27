from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

HEAD = "from cdktf import App, TerraformStack as Stack\n\n\nclass Network(Stack):\n    def __init__(self, scope, name, **rest):\n"
CALL = "\n\napp = App()\nNetwork(app, 'n', cidr='10.0.0.0/8')\napp.synth()\n"
SUPER = "        super().__init__(scope, name, **rest)\n"
REPAIRED = "        super().__init__(scope, name)\n"

TRANSFORMED = {
    "get": (SUPER, "        self.cidr = rest.get('cidr')\n"),
    "a key": (SUPER, "        print(rest['cidr'])\n"),
    "asked for": (SUPER, "        self.options = rest\n"),
    "by the class": (SUPER.replace("super().__init__(scope", "Stack.__init__(self, scope"), "        self.cidr = rest.get('cidr')\n"),
    "handed on too": (SUPER, "        self.options = dict(**rest)\n"),
}  # fmt: skip
NOOP = {
    "taken out": ("        self.cidr = rest.pop('cidr', None)\n" + SUPER, CALL),
    "deleted": ("        cidr = rest['cidr']\n        del rest['cidr']\n" + SUPER, CALL),
    "taken out by a helper": ("        self.cidr = take(rest, 'cidr')\n" + SUPER, "\n\ndef take(of, key):\n    return of.pop(key)\n" + CALL),
    "all taken out": ("        self.options = dict(rest)\n        rest.clear()\n" + SUPER, CALL),
    "by another name": ("        options = rest\n        self.cidr = options.pop('cidr')\n" + SUPER, CALL),
    "none passed": (SUPER + "        print(rest.get('cidr'))\n", CALL.replace(", cidr='10.0.0.0/8'", "")),
    "not called": (SUPER + "        print(rest.get('cidr'))\n", "\n"),
    "its own parameter": (SUPER.replace("**rest", "**dict()"), CALL),
}  # fmt: skip


@pytest.mark.parametrize(("line", "use"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(line: str, use: str, fix, oracle: Oracle, tmp_path: Path) -> None:
    code = HEAD + line + use + CALL
    fixed = fix(code, select={"A109"})
    assert fixed == code.replace(", **rest)\n", ")\n", 1)
    (tmp_path / "main.py").write_text(code)
    assert "unexpected keyword" in str(oracle.synthesize(tmp_path).failure)
    (tmp_path / "main.py").write_text(fixed)
    assert oracle.synthesize(tmp_path).failure is None


@pytest.mark.parametrize(("body", "call"), NOOP.values(), ids=NOOP)
def test_left_alone(body: str, call: str, run) -> None:
    result = run({"main.py": HEAD + body + call}, select={"A109"})
    assert (result.files, result.findings) == ([], [])


def test_what_nothing_reads_is_shown(run) -> None:
    result = run({"main.py": HEAD + SUPER + CALL}, select={"A109"})
    assert [(each.line, each.fixed) for each in result.findings] == [(6, False)]
    assert "`cidr`" in result.findings[0].message
    assert "main.py:10" in result.findings[0].message


def test_a_caller_in_another_file(run) -> None:
    stack = HEAD + SUPER + "        self.cidr = rest.get('cidr')\n"
    main = "from cdktf import App\nfrom lib import network\n\napp = App()\nnetwork.Network(app, 'n', **{'cidr': 'x'})\n"
    result = run({"lib/network.py": stack, "main.py": main}, select={"A109"})
    assert [each.path for each in result.files] == ["lib/network.py"]
    assert REPAIRED in result.files[0].after

"""What comments silence, and what they do not."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest
from cdktf_codemods import Repair, Settings

Run = Callable[..., Repair]
HEAD = "from cdktf_cdktf_provider_aws.eip import Eip\nfrom constructs import Construct\n"
LONG = "call('" + "a" * 50 + "', '" + "b" * 50 + "', '" + "c" * 50 + "')"


def left(run: Run, code: str, **settings: object) -> list[str]:
    """The codes of what is found, in order."""
    return [finding.code for finding in run({"main.py": dedent(code)}, **settings).findings]


SILENT = {
    "on the line": HEAD + 'Eip(s, "e", vpc=True)  # cdktf-fix: ignore[A101]\n',
    "by name": HEAD + 'Eip(s, "e", vpc=True)  # cdktf-fix: ignore[eip-vpc]\n',
    "by beginning, in small letters": HEAD + 'Eip(s, "e", vpc=True)  # cdktf-fix: ignore[a1]\n',
    "everything": HEAD + 'Eip(s, "e", vpc=True)  # cdktf-fix: ignore\n',
    "with a reason": HEAD + 'Eip(s, "e", vpc=True)  # cdktf-fix: ignore[A101] -- the API wants it so\n',
    "everything, with a reason": HEAD + 'Eip(s, "e", vpc=True)  # cdktf-fix: ignore -- it is so\n',
    "behind another comment": HEAD + 'Eip(s, "e", vpc=True)  # noqa: F401 # cdktf-fix: ignore[A101]\n',
    "on the statement's first line": HEAD + 'Eip(  # cdktf-fix: ignore[A101]\n    s,\n    "e",\n    vpc=True,\n)\n',
    "on the finding's line": HEAD + 'Eip(\n    s,\n    "e",\n    vpc=True,  # cdktf-fix: ignore[A101]\n)\n',
    "behind the statement": HEAD + 'Eip(\n    s,\n    "e",\n    vpc=True,\n)  # cdktf-fix: ignore[A101]\n',
    "above the statement": HEAD + '# cdktf-fix: ignore[A101]\nEip(s, "e", vpc=True)\n',
    "above, with another comment between": HEAD + '# cdktf-fix: ignore[A101]\n# so\nEip(s, "e", vpc=True)\n',
    "above the argument": HEAD + 'Eip(\n    s,\n    "e",\n    # cdktf-fix: ignore[A101]\n    vpc=True,\n)\n',
    "above, indented": HEAD + 'def f(s):\n    # cdktf-fix: ignore[A101]\n    Eip(s, "e", vpc=True)\n',
    "for the file": "# cdktf-fix: ignore-file[A101]\n" + HEAD + 'Eip(s, "e", vpc=True)\n',
    "for the file, below its text": '"""Text."""\n# cdktf-fix: ignore-file\n' + HEAD + 'Eip(s, "e", vpc=True)\n',
    "for the file, by its place": "#!/usr/bin/env python\n# cdktf-fix: ignore[A101]\n\n"
    + HEAD
    + 'Eip(s, "e", vpc=True)\n',
    "not ASCII, CRLF": HEAD + 'x = "Größe – 🎉"; Eip(s, "e", vpc=True)  # cdktf-fix: ignore[A101]\r\n',
}


@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT)
def test_silent(code: str, run: Run) -> None:
    result = run({"main.py": code}, unsafe=True)
    assert (result.files, result.findings) == ([], [])


HEARD = {
    "another line": (HEAD + 'x = 1  # cdktf-fix: ignore[A101]\nEip(s, "e", vpc=True)\n', ["X101", "A101"]),
    "another rule": (HEAD + 'Eip(s, "e", vpc=True)  # cdktf-fix: ignore[A102]\n', ["A101", "X101"]),
    "one of two": (HEAD + 'Eip(s, "e", vpc=True)  # cdktf-fix: ignore[A101, A102]\n', ["X101"]),
    "a blank line between": (HEAD + '# cdktf-fix: ignore[A101]\n\nEip(s, "e", vpc=True)\n', ["X101", "A101"]),
    "in a text": (HEAD + 'x = "# cdktf-fix: ignore"; Eip(s, "e", vpc=True)\n', ["A101"]),
    "in a text of many lines": (HEAD + '"""\n# cdktf-fix: ignore-file\n"""\nEip(s, "e", vpc=True)\n', ["A101"]),
    "about something else": (HEAD + 'Eip(s, "e", vpc=True)  # run cdktf-fix: ignore[A101]\n', ["A101"]),
    "of another argument": (
        HEAD + 'Eip(\n    s,\n    "e",  # cdktf-fix: ignore[A101]\n    vpc=True,\n)\n',
        ["X101", "A101"],
    ),
    "without brackets": (HEAD + 'Eip(s, "e", vpc=True)  # cdktf-fix: ignore A101\n', ["A101", "X102"]),
    "nothing in brackets": (HEAD + 'Eip(s, "e", vpc=True)  # cdktf-fix: ignore[]\n', ["A101", "X102"]),
    "an open bracket": (HEAD + 'Eip(s, "e", vpc=True)  # cdktf-fix: ignore[A101\n', ["A101", "X102"]),
    "an unknown code": (HEAD + 'Eip(s, "e", vpc=True)  # cdktf-fix: ignore[A101, Q1]\n', ["X102"]),
    "a slip": (HEAD + 'Eip(s, "e", vpc=True)  # cdktf-fix: ingore[A101]\n', ["A101", "X102"]),
    "for the file, too late": (HEAD + '# cdktf-fix: ignore-file[A101]\nEip(s, "e", vpc=True)\n', ["X102", "A101"]),
    "of the file, and idle": ("# cdktf-fix: ignore\nx = 1\n", ["X101"]),
    "an own code of noqa": (HEAD + 'Eip(s, "e", vpc=True)  # noqa: A101\n', ["A101"]),
    "a bare noqa": (HEAD + 'Eip(s, "e", vpc=True)  # noqa\n', ["A101"]),
    "pylint, all": ("# pylint: disable=all\n" + HEAD + 'Eip(s, "e", vpc=True)\n', ["A101"]),
    "nosec": (HEAD + 'Eip(s, "e", vpc=True)  # nosec\n', ["A101"]),
}


@pytest.mark.parametrize(("code", "codes"), HEARD.values(), ids=HEARD)
def test_heard(code: str, codes: list[str], run: Run) -> None:
    assert left(run, code) == codes


def test_what_is_said_of_comments(run: Run) -> None:
    code = HEAD + "x = 1  # cdktf-fix: ignore[A101, eip-vcp]\ny = 2  # cdktf-fix: ignore\n"
    found = [(each.line, each.column, each.code, each.message) for each in run({"main.py": code}).findings]
    assert found == [
        (3, 8, "X101", "this comment silences nothing of `A101`"),
        (3, 8, "X102", "no rule is called `eip-vcp`; did you mean `eip-vpc`?"),
        (4, 8, "X101", "this comment silences nothing"),
    ]


def test_of_rules_that_do_not_run_nothing_is_said(run: Run) -> None:
    code = HEAD + "x = 1  # cdktf-fix: ignore[A101]\ny = 1  # cdktf-fix: ignore\nz = 1  # cdktf-fix: ignore[L102]\n"
    assert left(run, code, select={"A102", "X"}) == []
    assert left(run, code, ignore={"X101"}) == []
    assert left(run, code) == ["X101", "X101"]
    assert left(run, code, select={"ALL"}) == ["X101", "X101", "X101"]


def test_a_comment_may_silence_what_is_said_of_it(run: Run) -> None:
    assert left(run, HEAD + "x = 1  # cdktf-fix: ignore[A101, X101]\n") == []


def test_a_silenced_finding_stays_silent_when_its_statement_is_laid_out(run: Run) -> None:
    """black moves the comment behind the closing parenthesis."""
    head = "from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup\n"
    name = "n" * 60
    line = f'LbTargetGroup(s, "{name}", deregistration_delay=30, slow_start="30", port="80")  # cdktf-fix: ignore[A105]'
    assert "A105" not in left(run, head + line + "\n")


def test_a_finding_in_another_file_is_silenced_there(run: Run) -> None:
    values = "DELAY = 30  # cdktf-fix: ignore[A102]\n"
    main = (
        "from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup\nfrom values import DELAY\n"
        'LbTargetGroup(s, "t", deregistration_delay=DELAY)\n'
    )
    before = {each.path for each in run({"main.py": main, "values.py": "DELAY = 30\n"}).findings}
    after = run({"main.py": main, "values.py": values}).findings
    assert {each.path for each in after if each.code == "A102"} == before - {"values.py"}


CLASS = """\
from constructs import Construct
class A(Construct):
    def __init__(self, scope, {}): {}
        super().__init__(scope, id)
"""
WIDE = "from constructs import Construct\nclass A(Construct):\n    def __init__(self, scope, construct_id, a, b, c, d):{}\n        pass\n"

OTHERS = {
    "noqa": ("L101", CLASS.format("id", " # noqa: A002")),
    "noqa of several": ("L101", CLASS.format("id", " # noqa: ARG002,A002 the base has it")),
    "noqa of a beginning": ("L101", CLASS.format("id", " # noqa: A0")),
    "bare noqa": ("L101", CLASS.format("id", " # noqa")),
    "pylint's name": ("L101", CLASS.format("id", " # pylint: disable=redefined-builtin")),
    "pylint's code": ("L101", CLASS.format("id", " # pylint: disable=W0622")),
    "pylint's category": ("L101", CLASS.format("id", " # pylint: disable=W")),
    "pylint, first in the body": ("L101", CLASS.format("id", "\n        # pylint: disable=redefined-builtin")),
    "pylint, for the class": (
        "L101",
        CLASS.format("id", "").replace(
            "(Construct):", "(Construct):  # pylint: disable=invalid-name,redefined-builtin"
        ),
    ),
    "pylint, for the file": ("L101", "# pylint: disable=redefined-builtin\n" + CLASS.format("id", "")),
    "pylint, the next line": (
        "L101",
        CLASS.format("id", "").replace("    def", "    # pylint: disable-next=redefined-builtin\n    def"),
    ),
    "pylint, not at all": ("L101", "# pylint: skip-file\n" + CLASS.format("id", "")),
    "ruff, for the file": ("L101", "# ruff: noqa: A002\n" + CLASS.format("id", "")),
    "flake8, for the file": ("L101", "# flake8: noqa\n" + CLASS.format("id", "")),
    "on a parameter of many": ("L101", CLASS.format("\n        id,  # noqa: A002\n    ", "")),
    "positional, by pylint": ("L103", WIDE.format("  # pylint: disable=too-many-arguments")),
    "positional, by ruff": ("L103", WIDE.format("  # noqa: PLR0917")),
    "positional, inside": ("L103", WIDE.format("\n        # pylint: disable=R0917")),
    "a long line": ("L102", LONG + "  # noqa: E501\n"),
    "a long line of many": ("L102", "f(\n    1,\n    '" + "a" * 130 + "',  # noqa: E501\n)\n"),
    "a long line, by black": ("L102", LONG + "  # fmt: skip\n"),
    "long lines, by black": ("L102", "# fmt: off\n" + LONG + "\n"),
    "long lines, by pylint, in a block": ("L102", f"if x:\n    # pylint: disable=C0301\n    {LONG}\n"),
    "a path": (
        "L104",
        "import sys\nsys.path.append('.')  # noqa: E402\nimport json\n",
    ),
    "an import behind a path": (
        "L104",
        "import sys\nsys.path.append('.')\nimport json  # noqa: E402\n",
    ),
    "a secret": (
        "S102",
        "import os\npassword = os.environ.get('DB_PASSWORD', 'hunter2')  # noqa: S105\n",
    ),
    "a secret, by bandit": (
        "S102",
        "import os\npassword = os.environ.get('DB_PASSWORD', 'hunter2')  # nosec\n",
    ),
    "a secret, by bandit's code": (
        "S102",
        "import os\npassword = os.environ.get('DB_PASSWORD', 'hunter2')  # nosec: B101, B105 it is for tests\n",
    ),
    "a name": (
        "N103",
        "import cdktf\nx = TerraformStack(a, 'b')  # noqa: F821\n",
    ),
}


@pytest.mark.parametrize(("code", "text"), OTHERS.values(), ids=OTHERS)
def test_what_silences_other_tools_silences_the_same_check(code: str, text: str, run: Run) -> None:
    assert left(run, text, select={code}) == []


LOUD = {
    "another check": ("L101", CLASS.format("id", " # noqa: ARG002")),
    "nothing after the colon": ("L101", CLASS.format("id", " # noqa: because")),
    "another line": ("L101", CLASS.format("id", "").replace("(Construct):", "(Construct):  # noqa: A002")),
    "another message": ("L101", CLASS.format("id", " # pylint: disable=too-many-arguments")),
    "another block": ("L101", "def f():\n    # pylint: disable=redefined-builtin\n    pass\n" + CLASS.format("id", "")),
    "enabled again": (
        "L101",
        "# pylint: disable=redefined-builtin\nx = 1\n# pylint: enable=redefined-builtin\n" + CLASS.format("id", ""),
    ),
    "a text": ("L101", '"""\n# pylint: disable=redefined-builtin\n"""\n' + CLASS.format("id", "")),
    "a secret with a bare noqa": (
        "S102",
        "import os\npassword = os.environ.get('DB_PASSWORD', 'hunter2')  # noqa\n",
    ),
    "a secret with another code of bandit's": (
        "S102",
        "import os\npassword = os.environ.get('DB_PASSWORD', 'hunter2')  # nosec B608\n",
    ),
    "black is on again": ("L102", "# fmt: off\nx = 1\n# fmt: on\n" + LONG + "\n"),
    "a block that black leaves alone": ("L102", "if x:\n    # fmt: off\n    y = 1\n" + LONG + "\n"),
}


@pytest.mark.parametrize(("code", "text"), LOUD.values(), ids=LOUD)
def test_what_silences_something_else_does_not(code: str, text: str, run: Run) -> None:
    assert left(run, text, select={code}) == [code]


@pytest.mark.parametrize(
    ("above", "behind"),
    [
        ("# fmt: off\n", ""),
        ("", "  # fmt: skip"),
        ("", "  # noqa: E501"),
        ("", "  # pylint: disable=line-too-long"),
        ("# pylint: disable=C0301\n", ""),
    ],
)
def test_a_repair_is_not_laid_out_where_formatters_are_kept_off(above: str, behind: str, run: Run) -> None:
    name = "n" * 75
    (file,) = run({"main.py": f'{HEAD}{above}Eip(s, "{name}", vpc=True, tags={{}}){behind}\n'}, select={"A101"}).files
    assert file.after == f'{HEAD}{above}Eip(s, "{name}", domain="vpc", tags={{}}){behind}\n'


def test_settings_may_differ_by_file(schema) -> None:
    from cdktf_codemods import repair

    code = HEAD + 'Eip(s, "e", vpc=True)\n'
    settings = {"a.py": Settings(), "b.py": Settings(ignore=frozenset({"A101"}))}
    result = repair({"a.py": code, "b.py": code}, schema, settings.__getitem__)
    assert [file.path for file in result.files] == ["a.py"]
    assert [finding.path for finding in result.findings] == ["a.py"]


SELECTION = [
    ({}, "A102 L101 S102 X101", "L102 L103 L104 L105 K102 K103 K104 S103"),
    ({"select": {"L"}}, "L101 L102 L105", "A102 K102"),
    ({"select": {"ALL"}}, "A102 L102 K104 S103", ""),
    ({"extend_select": {"L102"}}, "A102 L101 L102", "L103"),
    ({"ignore": {"A1"}}, "N101", "A101 A102"),
    ({"select": {"A"}, "ignore": {"A102"}}, "A101", "A102 N101"),
    ({"extend_select": {"L102"}, "ignore": {"L"}}, "L102 A102", "L101"),
    ({"ignore": {"ALL"}}, "", "A102 L101"),
]


@pytest.mark.parametrize(("said", "on", "off"), SELECTION)
def test_which_rules_run(said: dict[str, set[str]], on: str, off: str) -> None:
    from cdktf_codemods.engine.selection import selected

    running = {rule.code for rule in selected(Settings(**{name: frozenset(codes) for name, codes in said.items()}))}
    assert {*on.split()} <= running
    assert running.isdisjoint(off.split())


IDLE = {"A102": "x = 1  # cdktf-fix: ignore[A102]\n", "A101": "x = 1  # cdktf-fix: ignore[A101]\n"}
IDLE |= {"L102": "x = 1  # cdktf-fix: ignore[L102]\n", "": "x = 1  # cdktf-fix: ignore\n"}


@pytest.mark.parametrize(
    ("lacking", "judged"),
    [
        ([], ["A102", "A101", "L102", ""]),
        (["cdktf_cdktf_provider_aws"], ["L102"]),
        (["imports.aws"], ["L102"]),
        (["cdktf_cdktf_provider_datadog"], ["A101", "L102"]),
    ],
)
def test_of_a_rule_that_did_not_know_a_package_nothing_is_said(lacking: list[str], judged: list[str], schema) -> None:
    from cdktf_codemods import Schema, repair

    blind = Schema(schema.snapshots.values(), lacking)
    settings = Settings(extend_select=frozenset({"L102"}))
    said = {code: repair({"main.py": HEAD + line}, blind, settings).findings for code, line in IDLE.items()}
    assert [code for code, findings in said.items() if findings] == judged


VALUES = "DELAY = 30  # cdktf-fix: ignore[A102] -- the API says so\nx = 1  # cdktf-fix: ignore[L101]\n"
GROUP = (
    "from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup\nfrom values import DELAY\n"
    'LbTargetGroup(s, "t", deregistration_delay=DELAY)\n'
)


def test_a_finding_may_come_from_a_file_that_was_not_looked_at(schema) -> None:
    """It does not belong to the run, its settings leave the rule out, or it cannot be parsed."""
    from cdktf_codemods import repair

    files = {"main.py": GROUP, "values.py": VALUES}
    ignoring = {"main.py": Settings(ignore=frozenset({"A102"})), "values.py": Settings()}
    broken = {**files, "main.py": GROUP + "def f(:\n"}
    for result in (
        repair(files, schema, editable=["values.py"]),
        repair(files, schema, ignoring.__getitem__),
        repair(broken, schema),
    ):
        assert [(each.code, each.line) for each in result.findings] == [("X101", 2)]
    assert [each.line for each in repair({**files, "main.py": "import values\n"}, schema).findings] == [1, 2]

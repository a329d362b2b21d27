from __future__ import annotations

from textwrap import dedent

import pytest
from cdktf_codemods.editing.layout import Layout

A, B, C = ("a" * 40, "b" * 40, "c" * 40)

TRANSFORMED = {
    "the document's": (
        """
        def f(latest_snapshot):
            snapshot_age = datetime.now(latest_snapshot['SnapshotCreateTime'].tzinfo) - latest_snapshot['SnapshotCreateTime'] * 1
        """,
        """
        def f(latest_snapshot):
            snapshot_age = (
                datetime.now(latest_snapshot['SnapshotCreateTime'].tzinfo) - latest_snapshot['SnapshotCreateTime'] * 1
            )
        """,
    ),
    "a long class name": (
        f"""
        Rule(
            apply_{A}={B}{C}(
                sse_algorithm="AES256",
            ),
        )
        """,
        f"""
        Rule(
            apply_{A}=(
                {B}{C}(
                    sse_algorithm="AES256",
                )
            ),
        )
        """,
    ),
    "only the line that is too long": (
        f"""
        Rule( "x" ,
            options = {{"a":1}},  # odd
            apply=[{A}, {B}, {C}],
            last   =   2)
        """,
        f"""
        Rule( "x" ,
            options = {{"a":1}},  # odd
            apply=[
                {A},
                {B},
                {C},
            ],
            last   =   2)
        """,
    ),
    "import": (
        f"from package import {A}, {B}, {C}\n",
        f"from package import (\n    {A},\n    {B},\n    {C},\n)\n",
    ),
    "condition, its body as it was": (
        f"""
        if {A} and {B} and {C}:
            x  =  1   # odd
        """,
        f"""
        if (
            {A}
            and {B}
            and {C}
        ):
            x  =  1   # odd
        """,
    ),
    "a function's header": (
        f"def {A}({B}, {C}, x): return 1\n",
        f"def {A}(\n    {B}, {C}, x\n): return 1\n",
    ),
    "comments and quotes stay": (
        f"""
        # above
        call('{A}', "{B}", '{C}')  # behind
        """,
        f"""
        # above
        call(
            '{A}',
            "{B}",
            '{C}',
        )  # behind
        """,
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(before, select={"L102"}) == dedent(after)


NOOP = {
    "short": "x = 1\n",
    "just the limit": f"x = '{'a' * 114}'\n",
    "exempt": f"call('{A}', '{B}', '{C}')  # noqa: E501\n",
    "exempt for pylint": f"call('{A}', '{B}', '{C}')  # pylint: disable=line-too-long\n",
    "exempt for black": f"call('{A}', '{B}', '{C}')  # fmt: skip\n",
    "an exempt file": f"# pylint: disable=line-too-long\ncall('{A}', '{B}', '{C}')\n",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": code}, select={"L102"})
    assert (result.files, result.findings) == ([], [])


def test_a_long_text_is_shown(run) -> None:
    result = run({"main.py": f"x = '{A}{B}{C}'\n"}, select={"L102"})
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]


def test_the_limit_is_the_project_s(fix, run) -> None:
    code = f"call('{A}', '{B}')\n"
    assert run({"main.py": code}, select={"L102"}).files == []
    assert fix(code, select={"L102"}, layout=Layout(80)) == f"call(\n    '{A}',\n    '{B}',\n)\n"


def test_line_endings_stay(run) -> None:
    code = f"x = 1\r\ncall('{A}', '{B}', '{C}')\r\n"
    (file,) = run({"main.py": code}, select={"L102"}).files
    assert file.after == f"x = 1\r\ncall(\r\n    '{A}',\r\n    '{B}',\r\n    '{C}',\r\n)\r\n"

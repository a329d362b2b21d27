"""Notebooks: their cells are one program, magics stay, and a repair touches nothing but the lines that it changes."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from cdktf_codemods import repair_response
from cdktf_codemods.documents.carriers import CarrierError, Notebook, content_of

IMPORTS = "from cdktf import App, TerraformStack\nfrom cdktf_cdktf_provider_aws.eip import Eip"
BROKEN = 'Eip(stack, "a", vpc=True)'
FIXED = BROKEN.replace("vpc=True", 'domain="vpc"')


def cell(source: Any, kind: str = "code") -> dict[str, Any]:
    return {"cell_type": kind, "outputs": [{"text": BROKEN}], "source": source}


def notebook(*cells: Any, **more: Any) -> dict[str, Any]:
    return {"nbformat": 4, "cells": [each if isinstance(each, dict) else cell(each) for each in cells], **more}


def lined(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def repaired(text: str) -> str:
    result = repair_response(text)
    assert not result.problems
    again = repair_response(result.value)
    assert not again.changed
    assert isinstance(result.value, str)
    return result.value


@pytest.mark.parametrize("spell", [lambda text: text, lined], ids=["text", "list"])
@pytest.mark.parametrize("layout", [{"indent": 1}, {"indent": "\t"}, {"separators": (",", ":")}, {}])
@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
def test_nothing_else_is_touched(spell: Any, layout: Any, ending: str) -> None:
    def text(code: str) -> str:
        cells = cell("# é", "markdown"), spell(IMPORTS), spell(f"# ü\n{code}\nprint()")
        made = notebook(*cells, z=1.25, a="ä")
        return json.dumps(made, **layout).replace("1.25", "1.250E0").replace("\n", ending or "\n") + ending

    assert repaired(text(BROKEN)) == text(FIXED)
    assert json.loads(text(FIXED))["cells"][2]["outputs"] == [{"text": BROKEN}]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r'["# \u00e9\n", "Eip(s, \u0022a\u0022, vpc=True)"]', r'["# \u00e9\n", "Eip(s, \"a\", domain=\"vpc\")"]'),
        ('["# é\\n","Eip(s, \'é\', vpc=True)"]', "[\"# é\\n\",\"Eip(s, 'é', domain='vpc')\"]"),
        (r'"Eip(s, \"\u00e9\", vpc=True)"', r'"Eip(s, \"\u00e9\", domain=\"vpc\")"'),
    ],
)
def test_texts_that_stay_are_spelled_as_they_were(before: str, after: str) -> None:
    whole = '{"nbformat": 4, "cells": [{"cell_type": "code", "source": %s},\n {"cell_type": "code", "source": %s}]}'
    imports = json.dumps(IMPORTS)
    assert repaired(whole % (imports, before)) == whole % (imports, after)


MAGICS = [
    "%pip install cdktf \\\n    constructs",
    "!cdktf get",
    "Eip?",
    "?Eip",
    "%matplotlib inline\n!ls",
    "where = !pwd",
    "where = %env HOME",
    "if True:\n    !ls -l {where}\n    %cd ..",
]


@pytest.mark.parametrize("magic", MAGICS)
@pytest.mark.parametrize("place", ["{magic}\n{code}", "{code}\n{magic}", "%%time\n{magic}\n{code}\n"])
def test_magics_are_left_alone(magic: str, place: str) -> None:
    def text(code: str) -> str:
        cells = magic, f"{IMPORTS}\n{magic}", place.format(magic=magic, code=code)
        return json.dumps(notebook(*cells))

    assert repaired(text(BROKEN)) == text(FIXED)


@pytest.mark.parametrize("other", ["%%bash\nif [ x ; then", "%%html\n<p>", "%%sql x\nselect", "  \n%%sh\n", ""])
def test_cells_of_other_languages_are_left_alone(other: str) -> None:
    assert repaired(json.dumps(notebook(IMPORTS, other, BROKEN))) == json.dumps(notebook(IMPORTS, other, FIXED))


def test_a_percent_sign_in_python_is_no_magic() -> None:
    code = "x = (5\n % 3)\nprint('!', x, '?')\n"
    assert Notebook(notebook(code)).files == {"main.py": code + "\n"}


def test_files_that_cells_write_are_files_of_the_project() -> None:
    cells = (
        f"%%writefile lib/names.py\n{IMPORTS}\n{BROKEN}\n",
        "%%writefile cdktf.json\n{}\n",
        "import lib.names",
        "%%writefile -a lib/names.py\nnothing",
    )
    made = Notebook(notebook(*cells))
    assert list(made.files) == ["lib/names.py", "main.py"]
    assert made.resources == {"cdktf.json": b"{}\n"}
    assert made.where("lib/names.py", 1, 1) == (2, 1, "cell 1")
    after = json.loads(repaired(json.dumps(notebook(*cells))))
    assert after["cells"][0]["source"] == f"%%writefile lib/names.py\n{IMPORTS}\n{FIXED}\n"


def test_a_place_is_that_in_its_cell() -> None:
    value = notebook(cell("# a", "markdown"), "!ls \\\n  -l\n" + IMPORTS, "\n", "%%time\n" + BROKEN)
    made = Notebook(json.dumps(value, indent=1))
    found = repair_response(json.dumps(value)).findings
    places = [made.where(each.path, each.line, each.column) for each in found]
    assert [str(each) for each in places] == ["cell 4:2:17"]
    assert made.where("main.py", 2, 1) == (3, 1, "cell 2")


def test_an_edit_is_one_of_the_notebooks_text() -> None:
    text = json.dumps(notebook(lined(IMPORTS), lined(f"# é\n{BROKEN}\n")), indent=1)
    made = Notebook(text)
    at = made.files["main.py"].index("vpc=True")
    start, end, new = made.edit("main.py", at, at + 8, 'domain="vpc"')
    assert text[:start] + new + text[end:] == repaired(text)
    assert end - start <= len("vpc=True")
    line = made.line_in_text("main.py", made.files["main.py"][:at].count("\n") + 1)
    assert "vpc=True" in text.splitlines()[line - 1]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "lacks `nbformat`"),
        ('{"nbformat": 3, "worksheets": []}', "format 3"),
        ('{"nbformat": 4, "cells": null}', "lacks `cells`"),
        (json.dumps(notebook(None, cell({}), [1])), "cell 1: no text in it"),
        (json.dumps(notebook("%%writefile ../x.py\n")), "cell 1: '../x.py' is no path below the project's root"),
    ],
)
def test_bad_ones_are_said(value: str, said: str) -> None:
    made = Notebook(value)
    assert not made.files
    assert said in made.problems[0].text


def test_one_of_another_language_has_no_python() -> None:
    julia = notebook("using X", metadata={"kernelspec": {"language": "julia"}})
    assert (Notebook(julia).files, Notebook(julia).problems) == ({}, ())


def test_what_would_move_a_cell_or_a_magic_is_not_written() -> None:
    made = Notebook(notebook("!ls\n" + IMPORTS, BROKEN))
    code = made.files["main.py"]
    lines = code.splitlines(keepends=True)
    for without in (lines[0], lines[3]):
        assert "# %" in without
        with pytest.raises(CarrierError, match="would move"):
            made.with_files({"main.py": code.replace(without, "")})


def test_the_value_of_a_column_may_be_one() -> None:
    value = notebook(lined(IMPORTS), lined(BROKEN))
    assert isinstance(content_of(value), Notebook)
    assert repair_response(value).value == notebook(lined(IMPORTS), lined(FIXED))
    assert value == notebook(lined(IMPORTS), lined(BROKEN))


def test_without_ipython_it_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "IPython.core.inputtransformer2", None)
    assert Notebook(notebook(IMPORTS)).files
    assert "pip install 'cdktf-fix[notebooks]'" in Notebook(notebook("!ls\n" + IMPORTS)).problems[0].text

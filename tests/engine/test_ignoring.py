"""Comments for what is found: where they go, that they silence it, and that they are comments."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest
from cdktf_codemods import Repair
from cdktf_codemods.engine.ignoring import Ignoring

HEAD = "from cdktf_cdktf_provider_aws.eip import Eip\n"
NEW = "  # cdktf-fix: ignore[A101] -- known"
PLACES = {
    "behind the code": ('Eip(self, "e", vpc=True)\n', f'Eip(self, "e", vpc=True){NEW}\n'),
    "where the finding begins": (
        'Eip(\n    self,\n    "e",\n    vpc=True,\n)\n',
        f'Eip(\n    self,\n    "e",\n    vpc=True,{NEW}\n)\n',
    ),
    "at the end of the file": ('Eip(self, "e", vpc=True)', f'Eip(self, "e", vpc=True){NEW}'),
    "with its line ending": (
        'x = 1\r\nEip(self, "e", vpc=True)\r\ny = 2\r\n',
        f'x = 1\r\nEip(self, "e", vpc=True){NEW}\r\ny = 2\r\n',
    ),
    "behind another comment": (
        'Eip(self, "e", vpc=True)  # noqa: F821\n',
        f'Eip(self, "e", vpc=True)  # noqa: F821{NEW}\n',
    ),
    "in the comment that is there": (
        'Eip(self, "e", vpc=True)  # cdktf-fix: ignore[A102] -- the API wants it so\n',
        'Eip(self, "e", vpc=True)  # cdktf-fix: ignore[A102, A101] -- the API wants it so\n',
    ),
    "behind the end of a string": (
        'Eip(self, f"""\n{x}\n""", vpc=True, tags={"a": """\nb"""})\n',
        f'Eip(self, f"""\n{{x}}\n""", vpc=True, tags={{"a": """\nb"""}}){NEW}\n',
    ),
    "behind the end of joined lines": (
        'eip = Eip(self, "e", vpc=True).id \\\n    + "x"\n',
        f'eip = Eip(self, "e", vpc=True).id \\\n    + "x"{NEW}\n',
    ),
    "above joined lines that are a header": (
        'def eip(self):\n    if Eip(self, "e", vpc=True).id \\\n            and self:\n        pass\n',
        f'def eip(self):\n    {NEW.strip()}\n    if Eip(self, "e", vpc=True).id \\\n            and self:\n        pass\n',
    ),
    "after a sign that is no comment": ('Eip(self, "#", vpc=True)\n', f'Eip(self, "#", vpc=True){NEW}\n'),
    "without trailing spaces": ('Eip(self, "e", vpc=True)  \n', f'Eip(self, "e", vpc=True){NEW}\n'),
    "in a block on one line": (
        'if self: Eip(self, "e", vpc=True); x = 1\n',
        f'if self: Eip(self, "e", vpc=True); x = 1{NEW}\n',
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_comment_stands(place: str, run: Callable[..., Repair]) -> None:
    before, after = (HEAD + each for each in PLACES[place])
    select = frozenset({"A101"})
    ignoring = Ignoring(before, "known")
    found = run({"main.py": before}, select=select).findings
    ignoring.silence([(each.code, each.line, each.end[0]) for each in found])
    assert (ignoring.text, ignoring.left, ignoring.count) == (after, [], 1)
    assert run({"main.py": after}, select=select).findings == []
    assert ast.dump(ast.parse(after)) == ast.dump(ast.parse(before))


def test_what_is_about_the_file_goes_above_it() -> None:
    head = "#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n"
    ignoring = Ignoring(f'{head}"""A stack."""\n')
    ignoring.silence([("K104", 1, 4)])
    assert ignoring.text == f'{head}# cdktf-fix: ignore[K104]\n"""A stack."""\n'
    empty = Ignoring("")
    empty.silence([("K104", 1, 1)])
    assert empty.text == "# cdktf-fix: ignore[K104]\n"


def test_one_comment_has_all_codes_and_what_is_idle_goes() -> None:
    ignoring = Ignoring("x = f(1)\n")
    ignoring.silence([("N102", 1, 1), ("A102", 1, 1), ("A102", 1, 1)])
    assert ignoring.text == "x = f(1)  # cdktf-fix: ignore[A102, N102]\n"
    ignoring.silence([("X101", 1, 1)])
    assert (ignoring.text, ignoring.count) == ("x = f(1)\n", 0)
    ignoring.silence([("N102", 1, 1), ("A102", 1, 1)])
    assert ignoring.text == "x = f(1)  # cdktf-fix: ignore[A102]\n"


def test_what_an_author_wrote_is_not_taken_back() -> None:
    ignoring = Ignoring("x = f(1)  # cdktf-fix: ignore[A102]\n")
    ignoring.silence([("X101", 1, 1)])
    assert ignoring.text == "x = f(1)  # cdktf-fix: ignore[A102, X101]\n"


def test_where_none_can_stand_is_said() -> None:
    ignoring = Ignoring("if f(1) \\\n        and x:\n    pass\n")
    ignoring.silence([("A102", 1, 1)])
    assert (ignoring.text, ignoring.left) == ("if f(1) \\\n        and x:\n    pass\n", [1])

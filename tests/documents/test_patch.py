"""Diffs, made from the edits that are known, are those that are found by looking through both texts."""

from __future__ import annotations

import random
from difflib import unified_diff as found_by_looking

import pytest
from cdktf_codemods.documents.patch import Region, git_lines, regions, unified_diff
from cdktf_codemods.syntax.splices import Splice, spliced

from tests.soundness import patched

TEXT = "".join(f"line {number}\n" for number in range(30))


def edit(text: str, old: str, new: str) -> Splice:
    start = text.index(old)
    return Splice(start, start + len(old), new)


@pytest.mark.parametrize(
    "edits",
    [
        [("line 3", "LINE 3")],
        [("line 3", "LINE 3"), ("line 4", "LINE 4")],
        [("line 3", "LINE 3"), ("line 5", "LINE 5")],
        [("line 3", "LINE 3"), ("line 25", "LINE 25")],
        [("line 0\n", "")],
        [("line 0\n", "import os\nline 0\n"), ("line 29\n", "")],
        [("line 29\n", "line 29")],
        [("line 7\nline 8\n", "one\n")],
        [("li", "LI"), ("ne 0", "NE 0"), ("line 2", "a\nb\nc")],
    ],
)
def test_a_diff_from_edits_is_the_one_that_is_found_by_looking(edits: list[tuple[str, str]]) -> None:
    made = [edit(TEXT, *each) for each in edits]
    after = spliced(TEXT, made)
    diff = unified_diff("x.py", TEXT, after, regions(TEXT, made))
    looked = found_by_looking(git_lines(TEXT), git_lines(after), "a/x.py", "b/x.py")
    assert diff == "".join(line if line[-1] == "\n" else f"{line}\n\\ No newline at end of file\n" for line in looked)


def test_edits_in_lines_that_are_alike() -> None:
    chance = random.Random(3)
    for _ in range(500):
        text = "".join(chance.choice(("a = 1\n", "b = 2\n", "\n")) for _ in range(40)) + "end"
        cuts = sorted(chance.sample(range(len(text) + 1), 8))
        made = [Splice(*cut, chance.choice(("", "x", "\n", "y\nz\n"))) for cut in zip(cuts[::2], cuts[1::2])]
        after = spliced(text, made)
        assert patched(text, unified_diff("x.py", text, after, regions(text, made))) == after


def test_regions_that_are_not_all_that_differs_are_not_believed() -> None:
    after = TEXT.replace("line 3\n", "three\n").replace("line 20\n", "twenty\n")
    assert patched(TEXT, unified_diff("x.py", TEXT, after, [Region(3, 4, 3, 4)])) == after

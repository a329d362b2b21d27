"""Changes made one after the other, and the one that does the same at once."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from cdktf_codemods.syntax.splices import Splice, composed, spliced


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ([], [(1, 2, "X")], [(1, 2, "X")]),
        ([(1, 2, "XY")], [], [(1, 2, "XY")]),
        ([(1, 2, "XY")], [(5, 6, "Z")], [(1, 2, "XY"), (4, 5, "Z")]),
        ([(4, 5, "Z")], [(1, 2, "XY")], [(1, 2, "XY"), (4, 5, "Z")]),
        ([(1, 3, "WXYZ")], [(2, 4, "-")], [(1, 3, "W-Z")]),
        ([(1, 3, "")], [(0, 2, "Q")], [(0, 4, "Q")]),
        ([(2, 2, "XY")], [(3, 3, "-")], [(2, 2, "X-Y")]),
        ([(0, 0, "import os\n")], [(10, 11, "A")], [(0, 1, "import os\nA")]),
    ],
)
def test_composed(first: list[tuple[int, int, str]], second: list[tuple[int, int, str]], both: list[object]) -> None:
    between = spliced("abcdef", [Splice(*each) for each in first])
    found = composed(between, [Splice(*each) for each in first], [Splice(*each) for each in second])
    assert found == [Splice(*each) for each in both]  # type: ignore[misc]


def test_what_is_composed_does_what_was_done_in_turn() -> None:
    chance = random.Random(7)

    def some(text: str) -> list[Splice]:
        cuts = sorted(chance.sample(range(len(text) + 1), min(6, len(text) + 1) // 2 * 2))
        return [
            Splice(start, end, "".join(chance.choices("XYZ", k=chance.randrange(4))))
            for start, end in zip(cuts[::2], cuts[1::2])
        ]

    for _ in range(2000):
        text = code = "".join(chance.choices("ab", k=chance.randrange(30)))
        edits: list[Splice] = []
        for _ in range(chance.randrange(1, 5)):
            new = some(code)
            edits = composed(code, edits, new)
            code = spliced(code, new)
        assert spliced(text, edits) == code
        assert edits == sorted(edits)
        assert all(one.end < other.start for one, other in pairwise(edits))

"""The search for what makes a project worse, without a project."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cdktf_codemods.oracle.culprits import culprits

Kept = set[int]


def searched(count: int, works: Callable[[Kept], bool]) -> tuple[set[int], int]:
    """What has to be left out of so many parts, and how often it was asked; what is left works."""
    parts = list(range(count))
    asked = []

    def without(left_out: frozenset[int]) -> bool:
        asked.append(left_out)
        return works(set(parts) - left_out)

    found = culprits(parts, without)
    assert works(set(parts) - found.keys())
    assert all(part not in left_out and not works(set(parts) - left_out) for part, left_out in found.items())
    return set(found), len(asked)


@pytest.mark.parametrize("bad", [0, 1, 499, 998, 999])
def test_one_of_a_thousand_costs_the_logarithm(bad: int) -> None:
    found, asked = searched(1000, lambda kept: bad not in kept)
    assert found == {bad}
    assert asked <= 11


def test_each_of_several_costs_it_once_more() -> None:
    bad = {3, 500, 998}
    found, asked = searched(1000, lambda kept: not kept & bad)
    assert found == bad
    assert asked <= 3 * 11 + 2 * len(bad)


def test_the_only_one() -> None:
    assert searched(1, lambda kept: not kept) == ({0}, 0)


def test_all_of_them() -> None:
    assert searched(5, lambda kept: not kept)[0] == {0, 1, 2, 3, 4}


def test_two_that_do_not_go_together_cost_one() -> None:
    assert searched(100, lambda kept: not {10, 90} <= kept)[0] == {90}


def test_those_that_need_each_other_stay() -> None:
    """A class and its caller: each alone would fail, and neither is to blame."""
    assert searched(100, lambda kept: 50 not in kept and ((10 in kept) == (90 in kept)))[0] == {50}

"""Delta debugging: which of the repairs of a project make it worse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

_Part = TypeVar("_Part")


class TooManyTrialsError(Exception):
    """The search takes longer than it may."""


def culprits(parts: Sequence[_Part], works: Callable[[frozenset[_Part]], bool]) -> dict[_Part, frozenset[_Part]]:
    """The parts that have to be left out, each with what was left out when it alone was one too many.

    All parts together do not work, and none does. Of the longest beginning that works, the next part is a culprit: it
    is found by halving, left out, and the search goes on behind it. Parts that need each other are blamed one after
    the other, so those that can come back do.

    :param works: whether it works without some parts.
    """
    kept = list(parts)
    blamed: dict[_Part, frozenset[_Part]] = {}
    good = 0
    while True:
        bad = len(kept)
        while bad - good > 1:
            middle = (good + bad) // 2
            good, bad = (middle, bad) if works(frozenset([*blamed, *kept[middle:]])) else (good, middle)
        blamed[kept[good]] = frozenset([*blamed, *kept[bad:]])
        del kept[good]
        if good == len(kept) or works(frozenset(blamed)):
            return _needed(blamed, works)


def _needed(
    blamed: dict[_Part, frozenset[_Part]], works: Callable[[frozenset[_Part]], bool]
) -> dict[_Part, frozenset[_Part]]:
    """What of the blamed has to stay out."""
    if len(blamed) == 1:
        return blamed
    for part, why in blamed.items():
        if works(frozenset([part])):
            return {part: why}
    for part in list(blamed):
        rest = {other: why for other, why in blamed.items() if other != part}
        if len(rest) > 1 and works(frozenset(rest)):
            blamed = rest
    return blamed

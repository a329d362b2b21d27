"""Which edits of a repair each fix takes part in, so that a report can offer them with the finding."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ..syntax.splices import Splice

Edit = tuple[str, Splice]
"""The path of a file, and a change of its text as it was."""


class Share(NamedTuple):
    """What one fix changes: ``spans`` as path, start and end in the texts as they were; ``imports`` are the files that
    it imports into. ``path`` and ``offset`` are where its finding stands."""

    path: str
    offset: int
    spans: tuple[tuple[str, int, int], ...]
    imports: frozenset[str]


def attributed(edits: Mapping[str, Sequence[Splice]], shares: Sequence[Share]) -> list[list[Edit]]:
    """The edits of each fix, in order; every edit is at least one fix's.

    What no fix asked for by itself are imports, which go to all that import there, and comments that the repair made
    pointless, which go to the fix before them.

    :param edits: those of a file in order, none of which overlaps with another.
    """
    found: list[set[Edit]] = [set() for _ in shares]
    owned = _touched(edits, shares, found)
    owners = _Owners(shares)
    for path, changes in edits.items():
        for change in changes:
            if (path, change) not in owned:
                for owner in owners.of(path, change):
                    found[owner].add((path, change))
    return [sorted(each) for each in found]


def _touched(edits: Mapping[str, Sequence[Splice]], shares: Sequence[Share], found: Sequence[set[Edit]]) -> set[Edit]:
    """Give each fix the edits that meet what it changes; all that were given."""
    starts = {path: [each.start for each in changes] for path, changes in edits.items()}
    ends = {path: [each.end for each in changes] for path, changes in edits.items()}
    for share, own in zip(shares, found, strict=True):
        for path, start, end in share.spans:
            if path in edits:
                first, last = bisect_left(ends[path], start), bisect_right(starts[path], end)
                own.update((path, change) for change in edits[path][first:last])
    return set().union(*found)


class _Owners:
    """Whose an edit is that meets nothing which a fix changes."""

    def __init__(self, shares: Sequence[Share]) -> None:
        self._importing: dict[str, list[int]] = {}
        # By the place of the finding; of several at one place, the first comes last.
        self._placed: dict[str, list[tuple[int, int]]] = {}
        for at, share in enumerate(shares):
            self._placed.setdefault(share.path, []).append((share.offset, -at))
            for path in share.imports:
                self._importing.setdefault(path, []).append(at)
        for placed in self._placed.values():
            placed.sort()

    def of(self, path: str, change: Splice) -> list[int]:
        """Those that import there; else the one whose finding is the last before it, or the first of all."""
        if path in self._importing:
            return self._importing[path]
        placed = self._placed.get(path) or self._every
        before = bisect_right(placed, (change.end, 0))
        if before:
            return [-placed[before - 1][1]]
        return [min(-at for _, at in placed)] if placed else []

    @cached_property
    def _every(self) -> list[tuple[int, int]]:
        return sorted(each for placed in self._placed.values() for each in placed)

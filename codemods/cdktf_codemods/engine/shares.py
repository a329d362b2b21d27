"""Which edits of a repair each fix takes part in, so that a report can offer them with the finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """
    found: list[set[Edit]] = [set() for _ in shares]
    for path, changes in edits.items():
        for change in changes:
            for owner in _owners(path, change, shares):
                found[owner].add((path, change))
    return [sorted(each) for each in found]


def _owners(path: str, change: Splice, shares: Sequence[Share]) -> list[int]:
    touching = [at for at, share in enumerate(shares) if _touches(share, path, change)]
    if touching:
        return touching
    importing = [at for at, share in enumerate(shares) if path in share.imports]
    if importing:
        return importing
    here = [at for at, share in enumerate(shares) if share.path == path] or list(range(len(shares)))
    before = [at for at in here if shares[at].offset <= change.end]
    return [max(before, key=lambda at: shares[at].offset)] if before else here[:1]


def _touches(share: Share, path: str, change: Splice) -> bool:
    return any(where == path and start <= change.end and change.start <= end for where, start, end in share.spans)

"""Edits as text: what of a node's code changes when another takes its place, and how the changes are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import libcst as cst

from .spans import Recorder
from .text import Text

_LOOSE = frozenset(" \t\r\n,()[]{}")
"""Characters that are tokens by themselves: a splice may begin or end between two of them."""


class Splice(NamedTuple):
    """New text for the characters from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def splices(text: Text, old: cst.CSTNode, new: cst.CSTNode) -> list[Splice]:
    """What changes in *text* when *new* stands in the place of its node *old*.

    *new* may hold nodes of *old*: what they stand for is left alone, so that other fixes can change it.

    :raises ValueError: the node does not stand in the text as it is printed.
    """
    place = text.spans.of(old)
    if place is None:
        return []
    indents = text.spans.indents(old)
    before, after = Recorder(text.module, indents), Recorder(text.module, indents)
    old._codegen(before)
    new._codegen(after)
    code = "".join(before.tokens), "".join(after.tokens)
    shift = place[0] - before.starts[id(old)]
    if not code[0][before.starts[id(old)] :].startswith(text.code[slice(*place)]):
        raise ValueError(f"a node is not printed as it stands in the text at {place[0]}")
    result = []
    here = before.starts[id(old)], after.starts[id(new)]
    for hole in [*_holes(before, after, code), (len(code[0]), len(code[0]), len(code[1]), len(code[1]))]:
        gap = _trimmed(here[0], code[0][here[0] : hole[0]], code[1][here[1] : hole[2]])
        if gap is not None:
            result.append(Splice(gap.start + shift, min(gap.end + shift, len(text.code)), gap.text))
        here = hole[1], hole[3]
    return result


def _holes(before: Recorder, after: Recorder, code: tuple[str, str]) -> Iterator[tuple[int, int, int, int]]:
    """The nodes that are printed alike in both, outermost and in order: start and end in each."""
    both = [key for key, start in after.starts.items() if key in before.starts and after.ends.get(key, 0) > start]
    both.sort(key=lambda key: (after.starts[key], -after.ends[key]))
    at = 0, 0
    for key in both:
        start, end = before.starts[key], before.ends[key]
        begin, stop = after.starts[key], after.ends[key]
        if start >= at[0] and begin >= at[1] and code[0][start:end] == code[1][begin:stop]:
            yield start, end, begin, stop
            at = end, stop


def _trimmed(start: int, old: str, new: str) -> Splice | None:
    """The change from *old* to *new* without the brackets, commas and spaces that both begin or end with."""
    if old == new:
        return None
    first, last = 0, 0
    shorter = min(len(old), len(new))
    while first < shorter and old[first] == new[first] and old[first] in _LOOSE:
        first += 1
    while last < shorter - first and old[-1 - last] == new[-1 - last] and old[-1 - last] in _LOOSE:
        last += 1
    return Splice(start + first, start + len(old) - last, new[first : len(new) - last])


def spliced(code: str, changes: Iterable[Splice]) -> str:
    """*code* with changes made that do not overlap."""
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(changes, key=_order):
        parts += code[at:start], new
        at = end
    return "".join([*parts, code[at:]])


def _order(splice: Splice) -> tuple[int, int]:
    """What is put in comes before what is replaced at the same place; what is put in twice keeps its order."""
    return splice.start, splice.end


def overlap(one: Splice, other: Splice) -> bool:
    """Whether two changes cannot both be made. The same change twice is one."""
    if one == other:
        return False
    if one.start == other.start and (one.start == one.end) == (other.start == other.end):
        return True
    return one.start < other.end and other.start < one.end


def moved(offset: int, changes: Iterable[Splice], back: bool = False) -> int:
    """Where *offset* is after the changes; or, with *back*, where it was before them. Of new text, where it begins."""
    shift = 0
    for start, end, new in sorted(changes, key=_order):
        begins = start + shift if back else start
        ends = begins + (len(new) if back else end - start)
        if offset < begins or (offset == begins and begins == ends and not new):
            break
        if offset < ends:
            return start if back else start + shift
        shift += len(new) - (end - start)
    return offset - shift if back else offset + shift

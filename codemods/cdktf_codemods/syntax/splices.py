"""Edits as text: what of a node's code changes when another takes its place, and how the changes are made."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    # What was found earlier is shown without LibCST.
    import libcst as cst

    from .spans import Recorder, Span
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
    """
    from .spans import Recorder

    place = text.spans.of(old)
    if place is None:
        return []
    before = text.spans.inside(old)
    after = Recorder(text.module, text.spans.indents(old))
    new._codegen(after)
    code = "".join(after.tokens)
    result = []
    here = before[id(old)][0], after.starts[id(new)]
    end = min(before[id(old)][1], len(text.code)), after.ends[id(new)]
    for hole in [*_holes(text.code, before, after, code), (end[0], end[0], end[1], end[1])]:
        gap = _trimmed(here[0], text.code[here[0] : hole[0]], code[here[1] : hole[2]])
        if gap is not None:
            result.append(gap)
        here = hole[1], hole[3]
    return result


def _holes(old: str, before: Mapping[int, Span], after: Recorder, new: str) -> Iterator[tuple[int, int, int, int]]:
    """The nodes that are printed alike in both, outermost and in order: start and end in each."""
    both = [key for key, start in after.starts.items() if key in before and after.ends.get(key, 0) > start]
    both.sort(key=lambda key: (after.starts[key], -after.ends[key]))
    at = 0, 0
    for key in both:
        start, end = before[key]
        begin, stop = after.starts[key], after.ends[key]
        if start >= at[0] and begin >= at[1] and old[start:end] == new[begin:stop]:
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


def spliced_part(code: str, start: int, end: int, changes: Iterable[Splice]) -> str:
    """What stands in the place of a part of *code* after changes in it that do not overlap."""
    return spliced(code[start:end], [Splice(each.start - start, each.end - start, each.text) for each in changes])


def _order(splice: Splice) -> tuple[int, int]:
    """What is put in comes before what is replaced at the same place; what is put in twice keeps its order."""
    return splice.start, splice.end


def composed(code: str, first: Iterable[Splice], second: Iterable[Splice]) -> list[Splice]:
    """What does at once what changes of a text do one after the other; *code* is the text between them."""
    made = Shifts(first)
    later = sorted(second, key=_order)
    starts = [splice.start for splice in later]
    result: list[Splice] = []
    for start, end in _merged([*made.spans(), *((splice.start, splice.end) for splice in later)]):
        inside = later[bisect_left(starts, start) : bisect_right(starts, end)]
        result.append(Splice(*made.span_before(start, end), spliced_part(code, start, end, inside)))
    return result


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans in order, those that touch or overlap as one."""
    ordered = sorted(spans)
    for start, end in ordered[:1]:
        for begin, stop in ordered[1:]:
            if begin > end:
                yield start, end
                start, end = begin, stop
            end = max(end, stop)
        yield start, end


def overlap(one: Splice, other: Splice) -> bool:
    """Whether two changes cannot both be made. The same change twice is one."""
    if one == other:
        return False
    if one.start == other.start and (one.start == one.end) == (other.start == other.end):
        return True
    return one.start < other.end and other.start < one.end


class Shifts:
    """Where offsets are after changes of a text, and where they were before."""

    def __init__(self, changes: Iterable[Splice]) -> None:
        self._changes = sorted(changes, key=_order)
        self._starts = [change.start for change in self._changes]
        self._shifts = [0]
        for start, end, new in self._changes:
            self._shifts.append(self._shifts[-1] + len(new) - (end - start))
        self._begins = [start + shift for start, shift in zip(self._starts, self._shifts)]

    def after(self, offset: int) -> int:
        """Where an offset is after the changes; of what they replace, where the new text begins."""
        at = bisect_right(self._starts, offset)
        inside = at > 0 and offset < self._changes[at - 1].end
        return self._begins[at - 1] if inside else offset + self._shifts[at]

    def spans(self) -> Iterator[Span]:
        """Where the new texts stand."""
        return ((begin, begin + len(change.text)) for begin, change in zip(self._begins, self._changes))

    def span_before(self, start: int, end: int) -> Span:
        """What a span was that holds all of each new text that it touches."""
        return start - self._shifts[bisect_left(self._begins, start)], end - self._shifts[
            bisect_right(self._begins, end)
        ]

    def before(self, offset: int) -> int:
        """Where an offset was before the changes; of new text, where it was put in."""
        at = bisect_right(self._begins, offset)
        inside = at > 0 and offset < self._begins[at - 1] + len(self._changes[at - 1].text)
        return self._starts[at - 1] if inside else offset - self._shifts[at]

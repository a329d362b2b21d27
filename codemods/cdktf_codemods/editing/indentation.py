"""The indentation of what takes the place of something around it."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ..syntax.splices import Splice
from ..syntax.text import Text
from ..syntax.walk import descendants

_TEXTS = (cst.SimpleString, cst.FormattedString)


def dedented(text: Text, outer: cst.CSTNode, inner: cst.CSTNode | None) -> Iterator[Splice]:
    """The lines of *inner*, which takes the place of *outer*, moved left to where *outer* begins.

    Only where *inner* begins and ends on lines of its own, at one depth, as black would have it.
    """
    whole = text.spans.of(outer)
    place = text.spans.of(inner) if inner is not None and inner is not outer else None
    if inner is None or whole is None or place is None or not (whole[0] < place[0] and place[1] <= whole[1]):
        return
    start, end = text.spans.line_start(place[0]), text.spans.line_start(place[1])
    depth = place[0] - start
    width = depth - _depth(text, text.spans.line_start(whole[0]))
    if (
        start <= whole[0]
        or start == end
        or width <= 0
        or text.code[start : place[0]].strip()
        or _depth(text, end) != depth
    ):
        return
    fixed = [span for each in descendants(inner) if isinstance(each, _TEXTS) and (span := text.spans.of(each))]
    for line in text.spans.lines:
        if start < line <= end and not any(begin < line < stop for begin, stop in fixed):
            if not text.code[line : line + width].strip(" "):
                yield Splice(line, line + width, "")


def _depth(text: Text, line: int) -> int:
    code = text.code[line:]
    return len(code) - len(code.lstrip(" "))

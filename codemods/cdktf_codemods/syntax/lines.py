"""Offsets in a text as lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right

_NEWLINE = re.compile(r"\r\n?|\n")


def line_starts(text: str) -> list[int]:
    """Where each line of a text begins."""
    return [0, *(newline.end() for newline in _NEWLINE.finditer(text))]


def line_and_column(starts: list[int], offset: int) -> tuple[int, int]:
    """Line and column, both from 1, by where the lines begin."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1

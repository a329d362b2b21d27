"""Offsets in a text as places in the protocol's units, and back."""

from __future__ import annotations

from bisect import bisect_right

from cdktf_codemods.syntax.lines import line_starts
from lsprotocol import types

_UNIT = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Positions:
    """Those of one text; *encoding* is what the client and the server have agreed on."""

    def __init__(self, text: str, encoding: str) -> None:
        self._text = text
        self._starts = line_starts(text)
        self._codec, self._size = _UNIT[encoding]

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column from 1, as findings have them."""
        return min(self._starts[min(line, len(self._starts)) - 1] + column - 1, len(self._text))

    def offset_of(self, place: types.Position) -> int:
        """The offset of a place of the protocol; behind its line or the text, the end of that."""
        if place.line >= len(self._starts):
            return len(self._text)
        start = self._starts[place.line]
        end = self._starts[place.line + 1] if place.line + 1 < len(self._starts) else len(self._text)
        line = self._text[start:end].rstrip("\r\n").encode(self._codec, "surrogatepass")
        return start + len(line[: place.character * self._size].decode(self._codec, "ignore"))

    def at(self, offset: int) -> types.Position:
        line = bisect_right(self._starts, offset) - 1
        before = self._text[self._starts[line] : offset]
        return types.Position(line, len(before.encode(self._codec, "surrogatepass")) // self._size)

    def range(self, start: int, end: int) -> types.Range:
        return types.Range(self.at(start), self.at(max(start, end)))

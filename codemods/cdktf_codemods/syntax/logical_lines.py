"""The lines of a text as Python joins them, and at the end of which a comment can stand."""

from __future__ import annotations

import io
import token
import tokenize

_LAYOUT = frozenset((token.NL, token.NEWLINE, token.INDENT, token.DEDENT, token.COMMENT, token.ENDMARKER))


class LogicalLines:
    """Lines count from 1.

    ``lines`` are the physical ones, with their endings. ``open`` has those whose end is in a string, or joined to the
    next by a backslash. ``code`` is the first that is in no comment.
    """

    def __init__(self, text: str) -> None:
        """Read a text that Python can parse; of another, as far as its tokenizer can."""
        self.lines = io.StringIO(text, newline="").readlines()
        self.open: set[int] = set()
        self._around: dict[int, tuple[int, int, bool]] = {}
        self.code = len(self.lines) + 1
        try:
            self._read(text)
        except (tokenize.TokenError, SyntaxError):
            return

    def text_of(self, line: int) -> str:
        """A physical line without its ending; nothing behind the last."""
        return self.lines[line - 1].rstrip("\r\n") if line <= len(self.lines) else ""

    def has_code(self, line: int) -> bool:
        return line in self._around

    def around(self, line: int) -> tuple[int, int, bool]:
        """The first and the last physical line that are joined to this one, and whether they are a block's header."""
        return self._around[line]

    def _read(self, text: str) -> None:
        first, before = 0, ""
        strings: list[int] = []
        commented: set[int] = set()
        for each in tokenize.generate_tokens(io.StringIO(text).readline):
            kind = token.tok_name[each.type]
            if kind == "COMMENT":
                commented.add(each.start[0])
            elif kind == "NEWLINE":
                last = each.start[0]
                self._around |= dict.fromkeys(range(first, last + 1), (first, last, before == ":"))
                first = 0
            if each.type in _LAYOUT:
                continue
            first, before = first or each.start[0], each.string
            self.code = min(self.code, first)
            if kind in ("FSTRING_START", "TSTRING_START"):
                strings.append(each.start[0])
            begin = strings.pop() if kind in ("FSTRING_END", "TSTRING_END") else each.start[0]
            self.open.update(range(begin, each.end[0]))
        joined = (number for number in self._around if self.text_of(number).endswith("\\"))
        self.open.update(number for number in joined if number not in commented)

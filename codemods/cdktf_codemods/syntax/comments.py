"""The comments of a text, and the blocks that they stand in."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

END = 10**9
"""A line behind every text."""
_LAYOUT = frozenset((tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER))


@dataclass(frozen=True)
class Comment:
    """A comment, its line and column (from 1 and from 0); ``alone`` on its line, or behind code."""

    text: str
    line: int
    column: int
    alone: bool


@dataclass
class Comments:
    """All of a text's.

    ``docstring`` and ``code`` are the lines where the module's own text and its first other statement begin, ``END``
    where there is none. ``empty`` has the lines with nothing on them.
    """

    found: list[Comment] = field(default_factory=list)
    docstring: int = END
    code: int = END
    empty: set[int] = field(default_factory=set)

    def below(self, comment: Comment) -> int | None:
        """The line of code that follows a comment, or several of them, at once."""
        alone = {each.line for each in self.found if each.alone}
        line = comment.line + 1
        while line in alone:
            line += 1
        return None if line in self.empty else line


def comments(code: str) -> Comments:
    """Read the comments of a text, as far as Python's own tokenizer can."""
    read = Comments()
    for token in _tokens(code):
        line, column = token.start
        if token.type == tokenize.COMMENT:
            read.found.append(Comment(token.string, line, column, not token.line[:column].strip()))
        elif token.type == tokenize.NL and not token.line.strip():
            read.empty.add(line)
        elif token.type == tokenize.STRING and read.code == read.docstring == END:
            read.docstring = line
        elif token.type not in _LAYOUT:
            read.code = min(read.code, line)
    return read


def _tokens(code: str) -> Iterator[tokenize.TokenInfo]:
    try:
        yield from tokenize.generate_tokens(io.StringIO(code).readline)
    except (tokenize.TokenError, SyntaxError):
        return


@dataclass(frozen=True, order=True)
class _Block:
    """The lines of a block: of its header, of its first statement, and its last."""

    header: int
    first: int
    last: int


class Blocks:
    """Where the blocks of a text begin and end; none where Python's own parser cannot tell."""

    def __init__(self, code: str) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(code)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            tree = ast.Module([], [])
        self._blocks = sorted(block for node in ast.walk(tree) for block in _blocks(node))

    def around(self, line: int) -> tuple[int, int]:
        """The lines from one on to the end of the block around it; from its header on, if all of the block is below."""
        inside = [each for each in self._blocks if each.header < line <= each.last]
        if not inside:
            return line, END
        return (inside[-1].header if line < inside[-1].first else line), inside[-1].last

    def headed(self, line: int) -> int:
        """The last line of the block whose header has a line; else that line itself."""
        return max((each.last for each in self._blocks if each.header <= line < each.first), default=line)


def _blocks(node: Any) -> Iterator[_Block]:
    header = _start(node)
    for name in ("body", "orelse", "finalbody"):
        body = getattr(node, name, None)
        if header and isinstance(body, list) and body:
            yield _Block(header, _start(body[0]), body[-1].end_lineno)
            header = body[-1].end_lineno + 1


def _start(node: Any) -> int:
    """The first line of a statement, its decorators included; 0 for a module."""
    above: list[int] = [each.lineno for each in getattr(node, "decorator_list", ())]
    return min(getattr(node, "lineno", 0), *above, END)

"""Where nodes stand in the text, found a statement at a time and only where somebody asks.

LibCST's own position provider clones the tree and records every node, which costs more than the parse. Here CPython's
parser, a tenth of the cost, says where statements begin, and the printing of one statement where the nodes in it do.
"""

from __future__ import annotations

import ast
import warnings
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import Any

import libcst as cst
from libcst._nodes.internal import CodegenState

from .lines import line_and_column, line_starts
from .scopes import Names

Span = tuple[int, int]
"""Where a node begins and ends, in characters from the start of the text."""

COMPOUND = (cst.FunctionDef, cst.ClassDef, cst.If, cst.While, cst.For, cst.With, cst.Try, cst.TryStar, cst.Match)
HEADED = (cst.FunctionDef, cst.ClassDef, cst.If, cst.While, cst.For, cst.With)
"""Statements with a header that can be read by itself."""
_CLAUSES = (cst.Else, cst.Finally, cst.ExceptHandler, cst.ExceptStarHandler, cst.MatchCase)
_LINES = frozenset((cst.SimpleStatementLine, *COMPOUND, *_CLAUSES, cst.Decorator))
_PASS = cst.IndentedBlock([cst.SimpleStatementLine([cst.Pass()])])
_NOTHING = nullcontext()


class Recorder(CodegenState):
    """Prints nodes and records where each begins and ends in what is printed, parentheses included."""

    def __init__(self, module: cst.Module, indents: Sequence[str] = ()) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.indent_tokens = list(indents)
        self.offset = 0
        self.starts: dict[int, int] = {}
        self.ends: dict[int, int] = {}

    def add_token(self, value: str) -> None:
        self.tokens.append(value)
        self.offset += len(value)

    def add_indent_tokens(self) -> None:
        self.tokens.extend(self.indent_tokens)
        self.offset += sum(map(len, self.indent_tokens))

    def before_codegen(self, node: cst.CSTNode) -> None:
        self.starts[id(node)] = self.offset

    def after_codegen(self, node: cst.CSTNode) -> None:
        self.ends[id(node)] = self.offset

    def record_syntactic_position(  # type: ignore[override]
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> AbstractContextManager[None]:
        if type(node) in _LINES:
            # Not the lines above it.
            self.starts[id(node)] = self.offset
        return _NOTHING


class Spans:
    """The places of the nodes of one text."""

    def __init__(
        self, text: str, module: cst.Module, names: Names, statements: list[tuple[int, cst.CSTNode]] | None = None
    ) -> None:
        """*statements*, in order, with where each begins; None where that is not known yet."""
        self._text = text
        self._module = module
        self._names = names
        self._found: dict[int, Span] = {}
        self._asked: set[int] = set()
        self._whole = False
        self._known = statements

    def of(self, node: cst.CSTNode) -> Span | None:
        """Where *node* stands, its parentheses included; None if it is not there.

        A statement begins behind the lines above it and its indentation. A simple one ends with its line; of one with a
        body it may be only the header.
        """
        if node is self._module:
            return 0, len(self._text)
        key = id(node)
        if key not in self._found and key in self._names.parents:
            line = self.line_of(node)
            if id(line) not in self._asked:
                self._asked.add(id(line))
                self._record(line)
            if key not in self._found and not self._whole:
                self._whole = True
                self._record_all()
        return self._found.get(key)

    def known(self, node: cst.CSTNode) -> Span | None:
        """Where *node* stands, if that has been found; all of a statement, or of its header, is found with it."""
        return self._found.get(id(node))

    def inside(self, node: cst.CSTNode) -> Mapping[int, Span]:
        """The places of a node and of what is in it, white space too, by ``id``; other nodes may be among them."""
        if not isinstance(node, (cst.Module, cst.IndentedBlock, *COMPOUND, *_CLAUSES)) and self.of(node) is not None:
            return self._found
        recorder = Recorder(self._module, self.indents(node))
        node._codegen(recorder)
        shift = (self.of(node) or (0, 0))[0] - recorder.starts[id(node)]
        return {
            key: (at + shift, min(recorder.ends[key] + shift, len(self._text)))
            for key, at in recorder.starts.items()
            if key in recorder.ends
        }

    def start(self, node: cst.CSTNode) -> int:
        """Where a node, or else what is around it, begins."""
        found = (self.of(each) for each in (node, *self._names.ancestors(node)))
        return next((span[0] for span in found if span is not None), 0)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1."""
        return line_and_column(self.lines, offset)

    @cached_property
    def lines(self) -> list[int]:
        """Where each line begins."""
        return line_starts(self._text)

    def line_of(self, node: cst.CSTNode) -> cst.CSTNode:
        """The statement, or the one whose header or clause it is, that *node* is written in; of a module, itself."""
        return next((each for each in (node, *self._names.ancestors(node)) if type(each) in _LINES), self._module)

    @cached_property
    def statements(self) -> tuple[list[int], list[cst.CSTNode]]:
        """Where statements begin, in order, and the statements; none where that cannot be told."""
        found = self._known if self._known is not None else self._found_by_python()
        return [start for start, _ in found], [node for _, node in found]

    def line_at(self, offset: int) -> cst.CSTNode | None:
        """The last statement that begins at or before an offset; what is put in at the start of a line is above it."""
        starts, lines = self.statements
        at = bisect_right(starts, offset) - 1
        return lines[at] if at >= 0 else None

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.lines[bisect_right(self.lines, offset) - 1]

    def indents(self, node: cst.CSTNode) -> list[str]:
        """The indentation of the blocks around a node, outermost first."""
        blocks = [each for each in self._names.ancestors(node) if isinstance(each, (cst.IndentedBlock, cst.Match))]
        return [self._module.default_indent if each.indent is None else each.indent for each in reversed(blocks)]

    def _record(self, line: cst.CSTNode) -> None:
        """Record what stands in a statement or its header, if the text where it should be is that."""
        begins = self._starts.get(id(line))
        if begins is None or isinstance(line, (cst.Try, cst.TryStar, cst.Match)):
            return
        recorder = Recorder(self._module, self.indents(line))
        printed = line if isinstance(line, cst.SimpleStatementLine) else _header(line)
        printed._codegen(recorder)
        start = recorder.starts[id(printed)]
        end = recorder.ends[id(line)] if printed is line else recorder.starts[id(_PASS)]
        shift = begins - start
        if not "".join(recorder.tokens)[start:end].startswith(self._text[begins : end + shift]):
            return
        for key, at in recorder.starts.items():
            if start <= at and recorder.ends.get(key, end + 1) <= end:
                self._found.setdefault(key, (at + shift, recorder.ends[key] + shift))
        self._found[id(line)] = begins, min(end + shift, len(self._text))

    def _record_all(self) -> None:
        recorder = Recorder(self._module)
        self._module._codegen(recorder)
        # Of a statement with a body it is the header, whether it was asked about before or not.
        for line in {id(each): each for each in self._names.parents.values() if isinstance(each, HEADED)}.values():
            recorder.ends[id(line)] = recorder.starts[id(line.body)]
        for key, at in recorder.starts.items():
            if key in recorder.ends:
                self._found.setdefault(key, (at, min(recorder.ends[key], len(self._text))))

    @property
    def readable(self) -> bool:
        """Whether the running Python can parse the text, which LibCST's parser has."""
        return bool(self._starts) or not self._module.body

    @cached_property
    def _starts(self) -> dict[int, int]:
        return {id(node): start for start, node in zip(*self.statements)}

    def _found_by_python(self) -> list[tuple[int, cst.CSTNode]]:
        """Where statements begin by CPython's parser; none of what only a newer Python than the running one reads."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(self._text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return []
        pairs = _pairs(self._module.body, tree.body)
        found = [(self._offset(parsed.lineno, parsed.col_offset), node) for node, parsed in pairs]
        return sorted(found, key=lambda each: each[0])

    def _offset(self, line: int, column: int) -> int:
        """A place as ``ast`` gives it, which counts the bytes of UTF-8."""
        start = self.lines[line - 1]
        if self._text.isascii():
            return start + column
        end = self.lines[line] if line < len(self.lines) else len(self._text)
        return start + len(self._text[start:end].encode()[:column].decode(errors="ignore"))


def _header(statement: Any) -> cst.CSTNode:
    """A statement with nothing above it and nothing in its body, so that only its header is printed."""
    empty: dict[str, Any] = {"orelse": None, "decorators": (), "lines_after_decorators": ()}
    changes = {name: value for name, value in empty.items() if hasattr(statement, name)}
    return statement.with_changes(leading_lines=(), body=_PASS, **changes)  # type: ignore[no-any-return]


Pair = tuple[cst.CSTNode, ast.stmt]
"""A statement as LibCST and as CPython's parser has it."""


def _pairs(body: Sequence[cst.CSTNode], parsed: Sequence[ast.stmt]) -> Iterator[Pair]:
    """Walk the statements of a block side by side with those that CPython's parser has made of the same text."""
    rest = iter(parsed)
    for statement in body:
        if isinstance(statement, cst.SimpleStatementLine):
            yield statement, [next(rest) for _ in statement.body][0]  # noqa: RUF015  all are taken
        else:
            other = next(rest)
            yield statement, other
            yield from _pairs_inside(statement, other)


def _pairs_inside(statement: Any, other: Any) -> Iterator[Pair]:
    if isinstance(statement, cst.Match):
        for case, parsed in zip(statement.cases, other.cases):
            yield from _pairs(_block(case), parsed.body)
        return
    yield from _pairs(_block(statement), other.body)
    for handler, parsed in zip(getattr(statement, "handlers", ()), getattr(other, "handlers", ())):
        yield from _pairs(_block(handler), parsed.body)
    orelse = getattr(statement, "orelse", None)
    if isinstance(orelse, cst.If):
        yield orelse, other.orelse[0]
        yield from _pairs_inside(orelse, other.orelse[0])
    elif orelse is not None:
        yield from _pairs(_block(orelse), other.orelse)
    if getattr(statement, "finalbody", None) is not None:
        yield from _pairs(_block(statement.finalbody), other.finalbody)


def _block(holder: Any) -> Sequence[cst.CSTNode]:
    """The statements of a block on lines of its own; those beside a colon are not told apart."""
    return holder.body.body if isinstance(holder.body, cst.IndentedBlock) else ()

"""The layout of repaired code: black over the statements that the repair made too long, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import libcst as cst

from ..meaning import Names
from ..syntax.walk import meaningful_fields
from .edits import Ancestry, Edits

_INDENT = "    "
_PASS = cst.SimpleStatementLine([cst.Pass()])

Line = cst.SimpleStatementLine | cst.FunctionDef | cst.ClassDef | cst.If | cst.While | cst.For | cst.With
_HEADED = (cst.FunctionDef, cst.ClassDef, cst.If, cst.While, cst.For, cst.With)
"""Statements with a header that black can lay out by itself."""


@dataclass(frozen=True)
class Layout:
    """``line_length`` is the longest line that the project allows, in characters."""

    line_length: int = 120


def tidied(before: cst.Module, after: cst.Module, ancestry: Ancestry, layout: Layout) -> tuple[cst.Module, Ancestry]:
    """*after* with black over each of its statements that the repair made too long; and what then stands for what."""
    if before.default_indent != _INDENT:
        return after, []
    origin = {id(new): old for new, old in ancestry}
    untouched = {id(line) for line, _ in lines_of(before)}
    edits = None
    for line, depth in lines_of(after):
        width = layout.line_length - depth * len(_INDENT)
        if id(line) in untouched or not is_long(code_of(after, line), width):
            continue
        old = origin.get(id(line))
        if isinstance(old, type(line)) and is_long(code_of(before, old), width):
            continue
        new = formatted(after, line, width)
        if new is not None:
            edits = edits or Edits(Names(after))
            edits.replace(line, new)
    return (edits.made(after), edits.ancestry) if edits else (after, [])


def lines_of(block: cst.CSTNode, depth: int = 0) -> Iterator[tuple[Line, int]]:
    """The simple statements and the headers of others in a block, with their depth of indentation."""
    for statement in getattr(block, "body", ()):
        if isinstance(statement, (cst.SimpleStatementLine, *_HEADED)):
            yield statement, depth
        if not isinstance(statement, cst.SimpleStatementLine):
            yield from _nested(statement, depth)


def _nested(statement: cst.CSTNode, depth: int) -> Iterator[tuple[Line, int]]:
    for part in statement.children:
        if isinstance(part, cst.IndentedBlock):
            yield from lines_of(part, depth + 1)
        elif isinstance(part, (cst.If, cst.Else, cst.ExceptHandler, cst.ExceptStarHandler, cst.Finally, cst.MatchCase)):
            yield from _nested(part, depth)


def _bare(line: Line) -> Line:
    """The statement without what stands above it; of one with a body, the header alone."""
    if isinstance(line, cst.SimpleStatementLine):
        return line.with_changes(leading_lines=())
    rest = {name: None for name in ("orelse",) if hasattr(line, name)}
    above: dict[str, object] = {"decorators": ()} if hasattr(line, "decorators") else {}
    return line.with_changes(leading_lines=(), body=cst.IndentedBlock([_PASS]), **rest, **above)


def code_of(module: cst.Module, line: Line) -> str:
    """The code of a statement, or of its header, without the lines above it."""
    return module.code_for_node(_bare(line))


def is_long(code: str, width: int) -> bool:
    """Whether a line of *code* has more than *width* characters."""
    return any(len(line) > width for line in code.splitlines())


def formatted(module: cst.Module, line: Line, width: int) -> Line | None:
    """The statement as black lays it out, its quotes and what stands above it as they were; None if black cannot.

    Where the name of a class is too long for its line, the call is put in parentheses, on lines of its own.
    """
    code = _black(code_of(module, line).replace(module.default_newline, "\n"), width)
    statement = _parsed(code) if code is not None else None
    if code is not None and statement is not None and is_long(code, width):
        wrapped = _in_parentheses(statement, width)
        if wrapped is not statement and (code := _black(cst.Module([wrapped]).code, width)) is not None:
            statement = _parsed(code)
    if statement is None or type(statement) is not type(line):
        return None
    kept = ("body", "orelse", "decorators") if not isinstance(line, cst.SimpleStatementLine) else ()
    same = {name: getattr(line, name) for name in ("leading_lines", *kept) if hasattr(line, name)}
    return statement.with_changes(**same)


def _black(code: str, width: int) -> str | None:
    import black

    try:
        return black.format_str(code, mode=black.Mode(line_length=width, string_normalization=False))
    except ValueError:
        return None


def _parsed(code: str) -> cst.BaseStatement | cst.SimpleStatementLine | None:
    try:
        return cst.parse_statement(code, config=cst.PartialParserConfig(default_newline="\n"))
    except cst.ParserSyntaxError:
        return None


def _in_parentheses(node: cst.CSTNode, width: int, depth: int = 0) -> Any:
    """The node with parentheses around each argument whose first line is too long however black breaks it."""
    changes: dict[str, Any] = {}
    for name in meaningful_fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            new = _in_parentheses(value, width, depth)
        elif isinstance(value, (list, tuple)):
            deeper = depth + (name in ("args", "elements"))
            new = [_in_parentheses(each, width, deeper) for each in value]
            new = value if all(a is b for a, b in zip(new, value)) else new
        else:
            continue
        if new is not value:
            changes[name] = new
    node = node.with_changes(**changes) if changes else node
    if isinstance(node, cst.Arg) and node.keyword is not None and isinstance(node.value, cst.Call):
        start = f"{node.keyword.value}={cst.Module([]).code_for_node(node.value.func)}("
        if not node.value.lpar and depth * len(_INDENT) + len(start) > width:
            return node.with_changes(value=node.value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()]))
    return node

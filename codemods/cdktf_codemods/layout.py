"""The layout of repaired code: black over the statements that the repair made too long, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from .edits import Ancestry, Edits
from .source import Names

_INDENT = "    "
_PASS = cst.SimpleStatementLine([cst.Pass()])

Line = cst.SimpleStatementLine | cst.FunctionDef


@dataclass(frozen=True)
class Layout:
    """``line_length`` is the longest line that the project allows, in characters."""

    line_length: int = 120


def tidied(before: cst.Module, after: cst.Module, ancestry: Ancestry, layout: Layout) -> tuple[cst.Module, Ancestry]:
    """*after* with black over each of its statements that the repair made too long; and what then stands for what."""
    if before.default_indent != _INDENT:
        return after, []
    origin = {id(new): old for new, old in ancestry}
    untouched = {id(line) for line, _ in _lines(before, 0)}
    edits = None
    for line, depth in _lines(after, 0):
        width = layout.line_length - depth * len(_INDENT)
        if id(line) in untouched or not is_long(_code(after, line), width):
            continue
        old = origin.get(id(line))
        if old is not None and type(old) is type(line) and is_long(_code(before, old), width):
            continue
        formatted = _formatted(after, line, width)
        if formatted is not None:
            edits = edits or Edits(Names(after))
            edits.replace(line, formatted)
    return (edits.made(after), edits.ancestry) if edits else (after, [])


def _lines(block: cst.CSTNode, depth: int) -> Iterator[tuple[Line, int]]:
    """The simple statements and function headers in a block, with their depth of indentation."""
    for statement in getattr(block, "body", ()):
        if isinstance(statement, (cst.SimpleStatementLine, cst.FunctionDef)):
            yield statement, depth
        if not isinstance(statement, cst.SimpleStatementLine):
            yield from _nested(statement, depth)


def _nested(statement: cst.CSTNode, depth: int) -> Iterator[tuple[Line, int]]:
    for part in statement.children:
        if isinstance(part, cst.IndentedBlock):
            yield from _lines(part, depth + 1)
        elif isinstance(part, (cst.If, cst.Else, cst.ExceptHandler, cst.ExceptStarHandler, cst.Finally, cst.MatchCase)):
            yield from _nested(part, depth)


def _bare(line: cst.CSTNode) -> cst.CSTNode:
    """The statement without what stands above it; of a function, the header alone."""
    if isinstance(line, cst.FunctionDef):
        return line.with_changes(leading_lines=(), decorators=(), body=cst.IndentedBlock([_PASS]))
    return line.with_changes(leading_lines=())


def _code(module: cst.Module, node: cst.CSTNode) -> str:
    return module.code_for_node(_bare(node))


def is_long(code: str, width: int) -> bool:
    """Whether a line of *code* has more than *width* characters."""
    return any(len(line) > width for line in code.splitlines())


def _formatted(module: cst.Module, line: Line, width: int) -> cst.CSTNode | None:
    """The statement as black lays it out, its quotes and the comments above it as they were; None if black cannot."""
    import black

    mode = black.Mode(line_length=width, string_normalization=False)
    try:
        code = black.format_str(_code(module, line).replace(module.default_newline, "\n"), mode=mode)
        statement = cst.parse_statement(code, config=cst.PartialParserConfig(default_newline="\n"))
    except (ValueError, cst.ParserSyntaxError):
        return None
    if isinstance(line, cst.FunctionDef) and isinstance(statement, cst.FunctionDef):
        return statement.with_changes(leading_lines=line.leading_lines, decorators=line.decorators, body=line.body)
    return statement.with_changes(leading_lines=line.leading_lines)

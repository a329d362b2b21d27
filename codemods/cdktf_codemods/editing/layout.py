"""The layout of repaired code: black over the statements that the repair made too long, and nothing else."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

import libcst as cst

from ..syntax.graft import by_statement
from ..syntax.splices import Splice, spliced
from ..syntax.text import Text
from ..syntax.walk import meaningful_fields

_INDENT = "    "
_WRAPPER = re.compile(r" *(?:if cdktf_fix:)?")
_PASS = cst.SimpleStatementLine([cst.Pass()])

Line = cst.SimpleStatementLine | cst.FunctionDef | cst.ClassDef | cst.If | cst.While | cst.For | cst.With
LET_BE = ("E501", "C0301", "line-too-long", "fmt")
"""What a comment names that lets a line be long, or keeps formatters off a statement."""
_HEADED = (cst.FunctionDef, cst.ClassDef, cst.If, cst.While, cst.For, cst.With)
"""Statements with a header that black can lay out by itself."""


@dataclass(frozen=True)
class Layout:
    """``line_length`` is the longest line that the project allows, in characters."""

    line_length: int = 120


def laid_out(
    text: Text, splices: list[Splice], layout: Layout, let_be: Callable[[cst.CSTNode], bool] = lambda line: False
) -> list[Splice]:
    """The changes, with black over each statement that they make too long, but for those that are to be let be."""
    if text.module.default_indent != _INDENT:
        return splices
    long = []
    for line, inside in by_statement(text, splices):
        piece = _Piece.of(text, line, inside) if line is not None else None
        if line is not None and piece is not None and is_long(piece.after, layout.line_length):
            if not is_long(piece.before, layout.line_length) and not let_be(line):
                long.append(piece)
    if not long:
        return splices
    replaced = {splice for piece in long for splice in piece.splices}
    pieces = [piece.replaced(code) for piece, code in zip(long, _formatted_all(text.module, long, layout))]
    return sorted([*(each for each in splices if each not in replaced), *pieces])


@dataclass(frozen=True)
class _Piece:
    """A statement, or its header, from the start of its line on: before and after the changes in it."""

    start: int
    indent: str
    end: int
    before: str
    after: str
    depth: int
    header: bool
    splices: tuple[Splice, ...]

    @classmethod
    def of(cls, text: Text, line: cst.CSTNode, splices: list[Splice]) -> _Piece | None:
        place = text.spans.of(line)
        if place is None or splices[-1].end > place[1]:
            return None
        start = text.spans.line_start(place[0])
        depth = len(text.spans.indents(line))
        indent = text.code[start : place[0]]
        if indent != _INDENT * depth:
            return None
        local = [Splice(each.start - start, each.end - start, each.text) for each in splices]
        before = text.code[start : place[1]]
        header = not isinstance(line, cst.SimpleStatementLine)
        return cls(start, indent, place[1], before, spliced(before, local), depth, header, tuple(splices))

    def replaced(self, code: str | None) -> Splice:
        code = self.after if code is None else code
        return Splice(self.start + len(self.indent), self.end, code.removeprefix(self.indent))


def _formatted_all(module: cst.Module, pieces: list[_Piece], layout: Layout) -> list[str | None]:
    """The pieces as black lays them out, all in one call: each at its own depth, behind a mark of its own."""
    marks = [f"{_INDENT * piece.depth}# cdktf-fix: piece {at}\n" for at, piece in enumerate(pieces)]
    code = "".join(map(_within, marks, pieces)).replace(module.default_newline, "\n")
    done = _black(code, layout.line_length)
    if done is None:
        return [_alone(module, piece, layout) for piece in pieces] if len(pieces) > 1 else [None]
    parts = re.split(r"(?m)^ *# cdktf-fix: piece \d+\n", done)[1:]
    result: list[str | None] = []
    for piece, part in zip(pieces, parts):
        lines = part.rstrip("\n").split("\n")
        while lines and _WRAPPER.fullmatch(lines[-1]):
            lines.pop()
        code = "\n".join(lines).rstrip("\n") + "\n"
        if is_long(code, layout.line_length):
            code = _narrowed(code, piece.depth, layout.line_length)
        if piece.header:
            code = code[: code.rindex("\n", 0, -1)]
        elif not piece.after.endswith(("\n", "\r")):
            code = code.rstrip("\n")
        result.append(code.replace("\n", module.default_newline))
    return result


def _alone(module: cst.Module, piece: _Piece, layout: Layout) -> str | None:
    return _formatted_all(module, [piece], layout)[0]


def _within(mark: str, piece: _Piece) -> str:
    """A piece inside of as many blocks as it stands in."""
    blocks = "".join(f"{_INDENT * depth}if cdktf_fix:\n" for depth in range(piece.depth))
    body = f"\n{_INDENT * (piece.depth + 1)}pass\n" if piece.header else ""
    ending = "" if body or piece.after.endswith(("\n", "\r")) else "\n"
    return f"{blocks}{mark}{piece.after}{body}{ending}"


def _narrowed(code: str, depth: int, width: int) -> str:
    """Code that black leaves too long, with the calls of classes with long names in parentheses, if that helps."""
    blocks = "".join(f"{_INDENT * level}if cdktf_fix:\n" for level in range(depth))
    try:
        module = cst.parse_module(blocks + code, cst.PartialParserConfig(default_newline="\n"))
    except cst.ParserSyntaxError:
        return code
    wrapped = _in_parentheses(module, width - depth * len(_INDENT))
    done = _black(wrapped.code, width) if wrapped is not module else None
    return code if done is None else done.split("if cdktf_fix:\n")[-1]


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
    return _in_place_of(line, statement)


def _in_place_of(line: Line, statement: cst.CSTNode | None) -> Line | None:
    """A statement with the body and what stands above it of the one whose place it takes."""
    if statement is None or type(statement) is not type(line):
        return None
    kept = ("body", "orelse", "decorators") if not isinstance(line, cst.SimpleStatementLine) else ()
    same = {name: getattr(line, name) for name in ("leading_lines", *kept) if hasattr(line, name)}
    return statement.with_changes(**same)


def least(module: cst.Module, line: Line, new: Line, width: int) -> Line:
    """The statement with only those of its lines laid out anew that are too long, where it can be had so."""
    before, after = (code_of(module, each).splitlines(keepends=True) for each in (line, new))
    mixed: list[str] = []
    for each in before:
        mixed += _laid_out_as(each, after) if is_long(each, width) else [each]
    code = "".join(mixed)
    if is_long(code, width) or not _says_the_same(code, "".join(before)):
        return new
    statement = _parsed(code.replace(module.default_newline, "\n"))
    return _in_place_of(line, statement) or new


def _laid_out_as(long: str, after: list[str]) -> list[str]:
    """The lines that say what a long one says; that one itself where none do at its own depth, whole by themselves."""
    if _depth(long) or sum(map(long.count, "[{")) != sum(map(long.count, "]}")):
        return [long]
    wanted = _bare_text(long)
    for start in range(len(after)):
        said = ""
        for end in range(start, len(after)):
            said += _bare_text(after[end])
            found = after[start : end + 1]
            if said == wanted and not _depth("".join(found)) and _margin(found[0]) == _margin(long):
                return found
            if not wanted.startswith(said):
                break
    return [long]


def _depth(code: str) -> int:
    return code.count("(") - code.count(")")


def _margin(code: str) -> int:
    return len(code) - len(code.lstrip())


def _bare_text(line: str) -> str:
    return re.sub(r"[\s,()]", "", line)


def _says_the_same(one: str, other: str) -> bool:
    """Whether two texts are the same program with the same comments."""
    try:
        return all(read(one) == read(other) for read in (_dumped, _comments))
    except (SyntaxError, tokenize.TokenError):
        return False


def _dumped(code: str) -> str:
    return ast.dump(ast.parse(code))


def _comments(code: str) -> list[str]:
    return [each.string for each in tokenize.generate_tokens(StringIO(code).readline) if each.type == tokenize.COMMENT]


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

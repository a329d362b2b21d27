"""Parts of a text that can be parsed by themselves: items in brackets, simple statements, headers.

All that change in a text are parsed in one go, each at the depth that it stands at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import libcst as cst

from .spans import HEADED, Span
from .splices import Splice, spliced_part
from .text import Text, syntax_error, unvalidated
from .walk import children

LINE_END = re.compile(r"\r\n?|\n")
_MARK = "if _:"
"""What stands before each piece."""
_BRACKETS: dict[type[cst.CSTNode], tuple[str, str]] = {
    cst.Arg: ("_(", ")"),
    cst.Element: ("[", "]"),
    cst.DictElement: ("{", "}"),
}

Taken = Callable[[list[Any]], "list[Any] | None"]


class NotAloneError(Exception):
    """A change that reaches further than a piece."""


@dataclass(frozen=True)
class Piece:
    """A node whose code changes: its new code, in whole lines, and what of the statements parsed of them is taken.

    ``taken`` gives the nodes that stand in the place of the old one, None where they cannot.
    """

    node: cst.CSTNode
    indent: str
    code: str
    taken: Taken


def item_pieces(text: Text, line: cst.CSTNode, changes: Sequence[Splice]) -> list[Piece]:
    """The smallest items in the brackets of a statement, or of its header, that its changes are in.

    :raises NotAloneError: a change is in none.
    """
    groups: list[tuple[cst.CSTNode, Span, list[Splice]]] = []
    for change in changes:
        item, place = _item_around(text, line, change)
        inside = [change]
        while groups and _is_within(groups[-1][1], place):
            inside = groups.pop()[2] + inside
        if groups and _is_within(place, groups[-1][1]):
            groups[-1][2].append(change)
        else:
            groups.append((item, place, inside))
    return [_item_piece(text, line, *group) for group in groups]


def _is_within(place: Span, other: Span) -> bool:
    return other[0] <= place[0] and place[1] <= other[1]


def _item_around(text: Text, line: cst.CSTNode, change: Splice) -> tuple[cst.CSTNode, Span]:
    """The smallest item that a change lies in, and where it stands, its comma apart."""
    found = None
    node: Any = line
    while node is not None:
        around = (
            each for each in children(node) if (place := text.spans.known(each)) and _is_within(change[:2], place)
        )
        node = next(around, None)
        if type(node) in _BRACKETS and (value := text.spans.known(node.value)) is not None:
            place = text.spans.known(node)
            if place is not None and change.end <= value[1]:
                found = node, (place[0], value[1])
    if found is None:
        raise NotAloneError
    return found


def _item_piece(text: Text, line: cst.CSTNode, item: Any, place: Span, changes: Sequence[Splice]) -> Piece:
    indent = indentation(text, text.spans.of(line))
    code = spliced_part(text.code, *place, changes)
    opening, closing = _BRACKETS[type(item)]

    def taken(statements: list[Any]) -> list[Any] | None:
        items = _items(statements)
        if not items or isinstance(items[-1].comma, cst.Comma) or not isinstance(items[-1], type(item)):
            return None
        if isinstance(item, cst.Arg):
            # LibCST keeps the bases of a class apart from its keywords.
            if isinstance(line, cst.ClassDef) and any(bool(each.keyword) is not bool(item.keyword) for each in items):
                return None
            if not items[-1].whitespace_after_arg.empty:
                return None
            items[-1] = items[-1].with_changes(whitespace_after_arg=item.whitespace_after_arg)
        items[-1] = items[-1].with_changes(comma=item.comma)
        return items

    return Piece(item, indent, f"{indent}{opening}{code}{closing}{text.module.default_newline}", taken)


def _items(statements: list[Any]) -> list[Any]:
    """What stands in the brackets that are the only statement; nothing where white space does too."""
    only = (
        statements[0].body[0] if len(statements) == 1 and isinstance(statements[0], cst.SimpleStatementLine) else None
    )
    value = only.value if isinstance(only, cst.Expr) else None
    if isinstance(value, cst.Call) and isinstance(value.func, cst.Name) and value.whitespace_before_args.empty:
        return list(value.args)
    if isinstance(value, cst.List) and value.lbracket.whitespace_after.empty and value.rbracket.whitespace_before.empty:
        return list(value.elements)
    if isinstance(value, cst.Dict) and value.lbrace.whitespace_after.empty and value.rbrace.whitespace_before.empty:
        return list(value.elements)
    return []


def line_piece(text: Text, line: cst.SimpleStatementLine, changes: Sequence[Splice]) -> Piece:
    """A simple statement, which several statements may stand in the place of."""
    place, indent, code = _lines(text, line, changes)
    if not LINE_END.search(code[-1:]):
        raise NotAloneError

    def taken(statements: list[Any]) -> list[Any] | None:
        if not isinstance(statements[-1], cst.SimpleStatementLine) and text.code[place[1] : place[1] + 1] in (
            " ",
            "\t",
        ):
            return None  # what is below may become part of its block
        return [statements[0].with_changes(leading_lines=line.leading_lines), *statements[1:]]

    return Piece(line, indent, code, taken)


def header_piece(text: Text, line: cst.CSTNode, changes: Sequence[Splice]) -> Piece:
    """A statement with the header that it has after the changes, and nothing in it."""
    _, indent, code = _lines(text, line, changes)
    newline, deeper = text.module.default_newline, indent + text.module.default_indent

    def taken(statements: list[Any]) -> list[Any] | None:
        # A header that is kept keeps its decorators, which stand in front of its place: one in it is new.
        alone = len(statements) == 1 and isinstance(statements[0], HEADED)
        return statements if alone and not getattr(statements[0], "decorators", ()) else None

    return Piece(line, indent, f"{code}{newline}{deeper}pass{newline}", taken)


def _lines(text: Text, line: cst.CSTNode, changes: Sequence[Splice]) -> tuple[Span, str, str]:
    """Where a statement stands, its indentation, and its code after the changes."""
    place = text.spans.of(line)
    indent = indentation(text, place)
    assert place is not None
    begins = text.spans.line_start(place[0])
    code = spliced_part(text.code, begins, place[1], changes)
    if not code.strip() or code[: len(code) - len(code.lstrip())] != indent:
        raise NotAloneError
    return place, indent, code


def indentation(text: Text, place: Span | None) -> str:
    """What stands before a statement on its line.

    :raises NotAloneError: that is not only white space.
    """
    if place is None:
        raise NotAloneError
    indent = text.code[text.spans.line_start(place[0]) : place[0]]
    if indent.strip(" \t"):
        raise NotAloneError
    return indent


def parsed(text: Text, pieces: Sequence[Piece]) -> list[list[Any] | None]:
    """The nodes that stand in the place of the old one of each piece; None for one that cannot be parsed by itself."""
    found = _parsed(text, pieces) if pieces else []
    if found is not None:
        return [piece.taken(statements) for piece, statements in zip(pieces, found)]
    alone = [_parsed(text, [piece]) for piece in pieces] if len(pieces) > 1 else [None]
    return [piece.taken(each[0]) if each is not None else None for piece, each in zip(pieces, alone)]


def _parsed(text: Text, pieces: Sequence[Piece]) -> list[list[Any]] | None:
    """The statements of each piece."""
    # LibCST takes a text's first line ending and indentation for its usual ones, and leaves those out of the tree.
    newline = text.module.default_newline
    usual = f"{_MARK}{newline}{text.module.default_indent}pass{newline}"
    code = usual + "".join(f"{_MARK}{newline}{each.code}" if each.indent else usual + each.code for each in pieces)
    if text.spans.readable and syntax_error(code) is not None:
        return None
    try:
        with unvalidated():
            module = cst.parse_module(code)
    except cst.ParserSyntaxError:
        return None
    blocks = _blocks(module.body)
    if module.header or module.footer or len(blocks) != 1 + len(pieces):
        return None
    found = [
        _statements(inside, after) if each.indent else after if _is_usual(inside) else []
        for each, (inside, after) in zip(pieces, blocks[1:])
    ]
    return found if _is_usual(blocks[0][0]) and not blocks[0][1] and all(map(_is_bare, found)) else None


def _blocks(body: Iterable[Any]) -> list[tuple[Any, list[Any]]]:
    """By each mark, its block and the statements behind that."""
    found: list[tuple[Any, list[Any]]] = []
    for statement in body:
        if isinstance(statement, cst.If) and isinstance(statement.test, cst.Name) and statement.test.value == "_":
            found.append((statement.body, []))
            if statement.orelse is not None or statement.leading_lines:
                return []
        elif not found:
            return []
        else:
            found[-1][1].append(statement)
    return found


def _is_usual(block: Any) -> bool:
    return len(block.body) == 1 and not block.footer


def _statements(block: Any, after: list[Any]) -> list[Any]:
    """The statements of a block that is all there is."""
    return [] if after or block.footer else list(block.body)


def _is_bare(statements: list[Any]) -> bool:
    """Whether there are any, without lines above the first."""
    return bool(statements) and not statements[0].leading_lines

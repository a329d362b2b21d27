"""The tree of a changed text without parsing all of it again: only the statements that changed are parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import libcst as cst

from .spans import HEADED, Span
from .splices import Splice, spliced
from .text import Text, parse, syntax_error, unvalidated
from .walk import is_node_class, meaningful_fields

_LINE_END = re.compile(r"\r\n?|\n")


class _NotAloneError(Exception):
    """A change that reaches further than simple statements."""


def changed(text: Text, splices: Sequence[Splice]) -> Text:
    """*text* after the changes.

    :param splices: those that do not overlap, in order.
    :raises ParseError: it does not parse any more.
    """
    code = spliced(text.code, splices)
    if bool(_LINE_END.search(code[-1:])) is not bool(_LINE_END.search(text.code[-1:])):
        return parse(code, text.wanted)  # which the module as a whole keeps
    try:
        new = _parsed_lines(text, splices)
    except _NotAloneError:
        return parse(code, text.wanted)
    module, copies = _with(text, new)
    return Text(code, module, text.wanted, _statements(text, splices, new, copies))


@dataclass
class _New:
    """What stands in the place of the statements that change, and of the headers of those that have a body."""

    lines: dict[int, Sequence[cst.CSTNode]] = field(default_factory=dict)
    headers: dict[int, cst.CSTNode] = field(default_factory=dict)


def _parsed_lines(text: Text, splices: Sequence[Splice]) -> _New:
    new = _New()
    for line, inside in by_statement(text, splices):
        place = text.spans.of(line) if line is not None else None
        if place is None or inside[-1].end > place[1]:
            raise _NotAloneError
        if isinstance(line, cst.SimpleStatementLine):
            new.lines[id(line)] = _parsed(text, place, line, inside)
        elif isinstance(line, HEADED):
            new.headers[id(line)] = _parsed_header(text, place, inside)
        else:
            raise _NotAloneError
    return new


def _statements(
    text: Text, splices: Sequence[Splice], new: _New, copies: dict[int, cst.CSTNode]
) -> list[tuple[int, cst.CSTNode]] | None:
    """Where the statements begin after the changes; None where several stand in the place of one."""
    found: list[tuple[int, cst.CSTNode]] = []
    changes = iter(splices)
    change = next(changes, None)
    shift = 0
    for start, node in zip(*text.spans.statements):
        while change is not None and change.end <= start and change.start < start:
            shift += len(change.text) - (change.end - change.start)
            change = next(changes, None)
        instead = new.lines.get(id(node))
        if instead is None:
            found.append((start + shift, copies.get(id(node), node)))
        elif len(instead) == 1:
            found.append((start + shift, instead[0]))
        elif instead:
            return None
    return found


def by_statement(text: Text, splices: Iterable[Splice]) -> list[tuple[cst.CSTNode | None, list[Splice]]]:
    """The splices, in order, by the statement that each begins in; None where that cannot be told."""
    groups: dict[int, tuple[cst.CSTNode | None, list[Splice]]] = {}
    for splice in splices:
        line = text.spans.line_at(splice.start)
        groups.setdefault(id(line), (line, []))[1].append(splice)
    return list(groups.values())


def _parsed(text: Text, place: Span, line: cst.SimpleStatementLine, changes: Sequence[Splice]) -> list[cst.CSTNode]:
    """The statements that stand in the place of one after the changes."""
    indent, code = _piece(text, place, changes)
    if not code.strip() and not line.leading_lines and indent == "" and line is not text.module.body[0]:
        return []
    if not _LINE_END.search(code[-1:]):
        raise _NotAloneError
    statements = _parsed_alone(text, indent, code)
    if not isinstance(statements[-1], cst.SimpleStatementLine) and text.code[place[1] : place[1] + 1] in (" ", "\t"):
        raise _NotAloneError  # what is below may become part of its block
    statements[0] = statements[0].with_changes(leading_lines=line.leading_lines)
    return statements


def _parsed_header(text: Text, place: Span, changes: Sequence[Splice]) -> cst.CSTNode:
    """A statement with the header that it has after the changes, and nothing in it."""
    indent, code = _piece(text, place, changes)
    newline, deeper = text.module.default_newline, indent + text.module.default_indent
    statements = _parsed_alone(text, indent, f"{code}{newline}{deeper}pass{newline}")
    if len(statements) != 1 or not isinstance(statements[0], HEADED):
        raise _NotAloneError
    return statements[0]


def _piece(text: Text, place: Span, changes: Sequence[Splice]) -> tuple[str, str]:
    """The indentation and the code of what stands at *place*, after the changes."""
    begins = text.spans.line_start(place[0])
    indent = text.code[begins : place[0]]
    if indent.strip(" \t"):
        raise _NotAloneError
    local = [Splice(start - begins, end - begins, new) for start, end, new in changes]
    code = spliced(text.code[begins : place[1]], local)
    if code.strip() and code[: len(code) - len(code.lstrip())] != indent:
        raise _NotAloneError
    return indent, code


def _parsed_alone(text: Text, indent: str, code: str) -> list[Any]:
    """Statements at the depth that they stand at."""
    # LibCST takes a text's first line ending and indentation for its usual ones, and leaves those out of the tree.
    newline = text.module.default_newline
    usual = f"if 1:{newline}{text.module.default_indent}pass{newline}"
    head = usual + (f"if 1:{newline}" if indent else "")
    if text.spans.readable and syntax_error(head + code) is not None:
        raise _NotAloneError
    try:
        with unvalidated():
            module = cst.parse_module(head + code)
    except cst.ParserSyntaxError:
        raise _NotAloneError from None
    block: Any = module.body[1].body if indent else None
    statements: list[Any] = list(block.body if indent else module.body[1:])
    first: Any = module.body[0]
    if (
        len(first.body.body) != 1
        or (indent and len(module.body) != 2)
        or not statements
        or (indent and block.footer)
        or module.footer
    ):
        raise _NotAloneError
    if statements[0].leading_lines:
        raise _NotAloneError
    return statements


def _with(text: Text, new: _New) -> tuple[cst.Module, dict[int, cst.CSTNode]]:
    """The module with other statements in the places of some, and what was copied for it, by the ``id`` of the old."""
    dirty: set[int] = set(new.headers)
    for key in (*new.lines, *new.headers):
        node = text.names.parents.get(key)
        while node is not None:
            dirty.add(id(node))
            node = text.names.parents.get(id(node))
    copies: dict[int, cst.CSTNode] = {}
    module: Any = _copied(text.module, new, dirty, copies)
    return module, copies


def _copied(node: Any, new: _New, dirty: set[int], copies: dict[int, cst.CSTNode]) -> cst.CSTNode:
    """A copy of one of the *dirty* nodes, those in which something is new; *copies* takes it in."""
    changes: dict[str, Any] = {}
    for name in meaningful_fields(type(node)):
        value = getattr(node, name)
        if is_node_class[type(value)]:
            if id(value) in dirty:
                changes[name] = _copied(value, new, dirty, copies)
        elif isinstance(value, (list, tuple)) and any(id(each) in dirty or id(each) in new.lines for each in value):
            changes[name] = tuple(
                part
                for each in value
                for part in new.lines.get(id(each), (_copied(each, new, dirty, copies) if id(each) in dirty else each,))
            )
    if id(node) in new.headers:
        kept = ("leading_lines", "decorators", "lines_after_decorators", "body", "orelse")
        changes = {name: getattr(node, name) for name in kept if hasattr(node, name)} | changes
        copies[id(node)] = new.headers[id(node)].with_changes(**changes)
    else:
        copies[id(node)] = node.with_changes(**changes)
    return copies[id(node)]

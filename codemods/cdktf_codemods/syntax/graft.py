"""The tree of a changed text without parsing all of it again: only the statements that changed are parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import libcst as cst

from .spans import Span
from .splices import Splice, spliced
from .text import Text, parse
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
    try:
        module = _grafted(text, splices)
    except _NotAloneError:
        return parse(code, text.wanted)
    return Text(code, module, text.wanted)


def _grafted(text: Text, splices: Sequence[Splice]) -> cst.Module:
    new: dict[int, Sequence[cst.CSTNode]] = {}
    for line, inside in by_statement(text, splices):
        place = text.spans.of(line) if isinstance(line, cst.SimpleStatementLine) else None
        if place is None or inside[-1].end > place[1] or place[1] == len(text.code):
            raise _NotAloneError
        assert isinstance(line, cst.SimpleStatementLine)
        new[id(line)] = _parsed(text, place, line, inside)
    return _with(text, new)


def by_statement(text: Text, splices: Iterable[Splice]) -> list[tuple[cst.CSTNode | None, list[Splice]]]:
    """The splices, in order, by the statement that each begins in; None where that cannot be told."""
    groups: dict[int, tuple[cst.CSTNode | None, list[Splice]]] = {}
    for splice in splices:
        line = text.spans.line_at(splice.start)
        groups.setdefault(id(line), (line, []))[1].append(splice)
    return list(groups.values())


def _parsed(text: Text, place: Span, line: cst.SimpleStatementLine, changes: Iterable[Splice]) -> list[cst.CSTNode]:
    """The statements that stand in the place of one after the changes."""
    begins = text.spans.line_start(place[0])
    indent = text.code[begins : place[0]]
    if indent.strip(" \t"):
        raise _NotAloneError
    local = [Splice(start - begins, end - begins, new) for start, end, new in changes]
    code = spliced(text.code[begins : place[1]], local)
    if not code and not line.leading_lines and indent == "" and line is not text.module.body[0]:
        return []
    if not _LINE_END.search(code[-1:]):
        raise _NotAloneError
    config = cst.PartialParserConfig(
        default_newline=text.module.default_newline, default_indent=text.module.default_indent
    )
    try:
        module = cst.parse_module(f"if 1:\n{code}" if indent else code, config)
    except cst.ParserSyntaxError:
        raise _NotAloneError from None
    block: Any = module.body[0].body if indent and module.body else module
    statements: list[Any] = list(block.body)
    if (len(module.body) != 1 and indent) or not statements or block.footer or module.header or module.footer:
        raise _NotAloneError
    if statements[0].leading_lines:
        raise _NotAloneError
    statements[0] = statements[0].with_changes(leading_lines=line.leading_lines)
    return statements


def _with(text: Text, new: dict[int, Sequence[cst.CSTNode]]) -> cst.Module:
    """The module with other statements in the places of some, copied along the changed paths only."""
    dirty: set[int] = set()
    for key in new:
        node = text.names.parents.get(key)
        while node is not None and id(node) not in dirty:
            dirty.add(id(node))
            node = text.names.parents.get(id(node))

    def copied(node: Any) -> Any:
        changes: dict[str, Any] = {}
        for name in meaningful_fields(type(node)):
            value = getattr(node, name)
            if is_node_class[type(value)]:
                if id(value) in dirty:
                    changes[name] = copied(value)
            elif isinstance(value, (list, tuple)) and any(id(each) in dirty or id(each) in new for each in value):
                changes[name] = tuple(
                    part for each in value for part in new.get(id(each), (copied(each) if id(each) in dirty else each,))
                )
        return node.with_changes(**changes)

    module: cst.Module = copied(text.module)
    return module

"""The tree of a changed text without parsing all of it again: only the statements that changed are parsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import libcst as cst

from .pieces import LINE_END, NotAloneError, Piece, header_piece, item_pieces, line_piece, parsed
from .spans import HEADED, Span
from .splices import Splice, spliced, spliced_part
from .text import Text, parse
from .walk import is_node_class, meaningful_fields


def changed(text: Text, splices: Sequence[Splice]) -> Text:
    """*text* after the changes.

    :param splices: those that do not overlap, in order.
    :raises ParseError: it does not parse any more.
    """
    code = spliced(text.code, splices)
    if bool(LINE_END.search(code[-1:])) is not bool(LINE_END.search(text.code[-1:])):
        return parse(code, text.wanted)  # which the module as a whole keeps
    try:
        new = _parsed_lines(text, splices)
    except NotAloneError:
        return parse(code, text.wanted)
    module, copies = _with(text, new)
    return Text(code, module, text.wanted, _statements(text, splices, new, copies))


@dataclass
class _New:
    """What stands in the place of the nodes that change, and of the headers of those that have a body."""

    nodes: dict[int, Sequence[cst.CSTNode]] = field(default_factory=dict)
    headers: dict[int, cst.CSTNode] = field(default_factory=dict)

    def put(self, old: cst.CSTNode, nodes: Sequence[cst.CSTNode]) -> None:
        """Put nodes in the place of an old one."""
        if isinstance(old, HEADED):
            self.headers[id(old)] = nodes[0]
        else:
            self.nodes[id(old)] = nodes


def _parsed_lines(text: Text, splices: Sequence[Splice]) -> _New:
    """What is new, each piece as small as can be; a larger one where the smaller cannot be parsed by itself."""
    new = _New()
    waiting: list[tuple[cst.CSTNode, list[Splice]]] = []
    for line, inside in by_statement(text, splices):
        place = text.spans.of(line) if line is not None else None
        if line is None or place is None or inside[-1].end > place[1]:
            raise NotAloneError
        if _is_removed(text, line, place, inside):
            new.put(line, ())
        else:
            waiting.append((line, inside))
    for pieces_of in (_small_pieces, _whole_piece):
        pieces = [pieces_of(text, *each) for each in waiting]
        found = iter(parsed(text, [piece for group in pieces for piece in group]))
        left = []
        for each, group in zip(waiting, pieces):
            nodes = [(piece, next(found)) for piece in group]
            if not nodes or any(taken is None for _, taken in nodes):
                left.append(each)
                continue
            for piece, taken in nodes:
                new.put(piece.node, taken or ())
        waiting = left
    if waiting:
        raise NotAloneError
    return new


def _is_removed(text: Text, line: cst.CSTNode, place: Span, changes: Sequence[Splice]) -> bool:
    """Whether nothing is left of a statement of the module, with nothing above it."""
    if not isinstance(line, cst.SimpleStatementLine) or line.leading_lines or line is text.module.body[0]:
        return False
    begins, end = text.spans.line_start(place[0]), place[1]
    return begins == place[0] and not spliced_part(text.code, begins, end, changes).strip()


def _small_pieces(text: Text, line: cst.CSTNode, changes: Sequence[Splice]) -> list[Piece]:
    try:
        return item_pieces(text, line, changes)
    except NotAloneError:
        return []


def _whole_piece(text: Text, line: cst.CSTNode, changes: Sequence[Splice]) -> list[Piece]:
    if isinstance(line, cst.SimpleStatementLine):
        return [line_piece(text, line, changes)]
    if isinstance(line, HEADED):
        return [header_piece(text, line, changes)]
    raise NotAloneError


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
        instead = new.nodes.get(id(node))
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


def _with(text: Text, new: _New) -> tuple[cst.Module, dict[int, cst.CSTNode]]:
    """The module with other statements in the places of some, and what was copied for it, by the ``id`` of the old."""
    dirty: set[int] = set(new.headers)
    for key in (*new.nodes, *new.headers):
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
        elif isinstance(value, (list, tuple)) and any(id(each) in dirty or id(each) in new.nodes for each in value):
            changes[name] = tuple(
                part
                for each in value
                for part in new.nodes.get(id(each), (_copied(each, new, dirty, copies) if id(each) in dirty else each,))
            )
    if id(node) in new.headers:
        kept = ("leading_lines", "decorators", "lines_after_decorators", "body", "orelse")
        changes = {name: getattr(node, name) for name in kept if hasattr(node, name)} | changes
        copies[id(node)] = new.headers[id(node)].with_changes(**changes)
    else:
        copies[id(node)] = node.with_changes(**changes)
    return copies[id(node)]

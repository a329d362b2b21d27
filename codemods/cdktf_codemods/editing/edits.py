"""Edits of one file that belong to one fix: said as nodes, made as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst

from ..syntax.spans import Recorder
from ..syntax.splices import Splice, splices
from ..syntax.text import Text
from ..syntax.walk import is_node_class, meaningful_fields
from .indentation import dedented
from .items import with_argument, with_key, with_remark, without_argument, without_element

Replacement = cst.CSTNode | cst.RemovalSentinel


class Edits:
    """Replacements by node. A replacement may hold nodes of the file, which have their own edits made in turn."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._own: dict[int, Replacement] = {}
        self._around: dict[int, cst.CSTNode] = {}
        self._dropped: dict[int, list[cst.CSTNode]] = {}
        self._added: dict[int, list[tuple[str, cst.BaseExpression]]] = {}
        self._before: dict[int, list[cst.BaseStatement | cst.SimpleStatementLine]] = {}
        self._following: dict[int, list[cst.BaseStatement | cst.SimpleStatementLine]] = {}
        self._remarks: dict[int, str] = {}
        self._nodes: dict[int, cst.CSTNode] = {}
        self._with_comment: set[int] = set()

    def replace(self, node: cst.CSTNode, replacement: Replacement) -> None:
        """Put *replacement* in the node's place: the result of a rule's ``leave_`` method."""
        self._nodes[id(node)] = node
        self._own[id(node)] = replacement

    def put(self, node: cst.CSTNode, replacement: cst.CSTNode) -> None:
        """The same from afar: made around what :meth:`replace` makes of the node. The first one stands."""
        self._nodes[id(node)] = node
        self._around.setdefault(id(node), replacement)

    def remove(self, statement: cst.BaseSmallStatement, comment: bool = False) -> None:
        """Take a statement out; with the comment about it, directly above and behind it, if that is asked for."""
        self.replace(statement, cst.RemoveFromParent())
        if comment:
            self._with_comment.add(id(statement))

    def drop(self, owner: cst.Call | cst.Dict, item: cst.Arg | cst.BaseDictElement) -> None:
        """Take an argument out of its call, or an element out of its dict."""
        self._nodes[id(owner)] = owner
        if not any(each is item for each in self._dropped.setdefault(id(owner), [])):
            self._dropped[id(owner)].append(item)

    def comment_out(self, owner: cst.Call | cst.Dict, item: cst.Arg | cst.BaseDictElement, text: str) -> None:
        """Take an argument out, leaving *text* as a comment where it stood."""
        self.drop(owner, item)
        self._remarks[id(item)] = text

    def add(self, owner: cst.Call | cst.Dict, name: str, value: cst.BaseExpression) -> None:
        """Add a keyword argument to a call, or a key to a dict, behind those it has."""
        self._nodes[id(owner)] = owner
        added = self._added.setdefault(id(owner), [])
        if all(name != other for other, _ in added):
            added.append((name, value))

    def follow(self, statement: cst.CSTNode, *new: cst.BaseStatement | cst.SimpleStatementLine) -> None:
        """Put new statements behind one of the file."""
        self._nodes[id(statement)] = statement
        self._following.setdefault(id(statement), []).extend(new)

    def precede(self, statement: cst.CSTNode, *new: cst.BaseStatement | cst.SimpleStatementLine) -> None:
        """Put new statements in front of one of the file, and of the comments above it."""
        self._nodes[id(statement)] = statement
        self._before.setdefault(id(statement), []).extend(new)

    def splices(self) -> list[Splice]:
        """What all of them change in the text."""
        found: list[Splice] = []
        changed = {*self._own, *self._around, *self._dropped, *self._added}
        for key, node in list(self._nodes.items()):
            if key in changed and not any(id(each) in changed for each in self._text.names.ancestors(node)):
                found += self._made(node)
        for key, statements in self._before.items():
            found += self._put_in(self._above(self._nodes[key]), self._nodes[key], statements)
        for key, statements in self._following.items():
            found += self._put_in(self._below(self._nodes[key]), self._nodes[key], statements)
        return found

    def _made(self, node: cst.CSTNode) -> list[Splice]:
        kept = self._own.get(id(node), self._around.get(id(node)))
        new = self._node(node)
        if isinstance(new, cst.CSTNode):
            deeper = dedented(self._text, node, kept) if kept is new else ()
            return [*self._homeless(node, new), *splices(self._text, node, new), *deeper]
        line = self._text.spans.line_of(node)
        if isinstance(line, cst.SimpleStatementLine) and len(line.body) > 1 and node is not line:
            rest = [each for each in line.body if each is not node]
            rest[-1] = rest[-1].with_changes(semicolon=cst.MaybeSentinel.DEFAULT)
            return [*self._homeless(node), *splices(self._text, line, line.with_changes(body=rest))]
        block = self._text.names.parents[id(line)]
        if isinstance(block, cst.IndentedBlock) and len(block.body) == 1:
            only = line.body[0] if node is line else node  # type: ignore[attr-defined]
            return [*self._homeless(only), *splices(self._text, only, cst.Pass())]
        if id(node) in self._with_comment and not self._is_shared(line, block):
            return self._line_and_comment_removed(line)
        return self._line_removed(line)

    def _is_shared(self, line: Any, block: Any) -> bool:
        """Whether the comment above a line may be about the next one too: it follows directly, and is of its kind."""
        at = next(at for at, each in enumerate(block.body) if each is line)
        below = block.body[at + 1] if at + 1 < len(block.body) else None
        return (
            isinstance(below, cst.SimpleStatementLine)
            and not below.leading_lines
            and _called(below) is not None
            and _called(below) == _called(line)
        )

    def _line_and_comment_removed(self, line: Any) -> list[Splice]:
        place = self._text.spans.of(line)
        if place is None:
            return []
        above = list(line.leading_lines)
        while above and above[-1].comment is not None:
            above.pop()
        gone = len(line.leading_lines) - (0 if not any(each.comment for each in above) else len(above))
        number, _ = self._text.spans.line_and_column(place[0])
        return [Splice(self._text.spans.lines[number - 1 - gone], place[1], "")]

    def _homeless(self, node: cst.CSTNode, new: cst.CSTNode | None = None) -> list[Splice]:
        """The comments inside of a node for which the new one has no place, put above its statement."""
        line = self._text.spans.line_of(node)
        place = self._text.spans.of(line)
        lost = self._lost(node, new) if place is not None else []
        if place is None or not lost:
            return []
        indent = self._text.code[self._text.spans.line_start(place[0]) : place[0]]
        above = "".join(f"{comment}{self._text.module.default_newline}{indent}" for comment in lost)
        return [Splice(place[0], place[0], above)] if not indent.strip() else []

    def _lost(self, node: cst.CSTNode, new: cst.CSTNode | None) -> list[str]:
        place = self._text.spans.of(node)
        code = self._text.code[slice(*place)] if place is not None else ""
        if "#" not in code:
            return []
        added = [each for every in (*self._before.values(), *self._following.values()) for each in every]
        kept = "\n".join(comment for each in (new, *added) if each is not None for comment in _comments(each))
        return [comment for comment in _comments(node) if comment in code and comment not in kept]

    def _line_removed(self, line: Any) -> list[Splice]:
        """A statement taken out with its line; comments in it, above it and behind it stay, blank lines above it go.

        These stay where others take the place of the first of a group of imports.
        """
        place = self._text.spans.of(line)
        if place is None:
            return []
        if comments := self._lost(line, None):
            newline = self._text.module.default_newline
            indent = self._text.code[self._text.spans.line_start(place[0]) : place[0]]
            return [Splice(place[0], place[1], f"{newline}{indent}".join(comments) + newline)]
        number, _ = self._text.spans.line_and_column(place[0])
        kept = any(each.comment for each in line.leading_lines) or self._begins_imports(line)
        blank = 0 if kept else len(line.leading_lines)
        return [Splice(self._text.spans.lines[number - 1 - blank], place[1], "")]

    def _begins_imports(self, line: Any) -> bool:
        if not all(isinstance(each, (cst.Import, cst.ImportFrom)) for each in line.body):
            return False
        if id(line) in self._following:
            return True
        block = self._text.names.parents[id(line)].body  # type: ignore[attr-defined]
        below = block[next(at for at, each in enumerate(block) if each is line) + 1 :][:1]
        return any(
            isinstance(each, cst.SimpleStatementLine)
            and isinstance(each.body[0], (cst.Import, cst.ImportFrom))
            and not each.leading_lines
            for each in below
        )

    def _put_in(
        self, at: int | None, beside: cst.CSTNode, statements: Sequence[cst.BaseStatement | cst.SimpleStatementLine]
    ) -> list[Splice]:
        """New statements at an offset, at the depth of the one *beside*."""
        if at is None:
            return []
        printed = Recorder(self._text.module, self._text.spans.indents(beside))
        for statement in statements:
            self._rebuilt(statement)._codegen(printed)
        code = "".join(printed.tokens)
        begun = at == 0 or self._text.code[at - 1] in "\r\n"
        return [Splice(at, at, code if begun else self._text.module.default_newline + code.rstrip("\r\n"))]

    def _above(self, statement: Any) -> int | None:
        """Where the lines above a statement begin, the first of them left out if it is blank."""
        place = self._text.spans.of(statement)
        if place is None:
            return None
        line, _ = self._text.spans.line_and_column(place[0])
        above = list(statement.leading_lines)
        kept = above[1:] if above and above[0].comment is None else above
        return self._text.spans.lines[line - 1 - len(kept)]

    def _below(self, statement: cst.CSTNode) -> int | None:
        place = self._text.spans.of(statement)
        return place[1] if place is not None else None

    def _node(self, node: cst.CSTNode) -> Replacement:
        key = id(node)
        if key in self._around:
            return self._rebuilt(self._around.pop(key))
        if key in self._dropped or key in self._added:
            self._own[key] = self._with_items(self._own.get(key, node), key)
        if key in self._own:
            replacement = self._own.pop(key)
            return replacement if isinstance(replacement, cst.RemovalSentinel) else self._rebuilt(replacement)
        return self._rebuilt(node)

    def _with_items(self, node: Any, key: int) -> Any:
        for item in self._dropped.pop(key, ()):
            if (remark := self._remarks.get(id(item))) is not None and isinstance(node, cst.Call):
                node = with_remark(node, item, f"# removed by cdktf-fix: {remark}")
            node = without_argument(node, item) if isinstance(node, cst.Call) else without_element(node, item)
        for name, value in self._added.pop(key, ()):
            node = with_argument(node, name, value) if isinstance(node, cst.Call) else with_key(node, name, value)
        return node

    def _rebuilt(self, node: cst.CSTNode) -> cst.CSTNode:
        """The node with the edits of what it holds made."""
        changes: dict[str, Any] = {}
        for name in meaningful_fields(type(node)):
            value = getattr(node, name)
            if is_node_class[type(value)]:
                new = self._node(value)
                if new is not value:
                    changes[name] = None if isinstance(new, cst.RemovalSentinel) else new
            elif isinstance(value, (list, tuple)) and value:
                items = [self._node(each) for each in value]
                if any(a is not b for a, b in zip(items, value)):
                    changes[name] = [each for each in items if not isinstance(each, cst.RemovalSentinel)]
        return node.with_changes(**changes) if changes else node


def _comments(node: cst.CSTNode) -> list[str]:
    if isinstance(node, cst.Comment):
        return [node.value]
    return [comment for each in node.children for comment in _comments(each)]


def _called(line: cst.SimpleStatementLine) -> str | None:
    """The last name of what a line calls, where it does nothing else."""
    only = line.body[0] if len(line.body) == 1 else None
    func = only.value.func if isinstance(only, cst.Expr) and isinstance(only.value, cst.Call) else None
    return func.attr.value if isinstance(func, cst.Attribute) else None

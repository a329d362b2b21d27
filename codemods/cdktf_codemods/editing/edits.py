"""Edits of one file, gathered while its tree is read and then made in one go, along the changed paths only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import libcst as cst

from ..syntax.scopes import Names
from ..syntax.walk import is_node_class, meaningful_fields

Replacement = cst.CSTNode | cst.RemovalSentinel | cst.FlattenSentinel[Any]

Ancestry = list[tuple[cst.CSTNode, cst.CSTNode]]
"""New nodes, each with the node of the file that it stands for."""

Block = TypeVar("Block", cst.Module, cst.IndentedBlock)


class Edits:
    """Replacements by node. A replacement may hold nodes of the file, which have their own edits made in turn."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._own: dict[int, Replacement] = {}
        self._around: dict[int, cst.CSTNode] = {}
        self._dropped: dict[int, list[cst.CSTNode]] = {}
        self._added: dict[int, list[tuple[str, cst.BaseExpression]]] = {}
        self._before: dict[int, list[cst.CSTNode]] = {}
        self._following: dict[int, list[cst.CSTNode]] = {}
        self._remarks: dict[int, str] = {}
        self._held: list[cst.CSTNode] = []
        self.ancestry: Ancestry = []

    def __bool__(self) -> bool:
        return any((self._own, self._around, self._dropped, self._added, self._before, self._following))

    def current(self, node: cst.CSTNode) -> Replacement:
        """What the edits so far make of the node itself."""
        return self._own.get(id(node), node)

    def replace(self, node: cst.CSTNode, replacement: Replacement) -> None:
        """Put *replacement* in the node's place: the result of a rule's ``leave_`` method."""
        self._held.append(node)
        self._own[id(node)] = replacement

    def put(self, node: cst.CSTNode, replacement: cst.CSTNode) -> None:
        """The same from afar: made around what :meth:`replace` makes of the node. The first one stands."""
        self._held.append(node)
        self._around.setdefault(id(node), replacement)

    def drop(self, owner: cst.Call | cst.Dict, item: cst.Arg | cst.BaseDictElement) -> None:
        """Take an argument out of its call, or an element out of its dict."""
        self._held.append(owner)
        if not any(each is item for each in self._dropped.setdefault(id(owner), [])):
            self._dropped[id(owner)].append(item)

    def comment_out(self, owner: cst.Call | cst.Dict, item: cst.Arg | cst.BaseDictElement, text: str) -> None:
        """Take an argument out, leaving *text* as a comment where it stood."""
        self.drop(owner, item)
        self._remarks[id(item)] = text

    def add(self, owner: cst.Call | cst.Dict, name: str, value: cst.BaseExpression) -> None:
        """Add a keyword argument to a call, or a key to a dict, behind those it has."""
        self._held.append(owner)
        added = self._added.setdefault(id(owner), [])
        if all(name != other for other, _ in added):
            added.append((name, value))

    def follow(self, statement: cst.CSTNode, *new: cst.BaseStatement | cst.SimpleStatementLine) -> None:
        """Put new statements behind one of the file."""
        self._held.append(statement)
        self._following.setdefault(id(statement), []).extend(new)

    def precede(self, statement: cst.CSTNode, *new: cst.BaseStatement | cst.SimpleStatementLine) -> None:
        """Put new statements in front of one of the file, and of the comments above it."""
        self._held.append(statement)
        self._before.setdefault(id(statement), []).extend(new)

    def made(self, module: cst.Module) -> cst.Module:
        """The module with all edits made."""
        self._dirty: set[int] = set()
        touched = (self._own, self._around, self._dropped, self._added, self._before, self._following)
        for key in (key for each in touched for key in each):
            self._dirty.add(key)
            node = self._names.parents.get(key)
            while node is not None and id(node) not in self._dirty:
                self._dirty.add(id(node))
                node = self._names.parents.get(id(node))
        self._dirty.add(id(module))
        result = self._node(module)
        assert isinstance(result, cst.Module)
        return result

    def _node(self, node: cst.CSTNode) -> Replacement:
        key = id(node)
        if key in self._around:
            return self._stands_for(self._rebuilt(self._around.pop(key)), node)
        if key in self._dropped or key in self._added:
            self._own[key] = self._with_items(self._own.get(key, node), key)
        if key in self._own:
            replacement = self._own.pop(key)
            if isinstance(replacement, cst.RemovalSentinel):
                return replacement
            if isinstance(replacement, cst.FlattenSentinel):
                return cst.FlattenSentinel([self._node(each) for each in replacement.nodes])
            return self._stands_for(self._rebuilt(replacement), node)
        if key in self._dirty or key not in self._names.parents:
            return self._stands_for(self._rebuilt(node), node)
        return node

    def _with_items(self, node: Any, key: int) -> Any:
        for item in self._dropped.pop(key, ()):
            if (remark := self._remarks.get(id(item))) is not None and isinstance(node, cst.Call):
                node = with_remark(node, item, f"# removed by cdktf-fix: {remark}")
            node = without_argument(node, item) if isinstance(node, cst.Call) else without_element(node, item)
        for name, value in self._added.pop(key, ()):
            node = with_argument(node, name, value) if isinstance(node, cst.Call) else with_key(node, name, value)
        return node

    def _stands_for(self, new: Replacement, old: cst.CSTNode) -> Replacement:
        if isinstance(new, cst.CSTNode) and new is not old:
            self.ancestry.append((new, old))
        return new

    def _rebuilt(self, node: cst.CSTNode) -> Replacement:
        changes: dict[str, Any] = {}
        for name in meaningful_fields(type(node)):
            value = getattr(node, name)
            if is_node_class[type(value)]:
                new = self._node(value)
                if new is not value:
                    changes[name] = None if isinstance(new, cst.RemovalSentinel) else new
            elif isinstance(value, (list, tuple)) and value:
                items = self._items(value)
                if items is not value:
                    changes[name] = items
        if not changes:
            return node
        if isinstance(node, cst.SimpleStatementLine) and "body" in changes and not changes["body"]:
            return node.with_changes(body=())
        if "body" in changes and isinstance(node, cst.Module):
            return with_statements(node, changes["body"])
        if "body" in changes and isinstance(node, cst.IndentedBlock):
            return with_statements(node, changes["body"])
        return node.with_changes(**changes)

    def _joined(self, item: cst.CSTNode) -> Replacement:
        """A statement with those that were put in front of it and behind it."""
        new = self._node(item)
        before = self._before.pop(id(item), [])
        following = self._following.pop(id(item), [])
        if not before and not following:
            return new
        if before and isinstance(new, cst.CSTNode) and hasattr(new, "leading_lines"):
            blank = [line for line in new.leading_lines[:1] if line.comment is None]
            before[0] = before[0].with_changes(leading_lines=blank)
            new = new.with_changes(leading_lines=new.leading_lines[len(blank) :])
        return cst.FlattenSentinel([*map(self._rebuilt, before), new, *map(self._rebuilt, following)])

    def _items(self, items: Sequence[cst.CSTNode]) -> Sequence[Any]:
        new = [self._joined(item) for item in items]
        if all(a is b for a, b in zip(new, items)):
            return items
        result: list[Any] = []
        for item in new:
            if isinstance(item, cst.FlattenSentinel):
                result.extend(item.nodes)
            elif not isinstance(item, cst.RemovalSentinel):
                result.append(item)
        if result and isinstance(result[-1], cst.BaseSmallStatement) and result[-1] not in items[-1:]:
            result[-1] = result[-1].with_changes(semicolon=cst.MaybeSentinel.DEFAULT)
        return result


def _comments(line: cst.SimpleStatementLine) -> list[cst.EmptyLine]:
    """The comment lines above a statement and the comment behind it."""
    kept = [each for each in line.leading_lines if each.comment is not None]
    if line.trailing_whitespace.comment is not None:
        kept.append(cst.EmptyLine(comment=line.trailing_whitespace.comment))
    return kept


def with_statements(block: Block, statements: Sequence[Any]) -> Block:
    """The block with these statements; lines emptied of statements are dropped, their comments kept."""
    result: list[Any] = []
    pending: list[cst.EmptyLine] = []
    statement: Any
    for statement in statements:
        if isinstance(statement, cst.SimpleStatementLine) and not statement.body:
            blank = [each for each in statement.leading_lines[:1] if each.comment is None]
            kept = _comments(statement)
            pending += (blank if kept and not pending else []) + kept
        elif pending and hasattr(statement, "leading_lines"):
            result.append(statement.with_changes(leading_lines=[*pending, *statement.leading_lines]))
            pending = []
        else:
            result.append(statement)
    if isinstance(block, cst.IndentedBlock) and not result:
        result, pending = [cst.SimpleStatementLine([cst.Pass()], leading_lines=pending)], []
    return block.with_changes(body=result, footer=[*pending, *block.footer])


def without_argument(call: cst.Call, removed: cst.CSTNode) -> cst.Call:
    """The call without one of its arguments; comments and layout stay."""
    index = next((at for at, arg in enumerate(call.args) if arg is removed), None)
    if index is None:
        return call
    args, opening = without(call.args, index, call.whitespace_before_args)
    return call.with_changes(args=args, whitespace_before_args=opening if args else cst.SimpleWhitespace(""))


def with_remark(call: cst.Call, item: cst.CSTNode, text: str) -> cst.Call:
    """The call with a comment line above its argument *item*."""
    index = next((at for at, arg in enumerate(call.args) if arg is item), None)
    if index is None:
        return call
    before = _space(call.args[index - 1].comma) if index else call.whitespace_before_args
    if isinstance(before, cst.ParenthesizedWhitespace):
        line = cst.EmptyLine(indent=True, whitespace=before.last_line, comment=cst.Comment(text))
        space = before.with_changes(empty_lines=[*before.empty_lines, line])
    else:
        first = cst.TrailingWhitespace(cst.SimpleWhitespace("  "), cst.Comment(text))
        space = cst.ParenthesizedWhitespace(first, indent=True, last_line=cst.SimpleWhitespace("    "))
    if index == 0:
        return call.with_changes(whitespace_before_args=space)
    args = list(call.args)
    args[index - 1] = args[index - 1].with_changes(comma=cst.Comma(whitespace_after=space))
    return call.with_changes(args=args)


def without_element(node: cst.Dict, removed: cst.CSTNode) -> cst.Dict:
    """The dict without one of its elements; comments and layout stay."""
    index = next((at for at, element in enumerate(node.elements) if element is removed), None)
    if index is None:
        return node
    elements, opening = without(node.elements, index, node.lbrace.whitespace_after)
    opening = opening if elements else cst.SimpleWhitespace("")
    return node.with_changes(elements=elements, lbrace=node.lbrace.with_changes(whitespace_after=opening))


def with_argument(call: cst.Call, name: str, value: cst.BaseExpression) -> cst.Call:
    """The call with one more keyword argument, behind the others (but in front of ``**``), laid out as they are."""
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    new = cst.Arg(value, keyword=cst.Name(name), equal=equal)
    return call.with_changes(args=appended(call.args, new, call.whitespace_before_args))


def with_key(node: cst.Dict, name: str, value: cst.BaseExpression) -> cst.Dict:
    """The dict with one more key, behind the others, laid out as they are."""
    new = cst.DictElement(cst.SimpleString(f'"{name}"'), value)
    return node.with_changes(elements=appended(node.elements, new, node.lbrace.whitespace_after))


def appended(items: Sequence[Any], new: Any, opening: cst.BaseParenthesizableWhitespace) -> list[Any]:
    """Comma-separated items and one more behind them (but in front of ``**``), laid out as they are."""
    place = len(items)
    while place and getattr(items[place - 1], "star", "") == "**":
        place -= 1
    if place < len(items):
        space = plain_space(opening) if place == 0 else plain_space(_space(items[place - 1].comma))
        space = space if isinstance(space, cst.ParenthesizedWhitespace) else cst.SimpleWhitespace(" ")
        return [*items[:place], new.with_changes(comma=cst.Comma(whitespace_after=space)), *items[place:]]
    if not items:
        return [new]
    last = items[-1]
    between = opening if len(items) == 1 else _space(items[0].comma)
    if isinstance(opening, cst.ParenthesizedWhitespace):
        between = opening
    space = plain_space(between)
    space = space if isinstance(space, cst.ParenthesizedWhitespace) else cst.SimpleWhitespace(" ")
    ending = _space(last.comma)
    comments = space_comments(ending)
    if comments and isinstance(ending, cst.ParenthesizedWhitespace):
        indent = space.last_line if isinstance(space, cst.ParenthesizedWhitespace) else ending.last_line
        space = ending.with_changes(last_line=indent)
        closing = cst.Comma(whitespace_after=plain_space(ending))
        return [
            *items[:-1],
            last.with_changes(comma=cst.Comma(whitespace_after=space)),
            new.with_changes(comma=closing),
        ]
    new = new.with_changes(comma=last.comma)
    return [*items[:-1], last.with_changes(comma=cst.Comma(whitespace_after=space)), new]


def plain_space(space: cst.BaseParenthesizableWhitespace) -> cst.BaseParenthesizableWhitespace:
    """White space between items without the comments in it."""
    if isinstance(space, cst.ParenthesizedWhitespace):
        first = space.first_line.with_changes(comment=None, whitespace=cst.SimpleWhitespace(""))
        return space.with_changes(first_line=first, empty_lines=[])
    return space


def without(
    items: Sequence[Any], index: int, opening: cst.BaseParenthesizableWhitespace
) -> tuple[list[Any], cst.BaseParenthesizableWhitespace]:
    """Comma-separated items without one of them, and the space in front of the first; comments and layout stay."""
    removed = items[index]
    rest = [*items[:index], *items[index + 1 :]]
    if not rest:
        return rest, opening
    before = _space(items[index - 1].comma) if index else opening
    merged = _joined_space(before, _space(removed.comma), last=index == len(rest))
    if index == 0:
        return rest, merged
    has_comma = isinstance(removed.comma, cst.Comma) or index < len(rest) or bool(space_comments(merged))
    comma = cst.Comma(whitespace_after=merged) if has_comma else cst.MaybeSentinel.DEFAULT
    rest[index - 1] = rest[index - 1].with_changes(comma=comma)
    return rest, opening


def _space(holder: Any) -> cst.BaseParenthesizableWhitespace:
    if isinstance(holder, cst.Comma):
        return holder.whitespace_after
    return holder if isinstance(holder, cst.BaseParenthesizableWhitespace) else cst.SimpleWhitespace("")


def _joined_space(
    before: cst.BaseParenthesizableWhitespace, after: cst.BaseParenthesizableWhitespace, last: bool
) -> cst.BaseParenthesizableWhitespace:
    """The space that stands where an item stood between two: the comments of both, the indent of what comes next."""
    comments = space_comments(after)
    if not comments:
        if not last:
            return before
        if not space_comments(before):
            return after
    if not isinstance(before, cst.ParenthesizedWhitespace):
        return after
    indent = before.last_line
    lines = [cst.EmptyLine(indent=True, whitespace=indent, comment=comment) for comment in comments]
    last_line = after.last_line if last and isinstance(after, cst.ParenthesizedWhitespace) else indent
    return before.with_changes(empty_lines=[*before.empty_lines, *lines], last_line=last_line)


def space_comments(space: cst.BaseParenthesizableWhitespace) -> list[cst.Comment]:
    """The comments in the white space between two items."""
    if not isinstance(space, cst.ParenthesizedWhitespace):
        return []
    every = [space.first_line.comment, *(line.comment for line in space.empty_lines)]
    return [comment for comment in every if comment is not None]

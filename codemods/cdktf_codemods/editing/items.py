"""Comma-separated items, taken out and put in: the arguments of a call, the elements of a dict, imported names.

Comments and layout stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst


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

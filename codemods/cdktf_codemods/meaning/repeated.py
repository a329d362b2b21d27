"""A call that is made several times, in a loop or in a helper: what differs from one time to the next."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ..schema.types import NUMBER, STRING
from .base import Source

Loop = cst.For | cst.CompFor


def varying(
    source: Source, call: cst.Call, names: cst.BaseExpression | None, held: frozenset[str]
) -> Iterator[cst.BaseExpression]:
    """What differs from one time that a call is made to the next and can stand in a text, the likeliest first.

    :param names: the argument of the call that names what it makes.
    :param held: variables that are not asked for.
    """
    loops = list(_loops(source, call))
    bound = {name.value for loop in loops for name in names_in(loop.target)}
    parts = [each for each in _expressions(source, names) if _is_plain(source, each)]
    parts = [each for each in parts if not held & {name.value for name in names_in(each)}]
    yield from (each for each in parts if bound & {name.value for name in names_in(each)})
    for loop in loops:
        if (simple := _simple(source, loop)) is not None and simple.value not in held:
            yield simple
    yield from (each for each in parts if _is_of_parameter(source, each))


def names_in(node: cst.CSTNode) -> Iterator[cst.Name]:
    """The variables in an expression: not the names of its attributes."""
    if isinstance(node, cst.Name):
        yield node
    elif isinstance(node, cst.Attribute):
        yield from names_in(node.value)
    elif isinstance(node, cst.Arg):
        yield from names_in(node.value)
    else:
        for child in node.children:
            yield from names_in(child)


def _loops(source: Source, call: cst.Call) -> Iterator[Loop]:
    """The loops around a call, in its function, innermost first."""
    for each in source.names.ancestors(call):
        if isinstance(each, (cst.FunctionDef, cst.Lambda, cst.ClassDef)):
            return
        if isinstance(each, cst.For):
            yield each
        elif isinstance(each, cst.BaseComp):
            yield from reversed(list(_parts(each.for_in)))


def _parts(loop: cst.CompFor | None) -> Iterator[cst.CompFor]:
    """The loops of a comprehension, outermost first."""
    while loop is not None:
        yield loop
        loop = loop.inner_for_in


def _expressions(source: Source, node: cst.BaseExpression | None) -> Iterator[cst.BaseExpression]:
    """An expression, or those that are put into it where it is an f-string, or what ``str`` makes a text of."""
    if isinstance(node, cst.Call) and source.name_called(node) == "builtins.str" and len(node.args) == 1:
        yield node.args[0].value
    elif isinstance(node, cst.FormattedString):
        yield from (part.expression for part in node.parts if isinstance(part, cst.FormattedStringExpression))
    elif node is not None:
        yield node


def _is_plain(source: Source, node: cst.BaseExpression) -> bool:
    """Whether an expression can be read again, and is nothing that only Terraform knows."""
    return isinstance(node, (cst.Name, cst.Attribute, cst.Subscript)) and not source.is_read_from_construct(node)


def _simple(source: Source, loop: Loop) -> cst.Name | None:
    """The variable of a loop that is a text or a number: the element itself, an index, a key."""
    target, over = loop.target, loop.iter
    if isinstance(target, cst.Tuple) and target.elements and isinstance(over, cst.Call):
        first = target.elements[0].value
        is_items = isinstance(over.func, cst.Attribute) and over.func.attr.value == "items"
        known = is_items or source.name_called(over) == "builtins.enumerate"
        return first if known and isinstance(first, cst.Name) else None
    if not isinstance(target, cst.Name):
        return None
    if isinstance(over, cst.Call) and source.name_called(over) == "builtins.range":
        return target
    if isinstance(over, (cst.List, cst.Tuple)):
        kinds = {source.type_of(each.value) for each in over.elements}
    else:
        kinds = {source.type_of(use) for use, _ in source.names.uses.get(target.value, ())}
    return target if kinds and kinds <= {STRING, NUMBER} else None


def _is_of_parameter(source: Source, node: cst.BaseExpression) -> bool:
    found = [each for name in names_in(node) for each in source.names.scope_of(name).find(name.value)]
    return bool(found) and all(each.kind == "parameter" and each.name not in ("self", "cls") for each in found)

"""What a place wants: from an expression up to the argument that it ends in."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ..schema import ApiClass
from ..schema.types import ListOf, MapOf, Named, TypeRef
from .base import Source
from .origins import reads, string_value

_DEPTH = 8


def wanted_at(source: Source, node: cst.CSTNode, depth: int = _DEPTH) -> TypeRef | None:
    """The type reference of the place that a value goes to, or None where that cannot be told, or is not one place."""
    if depth == 0:
        return None
    parent = source.names.parents.get(id(node))
    if isinstance(parent, cst.Arg):
        return _of_argument(source, parent, depth)
    if isinstance(parent, (cst.Element, cst.ListComp, cst.GeneratorExp)):
        outer = source.names.parents[id(parent)] if isinstance(parent, cst.Element) else parent
        want = wanted_at(source, outer, depth - 1)
        return _option(want, ListOf, "element")
    if isinstance(parent, cst.DictElement) and parent.value is node:
        return _of_key(source, parent, depth)
    if isinstance(parent, (cst.IfExp, cst.BooleanOperation)):
        return wanted_at(source, parent, depth - 1)
    if isinstance(parent, cst.Assign) and parent.value is node and len(parent.targets) == 1:
        return _agreed(source, ((source, use) for use in reads(source, parent.targets[0].target)), depth)
    if isinstance(parent, cst.AnnAssign) and parent.value is node:
        return _agreed(source, ((source, use) for use in reads(source, parent.target)), depth)
    if isinstance(parent, cst.Return):
        function = source.names.enclosing(parent, cst.FunctionDef)
        return _agreed(source, iter(source.calls_of(function)), depth) if function is not None else None
    return None


def _agreed(source: Source, uses: Iterator[tuple[Source, cst.CSTNode]], depth: int) -> TypeRef | None:
    wants = {wanted_at(where, use, depth - 1) for where, use in uses}
    return wants.pop() if len(wants) == 1 else None


def _option(want: TypeRef | None, kind: type[ListOf] | type[MapOf], field: str) -> TypeRef | None:
    for option in want.options if want is not None else ():
        if isinstance(option, kind):
            inner: TypeRef = getattr(option, field)
            return inner
    return None


def _of_argument(source: Source, arg: cst.Arg, depth: int) -> TypeRef | None:
    call = source.names.parents[id(arg)]
    if not isinstance(call, cst.Call):
        return None
    made = source.called(call)
    if made is not None:
        parameter = made.arguments.get(arg.keyword.value) if arg.keyword is not None else None
        return parameter.type if parameter is not None else None
    if arg.keyword is not None and source.name_called(call) == "builtins.dict":
        return _of_name(source, call, arg.keyword.value, depth)
    if isinstance(call.func, cst.Attribute) and call.func.attr.value == "append" and len(call.args) == 1:
        want = _agreed(source, ((source, use) for use in reads(source, call.func.value)), depth)
        return _option(want, ListOf, "element")
    given_to = source.parameter_of(call, arg.value)
    if given_to is None:
        return None
    inside, binding = given_to
    return _agreed(inside, ((inside, use) for use in inside.names.uses_of(binding)), depth)


def _of_key(source: Source, element: cst.DictElement, depth: int) -> TypeRef | None:
    if not isinstance(element.key, cst.SimpleString):
        want = wanted_at(source, source.names.parents[id(element)], depth - 1)
        return _option(want, MapOf, "value")
    return _of_name(source, source.names.parents[id(element)], string_value(element.key) or "", depth)


def _of_name(source: Source, owner: cst.CSTNode, name: str, depth: int) -> TypeRef | None:
    """What is wanted under a key of a dict: a map's value, a struct's field, an argument where it is unpacked."""
    want = wanted_at(source, owner, depth - 1)
    if (value := _option(want, MapOf, "value")) is not None:
        return value
    described = next(
        (found for option in want.options if isinstance(option, Named) and (found := source.schema.find(option.name))),
        None,
    ) if want is not None else _unpacked_into(source, owner)  # fmt: skip
    parameter = described.arguments.get(name) if described is not None else None
    return parameter.type if parameter is not None else None


def _unpacked_into(source: Source, node: cst.CSTNode) -> ApiClass | None:
    """The class whose call takes a dict by ``**``."""
    parent = source.names.parents.get(id(node))
    if isinstance(parent, cst.Arg) and parent.star == "**":
        call = source.names.parents[id(parent)]
        return source.called(call) if isinstance(call, cst.Call) else None
    if isinstance(parent, cst.Assign) and len(parent.targets) == 1:
        found = [_unpacked_into(source, use) for use in reads(source, parent.targets[0].target)]
        return found[0] if found and all(each is found[0] for each in found) else None
    return None

"""What the cursor is on: a construct or struct, an argument of one, or an attribute."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst
from cdktf_codemods.meaning import Source
from cdktf_codemods.meaning.origins import string_value
from cdktf_codemods.schema import ApiClass
from cdktf_codemods.schema.schema import Parameter
from cdktf_codemods.schema.types import Named, TypeRef

_WORDS = (cst.Name, cst.SimpleString, cst.Integer, cst.Float)
"""The nodes that a cursor can be on."""


@dataclass(frozen=True)
class Argument:
    """An argument of a construct, or a field of a struct: that of *owner* with this name."""

    owner: ApiClass
    parameter: Parameter


@dataclass(frozen=True)
class Attribute:
    """What can be read of an object."""

    owner: ApiClass
    name: str
    type: TypeRef


Thing = ApiClass | Argument | Attribute


def pointed_at(source: Source, offset: int) -> tuple[Thing, tuple[int, int]] | None:
    """What stands at an offset of a file, and from where to where it is written; None for nothing that is known."""
    way = _way_to(source, offset) or _way_to(source, offset - 1)
    thing = _thing(source, way) if len(way) > 1 else None
    span = source.spans.known(way[-1]) if way else None
    return (thing, span) if thing is not None and span is not None else None


def structs_in(kind: TypeRef, source: Source | ApiClass) -> list[ApiClass]:
    """The structs that a type holds: of a block, of a list of them."""
    inner = [each for option in kind.options for each in (option, *_inside(option))]
    found = (source.schema.find(each.name) for each in inner if isinstance(each, Named))
    return [each for each in found if each is not None and each.kind == "struct"]


def _inside(kind: TypeRef) -> tuple[TypeRef, ...]:
    held: TypeRef | None = getattr(kind, "element", None) or getattr(kind, "value", None)
    return held.options if held is not None else ()


def _way_to(source: Source, offset: int) -> list[cst.CSTNode]:
    """The nodes around an offset, from its statement down to a word; nothing where it is on no word."""
    line = source.spans.line_at(offset)
    if line is None or source.spans.of(line) is None:
        return []
    way: list[cst.CSTNode] = [line]
    while not isinstance(way[-1], _WORDS):
        inner = (child for child in way[-1].children if _holds(source.spans.known(child), offset))
        found = next(inner, None)
        if found is None:
            return []
        way.append(found)
    return way


def _holds(span: tuple[int, int] | None, offset: int) -> bool:
    return span is not None and span[0] <= offset < span[1]


def _thing(source: Source, way: list[cst.CSTNode]) -> Thing | None:
    node, parent = way[-1], way[-2]
    if isinstance(parent, cst.Arg) and parent.keyword is node:
        return _argument(source, parent)
    if isinstance(parent, cst.DictElement) and parent.key is node:
        return _field(source, parent)
    alias = next((each for each in way if isinstance(each, cst.ImportAlias)), None)
    if alias is not None:
        return _imported(source, alias)
    return _class_or_attribute(source, node, parent) or _taker(source, way)


def _argument(source: Source, arg: cst.Arg) -> Argument | None:
    call = source.names.parents[id(arg)]
    made = source.called(call) if isinstance(call, cst.Call) else None
    parameter = made.arguments.get(arg.keyword.value) if made is not None and arg.keyword is not None else None
    return Argument(made, parameter) if made is not None and parameter is not None else None


def _field(source: Source, element: cst.DictElement) -> Argument | None:
    """The field of a struct that a key of a dict in its place is."""
    name = string_value(element.key) if isinstance(element.key, cst.SimpleString) else None
    wanted = source.wanted_at(source.names.parents[id(element)])
    for struct in structs_in(wanted, source) if wanted is not None else ():
        if name in struct.arguments:
            return Argument(struct, struct.arguments[name])
    return None


def _imported(source: Source, alias: cst.ImportAlias) -> ApiClass | None:
    binding = next((each for each in source.names.imports if each.node is alias), None)
    reference = source.imported(binding.module, binding.attribute) if binding is not None else None
    return source.schema.find(reference.name) if reference is not None else None


def _class_or_attribute(source: Source, node: cst.CSTNode, parent: cst.CSTNode) -> Thing | None:
    whole = parent if isinstance(parent, cst.Attribute) and parent.attr is node else node
    if not isinstance(whole, (cst.Name, cst.Attribute)):
        return None
    reference = source.reference(whole)
    if reference is not None and (found := source.schema.find(reference.name)) is not None:
        return found
    if isinstance(whole, cst.Attribute):
        kind = source.type_of(whole.value)
        owner = source.schema.find(kind.name) if isinstance(kind, Named) else None
        if owner is not None and whole.attr.value in owner.attributes:
            return Attribute(owner, whole.attr.value, owner.attributes[whole.attr.value])
    return None


def _taker(source: Source, way: list[cst.CSTNode]) -> Argument | None:
    """The argument or field that a value goes to."""
    for above in reversed(way[:-1]):
        if isinstance(above, cst.Arg):
            return _argument(source, above)
        if isinstance(above, cst.DictElement):
            return _field(source, above)
        if isinstance(above, cst.Call):
            return None
    return None

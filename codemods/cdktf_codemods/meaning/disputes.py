"""What two versions of a package disagree on, where the one that a project is for lies between them."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ..schema import ApiClass, Schema
from ..schema.fields import match_field
from ..schema.types import ListOf, Named, TypeRef
from ..syntax.walk import children
from .base import Source
from .destinations import destinations
from .origins import string_value

Subject = tuple[str, str]
"""The full name of a class or module, and a member or argument of it (``""``: whether it is there at all)."""


def dispute(source: Source, node: cst.CSTNode) -> str:
    """Which versions disagree on what a failure at *node* is about, in words; ``""`` where none do."""
    schema = source.schema
    if not any(snapshot.beside for snapshot in schema.snapshots.values()):
        return ""
    for name, member in _subjects(source, node):
        if other := schema.disputed(name, member):
            here = schema.snapshots[schema.package_of(name)].version
            what = f"`{name.rpartition('.')[2]}{'.' if member else ''}{member}`"
            return f"{what} is not the same in {here} and {other}, and the version declared lies between or beyond them"
    return ""


def _subjects(source: Source, node: cst.CSTNode) -> Iterator[Subject]:
    if isinstance(node, cst.ImportAlias):
        for binding in source.names.imports:
            if binding.node is node:
                yield f"{binding.module}.{binding.attribute}" if binding.attribute else binding.module, ""
    if isinstance(node, (cst.Name, cst.Attribute)):
        reference = source.reference(node)
        if reference is not None and reference.source is None:
            yield reference.name, ""
    if isinstance(node, cst.Attribute) and isinstance(kind := source.type_of(node.value), Named):
        yield kind.name, node.attr.value
    yield from _written(source, node)
    if isinstance(node, cst.BaseExpression):
        for place in destinations(source, node).found:
            yield from _on_the_way(source.schema, place.made, (place.argument, *place.path))
            if place.wanted is not None:
                yield from _inside(source.schema, node, place.wanted)


def _written(source: Source, node: cst.CSTNode) -> Iterator[Subject]:
    """The arguments that a node stands in or is the name of, up to the first call of something described."""
    keys: list[str] = []
    for parent in (node, *source.names.ancestors(node)):
        if isinstance(parent, cst.Arg) and parent.keyword is not None:
            keys.append(parent.keyword.value)
        elif isinstance(parent, cst.DictElement) and (key := string_value(parent.key)) is not None:
            keys.append(key)
        elif isinstance(parent, cst.Call) and (made := source.called(parent)) is not None:
            yield made.name, ""
            yield from _on_the_way(source.schema, made, tuple(reversed(keys)))
            return


def _on_the_way(schema: Schema, made: ApiClass, path: tuple[str, ...]) -> Iterator[Subject]:
    """The arguments on the way to a value: that of the construct, and the fields of structs below it."""
    owner: ApiClass | None = made
    for key in path:
        if owner is not None and key.isidentifier():
            meant = match_field(owner, key)
            yield from ((owner.name, each) for each in {key, meant.name if meant is not None else key})
            field = owner.arguments.get(meant.name) if meant is not None else None
            owner = _struct(schema, field.type) if field is not None else None


def _inside(schema: Schema, node: cst.CSTNode, want: TypeRef) -> Iterator[Subject]:
    """The fields that the keys of a dict, and of dicts in it, are for."""
    struct = _struct(schema, want)
    if struct is None:
        return
    if isinstance(node, cst.DictElement) and (key := string_value(node.key)) is not None:
        yield struct.name, key
        if key in struct.arguments:
            yield from _inside(schema, node.value, struct.arguments[key].type)
    elif isinstance(node, (cst.Dict, cst.List, cst.Element)):
        for child in children(node):
            yield from _inside(schema, child, want)


def _struct(schema: Schema, kind: TypeRef) -> ApiClass | None:
    """The struct that a type is, or is a list of."""
    for option in kind.options:
        if isinstance(option, ListOf):
            return _struct(schema, option.element)
        if isinstance(option, Named) and (found := schema.find(option.name)) and found.kind == "struct":
            return found
    return None

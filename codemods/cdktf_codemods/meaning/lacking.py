"""Attributes that objects do not have: of the project's own classes for certain, and which object beside has them."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ..schema.types import Named, TypeRef
from .base import Reference, Source
from .by_text import may_be_instance, may_be_set
from .origins import is_read, string_value
from .running import conditions, has_run_before
from .types import ProjectObject

_HARMLESS = frozenset(("dataclasses.dataclass", "jsii.implements", "typing.final"))
_PLAIN_BASES = frozenset(("builtins.object", "abc.ABC"))
_BY_TEXT = frozenset(("builtins.getattr", "builtins.hasattr", "operator.attrgetter"))
_DYNAMIC = frozenset(("__dict__", "__getattr__", "__getattribute__", "__new__", "__slots__"))


def lacks(source: Source, use: cst.Attribute) -> Reference | None:
    """The class of the project whose instance surely lacks the attribute that is read of it; None where none does."""
    name = use.attr.value
    owner = source.class_of(use.value)
    if owner is None or name.startswith("_") or may_have(owner, name) or not is_read(source, use):
        return None
    every = [owner, *_heirs(owner)]
    if any(not _is_known(each) or may_have(each, name) for each in every) or _is_given(source, owner, name):
        return None
    body = source.names.enclosing(use, cst.FunctionDef) or source.module
    is_tried = any(each.kind == "tried" for each in conditions(source, body, use))
    return owner if not is_tried and not _is_asked(source, use) else None


def may_have(owner: Reference, name: str) -> bool:
    """Whether a class, of the project or a package, has or sets an attribute, inherited ones too."""
    for each in (owner, *owner.ancestors()):
        if each.scope is not None:
            if name in each.scope.bindings or name in each.scope.attributes:
                return True
        elif owner.source is not None and (described := owner.source.schema.find(each.name)) is not None:
            if name in described.attributes or name in described.methods:
                return True
    return False


def _is_known(owner: Reference) -> bool:
    """Whether all that a class has is written in it and in bases that are known."""
    for each in (owner, *owner.ancestors()):
        if each.source is None:
            if owner.source is None or (each.name not in _PLAIN_BASES and not owner.source.schema.find(each.name)):
                return False
        elif isinstance(each.node, cst.ClassDef):
            scope = each.scope
            if scope is None or len(list(each.bases())) < len(each.node.bases) or each.node.keywords:
                return False
            if not _DYNAMIC.isdisjoint(scope.bindings) or not _is_plain(each.source, each.node):
                return False
        else:
            return False
    return True


def _is_plain(source: Source, node: cst.ClassDef) -> bool:
    """Whether nothing that decorates a class may give it others."""
    for each in node.decorators:
        decorator = each.decorator.func if isinstance(each.decorator, cst.Call) else each.decorator
        reference = source.reference(decorator)
        if reference is None or reference.name not in _HARMLESS:
            return False
    return True


def _heirs(owner: Reference) -> Iterator[Reference]:
    """The classes of the project that derive from one."""
    if owner.source is None or not isinstance(owner.node, cst.ClassDef):
        return
    for source in owner.source.mentioning("class"):
        for scope in source.names.scopes.values():
            if isinstance(scope.node, cst.ClassDef) and scope.node is not owner.node and scope.node.bases:
                heir = Reference(f"{source.path}:{scope.node.name.value}", source, scope.node)
                if any(each.node is owner.node for each in heir.ancestors()):
                    yield heir


def _is_given(source: Source, owner: Reference, name: str) -> bool:
    """Whether the project sets the attribute from outside, or asks for it by text."""
    for other in source.mentioning(name):
        for use in other.names.attribute_uses.get(name, ()):
            if not is_read(other, use) and may_be_instance(other.type_of(use.value), owner):
                return True
        for call in other.names.calls:
            if other.name_called(call) in _BY_TEXT and any(string_value(arg.value) == name for arg in call.args):
                return True
    return may_be_set(source, owner, name)


def _is_asked(source: Source, use: cst.Attribute) -> bool:
    """Whether the function asks what the object is."""
    body = source.names.enclosing(use, cst.FunctionDef)
    return any(
        source.name_called(call) == "builtins.isinstance"
        and source.names.enclosing(call, cst.FunctionDef) is body
        and bool(call.args)
        and call.args[0].value.deep_equals(use.value)
        for call in source.names.calls
    )


# Beside


def beside(source: Source, use: cst.Attribute) -> list[cst.BaseExpression]:
    """What holds an object that has the attribute which *use* reads of another, by which it was made, or that by it.

    Each can be read where *use* is.
    """
    made = list(_made(source))
    own = next((call for target, call in made if _is_same(source, target, use.value)), None)
    found: list[cst.BaseExpression] = []
    for target, call in made:
        if call is own or not _has(source.type_of(call), source, use.attr.value):
            continue
        if not _is_reached(source, target, use):
            continue
        if _holds(source, call, use.value) or (own is not None and _holds(source, own, target)):
            found.append(target)
    return found


def _made(source: Source) -> Iterator[tuple[cst.Name | cst.Attribute, cst.Call]]:
    """The variables and attributes that are given what a call makes."""
    for call in source.names.calls:
        statement = source.names.parents.get(id(call))
        if isinstance(statement, cst.Assign) and len(statement.targets) == 1:
            if isinstance(target := statement.targets[0].target, (cst.Name, cst.Attribute)):
                yield target, call


def _has(kind: TypeRef, source: Source, name: str) -> bool:
    if isinstance(kind, ProjectObject):
        return may_have(kind.reference, name)
    described = source.schema.find(kind.name) if isinstance(kind, Named) else None
    return described is not None and described.is_construct and name in described.attributes


def _holds(source: Source, call: cst.Call, value: cst.BaseExpression) -> bool:
    """Whether a call is given an object, or what is read of it."""
    stack: list[cst.CSTNode] = [arg.value for arg in call.args]
    while stack:
        node = stack.pop()
        if isinstance(node, (cst.Name, cst.Attribute)) and _is_same(source, node, value):
            return True
        stack.extend(node.children)
    return False


def _is_same(source: Source, one: cst.BaseExpression, other: cst.BaseExpression) -> bool:
    """Whether two expressions read or bind the same variable, or attribute of the same object."""
    names = source.names
    if isinstance(one, cst.Name) and isinstance(other, cst.Name) and one.value == other.value:
        bound = names.scope_of(one).find(one.value)
        return len(bound) == 1 and names.scope_of(other).find(other.value) is bound
    if isinstance(one, cst.Attribute) and isinstance(other, cst.Attribute) and one.attr.value == other.attr.value:
        inside, there = (names.scope_of(each).enclosing_class for each in (one, other))
        return inside is not None and inside is there and _is_self(one) and _is_self(other)
    return False


def _is_self(node: cst.Attribute) -> bool:
    return isinstance(node.value, cst.Name) and node.value.value == "self"


def _is_reached(source: Source, target: cst.Name | cst.Attribute, use: cst.Attribute) -> bool:
    """Whether a variable, or an attribute of the object, surely has its value where another expression is."""
    names = source.names
    here, there = (names.enclosing(each, cst.FunctionDef) for each in (use, target))
    if isinstance(target, cst.Name):
        bound = names.scope_of(use).find(target.value)
        if len(bound) != 1 or bound[0].node is not target:
            return False
    elif not _is_self(target) or names.scope_of(target).enclosing_class is not names.scope_of(use).enclosing_class:
        return False
    elif here is not there:
        return here is not None and there is not None and there.name.value == "__init__"
    if here is not there:
        return there is None
    return has_run_before(source, target, use)

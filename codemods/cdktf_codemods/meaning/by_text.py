"""Attributes that are set, or read to be run, by a name that is a text: ``setattr``, ``getattr``, ``vars``."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ..schema.types import TypeRef
from .base import Reference, Source
from .origins import string_value
from .types import UNKNOWN, ProjectObject

_READERS = ("builtins.getattr", "operator.attrgetter", "operator.methodcaller")
_ONLY_READ = frozenset(("copy", "get", "items", "keys", "values"))
"""Methods of a dict of attributes that leave it as it is."""


def may_be_set(source: Source, owner: Reference, name: str) -> bool:
    """Whether anybody in the project may set an attribute of a class's instance without writing ``.name =``."""
    return any(
        text in (name, None) and may_be_instance(other.type_of(held), owner)
        for other, held, text in _set_by_text(source)
    )


def may_be_run(source: Source, owner: Reference, name: str) -> bool:
    """Whether anybody in the project may take a method of a class's instance by a text."""
    for word in ("getattr", "attrgetter", "methodcaller"):
        for other in source.mentioning(word):
            for call in other.names.calls:
                if other.name_called(call) not in _READERS or not call.args:
                    continue
                is_getattr = word == "getattr" and len(call.args) > 1
                text = string_value(call.args[1 if is_getattr else 0].value)
                held = call.args[0].value if is_getattr else None
                if text in (name, None) and (held is None or _may_be_object(other, held, owner)):
                    return True
    return False


def may_be_instance(kind: TypeRef, owner: Reference) -> bool:
    """Whether what has a type may be an instance of a class of the project, or of one that is related to it."""
    if not isinstance(kind, ProjectObject):
        return kind == UNKNOWN
    related = {id(each.node) for each in (owner, *owner.ancestors())}
    return id(kind.reference.node) in related or any(each.node is owner.node for each in kind.reference.ancestors())


def _may_be_object(source: Source, held: cst.BaseExpression, owner: Reference) -> bool:
    return source.reference(held) is None and may_be_instance(source.type_of(held), owner)


def _set_by_text(source: Source) -> Iterator[tuple[Source, cst.BaseExpression, str | None]]:
    """What has attributes set by text, and the text, None where it is worked out."""
    for word in ("setattr", "__setattr__"):
        for other in source.mentioning(word):
            for call in other.names.calls:
                func, args = call.func, [arg.value for arg in call.args]
                if other.name_called(call) in ("builtins.setattr", "builtins.object.__setattr__") and len(args) > 1:
                    yield other, args[0], string_value(args[1])
                elif isinstance(func, cst.Attribute) and func.attr.value == word == "__setattr__" and args:
                    yield other, func.value, string_value(args[0])
    for other in source.mentioning("vars"):
        for call in other.names.calls:
            if other.name_called(call) == "builtins.vars" and call.args and not _is_only_read(other, call):
                yield other, call.args[0].value, None
    for other in source.mentioning("__dict__"):
        for use in other.names.attribute_uses.get("__dict__", ()):
            if not _is_only_read(other, use):
                yield other, use.value, None


def _is_only_read(source: Source, node: cst.BaseExpression) -> bool:
    """Whether a dict of attributes is unpacked or asked for what it has."""
    parent = source.names.parents.get(id(node))
    if isinstance(parent, cst.Attribute):
        return parent.attr.value in _ONLY_READ
    return isinstance(parent, (cst.StarredDictElement, cst.Comparison)) or (
        isinstance(parent, cst.Arg) and (parent.star == "**" or _is_builtin(source, parent))
    )


def _is_builtin(source: Source, arg: cst.Arg) -> bool:
    call = source.names.parents.get(id(arg))
    return isinstance(call, cst.Call) and source.name_called(call).startswith("builtins.")

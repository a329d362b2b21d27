"""The suffix by which a class of the project tells its environments apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from ..syntax.scopes import Binding, Scope
from ..syntax.walk import descendants
from .base import Source
from .origins import string_value

SUFFIX = re.compile(r"(?:^|_)(?:env|environment)_suffix$")


def suffixes(source: Source, call: cst.Call) -> Iterator[cst.BaseExpression]:
    """How the suffix is spelled where the call stands: a variable of the function, or an attribute of ``self``."""
    scope: Scope | None = source.names.scope_of(call)
    function = scope
    while scope is not None and scope.kind != "module":
        for name, bound in scope.bindings.items() if scope.kind == "function" else ():
            if SUFFIX.search(name) and not are_texts(bound):
                yield cst.Name(name)
        scope = scope.parent
    owner = function.enclosing_class if function is not None else None
    if owner is not None and function is not None and isinstance(function.node, cst.FunctionDef):
        first = next(iter(function.node.params.params), None)
        for name, bound in owner.attributes.items() if first is not None else ():
            if SUFFIX.search(name) and not are_texts(bound) and first is not None and first.name.value == "self":
                if not _is_set_later(source, owner, name, call):
                    yield cst.Attribute(cst.Name("self"), cst.Name(name))


def _is_set_later(source: Source, owner: Scope, name: str, call: cst.Call) -> bool:
    """Whether the attribute is set behind the call, in the same function."""
    for binding in owner.attributes[name]:
        if binding.scope is source.names.scope_of(call):
            for node in descendants(binding.scope.node):
                if node is binding.node:
                    break
                if node is call:
                    return True
    return False


def are_texts(bound: list[Binding]) -> bool:
    """Whether a name is only ever bound to a text that stands in the code."""
    return all(
        each.kind == "assign" and each.value is not None and string_value(each.value) is not None for each in bound
    )

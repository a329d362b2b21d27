"""What at hand may supply an argument that a call does not give."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ..knowledge.aws import wants_arn
from ..schema import ApiClass
from ..schema.naming import words
from ..schema.types import Named, TypeRef
from ..syntax.scopes import Binding
from .arguments import arguments
from .base import Source
from .repeated import names_in
from .types import UNKNOWN

_OF_THE_TREE = 3
"""Parameters that come first in the ``__init__`` of a construct: itself, its scope and its id."""


def suppliers(source: Source, call: cst.Call, made: ApiClass, argument: str) -> dict[str, cst.BaseExpression]:
    """The expressions that may supply an argument of a call, by how they are written.

    A parameter or variable of that name and no other type; an expression by which another call of the same class gives
    it, where it reads the same; a variable that holds a resource of the kind that the argument names, by its ARN where
    that is wanted.
    """
    found = _suppliers(source, call, made, argument, made.arguments[argument].type)
    return {cst.Module([]).code_for_node(each): each for each in found}


def _suppliers(
    source: Source, call: cst.Call, made: ApiClass, argument: str, want: TypeRef
) -> Iterator[cst.BaseExpression]:
    here = source.spans.start(call)
    for name, binding, value in _seen_from(source, call):
        if source.spans.start(binding.node) >= here:
            continue
        kind = source.type_of(binding.value) if binding.value is not None else None
        holder = source.schema.find(kind.name) if isinstance(kind, Named) else None
        if holder is not None and holder.is_construct:
            if words(argument)[-1] == words(holder.short_name)[-1] and wants_arn(made, argument):
                if "arn" in holder.attributes:
                    yield cst.Attribute(value, cst.Name("arn"))
        elif name == argument and kind in (None, UNKNOWN, *want.options):
            yield value
    for other in source.names.calls:
        given = arguments(source, other).get(argument) if other is not call else None
        if given is not None and given.spread is None and source.called(other) is made:
            if _means_the_same(source, given.value, call):
                yield given.value


def _seen_from(source: Source, call: cst.Call) -> Iterator[tuple[str, Binding, cst.BaseExpression]]:
    """The parameters and variables that a call can read, and the attributes of its object, each once bound."""
    scope = source.names.scope_of(call)
    each = scope
    while True:
        for name, bound in each.bindings.items():
            if each.kind != "class" and len(bound) == 1 and bound[0].kind in ("parameter", "assign"):
                if scope.find(name) is bound and not _is_of_the_tree(source, bound[0]):
                    yield name, bound[0], cst.Name(name)
        if each.parent is None:
            break
        each = each.parent
    owner = scope.enclosing_class
    for name, bound in owner.attributes.items() if owner is not None else ():
        if len(bound) == 1:
            yield name, bound[0], cst.Attribute(cst.Name("self"), cst.Name(name))


def _is_of_the_tree(source: Source, binding: Binding) -> bool:
    """Whether a parameter says where in the tree of constructs an object is, which is no argument of a resource."""
    function = binding.scope.node
    if binding.kind != "parameter" or not isinstance(function, cst.FunctionDef) or not source.is_method(function):
        return False
    first = [each.name.value for each in function.params.params[:_OF_THE_TREE]]
    return binding.name in (first if function.name.value == "__init__" else first[:1])


def _means_the_same(source: Source, value: cst.BaseExpression, call: cst.Call) -> bool:
    """Whether what an expression reads is read the same where a call is."""
    scope = source.names.scope_of(call)
    names = list(names_in(value))
    before = source.spans.start(call)
    found = [source.names.scope_of(name).find(name.value) for name in names]
    same = all(scope.find(name.value) is bound for name, bound in zip(names, found))
    return bool(names) and same and all(source.spans.start(each.node) < before for all_ in found for each in all_)

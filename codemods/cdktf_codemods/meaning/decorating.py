"""What decorators leave of what they decorate."""

from __future__ import annotations

import libcst as cst

from .base import Reference, Source

_CALLING = frozenset(
    "cache cached_property lru_cache property abstractproperty staticmethod classmethod abstractmethod "
    "abstractclassmethod abstractstaticmethod final override overload no_type_check deprecated fixture "
    "typechecked beartype validate_call member singledispatch python_method".split()
)
"""Decorators of other packages by which a call still gives what the function's body returns."""
_STATIC = frozenset(("staticmethod",))
_PARTS_OF_PROPERTY = ("deleter", "getter", "setter")


def gives_its_result(source: Source, function: cst.FunctionDef) -> bool:
    """Whether a call of a function of *source* gives what its body returns, so far as its decorators are concerned."""
    if function.asynchronous is not None:
        return False
    return all(_keeps(source, each.decorator, known=_CALLING) for each in function.decorators)


def runs_as_written(source: Source, function: cst.FunctionDef) -> bool:
    """Whether each call of a function runs its body: no decorator remembers, puts off or replaces it."""
    return all(_keeps(source, each.decorator, known=_STATIC) for each in function.decorators)


def makes_anew(owner: Reference) -> bool:
    """Whether each call of a class of the project makes another instance: no ``__new__``, metaclass or decorator of
    the project's own has a say in it."""
    for each in (owner, *owner.ancestors()):
        if each.source is None or not isinstance(each.node, cst.ClassDef):
            continue
        if each.scope is not None and "__new__" in each.scope.bindings:
            return False
        metaclasses = (each.source.reference(arg.value) for arg in each.node.keywords)
        if any(meta is None or meta.source is not None for meta in metaclasses):
            return False
    source, node = owner.source, owner.node
    if source is None or not isinstance(node, cst.ClassDef):
        return True
    return all(_keeps(source, each.decorator, known=None) for each in node.decorators)


def _keeps(source: Source, decorator: cst.BaseExpression, known: frozenset[str] | None) -> bool:
    """Whether a decorator gives back what it decorates; of other packages, those that are *known*, or any."""
    is_made = isinstance(decorator, cst.Call)
    named = decorator.func if isinstance(decorator, cst.Call) else decorator
    if isinstance(named, cst.Attribute) and named.attr.value in _PARTS_OF_PROPERTY:
        return True
    reference = source.reference(named)
    if reference is None:
        return known is None
    if reference.source is None:
        return known is None or reference.name.rpartition(".")[2] in known
    if not isinstance(reference.node, cst.FunctionDef) or reference.scope is None:
        return False
    if not is_made:
        return _returns_its_parameter(reference.source, reference.node)
    inner = {each.value for each in reference.scope.returns if isinstance(each, cst.Name)}
    bound = [each for name in inner for each in reference.scope.bindings.get(name, ())]
    return bool(bound) and all(
        isinstance(each.node, cst.FunctionDef) and _returns_its_parameter(reference.source, each.node) for each in bound
    )


def _returns_its_parameter(source: Source, function: cst.FunctionDef) -> bool:
    scope = source.names.scopes[id(function)]
    first = function.params.params[:1]
    return bool(first and scope.returns) and all(
        isinstance(each, cst.Name) and each.value == first[0].name.value and len(scope.bindings[each.value]) == 1
        for each in scope.returns
    )

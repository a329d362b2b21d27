"""Where values come from: from a use back to the expressions that wrote the value, through the whole project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import libcst as cst

from .scopes import Binding

if TYPE_CHECKING:
    from .source import Reference, Source

_DEPTH = 12


@dataclass(frozen=True, eq=False)
class Origin:
    """An expression that writes a value, and its file.

    ``sole`` says that the value goes only to the place it was traced from, so that an edit reaches nothing else.
    """

    source: Source
    node: cst.BaseExpression
    sole: bool = True


Trace = tuple[list[Origin], bool]
"""The origins found, and whether they are all there are."""


def trace(source: Source, node: cst.BaseExpression) -> Trace:
    """The expressions that a value may have been written by."""
    return _Tracer().trace(source, node)


def constant(source: Source, node: cst.BaseExpression) -> str | None:
    """The one string that an expression always is, or None."""
    origins, complete = trace(source, node)
    values = {origin.node.evaluated_value if isinstance(origin.node, cst.SimpleString) else None for origin in origins}
    value = values.pop() if complete and len(values) == 1 else None
    return value if isinstance(value, str) else None


def elements(source: Source, node: cst.BaseExpression) -> Trace:
    """The expressions that write the elements of a list: in its literal, a comprehension, ``append``, ``+``, ``*``."""
    tracer = _Tracer()
    origins, complete = tracer.trace(source, node)
    found: list[Origin] = []
    for origin in origins:
        inner, whole = _elements(tracer, origin)
        found += inner
        complete &= whole
    for value, several in appended(source, node):
        inner, whole = elements(value.source, value.node) if several else ([value], True)
        found += inner
        complete &= whole
    return found, complete


def appended(source: Source, node: cst.BaseExpression) -> Iterator[tuple[Origin, bool]]:
    """What is appended to a list after it was made: each value, and whether it is a list of several."""
    for holder, use in _uses(source, node):
        parent = holder.names.parents.get(id(use))
        if isinstance(parent, cst.Attribute) and parent.value is use:
            call = holder.names.parents.get(id(parent))
            if isinstance(call, cst.Call) and call.func is parent and call.args:
                if parent.attr.value in ("append", "extend", "insert"):
                    yield Origin(holder, call.args[-1].value), parent.attr.value == "extend"
        elif isinstance(parent, cst.AugAssign) and parent.target is use:
            yield Origin(holder, parent.value), True


def _elements(tracer: _Tracer, origin: Origin) -> Trace:
    node = origin.node
    if isinstance(node, (cst.List, cst.Tuple, cst.Set)):
        found: list[Origin] = []
        complete = True
        for element in node.elements:
            if isinstance(element, cst.StarredElement):
                inner, whole = elements(origin.source, element.value)
                found += inner
                complete &= whole
            else:
                found.append(Origin(origin.source, element.value, origin.sole))
        return found, complete
    if isinstance(node, (cst.ListComp, cst.GeneratorExp, cst.SetComp)):
        return [Origin(origin.source, node.elt, origin.sole)], True
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        left, left_whole = elements(origin.source, node.left)
        right, right_whole = elements(origin.source, node.right)
        return [*left, *right], left_whole and right_whole
    if isinstance(node, cst.Call) and len(node.args) == 1:
        reference = origin.source.reference(node.func)
        if reference is not None and reference.name in ("builtins.list", "builtins.tuple", "builtins.sorted"):
            return elements(origin.source, node.args[0].value)
    if isinstance(node, cst.Call) and not node.args:
        reference = origin.source.reference(node.func)
        return [], reference is not None and reference.name == "builtins.list"
    return [], False


class _Tracer:
    def __init__(self) -> None:
        self.seen: set[int] = set()

    def trace(self, source: Source, node: cst.BaseExpression, sole: bool = True) -> Trace:
        if id(node) in self.seen or len(self.seen) > 200:
            return [], False
        self.seen.add(id(node))
        if isinstance(node, cst.Name):
            return self._name(source, node, sole)
        if isinstance(node, cst.Attribute):
            return self._attribute(source, node, sole)
        if isinstance(node, cst.Call):
            return self._call(source, node, sole)
        if isinstance(node, cst.IfExp):
            return self._all((source, each, sole) for each in (node.body, node.orelse))
        if isinstance(node, cst.BooleanOperation) and isinstance(node.operator, cst.Or):
            return self._all((source, each, sole) for each in (node.left, node.right))
        if isinstance(node, cst.NamedExpr):
            return self.trace(source, node.value, False)
        if isinstance(node, cst.Subscript):
            return self._subscript(source, node, sole)
        return [Origin(source, node, sole)], True

    def _all(self, parts: Iterator[tuple[Source, cst.BaseExpression, bool]]) -> Trace:
        found: list[Origin] = []
        complete = True
        for source, node, sole in parts:
            inner, whole = self.trace(source, node, sole)
            found += inner
            complete &= whole
        return found, complete

    def _name(self, source: Source, node: cst.Name, sole: bool) -> Trace:
        bindings = source.names.scope_of(node).find(node.value)
        if not bindings:
            return ([Origin(source, node, sole)], True) if node.value in ("True", "False", "None") else ([], False)
        alone = sole and _use_count(source, node) <= 1
        return self._bindings(source, bindings, alone)

    def _bindings(self, source: Source, bindings: list[Binding], sole: bool) -> Trace:
        found: list[Origin] = []
        complete = True
        for binding in bindings:
            inner, whole = self._binding(source, binding, sole)
            found += inner
            complete &= whole
        return found, complete

    def _binding(self, source: Source, binding: Binding, sole: bool) -> Trace:
        if binding.kind == "assign" and binding.value is not None:
            return self.trace(source, binding.value, sole)
        if binding.kind == "parameter":
            return self._parameter(source, binding)
        if binding.kind == "item" and binding.value is not None and binding.index is None:
            tracer = _Tracer()
            tracer.seen = self.seen
            found, complete = elements(source, binding.value)
            return [replace(each, sole=False) for each in found], complete
        if binding.kind == "import" and binding.attribute is not None:
            target = source.project.find_module(source.path, binding.module)
            if target is not None and (bound := target.local_binding(binding.attribute)):
                return self._bindings(target, bound, False)
        return [], False

    def _parameter(self, source: Source, binding: Binding) -> Trace:
        """What the callers in the project pass, and the default."""
        found: list[Origin] = []
        complete = True
        if binding.value is not None:
            inner, whole = self.trace(source, binding.value, False)
            found += inner
            complete &= whole
        callers = list(passed(source, binding))
        for caller, value in callers:
            inner, whole = self.trace(caller, value, True) if value is not None else ([], False)
            found += inner
            complete &= whole
        return [replace(each, sole=each.sole and len(callers) == 1) for each in found], complete and bool(callers)

    def _attribute(self, source: Source, node: cst.Attribute, sole: bool) -> Trace:
        reference = source.reference(node.value)
        if reference is not None and reference.source is not None and isinstance(reference.node, cst.Module):
            bound = reference.source.local_binding(node.attr.value)
            return self._bindings(reference.source, bound, False) if bound else ([], False)
        owner = source.class_of(node.value)
        if owner is None:
            return [Origin(source, node, sole)], True
        alone = sole and len(source.names.attribute_uses.get(node.attr.value, ())) <= 2
        return self._member(owner, node.attr.value, alone)

    def _member(self, owner: Reference, name: str, sole: bool) -> Trace:
        """The value of an attribute or a property of the project's class."""
        for place in [owner, *owner.ancestors()]:
            scope = place.scope
            if scope is None or place.source is None:
                continue
            if name in scope.attributes:
                return self._bindings(place.source, scope.attributes[name], sole)
            for binding in scope.bindings.get(name, ()):
                if binding.kind == "assign" and binding.value is not None:
                    return self.trace(place.source, binding.value, False)
                if binding.kind == "function" and is_property(binding.node):
                    return self._returns(place.source, binding.node, False)
        return [], False

    def _call(self, source: Source, node: cst.Call, sole: bool) -> Trace:
        function = source.function_of(node.func)
        if function is None or function.source is None or function.node is None:
            return [Origin(source, node, sole)], True
        return self._returns(function.source, function.node, sole)

    def _returns(self, source: Source, function: cst.CSTNode, sole: bool) -> Trace:
        scope = source.names.scopes.get(id(function))
        if scope is None or scope.yields or not scope.returns:
            return [], False
        return self._all((source, value, sole) for value in scope.returns if value is not None)

    def _subscript(self, source: Source, node: cst.Subscript, sole: bool) -> Trace:
        """A value out of a literal dict or list, by a constant, or any of them."""
        index = node.slice[0].slice if len(node.slice) == 1 else None
        if not isinstance(index, cst.Index):
            return [Origin(source, node, sole)], True
        containers, complete = self.trace(source, node.value, False)
        found: list[Origin] = []
        for container in containers:
            values = list(_values_at(container.node, index.value))
            if not values:
                return [Origin(source, node, sole)], True
            for value in values:
                inner, whole = self.trace(container.source, value, False)
                found += inner
                complete &= whole
        return (found, complete) if found else ([Origin(source, node, sole)], True)


def _values_at(container: cst.BaseExpression, index: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    constant = isinstance(index, (cst.SimpleString, cst.Integer))
    if isinstance(container, cst.Dict):
        for element in container.elements:
            if isinstance(element, cst.DictElement):
                key = getattr(element.key, "evaluated_value", None)
                if not constant or key == getattr(index, "evaluated_value", None):
                    yield element.value
    elif isinstance(container, (cst.List, cst.Tuple)):
        for position, item in enumerate(container.elements):
            if not isinstance(index, cst.Integer) or index.evaluated_value == position:
                yield item.value


def passed(source: Source, parameter: Binding) -> Iterator[tuple[Source, cst.BaseExpression | None]]:
    """What each call in the project passes for a parameter: the value, or None where that cannot be told.

    A call that leaves the parameter to its default is not given.
    """
    function = parameter.scope.node
    if not isinstance(function, cst.FunctionDef):
        return
    for caller, call in source.calls_of(function):
        value = argument_for(call, parameter, source.is_method(function))
        if value is not NOT_GIVEN:
            yield caller, value


NOT_GIVEN = cst.Name("NOT_GIVEN")


def argument_for(call: cst.Call, parameter: Binding, bound: bool) -> cst.BaseExpression | None:
    """The value that a call gives a parameter, ``NOT_GIVEN``, or None where the call unpacks something.

    :param bound: the first parameter is ``self`` or ``cls``, which the call does not give.
    """
    for arg in call.args:
        if arg.keyword is not None and arg.keyword.value == parameter.name:
            return arg.value
    position = (parameter.index or 0) - bound
    positional = [arg for arg in call.args if arg.keyword is None and not arg.star]
    keyword_only = _is_keyword_only(parameter)
    if not keyword_only and 0 <= position < len(positional):
        return positional[position].value
    return None if any(arg.star for arg in call.args) else NOT_GIVEN


def _is_keyword_only(parameter: Binding) -> bool:
    function = parameter.scope.node
    return isinstance(function, cst.FunctionDef) and any(
        each is parameter.node for each in function.params.kwonly_params
    )


def is_property(node: cst.CSTNode) -> bool:
    """Whether a function is read as an attribute: ``@property`` or ``@cached_property``."""
    return isinstance(node, cst.FunctionDef) and any(
        (getattr(decorator.decorator, "value", None) in ("property", "cached_property"))
        or (isinstance(decorator.decorator, cst.Attribute) and decorator.decorator.attr.value == "cached_property")
        for decorator in node.decorators
    )


def _uses(source: Source, node: cst.BaseExpression) -> Iterator[tuple[Source, cst.BaseExpression]]:
    """The other uses of the variable or attribute that *node* reads, in the same file."""
    if isinstance(node, cst.Name):
        bound = source.names.scope_of(node).find(node.value)
        for use, scope in source.names.uses.get(node.value, ()):
            if use is not node and bound and scope.find(node.value) is bound:
                yield source, use
    elif isinstance(node, cst.Attribute) and isinstance(node.value, cst.Name):
        for other in source.names.attribute_uses.get(node.attr.value, ()):
            if other is not node and isinstance(other.value, cst.Name) and other.value.value == node.value.value:
                yield source, other


def _use_count(source: Source, node: cst.Name) -> int:
    """How often the variable is read; its bindings and its ``append`` calls do not count."""
    bound = source.names.scope_of(node).find(node.value)
    targets = {id(binding.node) for binding in bound}
    count = 0
    for use, scope in source.names.uses.get(node.value, ()):
        if id(use) not in targets and scope.find(node.value) is bound and not _is_growth(source, use):
            count += 1
    exported = bound[0].scope.kind == "module" and source.is_imported(node.value)
    return count + exported


def _is_growth(source: Source, use: cst.Name) -> bool:
    parent = source.names.parents.get(id(use))
    if isinstance(parent, cst.AugAssign):
        return parent.target is use
    return isinstance(parent, cst.Attribute) and parent.attr.value in ("append", "extend", "insert")

"""Where a value goes: from an expression on to the arguments of constructs and structs that it ends in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

import libcst as cst

from ..schema.types import Named
from ..syntax.scopes import Binding
from .origins import GROWS, is_property, reads, string_value
from .types import ProjectObject

if TYPE_CHECKING:
    from ..schema import ApiClass
    from .source import Source


@dataclass(frozen=True, eq=False)
class Destination:
    """The argument of a construct or struct that a value ends in, and the expression that stands there."""

    source: Source
    node: cst.CSTNode
    made: ApiClass
    argument: str


Ways = tuple[list[Destination], bool]
"""The destinations found, and whether they are all there are."""

Passes = Callable[["Source", cst.Call], bool]
"""Whether what goes into a call, as an argument or as the text whose method it is, comes out of it again as text."""


def destinations(source: Source, node: cst.CSTNode, passes: Passes | None = None) -> Ways:
    """The arguments that the value of an expression ends in.

    :param passes: follow texts: through these calls, and into the longer texts that they become part of.
    """
    return _Follower(passes).follow(source, node)


class _Follower:
    def __init__(self, passes: Passes | None) -> None:
        self.passes = passes
        self.seen: set[int] = set()

    def follow(self, source: Source, node: cst.CSTNode) -> Ways:
        if id(node) in self.seen:
            return [], True
        self.seen.add(id(node))
        parent = source.names.parents.get(id(node))
        if isinstance(parent, cst.Arg):
            return self._argument(source, parent, node)
        if isinstance(parent, cst.DictElement) and parent.value is node:
            return self._key(source, parent)
        if isinstance(parent, cst.Element) and (target := _unpacked(source, parent)) is not None:
            return self._bound(source, target)
        if isinstance(parent, (cst.Element, cst.IfExp, cst.List, cst.Tuple, cst.ListComp, cst.GeneratorExp, cst.Dict)):
            return self.follow(source, parent)
        if isinstance(parent, cst.BooleanOperation) or (self.passes is not None and _is_longer_text(parent)):
            return self.follow(source, parent)
        if isinstance(parent, cst.Attribute) and self.passes is not None:
            call = source.names.parents.get(id(parent))
            if isinstance(call, cst.Call) and call.func is parent and self.passes(source, call):
                return self.follow(source, call)
        if isinstance(parent, cst.Assign) and parent.value is node:
            return self._all(self._bound(source, target.target) for target in parent.targets)
        if isinstance(parent, (cst.AnnAssign, cst.NamedExpr, cst.AugAssign)) and parent.value is node:
            return self._bound(source, parent.target)
        if isinstance(parent, cst.Return):
            return self._returned(source, parent)
        if isinstance(parent, cst.Param) and parent.default is node:
            return self._parameter(source, parent)
        return [], isinstance(parent, cst.Expr)

    def _all(self, ways: Iterable[Ways]) -> Ways:
        found: list[Destination] = []
        complete = True
        for inner, whole in ways:
            found += inner
            complete &= whole
        return found, complete

    def _several(self, uses: Iterable[tuple[Source, cst.CSTNode]]) -> Ways:
        return self._all(self.follow(source, use) for source, use in list(uses))

    def _argument(self, source: Source, arg: cst.Arg, node: cst.CSTNode) -> Ways:
        call = source.names.parents[id(arg)]
        if not isinstance(call, cst.Call):
            return [], False
        made = source.called(call)
        if made is not None:
            name = arg.keyword.value if arg.keyword is not None else _position(call, arg, made)
            return ([Destination(source, node, made, name)], True) if name is not None else ([], not arg.star)
        if arg.keyword is not None and source.name_called(call) == "builtins.dict":
            return self._under(source, call, arg.keyword.value)
        if source.callee(call) is not None:
            given_to = source.parameter_of(call, arg.value)
            return self._uses(*given_to) if given_to is not None else ([], False)
        if isinstance(call.func, cst.Attribute) and call.func.attr.value in GROWS:
            return self._several((source, use) for use in reads(source, call.func.value))
        passes = self.passes is not None and self.passes(source, call)
        return self.follow(source, call) if passes else ([], False)

    def _key(self, source: Source, element: cst.DictElement) -> Ways:
        owner = source.names.parents[id(element)]
        name = string_value(element.key)
        return self._under(source, owner, name) if name is not None else self.follow(source, owner)

    def _under(self, source: Source, owner: cst.CSTNode, name: str) -> Ways:
        """A value under a key: of what stands for a struct, its field; of any other dict, where that goes."""
        want = source.wanted_at(owner)
        for option in want.options if want is not None else ():
            described = source.schema.find(option.name) if isinstance(option, Named) else None
            if described is not None and described.kind == "struct":
                return [Destination(source, owner, described, name)], True
        parent = source.names.parents.get(id(owner))
        if isinstance(parent, cst.Arg) and parent.star == "**":
            call = source.names.parents[id(parent)]
            made = source.called(call) if isinstance(call, cst.Call) else None
            return ([Destination(source, owner, made, name)], True) if made is not None else ([], False)
        return self.follow(source, owner)

    def _bound(self, source: Source, target: cst.BaseExpression) -> Ways:
        """Where a variable or an attribute is read."""
        if isinstance(target, cst.Name):
            scope = source.names.scope_of(target)
            ways = self._several((source, use) for use in reads(source, target))
            if scope.kind == "module":
                ways = self._all([ways, self._imported(source, target.value)])
            return ways
        if isinstance(target, cst.Attribute):
            holder = source.type_of(target.value)
            if isinstance(holder, ProjectObject) and isinstance(holder.reference.node, cst.ClassDef):
                assert holder.reference.source is not None
                return self._read(holder.reference.source, holder.reference.node, target.attr.value)
        return [], False

    def _imported(self, source: Source, name: str) -> Ways:
        """Where other files use a name of this one."""
        return self._all(self._uses(other, binding) for other, binding in source.importers(name))

    def _read(self, source: Source, owner: cst.ClassDef, name: str) -> Ways:
        uses, complete = source.member_reads(owner, name)
        found, whole = self._several(uses)
        return found, whole and complete

    def _returned(self, source: Source, statement: cst.Return) -> Ways:
        function = source.names.enclosing(statement, cst.FunctionDef)
        if function is None:
            return [], False
        if is_property(source, function):
            owner = source.names.parents.get(id(source.names.parents.get(id(function))))
            return self._read(source, owner, function.name.value) if isinstance(owner, cst.ClassDef) else ([], False)
        calls = source.calls_of(function)
        found, complete = self._several(calls)
        return found, complete and bool(calls)

    def _parameter(self, source: Source, parameter: cst.Param) -> Ways:
        function = source.names.parents[id(source.names.parents[id(parameter)])]
        scope = source.names.scopes.get(id(function))
        for binding in scope.bindings.get(parameter.name.value, ()) if scope is not None else ():
            if binding.node is parameter:
                return self._uses(source, binding)
        return [], False

    def _uses(self, source: Source, binding: Binding) -> Ways:
        return self._several((source, use) for use in source.names.uses_of(binding))


def _unpacked(source: Source, element: cst.Element) -> cst.BaseExpression | None:
    """The variable that an element is bound to, in ``a, b = x, y``."""
    outer = source.names.parents[id(element)]
    assign = source.names.parents.get(id(outer))
    target = assign.targets[0].target if isinstance(assign, cst.Assign) and len(assign.targets) == 1 else None
    if not isinstance(outer, (cst.Tuple, cst.List)) or not isinstance(target, (cst.Tuple, cst.List)):
        return None
    if len(outer.elements) != len(target.elements):
        return None
    return next(bound.value for bound, given in zip(target.elements, outer.elements) if given is element)


def _position(call: cst.Call, arg: cst.Arg, made: ApiClass) -> str | None:
    """The name of the parameter that an argument without a keyword is for; None for a scope and an id."""
    index = next(at for at, each in enumerate(call.args) if each is arg)
    names = [parameter.name for parameter in made.signature.positional]
    unpacked = any(each.star for each in call.args[: index + 1])
    return names[index] if not unpacked and 2 * made.is_construct <= index < len(names) else None


def _is_longer_text(parent: cst.CSTNode | None) -> TypeGuard[cst.CSTNode]:
    """Whether a text becomes part of another there: ``+``, ``%``, texts side by side, an f-string."""
    if isinstance(parent, cst.BinaryOperation):
        return isinstance(parent.operator, (cst.Add, cst.Modulo))
    return isinstance(
        parent, (cst.ConcatenatedString, cst.FormattedString, cst.FormattedStringExpression, cst.FormattedStringText)
    )

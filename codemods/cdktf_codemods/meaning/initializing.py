"""What becomes of an object's attributes while its ``__init__`` runs: what sets and reads them, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import libcst as cst

from ..syntax.scopes import Scope
from ..syntax.walk import children, descendants
from .base import Reference, Source
from .by_text import may_be_run, may_be_set
from .running import conditions, places, runs

_DYNAMIC = frozenset(("builtins.exec", "builtins.eval"))
_DEPTH = 6


@dataclass(frozen=True, eq=False)
class Event:
    """An attribute is set or read, or a method runs of which it cannot be told which (``unknown``).

    ``surely`` says that it is whenever ``__init__`` runs to its end; ``top`` is the statement of ``__init__`` that it
    is in.
    """

    kind: Literal["set", "read", "unknown"]
    name: str
    node: cst.CSTNode
    surely: bool
    top: cst.CSTNode | None


class Initializing:
    """The run of the ``__init__`` of one class of *source*."""

    def __init__(self, source: Source, owner: Scope, function: cst.FunctionDef) -> None:
        self.source = source
        self.owner = owner
        self.function = function
        self.methods = {
            bound[0].node.name.value: bound[0].node
            for bound in owner.bindings.values()
            if len(bound) == 1 and isinstance(bound[0].node, cst.FunctionDef)
        }

    def events(self) -> list[Event]:
        """What happens, in order."""
        return list(self._events(self.function, None, True, ()))

    def own_names(self) -> set[str]:
        """The attributes that only methods of the class set, and only for themselves: nobody else may have, before.

        A method that sets one is called by the class alone, by name.
        """
        names = self.source.names
        assert isinstance(self.owner.node, cst.ClassDef)
        kind = Reference("", self.source, self.owner.node)
        known = all(base.source is not None or self.source.schema.find(base.name) for base in kind.ancestors())
        if not known or len(list(kind.bases())) < len(self.owner.node.bases) or self.owner.node.decorators:
            return set()
        if any(self.source.name_called(call) in _DYNAMIC for call in names.calls):
            return set()
        if not {"__getattr__", "__getattribute__"}.isdisjoint(self.owner.bindings):
            return set()
        return {name for name in self.owner.attributes if self._is_own(kind, name)}

    def _is_own(self, kind: Reference, name: str) -> bool:
        if name in self.owner.bindings or any(_has(self.source, base, name) for base in kind.ancestors()):
            return False
        setters = {id(bound.node): bound.scope.node for bound in self.owner.attributes[name]}
        if not all(isinstance(each, cst.FunctionDef) and self._is_private(each) for each in setters.values()):
            return False
        if may_be_set(self.source, kind, name):
            return False
        for other in self.source.mentioning(name):
            for scope in other.names.scopes.values():
                if isinstance(scope.node, cst.ClassDef) and (name in scope.attributes or name in scope.bindings):
                    if any(each.node is kind.node for each in Reference("", other, scope.node).ancestors()):
                        return False
            for use in other.names.attribute_uses.get(name, ()):
                parent = other.names.parents.get(id(use))
                if isinstance(parent, (cst.AssignTarget, cst.AnnAssign, cst.Del)) and id(use) not in setters:
                    holder = other.class_of(use.value)
                    if holder is None or holder.node is kind.node:
                        return False
        return True

    def _is_private(self, function: cst.FunctionDef, depth: int = _DEPTH) -> bool:
        """Whether a method runs only where methods of its class that are private too call it by name."""
        if function is self.function:
            return True
        name = function.name.value
        if depth == 0 or self.methods.get(name) is not function or function.decorators:
            return False
        if may_be_run(self.source, Reference("", self.source, self.owner.node), name):
            return False
        callers: set[cst.FunctionDef] = set()
        for other in self.source.mentioning(name):
            for use in other.names.attribute_uses.get(name, ()):
                if self._is_of_others(other, use.value):
                    continue
                call, body = other.names.parents.get(id(use)), other.names.enclosing(use, cst.FunctionDef)
                if other is not self.source or body is None or not self._is_self(body, use.value):
                    return False
                if not isinstance(call, cst.Call) or call.func is not use:
                    return False
                callers.add(body)
        return all(self._is_private(each, depth - 1) for each in callers if each is not function)

    def _is_of_others(self, source: Source, holder: cst.BaseExpression) -> bool:
        """Whether an object is of a class of the project that has nothing to do with this one."""
        kind = source.class_of(holder)
        own = Reference("", self.source, self.owner.node)
        related = {id(each.node) for each in (own, *own.ancestors())}
        if kind is None or id(kind.node) in related:
            return False
        return all(each.node is not self.owner.node for each in kind.ancestors())

    def _is_self(self, function: cst.FunctionDef, node: cst.BaseExpression) -> bool:
        """Whether an expression is the object whose method of this class runs."""
        params = function.params.params
        if function not in self.methods.values() or function.decorators or not params:
            return False
        return isinstance(node, cst.Name) and node.value == params[0].name.value

    def _events(
        self, function: cst.FunctionDef, top: cst.CSTNode | None, surely: bool, around: tuple[cst.CSTNode, ...]
    ) -> Iterator[Event]:
        for node in self._touched.get(function, ()):
            sure = surely and not conditions(self.source, function, node)
            at = top or self._statement(function, node)
            if isinstance(node, cst.Call):
                assert isinstance(node.func, cst.Attribute)
                called = runs(self.source, node)
                inner = called.node if called is not None else None
                if not isinstance(inner, cst.FunctionDef) or inner not in self.methods.values():
                    if node.func.attr.value in self.owner.bindings or called is not None:
                        yield Event("unknown", "", node, sure, at)
                elif inner not in around and len(around) < _DEPTH:
                    yield from self._events(inner, at, sure, (*around, function))
            elif self._is_set(node):
                if isinstance(self.source.names.parents.get(id(node)), cst.AugAssign):
                    yield Event("read", node.attr.value, node, sure, at)
                yield Event("set", node.attr.value, node, sure, at)
            else:
                yield Event("read", node.attr.value, node, sure, at)

    def _statement(self, function: cst.FunctionDef, node: cst.CSTNode) -> cst.CSTNode | None:
        """The statement of the body itself that a node is in."""
        child = node
        for each in self.source.names.ancestors(node):
            if each is function.body:
                return child
            child = each
        return None

    def _is_set(self, node: cst.Attribute) -> bool:
        return any(bound.node is node for bound in self.owner.attributes.get(node.attr.value, ())) or isinstance(
            self.source.names.parents.get(id(node)), cst.AugAssign
        )

    @cached_property
    def _touched(self) -> dict[cst.FunctionDef, list[cst.Attribute | cst.Call]]:
        """The attributes of its object that each method reads and sets, and its calls of methods of it, in order."""
        names = self.source.names
        found: dict[cst.FunctionDef, list[cst.Attribute | cst.Call]] = {}
        for name in {**self.owner.attributes, **self.owner.bindings}:
            for use in names.attribute_uses.get(name, ()):
                function = names.enclosing(use, cst.FunctionDef) if isinstance(use.value, cst.Name) else None
                if function is not None and self._is_self(function, use.value):
                    parent = names.parents.get(id(use))
                    if isinstance(parent, cst.Call) and parent.func is use and name not in self.owner.attributes:
                        found.setdefault(function, []).append(parent)
                    elif name in self.owner.attributes and not _is_declared(parent):
                        found.setdefault(function, []).append(use)
        return {function: sorted(nodes, key=self._order) for function, nodes in found.items()}

    def _order(self, node: cst.Attribute | cst.Call) -> tuple[int, bool, int]:
        """What is set is set when all else of its statement has been read, and a call made when its arguments are."""
        order = places(self.source)
        line = next((each for each in self.source.names.ancestors(node) if isinstance(each, _SIMPLE)), node)
        is_set = isinstance(node, cst.Attribute) and self._is_set(node)
        last: cst.CSTNode = node
        while isinstance(node, cst.Call) and (inside := list(children(last))):
            last = inside[-1]
        return order[id(line)], is_set and line is not node, order[id(last)]


_SIMPLE = (cst.Assign, cst.AnnAssign, cst.AugAssign)


def _is_declared(parent: cst.CSTNode | None) -> bool:
    """Whether an attribute is only given a type."""
    return isinstance(parent, cst.AnnAssign) and parent.value is None


def _has(source: Source, base: Reference, name: str) -> bool:
    """Whether a class has an attribute, as far as the project or the schema says."""
    if base.scope is not None:
        return name in base.scope.bindings or name in base.scope.attributes
    described = source.schema.find(base.name)
    return described is None or name in described.attributes or name in described.methods


def obstacle(source: Source, events: Sequence[Event], over: Sequence[cst.CSTNode], setter: Event) -> str | None:
    """Why the statement that sets an attribute cannot move up over others; None where it can."""
    line = setter.top
    only = line.body[0] if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1 else None
    if not setter.surely or not isinstance(only, cst.Expr) or not isinstance(only.value, cst.Call):
        return "no plain call of a method sets it"
    first = next(number for number, each in enumerate(events) if each.top is over[0])
    before = {each.name for each in events[:first] if each.kind == "set"}
    between = [each for each in events if each.top in over]
    inside = [each for each in events if each.top is line]
    if any(each.kind == "unknown" for each in (*between, *inside)):
        return "what is called in between cannot be told"
    later = {each.name for each in between if each.kind == "set"}
    taken = {each.name for each in between} & before
    if needed := [each.name for each in inside if each.kind == "read" and each.name in later]:
        return f"what sets it needs `{needed[0]}`, which is set in between"
    if changed := [each.name for each in inside if each.kind == "set" and each.name in (later | taken)]:
        return f"what sets it sets `{changed[0]}` too, which is set before"
    if any(_is_bound_in(source, name, over) for name in descendants(only) if isinstance(name, cst.Name)):
        return "what sets it is given what is made in between"
    return None


def _is_bound_in(source: Source, name: cst.Name, statements: Sequence[cst.CSTNode]) -> bool:
    bound = source.names.scope_of(name).find(name.value)
    return any(each in statements for binding in bound for each in source.names.ancestors(binding.node))

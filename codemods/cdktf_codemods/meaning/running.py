"""What runs, in order: what a body does, and the project's functions that it calls, each with its conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import libcst as cst

from ..syntax.walk import children
from .base import Reference, Source
from .decorating import makes_anew, runs_as_written

_DEPTH = 6
_MOST = 5_000
"""Calls that are looked at for one body; generated programs may call on and on."""
_LEAVE = frozenset(("builtins.exit", "builtins.quit", "os._exit", "sys.exit"))

Body = cst.FunctionDef | cst.Module


@dataclass(frozen=True, eq=False)
class Condition:
    """What has to hold where a body has got to: it takes a branch, goes round a loop, has not been left (``stay``).

    ``tried`` is what stands in ``try``, ``with`` or ``match``, or runs later or not at all.
    """

    kind: Literal["branch", "loop", "stay", "tried"]
    node: cst.CSTNode


Conditions = tuple[Condition, ...]


@dataclass(frozen=True, eq=False)
class Frame:
    """One run of a body: that which is asked about, or of a function that a step of it calls."""

    source: Source
    body: Body
    caller: Step | None = None


@dataclass(frozen=True, eq=False)
class Step:
    """A call that is made, and what has to hold for it in its frame and those around that."""

    frame: Frame
    call: cst.Call
    conditions: tuple[tuple[Frame, Condition], ...]

    def has_run_before(self, later: Step) -> bool:
        """Whether this has run whenever the *later* one does."""
        return later.conditions[: len(self.conditions)] == self.conditions

    def is_in(self, kind: str) -> bool:
        """Whether one of its conditions is of a kind."""
        return any(each.kind == kind for _, each in self.conditions)


def steps(source: Source, body: Body) -> Iterator[Step]:
    """The calls in a run of a body that make constructs or run functions of the project, in order.

    A module that takes an object from another one of the project has run that before.
    """
    left = _MOST
    for step in _run(Frame(source, body)) if body is not source.module else _run_modules(source, set()):
        yield step
        left -= 1
        if not left:
            return


def _run(frame: Frame) -> Iterator[Step]:
    outer = frame.caller.conditions if frame.caller is not None else ()
    for call, called, conditions in _calls(frame.source, frame.body):
        step = Step(frame, call, (*outer, *((frame, each) for each in conditions)))
        yield step
        if called is not None and called.source is not None and not _is_around(step, called.node):
            assert isinstance(called.node, cst.FunctionDef)
            yield from _run(Frame(called.source, called.node, step))


def _run_modules(source: Source, seen: set[str]) -> Iterator[Step]:
    """A module's run, and before it those of the modules that it takes objects from."""
    seen.add(source.path)
    for binding in source.names.imports:
        target = source.find_module(binding.module) if binding.attribute is not None else None
        if target is not None and target.path not in seen and binding.scope is source.names.module_scope:
            assert binding.attribute is not None
            bound = target.local_binding(binding.attribute)
            if any(each.kind == "assign" for each in bound) and not conditions(source, source.module, binding.node):
                yield from _run_modules(target, seen)
    yield from _run(Frame(source, source.module))


def _is_around(step: Step, function: cst.CSTNode | None) -> bool:
    """Whether a step runs in a function already, or too deep in others."""
    caller: Step | None = step
    for _ in range(_DEPTH):
        if caller is None:
            return False
        if caller.frame.body is function:
            return True
        caller = caller.frame.caller
    return True


_Call = tuple[cst.Call, Reference | None, Conditions]


def _calls(source: Source, body: Body) -> list[_Call]:
    """The calls of a body that matter, what of the project each runs, and the conditions of each."""
    nothing: list[_Call] = []
    return source.remembered("steps", body, nothing, lambda: list(_find_calls(source, body)))


def _find_calls(source: Source, body: Body) -> Iterator[_Call]:
    for call in _by_body(source).get(id(body), ()):
        made = source.called(call)
        called = None if made is not None else source.callee(call)
        is_own = called is None and made is None and source.class_of(call) is not None
        if called is not None or is_own or (made is not None and made.is_construct):
            yield call, runs(source, call) if made is None else None, conditions(source, body, call)


def _by_body(source: Source) -> dict[int, list[cst.Call]]:
    """The calls of a file by the ``id`` of the function, or the module, that makes them."""

    def sort() -> dict[int, list[cst.Call]]:
        found: dict[int, list[cst.Call]] = {}
        for call in source.names.calls:
            scope = source.names.scope_of(call)
            while isinstance(scope.node, cst.BaseComp) and scope.parent is not None:
                scope = scope.parent
            found.setdefault(id(scope.node), []).append(call)
        return found

    nothing: dict[int, list[cst.Call]] = {}
    return source.remembered("calls by body", source.module, nothing, sort)


def runs(source: Source, call: cst.Call) -> Reference | None:
    """The function of the project that a call runs at once, where no other may be run in its place."""
    called = source.callee(call)
    return called if called is not None and _is_run_by(source, call, called) else None


def _is_run_by(source: Source, call: cst.Call, called: Reference) -> bool:
    function = called.node
    if not isinstance(function, cst.FunctionDef) or called.scope is None or called.source is None:
        return False
    if called.scope.yields or function.asynchronous is not None or not runs_as_written(called.source, function):
        return False
    if isinstance(call.func, cst.Attribute) and (of := source.reference(call.func.value)) is not None:
        if isinstance(of.node, cst.ClassDef) and called.source.is_method(function):
            return False  # `Base.method(self)`
    where = called.source
    is_init = function.name.value == "__init__"
    made = source.class_of(call) if is_init and source.function_of(call.func) is None else None
    if made is not None and not makes_anew(made):
        return False
    return is_init or not where.remembered("overridden", function, True, lambda: _is_overridden(where, function))


def _is_overridden(source: Source, function: cst.FunctionDef) -> bool:
    """Whether a class of the project has a method of its own in the place of one that it inherits."""
    scope = source.names.scopes[id(function)].parent
    if scope is None or not isinstance(scope.node, cst.ClassDef):
        return False
    owner, name = scope.node, function.name.value
    return any(
        isinstance(each.node, cst.ClassDef)
        and (name in each.bindings or name in each.attributes)
        and any(base.node is owner for base in Reference("", other, each.node).ancestors())
        for other in source.mentioning(name)
        for each in other.names.scopes.values()
    )


def places(source: Source) -> dict[int, int]:
    """Where the nodes of a file stand, in the order of its text but for targets, which stand before their values."""
    nothing: dict[int, int] = {}
    return source.remembered(
        "places", source.module, nothing, lambda: {key: at for at, key in enumerate(source.names.parents)}
    )


def has_run_before(source: Source, one: cst.CSTNode, other: cst.CSTNode) -> bool:
    """Whether an expression has been evaluated, in the same run of the same body, whenever the *other* one is."""
    body = source.names.enclosing(one, cst.FunctionDef) or source.module
    if body is not (source.names.enclosing(other, cst.FunctionDef) or source.module):
        return False
    order = places(source)
    before, now = conditions(source, body, one), conditions(source, body, other)
    return order[id(one)] < order[id(other)] and now[: len(before)] == before


# Conditions


_PARTLY_RUN = frozenset(
    (
        cst.IfExp, cst.BooleanOperation, cst.Lambda, cst.ClassDef, cst.CompFor,
        cst.GeneratorExp, cst.ListComp, cst.SetComp, cst.DictComp,
    )
)  # fmt: skip
"""Of which a part may not run, or more than once."""


def conditions(source: Source, body: Body, node: cst.CSTNode) -> Conditions:
    """What has to hold for an expression of a body to be evaluated, outermost first."""
    known = _of_statements(source, body)
    inner: list[Condition] = []
    child = node
    for each in source.names.ancestors(node):
        if (outer := known.get(id(each))) is not None:
            return (*outer, *reversed(inner))
        if type(each) not in _PARTLY_RUN:
            child = each
            continue
        if isinstance(each, (cst.IfExp, cst.BooleanOperation)):
            if child not in (getattr(each, "test", None), getattr(each, "left", None)):
                inner.append(_shared(known, child, "branch"))
        elif isinstance(each, (cst.Lambda, cst.GeneratorExp, cst.ClassDef)):
            inner.append(_shared(known, each, "tried"))
        elif isinstance(each, cst.CompFor):
            inner.append(_shared(known, each, "tried"))
        elif isinstance(each, cst.BaseComp) and child is not each.for_in:
            for loop in reversed(list(_loops_of(each))):
                inner += [_shared(known, test, "branch") for test in reversed(loop.ifs)]
                inner.append(_shared(known, loop, "loop"))
        child = each
    return tuple(reversed(inner))


def _shared(known: dict[int, Conditions], node: cst.CSTNode, kind: Literal["branch", "loop", "tried"]) -> Condition:
    """The one condition that all have in common that stand there."""
    return known.setdefault(-id(node), (Condition(kind, node),))[0]


def _loops_of(node: cst.BaseComp) -> Iterator[cst.CompFor]:
    loop: cst.CompFor | None = node.for_in
    while loop is not None:
        yield loop
        loop = loop.inner_for_in


def _of_statements(source: Source, body: Body) -> dict[int, Conditions]:
    """The conditions of the statements of a body, by ``id``; of one with a body of its own, of its header."""

    def find() -> dict[int, Conditions]:
        found: dict[int, Conditions] = {}
        _Statements(source, found).block(body if isinstance(body, cst.Module) else body.body, ())
        return found

    nothing: dict[int, Conditions] = {}
    return source.remembered("conditions", body, nothing, find)


class _Statements:
    def __init__(self, source: Source, found: dict[int, Conditions]) -> None:
        self.source = source
        self.found = found

    def block(self, block: cst.BaseSuite | cst.Module, outer: Conditions) -> None:
        if isinstance(block, cst.SimpleStatementSuite):
            self.found[id(block)] = outer
            return
        for statement in block.body:
            self.found[id(statement)] = outer
            if isinstance(statement, cst.SimpleStatementLine):
                if leaves(self.source, statement, loop=True):
                    outer = (*outer, Condition("stay", statement))
                continue
            self._parts(statement, outer)
            in_loop = not isinstance(statement, (cst.For, cst.While))
            if leaves(self.source, statement, in_loop):
                outer = (*outer, Condition("stay", statement))

    def _parts(self, statement: cst.CSTNode, outer: Conditions) -> None:
        if isinstance(statement, cst.If):
            self.block(statement.body, (*outer, Condition("branch", statement)))
            self._orelse(statement.orelse, outer)
        elif isinstance(statement, (cst.For, cst.While)):
            self.block(statement.body, (*outer, Condition("loop", statement)))
            self._orelse(statement.orelse, outer)
        elif isinstance(statement, (cst.Try, cst.TryStar, cst.With, cst.Match)):
            for each in _blocks(statement):
                self.block(each, (*outer, Condition("tried", each)))

    def _orelse(self, orelse: cst.If | cst.Else | None, outer: Conditions) -> None:
        if isinstance(orelse, cst.Else):
            self.block(orelse.body, (*outer, Condition("branch", orelse)))
        elif orelse is not None:
            inner = (*outer, Condition("branch", orelse))
            self.found[id(orelse)] = inner
            self._parts(orelse, inner)


def _blocks(node: cst.CSTNode) -> Iterator[cst.BaseSuite]:
    """The blocks of a statement."""
    for each in children(node):
        if isinstance(each, cst.BaseSuite):
            yield each
        elif not isinstance(each, cst.BaseExpression):
            yield from _blocks(each)


def leaves(source: Source, node: cst.CSTNode, loop: bool) -> bool:
    """Whether a statement may leave the body that it is in; with *loop*, or the loop or its round."""
    if isinstance(node, (cst.Return, cst.Raise)) or (loop and isinstance(node, (cst.Break, cst.Continue))):
        return True
    if isinstance(node, cst.Expr):
        return isinstance(node.value, cst.Call) and source.name_called(node.value) in _LEAVE
    if isinstance(node, (cst.BaseExpression, cst.BaseSmallStatement, cst.FunctionDef, cst.ClassDef)):
        return False
    loop = loop and not isinstance(node, (cst.For, cst.While))
    return any(leaves(source, each, loop) for each in children(node))

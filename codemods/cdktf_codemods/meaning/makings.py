"""Which constructs a body makes: in which scope, under which id, as far as both can be told without a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import libcst as cst

from ..schema.schema import CONSTRUCT
from ..syntax.scopes import Binding
from .base import Reference, Source
from .by_text import may_be_instance, may_be_set
from .decorating import makes_anew
from .origins import (
    NOT_GIVEN,
    argument_for,
    bound_by_import,
    constant,
    is_bound,
    is_property,
    is_read,
    string_value,
    trace,
)
from .running import Body, Condition, Frame, Step, leaves, steps

_SHRINKS = ("clear", "pop", "popitem", "remove")
_SAME_LENGTH = tuple(f"builtins.{name}" for name in ("enumerate", "list", "reversed", "sorted", "tuple"))
_IDS = ("id", "id_")


@dataclass(frozen=True)
class Value:
    """What an expression is, so that two that are equal are the same: a text, or where it was bound.

    ``loops`` are the loops from one round of which to the next it may be another.
    """

    parts: tuple[Any, ...]
    loops: frozenset[cst.CSTNode] = frozenset()


@dataclass(frozen=True, eq=False)
class Making:
    """A construct that is made, of a package's class or of the project's.

    ``given`` and ``name`` are the expressions of its scope and its id.
    """

    step: Step
    scope: Value
    id: Value
    given: cst.BaseExpression
    name: cst.BaseExpression

    @property
    def call(self) -> cst.Call:
        return self.step.call

    @property
    def source(self) -> Source:
        return self.step.frame.source

    @property
    def rounds(self) -> Condition | None:
        """The loop that surely makes it again in the same scope under the same id, None where there is none."""
        conditions = self.step.conditions
        for at, (frame, each) in enumerate(conditions):
            if each.kind == "loop" and each.node not in (self.scope.loops | self.id.loops):
                inside = conditions[at + 1 :]
                if _rounds(frame.source, each) > 1:
                    if all(inner.kind == "loop" and _rounds(where.source, inner) > 0 for where, inner in inside):
                        return each
        return None


def _makings(source: Source, body: Body, run: set[Body]) -> Iterator[Making]:
    """The constructs that a body of *source* makes, in order, whose id another one may have too.

    Those are left out whose scope or id cannot be told, and whose failure the code may be prepared for. The bodies that
    are run are added to *run*.
    """
    named: list[tuple[Step, cst.BaseExpression, cst.BaseExpression, Value]] = []
    for step in steps(source, body):
        if not step.is_in("tried"):
            run.add(step.frame.body)
            given = _scope_and_id(step.frame.source, step.call)
            name = _value(step.frame, given[1]) if given is not None else None
            if given is not None and name is not None:
                named.append((step, *given, name))
    count = Counter(name.parts for _, _, _, name in named)
    for step, given_scope, given_id, name in named:
        # In which scope is asked only where it matters: most ids are there once.
        if count[name.parts] > 1 or step.is_in("loop"):
            scope = _value(step.frame, given_scope)
            if scope is not None:
                yield Making(step, scope, name, given_scope, given_id)


def taken(source: Source) -> list[tuple[Making, Making]]:
    """The constructs that a file cannot make, each with the one that has its id: itself, where it is made again.

    A body that another has run is not looked at by itself too: what it makes is known better from there.
    """
    nothing: list[tuple[Making, Making]] = []
    return source.remembered("taken", source.module, nothing, lambda: list(_find_taken(source)))


def _find_taken(source: Source) -> Iterator[tuple[Making, Making]]:
    functions = [each.node for each in source.names.scopes.values() if isinstance(each.node, cst.FunctionDef)]
    bodies: list[Body] = [source.module, *sorted(functions, key=lambda each: each.name.value != "__init__")]
    run: set[Body] = set()
    for body in bodies:
        if body not in run:
            yield from _taken(source, body, run)


def _taken(source: Source, body: Body, run: set[Body]) -> Iterator[tuple[Making, Making]]:
    seen: dict[tuple[Value, Value], list[Making]] = {}
    for made in _makings(source, body, run):
        earlier = seen.setdefault((made.scope, made.id), [])
        first = next((each for each in earlier if each.step.has_run_before(made.step)), None)
        if first is not None:
            yield first, made
        elif made.rounds is not None:
            yield made, made
        earlier.append(made)


def is_made_when_imported(first: Making, second: Making) -> bool:
    """Whether a module that is imported makes at its top level what the one that imports it makes too."""
    return first.source is not second.source and first.step.frame.caller is None and second.step.frame.caller is None


def _scope_and_id(source: Source, call: cst.Call) -> tuple[cst.BaseExpression, cst.BaseExpression] | None:
    """The scope and the id that a call gives a construct, None where it makes none or gives it another id."""
    return source.remembered("scope and id", call, None, lambda: _find_scope_and_id(source, call))


def _find_scope_and_id(source: Source, call: cst.Call) -> tuple[cst.BaseExpression, cst.BaseExpression] | None:
    if any(arg.star for arg in call.args):
        return None
    by_name = {arg.keyword.value: arg.value for arg in call.args if arg.keyword is not None}
    plain = [arg.value for arg in call.args if arg.keyword is None]
    made = source.called(call)
    if made is not None:
        if not made.is_construct:
            return None
        names = [parameter.name for parameter in made.signature.positional[:2]]
    else:
        owner = source.class_of(call) if source.function_of(call.func) is None else None
        names = _passed_on(source.schema, owner) if owner is not None and makes_anew(owner) else []
    if len(names) < 2 or (names[1] not in _IDS and made is not None):
        return None
    found = [plain[at] if at < len(plain) else by_name.get(name) for at, name in enumerate(names)]
    return (found[0], found[1]) if found[0] is not None and found[1] is not None else None


def _passed_on(schema: Any, owner: Reference, depth: int = 6) -> list[str]:
    """What the first two parameters of a class of the project are called, where they are its scope and id unchanged."""
    if owner.source is None:
        found = schema.find(owner.name)
        is_construct = found is not None and found.is_construct
        return [each.name for each in found.signature.positional[:2]] if found is not None and is_construct else []
    bases = list(owner.bases())
    if depth == 0 or len(bases) != 1 or owner.scope is None or not owner.inherits(schema, CONSTRUCT):
        return []
    inner = _passed_on(schema, bases[0], depth - 1)
    bound = owner.scope.bindings.get("__init__", [])
    if not bound or not inner:
        return inner
    function = bound[0].node
    if len(bound) > 1 or not isinstance(function, cst.FunctionDef):
        return []
    params = function.params.params
    if len(params) < 3 or function.decorators or function.params.posonly_params:
        return []
    own = [each.name.value for each in params[1:3]]
    calls = [
        call
        for call in owner.source.names.calls
        if owner.source.names.enclosing(call, cst.FunctionDef) is function and owner.source.initialized(call)
    ]
    if len(calls) != 1:
        return []
    plain = [arg.value for arg in calls[0].args if arg.keyword is None and not arg.star]
    by_name = {arg.keyword.value: arg.value for arg in calls[0].args if arg.keyword is not None}
    given = [plain[at] if at < len(plain) else by_name.get(name) for at, name in enumerate(inner)]
    scope = owner.source.names.scopes[id(function)]
    unchanged = all(
        isinstance(each, cst.Name) and each.value == name and len(scope.bindings[name]) == 1
        for each, name in zip(given, own)
    )
    return own if unchanged else []


# Values


def _value(frame: Frame, node: cst.BaseExpression) -> Value | None:
    """What an expression is in a run of a body; None where two of it may differ that look the same."""
    source = frame.source
    if (text := string_value(node)) is not None:
        return Value((text,))
    if isinstance(node, cst.Integer):
        return Value((node.value,))
    if isinstance(node, cst.FormattedString):
        return _joined([_part(frame, each) for each in node.parts])
    if isinstance(node, cst.ConcatenatedString):
        return _joined([_value(frame, node.left), _value(frame, node.right)])
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return _joined([_value(frame, node.left), _value(frame, node.right)])
    if isinstance(node, cst.Call) and source.name_called(node) == "builtins.str" and len(node.args) == 1:
        return _value(frame, node.args[0].value)
    if isinstance(node, cst.Name):
        bound = source.names.scope_of(node).find(node.value)
        found = _bound(frame, bound[0]) if len(bound) == 1 else None
    else:
        found = _attribute(frame, node) if isinstance(node, cst.Attribute) else None
    if found is not None or not isinstance(node, (cst.Name, cst.Attribute)):
        return found
    owner = source.class_of(node.value) if isinstance(node, cst.Attribute) else None
    if owner is not None and isinstance(node, cst.Attribute) and _may_change(source, owner, node.attr.value):
        return None
    text = constant(source, node)
    return Value((text,)) if text is not None else None


def _part(frame: Frame, part: cst.BaseFormattedStringContent) -> Value | None:
    if isinstance(part, cst.FormattedStringText):
        return Value((part.value.replace("{{", "{").replace("}}", "}"),))
    if isinstance(part, cst.FormattedStringExpression) and part.format_spec is None and part.conversion is None:
        return _value(frame, part.expression)
    return None


def _joined(values: list[Value | None]) -> Value | None:
    parts: list[Any] = []
    loops: frozenset[cst.CSTNode] = frozenset()
    for value in values:
        if value is None:
            return None
        for part in value.parts:
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            else:
                parts.append(part)
        loops |= value.loops
    return Value(tuple(parts), loops)


def _bound(frame: Frame, binding: Binding) -> Value | None:
    if binding.kind == "import" and binding.attribute is not None:
        target = frame.source.find_module(binding.module)
        bound = target.local_binding(binding.attribute) if target is not None else []
        if target is None or len(bound) != 1 or bound[0].kind != "assign":
            return None
        return _bound(Frame(target, target.module), bound[0])
    scope = binding.scope
    while isinstance(scope.node, cst.BaseComp) and scope.parent is not None:
        scope = scope.parent
    own = _frame_of(frame, scope.node)
    if own is None and not isinstance(scope.node, cst.Module) and not _is_inside(frame, scope.node):
        return None
    if binding.kind == "parameter":
        return _parameter(own, binding) if own is not None else Value((binding.node,))
    if own is None:
        return Value(((binding.node,),), _loops(frame.source, binding.node)) if binding.kind == "assign" else None
    if binding.kind == "assign" and binding.value is not None:
        if isinstance(binding.value, (cst.Name, cst.Attribute, cst.SimpleString, cst.FormattedString)):
            return _value(own, binding.value)
        run = (own,) if own.body is not own.source.module else ()
        return Value(((binding.node, *run),), _loops(own.source, binding.node) | _around(own))
    if binding.kind in ("item", "pair") and binding.value is not None:
        loops = _loops(own.source, binding.node) | _around(own)
        loop = next((each for each in own.source.names.ancestors(binding.node) if _is_loop(each)), None)
        if loop is not None and _is_fixed(own.source, binding.value):
            loops = frozenset((loop,))
        return Value(((binding.node, own),), loops)
    return None


def _frame_of(frame: Frame | None, body: cst.CSTNode) -> Frame | None:
    """The run of a body that another is part of."""
    while frame is not None and frame.body is not body:
        frame = frame.caller.frame if frame.caller is not None else None
    return frame


def _is_inside(frame: Frame, body: cst.CSTNode) -> bool:
    """Whether what is asked about is defined inside of a function, whose variables stay what they are."""
    while frame.caller is not None:
        frame = frame.caller.frame
    return body in frame.source.names.ancestors(frame.body)


def _parameter(frame: Frame, binding: Binding) -> Value | None:
    """What the call that runs a function gives a parameter of it."""
    if frame.caller is None or not isinstance(frame.body, cst.FunctionDef):
        return Value((binding.node,))
    call, outer = frame.caller.call, frame.caller.frame
    is_method = frame.source.is_method(frame.body)
    if binding.index == 0 and is_method:
        if outer.source.function_of(call.func) is None:
            return Value(((call, outer),), _loops(outer.source, call) | _around(outer))
        holder = call.func.value if isinstance(call.func, cst.Attribute) else None
        is_super = holder is not None and outer.source.name_called(holder) == "builtins.super"
        if is_super or frame.body.name.value == "__init__":
            return _own_object(outer)
        return _value(outer, holder) if holder is not None else None
    value = argument_for(call, binding, is_bound(outer.source, call, frame.source, frame.body))
    if value is NOT_GIVEN:
        default = string_value(binding.value) if binding.value is not None else None
        return Value((default,)) if default is not None else None
    return _value(outer, value) if value is not None else None


def _own_object(frame: Frame) -> Value | None:
    """``self`` of a run of a method."""
    params = frame.body.params.params if isinstance(frame.body, cst.FunctionDef) else ()
    scope = frame.source.names.scopes.get(id(frame.body))
    bound = scope.bindings.get(params[0].name.value, []) if scope is not None and params else []
    return _bound(frame, bound[0]) if len(bound) == 1 else None


def _attribute(frame: Frame, node: cst.Attribute) -> Value | None:
    """An attribute that is set once, when its object is made, and never changed."""
    owner = frame.source.class_of(node.value)
    holder = _value(frame, node.value) if owner is not None else None
    if owner is None or holder is None or _may_change(frame.source, owner, node.attr.value):
        return None
    bound: list[tuple[Source, Binding]] = []
    for place in [owner, *owner.ancestors()]:
        if place.scope is not None and place.source is not None:
            bound += ((place.source, each) for each in place.scope.attributes.get(node.attr.value, ()))
            bound += ((place.source, each) for each in place.scope.bindings.get(node.attr.value, ()))
    if len(bound) != 1 or is_property(bound[0][0], bound[0][1].node):
        return None
    source, binding = bound[0]
    function = source.names.enclosing(binding.node, cst.FunctionDef)
    if binding.kind != "assign" or function is None or function.name.value != "__init__":
        return None
    if _loops(source, binding.node):
        return None
    return Value(((holder.parts, node.attr.value),), holder.loops)


def _may_change(source: Source, owner: Reference, name: str) -> bool:
    """Whether anything but an ``__init__`` may set an attribute of an object."""
    for other in source.mentioning(name):
        for use in other.names.attribute_uses.get(name, ()):
            if not is_read(other, use) and may_be_instance(other.type_of(use.value), owner):
                function = other.names.enclosing(use, cst.FunctionDef)
                if function is None or function.name.value != "__init__" or _is_counted(other, use):
                    return True
    return may_be_set(source, owner, name)


def _is_counted(source: Source, use: cst.CSTNode) -> bool:
    return isinstance(source.names.parents.get(id(use)), cst.AugAssign)


# Loops


def _is_loop(node: cst.CSTNode) -> bool:
    return isinstance(node, (cst.For, cst.While, cst.CompFor))


def _loops(source: Source, node: cst.CSTNode) -> frozenset[cst.CSTNode]:
    """The loops around a node in its function."""
    found = []
    for each in source.names.ancestors(node):
        if isinstance(each, (cst.FunctionDef, cst.ClassDef)):
            break
        if _is_loop(each):
            found.append(each)
        elif isinstance(each, cst.BaseComp):
            loop: cst.CompFor | None = each.for_in
            while loop is not None:
                found.append(loop)
                loop = loop.inner_for_in
    return frozenset(found)


def _around(frame: Frame) -> frozenset[cst.CSTNode]:
    """The loops that a run of a body lies in."""
    return frozenset(
        each.node for _, each in (frame.caller.conditions if frame.caller is not None else ()) if each.kind == "loop"
    )


def _is_fixed(source: Source, node: cst.BaseExpression) -> bool:
    """Whether what a loop goes over is the same each time: written there, of constants."""
    if isinstance(node, (cst.List, cst.Tuple)):
        return all(isinstance(each.value, (cst.SimpleString, cst.Integer)) for each in node.elements)
    if not isinstance(node, cst.Call) or source.name_called(node) not in ("builtins.enumerate", "builtins.range"):
        return False
    return all(isinstance(arg.value, cst.Integer) or _is_fixed(source, arg.value) for arg in node.args)


def _rounds(source: Source, loop: Condition) -> int:
    """How often a loop surely goes round."""
    node = loop.node
    if isinstance(node, cst.CompFor):
        return _length(source, node.iter)
    if not isinstance(node, cst.For) or leaves(source, node.body, loop=True):
        return 0
    return _length(source, node.iter)


def _length(source: Source, node: cst.BaseExpression) -> int:
    """How many elements there surely are."""
    if isinstance(node, (cst.List, cst.Tuple)):
        return sum(isinstance(each, cst.Element) for each in node.elements)
    if isinstance(node, cst.Dict):
        return sum(isinstance(each, cst.DictElement) for each in node.elements)
    if isinstance(node, cst.Call):
        name, args = source.name_called(node), [arg.value for arg in node.args]
        if name == "builtins.range" and len(args) == 1:
            return max(_least(source, args[0]), 0)
        if name == "builtins.range" and len(args) == 2 and isinstance(args[0], cst.Integer):
            return max(_least(source, args[1]) - int(args[0].value, 0), 0)
        if name in _SAME_LENGTH and args:
            return _length(source, args[0])
        if name == "builtins.zip" and args:
            return min(_length(source, each) for each in args)
        if isinstance(node.func, cst.Attribute) and node.func.attr.value in ("items", "keys", "values") and not args:
            return _length(source, node.func.value)
        return 0
    if not isinstance(node, cst.Name) or _may_shrink(source, node):
        return 0
    bound = source.names.scope_of(node).find(node.value)
    if len(bound) != 1 or bound[0].kind not in ("assign", "import"):
        return 0
    origins, complete = trace(source, node)
    lengths = [_length(each.source, each.node) for each in origins if not isinstance(each.node, cst.Name)]
    return min(lengths) if complete and len(lengths) == len(origins) > 0 else 0


def _least(source: Source, node: cst.BaseExpression) -> int:
    """The least that a number surely is: a constant, a length, or a variable, of any file, set to one once; else 0."""
    if isinstance(node, cst.Integer):
        return int(node.value, 0)
    if isinstance(node, cst.Call) and source.name_called(node) == "builtins.len" and len(node.args) == 1:
        return _length(source, node.args[0].value)
    bound = source.names.scope_of(node).find(node.value) if isinstance(node, cst.Name) else []
    if len(bound) == 1 and bound[0].kind == "import":
        target, bound = bound_by_import(source, bound[0])
        source = target or source
    value = bound[0].value if len(bound) == 1 and bound[0].kind == "assign" else None
    return _least(source, value) if isinstance(value, (cst.Integer, cst.Call)) else 0


def _may_shrink(source: Source, node: cst.Name) -> bool:
    for use in source.names.uses_with(node):
        parent = source.names.parents.get(id(use))
        if isinstance(parent, cst.Attribute) and parent.attr.value in _SHRINKS:
            return True
        if isinstance(parent, cst.Subscript):
            holder = source.names.parents.get(id(parent))
            if isinstance(holder, (cst.Del, cst.AssignTarget)):
                return True
    return False

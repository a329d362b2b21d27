"""Where values come from: from a use back to the expressions that wrote the value, through the whole project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import libcst as cst

from ..syntax.scopes import Binding
from .base import Source
from .decorating import gives_its_result

_DEPTH = 5
GROWS = ("append", "extend", "insert")


@dataclass(frozen=True, eq=False)
class Origin:
    """An expression that writes a value, and its file."""

    source: Source
    node: cst.BaseExpression


Trace = tuple[list[Origin], bool]
"""The origins found, and whether they are all there are."""


def trace(source: Source, node: cst.BaseExpression, depth: int = _DEPTH) -> Trace:
    """The expressions that a value may have been written by; *depth* bounds the loops and lists followed on the way."""
    return _Tracer(depth).trace(source, node) if depth > 0 else ([], False)


def string_value(node: cst.CSTNode) -> str | None:
    """What a string literal says; None for any other expression, and for bytes. A plain one is not evaluated."""
    if not isinstance(node, cst.SimpleString):
        return None
    text = node.value
    if text[0] in "'\"" and "\\" not in text:
        width = 3 if text[:3] in ("'''", '"""') else 1
        return text[width:-width]
    value = node.evaluated_value
    return value if isinstance(value, str) else None


def is_none(node: cst.CSTNode) -> bool:
    """Whether an expression is ``None``."""
    return isinstance(node, cst.Name) and node.value == "None"


def constant(source: Source, node: cst.BaseExpression) -> str | None:
    """The one string that an expression always is, or None."""
    origins, complete = trace(source, node)
    values = {string_value(origin.node) for origin in origins}
    return values.pop() if complete and len(values) == 1 else None


def bound_by_import(source: Source, binding: Binding) -> tuple[Source | None, list[Binding]]:
    """What binds a name that is imported, in the file that it comes from; none where imports go in a circle.

    ``from . import part`` in a package's own ``__init__.py`` is the least of them.
    """
    seen: set[int] = set()
    while binding.kind == "import" and binding.attribute is not None and id(binding) not in seen:
        seen.add(id(binding))
        target = source.find_module(binding.module)
        bound = target.local_binding(binding.attribute) if target is not None else []
        if target is None or not bound:
            return None, []
        if len(bound) > 1 or bound[0].kind != "import":
            return target, [each for each in bound if id(each) not in seen]
        source, binding = target, bound[0]
    return None, []


def elements(source: Source, node: cst.BaseExpression, depth: int = _DEPTH) -> Trace:
    """The expressions that write the elements of a list: in its literal, a comprehension, ``append``, ``+``, ``*``."""
    if depth <= 0:
        return [], False
    tracer = _Tracer(depth - 1)
    origins, complete = tracer.trace(source, node)
    found: list[Origin] = []
    for origin in origins:
        inner, whole = _elements(origin, depth - 1)
        found += inner
        complete &= whole
    for holder, variable in tracer.variables:
        for value, several in appended(holder, variable):
            inner, whole = elements(value.source, value.node, depth - 1) if several else ([value], True)
            found += inner
            complete &= whole
    return found, complete


def appended(source: Source, node: cst.BaseExpression) -> Iterator[tuple[Origin, bool]]:
    """What is appended to a list after it was made: each value, and whether it is a list of several."""
    for use in _uses(source, node):
        yield from _grown(source, use)


def _grown(source: Source, use: cst.BaseExpression) -> Iterator[tuple[Origin, bool]]:
    """What a list grows by where it is used."""
    parent = source.names.parents.get(id(use))
    if isinstance(parent, cst.Attribute) and parent.value is use:
        call = source.names.parents.get(id(parent))
        if isinstance(call, cst.Call) and call.func is parent and call.args and parent.attr.value in GROWS:
            yield Origin(source, call.args[-1].value), parent.attr.value == "extend"
    elif isinstance(parent, cst.AugAssign) and parent.target is use:
        yield Origin(source, parent.value), True


def grown_later(source: Source, node: cst.BaseExpression, depth: int = _DEPTH) -> Iterator[tuple[str, Origin, bool]]:
    """What a list under a key of a dict grows by after the dict was made: ``options["rules"].append(rule)``.

    Each with the key, and whether it is a list of several.
    """
    tracer = _Tracer(depth)
    tracer.trace(source, node)
    for holder, variable in tracer.variables:
        for use in _uses(holder, variable):
            if (asked := _asked_for(holder, use)) is not None:
                key, value = asked
                for origin, several in _grown(holder, value):
                    yield key, origin, several


def taken_out(source: Source, node: cst.BaseExpression, depth: int = _DEPTH) -> set[str]:
    """The keys that are taken out of a dict after it was made: ``options.pop("own")``, ``del options["own"]``."""
    tracer = _Tracer(depth)
    tracer.trace(source, node)
    keys = set()
    for holder, variable in tracer.variables:
        for use in _uses(holder, variable):
            parent = holder.names.parents.get(id(use))
            outer = holder.names.parents.get(id(parent))
            key: cst.BaseExpression | None = None
            if isinstance(parent, cst.Subscript) and isinstance(outer, cst.Del):
                key = _index(parent)
            elif isinstance(parent, cst.Attribute) and parent.attr.value == "pop" and isinstance(outer, cst.Call):
                key = outer.args[0].value if outer.func is parent and outer.args else None
            if key is not None and (text := string_value(key)) is not None:
                keys.add(text)
    return keys


def _asked_for(source: Source, use: cst.BaseExpression) -> tuple[str, cst.BaseExpression] | None:
    """The constant key that a dict is asked for where it is used, and the expression that asks."""
    parent = source.names.parents.get(id(use))
    asking: cst.CSTNode | None = parent
    key: cst.BaseExpression | None = None
    if isinstance(parent, cst.Subscript) and parent.value is use:
        key = _index(parent)
    elif isinstance(parent, cst.Attribute) and parent.value is use and parent.attr.value in ("setdefault", "get"):
        asking = source.names.parents.get(id(parent))
        key = asking.args[0].value if isinstance(asking, cst.Call) and asking.func is parent and asking.args else None
    text = string_value(key) if key is not None else None
    return (text, asking) if text is not None and isinstance(asking, cst.BaseExpression) else None


def _index(node: cst.Subscript) -> cst.BaseExpression | None:
    """What a list or a dict is asked for; None for slices."""
    index = node.slice[0].slice if len(node.slice) == 1 else None
    return index.value if isinstance(index, cst.Index) else None


def put_later(source: Source, node: cst.BaseExpression, depth: int = _DEPTH) -> Iterator[tuple[str, Origin]]:
    """What is put into a dict after it was made, by key: by subscript, ``update`` or ``setdefault``."""
    tracer = _Tracer(depth)
    tracer.trace(source, node)
    for holder, variable in tracer.variables:
        for use in _uses(holder, variable):
            parent = holder.names.parents.get(id(use))
            if isinstance(parent, cst.Subscript) and parent.value is use:
                yield from _assigned(holder, parent)
            elif isinstance(parent, cst.Attribute) and parent.value is use:
                call = holder.names.parents.get(id(parent))
                if isinstance(call, cst.Call) and call.func is parent:
                    yield from _updated(holder, call, parent.attr.value)


def put_anywhere(source: Source, node: cst.BaseExpression) -> list[Origin] | None:
    """What is put into a dict by subscript after it was made, under any key; None where it is put otherwise too."""
    tracer = _Tracer(_DEPTH)
    tracer.trace(source, node)
    found = []
    for holder, variable in tracer.variables:
        for use in _uses(holder, variable):
            parent = holder.names.parents.get(id(use))
            if isinstance(parent, cst.Attribute) and parent.attr.value in ("update", "setdefault"):
                return None
            target = holder.names.parents.get(id(parent)) if isinstance(parent, cst.Subscript) else None
            statement = holder.names.parents.get(id(target)) if isinstance(target, cst.AssignTarget) else None
            if isinstance(statement, cst.Assign) and isinstance(parent, cst.Subscript) and parent.value is use:
                found.append(Origin(holder, statement.value))
    return found


def _assigned(source: Source, target: cst.Subscript) -> Iterator[tuple[str, Origin]]:
    holder = source.names.parents.get(id(target))
    statement = source.names.parents.get(id(holder))
    index = _index(target)
    key = string_value(index) if index is not None else None
    if key is not None and isinstance(holder, cst.AssignTarget) and isinstance(statement, cst.Assign):
        yield key, Origin(source, statement.value)


def _updated(source: Source, call: cst.Call, method: str) -> Iterator[tuple[str, Origin]]:
    if method == "setdefault" and len(call.args) == 2 and (key := string_value(call.args[0].value)) is not None:
        yield key, Origin(source, call.args[1].value)
    for arg in call.args if method == "update" else ():
        if arg.keyword is not None:
            yield arg.keyword.value, Origin(source, arg.value)
        for element in arg.value.elements if isinstance(arg.value, cst.Dict) and not arg.star else ():
            if isinstance(element, cst.DictElement) and (key := string_value(element.key)) is not None:
                yield key, Origin(source, element.value)


def parts(source: Source, node: cst.BaseExpression, index: int, depth: int = _DEPTH) -> Trace:
    """One part of each element of what a loop unpacks: ``enumerate(x)``, ``zip(x, y)``, ``x.items()``, tuples."""
    looped = loop_source(source, node, index)
    if looped is not None:
        holder, kind = looped
        if kind == "elements":
            return elements(source, holder, depth)
        origins, complete = trace(source, holder, depth)
        found = [
            Origin(origin.source, element.value)
            for origin in origins
            for element in (origin.node.elements if isinstance(origin.node, cst.Dict) else ())
        ]
        return found, complete and all(isinstance(origin.node, cst.Dict) for origin in origins)
    rows, complete = elements(source, node, depth)
    found = []
    for row in rows:
        if isinstance(row.node, (cst.Tuple, cst.List)) and index < len(row.node.elements):
            found.append(Origin(row.source, row.node.elements[index].value))
        else:
            complete = False
    return found, complete


def loop_source(source: Source, node: cst.BaseExpression, index: int) -> tuple[cst.BaseExpression, str] | None:
    """What the part at *index* comes from in a loop over a call: the elements of a list, or the values of a dict."""
    if not isinstance(node, cst.Call):
        return None
    if isinstance(node.func, cst.Attribute) and node.func.attr.value == "items" and not node.args:
        return (node.func.value, "values") if index == 1 else None
    name = source.name_called(node)
    if name == "builtins.enumerate" and node.args and index == 1:
        return node.args[0].value, "elements"
    if name == "builtins.zip" and index < len(node.args):
        return node.args[index].value, "elements"
    return None


def _elements(origin: Origin, depth: int) -> Trace:
    node = origin.node
    if isinstance(node, (cst.List, cst.Tuple, cst.Set)):
        found: list[Origin] = []
        complete = True
        for element in node.elements:
            if isinstance(element, cst.StarredElement):
                inner, whole = elements(origin.source, element.value, depth)
                found += inner
                complete &= whole
            else:
                found.append(Origin(origin.source, element.value))
        return found, complete
    if isinstance(node, (cst.ListComp, cst.GeneratorExp, cst.SetComp)):
        return [Origin(origin.source, node.elt)], True
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        left, left_whole = elements(origin.source, node.left, depth)
        right, right_whole = elements(origin.source, node.right, depth)
        return [*left, *right], left_whole and right_whole
    if not isinstance(node, cst.Call):
        return [], False
    name = origin.source.name_called(node)
    if name in ("builtins.list", "builtins.tuple", "builtins.sorted") and len(node.args) == 1:
        return elements(origin.source, node.args[0].value, depth)
    return [], name == "builtins.list" and not node.args


_FOLLOWED = frozenset(
    (cst.Name, cst.Attribute, cst.Call, cst.IfExp, cst.BooleanOperation, cst.NamedExpr, cst.Subscript)
)
"""What a value may come through; anything else is written where it stands."""


_COPIES = frozenset(("builtins.dict", "copy.copy", "copy.deepcopy"))
_CONTAINERS = (cst.Dict, cst.List, cst.ListComp, cst.DictComp, cst.Call, cst.BinaryOperation)


class _Tracer:
    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.seen: set[int] = set()
        self.variables: list[tuple[Source, cst.BaseExpression]] = []
        """The variables, attributes and keys that the value was followed through."""

    def trace(self, source: Source, node: cst.BaseExpression) -> Trace:
        if id(node) in self.seen or len(self.seen) > 200:
            return [], False
        self.seen.add(id(node))
        if type(node) not in _FOLLOWED:
            return [Origin(source, node)], True
        if isinstance(node, cst.Name):
            return self._name(source, node)
        if isinstance(node, cst.Attribute):
            return self._attribute(source, node)
        if isinstance(node, cst.Call):
            return self._call(source, node)
        if isinstance(node, cst.IfExp):
            return self._all((source, each) for each in (node.body, node.orelse))
        if isinstance(node, cst.BooleanOperation) and isinstance(node.operator, cst.Or):
            return self._all((source, each) for each in (node.left, node.right))
        if isinstance(node, cst.NamedExpr):
            return self.trace(source, node.value)
        if isinstance(node, cst.Subscript):
            return self._subscript(source, node)
        return [Origin(source, node)], True

    def _all(self, parts: Iterable[tuple[Source, cst.BaseExpression]]) -> Trace:
        found: list[Origin] = []
        complete = True
        for source, node in parts:
            inner, whole = self.trace(source, node)
            found += inner
            complete &= whole
        return found, complete

    def _name(self, source: Source, node: cst.Name) -> Trace:
        bindings = source.names.scope_of(node).find(node.value)
        if not bindings:
            literal = node.value in ("True", "False", "None")
            return ([Origin(source, node)], True) if literal else ([], False)
        self.variables.append((source, node))
        return self._bindings(source, bindings)

    def _bindings(self, source: Source, bindings: list[Binding]) -> Trace:
        found: list[Origin] = []
        complete = True
        for binding in bindings:
            inner, whole = self._binding(source, binding)
            found += inner
            complete &= whole
        return found, complete

    def _binding(self, source: Source, binding: Binding) -> Trace:
        if binding.kind == "assign" and binding.value is not None:
            return self.trace(source, binding.value)
        if binding.kind == "parameter":
            return self._parameter(source, binding)
        if binding.kind == "item" and binding.value is not None and binding.index is None:
            found, complete = elements(source, binding.value, self.depth - 1)
            return found, complete
        if binding.kind == "pair" and binding.value is not None:
            found, complete = parts(source, binding.value, binding.index or 0, self.depth - 1)
            return found, complete
        if binding.kind == "import" and binding.attribute is not None:
            target, bound = bound_by_import(source, binding)
            if target is not None:
                return self._bindings(target, bound)
        return [], False

    def _parameter(self, source: Source, binding: Binding) -> Trace:
        """What the callers in the project pass, and the default."""
        found: list[Origin] = []
        complete = True
        if binding.value is not None:
            found, complete = self.trace(source, binding.value)
        callers = list(passed(source, binding))
        for caller, value in callers:
            inner, whole = self.trace(caller, value) if value is not None else ([], False)
            found = found + inner
            complete &= whole
        if not callers and (fixture := fixture_of(source, binding)) is not None:
            return self._returns(*fixture)
        return found, complete and bool(callers)

    def _attribute(self, source: Source, node: cst.Attribute) -> Trace:
        reference = source.reference(node.value)
        if reference is not None and reference.source is not None and isinstance(reference.node, cst.Module):
            bound = reference.source.local_binding(node.attr.value)
            found, complete = self._bindings(reference.source, bound) if bound else ([], False)
            return found, complete and not _is_set_from_outside(source, reference.node, node.attr.value)
        owner = source.class_of(node.value)
        if owner is None:
            return [Origin(source, node)], True
        self.variables.append((source, node))
        name = node.attr.value
        for place in [owner, *owner.ancestors()]:
            scope = place.scope
            if scope is None or place.source is None:
                continue
            if name in scope.attributes:
                return self._bindings(place.source, scope.attributes[name])
            for binding in scope.bindings.get(name, ()):
                if binding.kind == "assign" and binding.value is not None:
                    return self.trace(place.source, binding.value)
                if binding.kind == "function" and is_property(place.source, binding.node):
                    return self._returns(place.source, binding.node)
        return [], False

    def _call(self, source: Source, node: cst.Call) -> Trace:
        function = source.function_of(node.func)
        if function is None or function.source is None or not isinstance(function.node, cst.FunctionDef):
            found = self._looked_up(source, node) or self._copied(source, node)
            return found or ([Origin(source, node)], True)
        if not gives_its_result(function.source, function.node):
            return [Origin(source, node)], True
        return self._returns(function.source, function.node)

    def _looked_up(self, source: Source, node: cst.Call) -> Trace | None:
        """What ``options.get("key", default)`` or ``kwargs.pop("key")`` gives; None for any other call."""
        func = node.func
        if not isinstance(func, cst.Attribute) or func.attr.value not in ("get", "pop") or not node.args:
            return None
        key = string_value(node.args[0].value)
        values = self._under_key(source, func.value, key) if key is not None else None
        if values is None:
            return None
        self.variables.append((source, node))
        values += [(source, arg.value) for arg in node.args[1:2]]
        return self._all(values) if values else None

    def _copied(self, source: Source, node: cst.Call) -> Trace | None:
        """What a copy is of: ``copy.deepcopy(x)``, ``dict(x)``, ``x.copy()``; None for any other call."""
        func = node.func
        name = source.name_called(node)
        copied: cst.BaseExpression | None = None
        if name in _COPIES and len(node.args) == 1 and node.args[0].keyword is None and not node.args[0].star:
            copied = node.args[0].value
        elif isinstance(func, cst.Attribute) and func.attr.value == "copy" and not node.args and name not in _COPIES:
            copied = func.value
        if copied is None:
            return None
        found, complete = self.trace(source, copied)
        is_container = all(isinstance(each.node, _CONTAINERS) for each in found)
        return (found, complete) if found and is_container else None

    def _under_key(
        self, source: Source, holder: cst.BaseExpression, key: str
    ) -> list[tuple[Source, cst.BaseExpression]] | None:
        """The values under a key of a function's ``**kwargs``, as its callers give them, or of a literal dict."""
        bound = source.names.scope_of(holder).find(holder.value) if isinstance(holder, cst.Name) else []
        function = bound[0].scope.node if len(bound) == 1 else None
        if isinstance(function, cst.FunctionDef) and bound[0].node is function.params.star_kwarg:
            return [
                (caller, arg.value)
                for caller, call in source.calls_of(function)
                for arg in call.args
                if arg.keyword is not None and arg.keyword.value == key
            ]
        containers, complete = self.trace(source, holder)
        if not complete or not containers or not all(isinstance(each.node, cst.Dict) for each in containers):
            return None
        return [(each.source, value) for each in containers for value in _values_at(each.node, key)]

    def _returns(self, source: Source, function: cst.CSTNode) -> Trace:
        scope = source.names.scopes.get(id(function))
        if scope is None or scope.yields or not scope.returns:
            return [], False
        return self._all([(source, value) for value in scope.returns if value is not None])

    def _subscript(self, source: Source, node: cst.Subscript) -> Trace:
        """A value out of a literal dict or list, by a constant, or any of them."""
        index = _index(node)
        itself = [Origin(source, node)], True
        if index is None:
            return itself
        self.variables.append((source, node))
        key = string_value(index)
        if key is not None and isinstance(node.value, cst.Name) and (given := self._under_key(source, node.value, key)):
            return self._all(given)
        self.seen.discard(id(node.value))
        containers, complete = self.trace(source, node.value)
        known = _key(index)
        values = [(each.source, value) for each in containers for value in _values_at(each.node, known)]
        if not values:
            return itself
        found, whole = self._all(values)
        return found, whole and complete


def _key(node: cst.BaseExpression) -> str | int | None:
    """The constant that a key or an index is."""
    return int(node.value, 0) if isinstance(node, cst.Integer) else string_value(node)


def _values_at(container: cst.BaseExpression, key: str | int | None) -> Iterator[cst.BaseExpression]:
    """The values under a key of a literal; all of them where the key is not known."""
    if isinstance(container, cst.Dict):
        for element in container.elements:
            if isinstance(element, cst.DictElement) and (key is None or _key(element.key) == key):
                yield element.value
    elif isinstance(container, (cst.List, cst.Tuple)):
        for position, item in enumerate(container.elements):
            if not isinstance(key, int) or key == position:
                yield item.value


def passed(source: Source, parameter: Binding) -> Iterator[tuple[Source, cst.BaseExpression | None]]:
    """What each call in the project passes for a parameter: the value, or None where that cannot be told.

    A call that leaves the parameter to its default is not given.
    """
    function = parameter.scope.node
    if not isinstance(function, cst.FunctionDef):
        return
    for caller, call in source.calls_of(function):
        value = argument_for(call, parameter, is_bound(caller, call, source, function))
        if value is not NOT_GIVEN:
            yield caller, value


def is_bound(caller: Source, call: cst.Call, source: Source, function: cst.FunctionDef) -> bool:
    """Whether a call of a function of *source* leaves out its first parameter; ``Base.__init__(self, …)`` does not."""
    if not source.is_method(function):
        return False
    if not isinstance(call.func, cst.Attribute) or "builtins.classmethod" in decorators(source, function):
        return True
    owner = caller.reference(call.func.value)
    of_project = owner is not None and isinstance(owner.node, cst.ClassDef)
    return not of_project


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


def decorators(source: Source, function: cst.FunctionDef) -> Iterator[str]:
    """The full names of what decorates a function of *source*; those of the project's own are left out."""
    for each in function.decorators:
        decorator = each.decorator.func if isinstance(each.decorator, cst.Call) else each.decorator
        reference = source.reference(decorator)
        if reference is not None and reference.source is None:
            yield reference.name


def _is_set_from_outside(source: Source, module: cst.Module, name: str) -> bool:
    """Whether a file sets a variable of another as an attribute of the module: ``settings.STAGE = "prod"``."""
    for other in source.mentioning(name):
        for use in other.names.attribute_uses.get(name, ()):
            if not is_read(other, use) and (held := other.reference(use.value)) is not None and held.node is module:
                return True
    return False


def is_property(source: Source, node: cst.CSTNode) -> bool:
    """Whether a function is read as an attribute: ``@property``, a ``cached_property``, ``@other_property.getter``."""
    if not isinstance(node, cst.FunctionDef):
        return False
    return any(
        name in ("builtins.property", "abc.abstractproperty") or name.endswith(".cached_property")
        for name in decorators(source, node)
    ) or any(_is_getter(source, node, each.decorator) for each in node.decorators)


def _is_getter(source: Source, function: cst.FunctionDef, decorator: cst.BaseExpression) -> bool:
    if not isinstance(decorator, cst.Attribute) or decorator.attr.value != "getter":
        return False
    reference = source.reference(decorator.value)
    if reference is None or reference.source is None or reference.node is None or reference.node is function:
        return False
    return is_property(reference.source, reference.node)


def fixture_of(source: Source, parameter: Binding) -> tuple[Source, cst.FunctionDef] | None:
    """The pytest fixture that a parameter of a test takes: of its class, its file, or a ``conftest.py`` above."""
    scope = parameter.scope.parent
    while scope is not None:
        for binding in scope.bindings.get(parameter.name, ()):
            if isinstance(binding.node, cst.FunctionDef) and _is_fixture(source, binding.node):
                return source, binding.node
        scope = scope.parent
    shared = source.find_module("conftest")
    for binding in shared.local_binding(parameter.name) if shared is not None else ():
        if shared is not None and isinstance(binding.node, cst.FunctionDef) and _is_fixture(shared, binding.node):
            return shared, binding.node
    return None


def _is_fixture(source: Source, function: cst.FunctionDef) -> bool:
    return any(name in ("pytest.fixture", "pytest_asyncio.fixture") for name in decorators(source, function))


def reads(source: Source, node: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    """Where the variable or attribute that *node* reads or binds is read in its file; growing a list is no read."""
    return (use for use in _uses(source, node) if is_read(source, use))


_DISPLAYS = frozenset((cst.Element, cst.StarredElement, cst.Tuple, cst.List))
_BINDING = frozenset(
    (cst.AssignTarget, cst.Del, cst.AsName, cst.For, cst.CompFor, cst.NamedExpr, cst.AnnAssign, cst.AugAssign)
)
"""What may bind a name that stands in it."""


def is_read(source: Source, use: cst.BaseExpression) -> bool:
    """Whether a variable or attribute is read there; binding it or growing a list is no read."""
    parent = source.names.parents.get(id(use))
    outer = parent
    child: cst.CSTNode = use
    # Asked of every use of every name, and LibCST's classes are slow to be told apart by `isinstance`.
    while type(outer) in _DISPLAYS:
        child, outer = outer, source.names.parents.get(id(outer))  # type: ignore[assignment]
    if type(outer) not in _BINDING:
        return not (isinstance(parent, cst.Attribute) and parent.value is use and parent.attr.value in GROWS)
    if isinstance(outer, (cst.AssignTarget, cst.Del, cst.AsName)):
        return False
    if isinstance(outer, (cst.For, cst.CompFor, cst.NamedExpr)) and outer.target is child:
        return False
    return not isinstance(parent, (cst.AnnAssign, cst.AugAssign)) or parent.target is not use


def _uses(source: Source, node: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    if isinstance(node, cst.Name):
        yield from source.names.uses_with(node)
    elif isinstance(node, cst.Attribute):
        yield from source.names.attributes_with(node)
    elif isinstance(node, (cst.Subscript, cst.Call)):
        holder = node.value if isinstance(node, cst.Subscript) else _holder(node)
        own = _asked_for(source, holder) if holder is not None else None
        for use in _uses(source, holder) if holder is not None and own is not None else ():
            if (asked := _asked_for(source, use)) is not None and own is not None and asked[0] == own[0]:
                yield asked[1]


def _holder(call: cst.Call) -> cst.BaseExpression | None:
    """The dict that is asked by ``get`` or ``setdefault``."""
    return call.func.value if isinstance(call.func, cst.Attribute) else None

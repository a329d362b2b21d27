"""Where a value goes: from the expression that writes it on to the arguments of constructs and structs, and elsewhere.

The way leads through variables, attributes, parameters, returned values, dicts, lists and other files. On it the value
may be inside of a container: its path says under which keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, TypeGuard

import libcst as cst

from ..schema import ApiClass
from ..schema.types import ANY as ANYTHING
from ..schema.types import ListOf, MapOf, Named, TypeRef
from ..syntax.scopes import Binding
from .base import Source, Use
from .origins import GROWS, is_property, reads, string_value
from .types import ProjectObject

Path = tuple[str, ...]
"""The keys under which a value lies in what holds it, outermost first; ``ELEMENT`` in a list, ``ANY`` for some key."""

ELEMENT = "[]"
ANY = "*"
_COPIES = frozenset(
    ("builtins.list", "builtins.tuple", "builtins.sorted", "builtins.dict", "copy.copy", "copy.deepcopy")
)
_MOST = 400
"""Steps; what goes further is taken for lost."""


@dataclass(frozen=True, eq=False)
class Destination:
    """The argument of a construct or struct that a value ends in: the call, the expression there, the keys below it."""

    source: Source
    node: cst.CSTNode
    call: cst.Call | None
    made: ApiClass
    argument: str
    path: Path = ()

    @cached_property
    def wanted(self) -> TypeRef | None:
        """The type that the value has to have there; None where the schema does not say."""
        parameter = self.made.arguments.get(self.argument)
        want = parameter.type if parameter is not None else None
        for key in self.path:
            want = _inside(self.source, want, key) if want is not None else None
        return want


def _inside(source: Source, want: TypeRef, key: str) -> TypeRef | None:
    for option in want.options:
        if option == ANYTHING:
            return option
        if isinstance(option, ListOf) and key in (ELEMENT, ANY):
            return option.element
        if isinstance(option, MapOf):
            return option.value
        described = source.schema.find(option.name) if isinstance(option, Named) else None
        if described is not None and described.kind == "struct" and key in described.arguments:
            return described.arguments[key].type
    return None


@dataclass
class Ways:
    """The ways of a value: the arguments that it ends in, and where it is read otherwise or lost sight of."""

    found: list[Destination] = field(default_factory=list)
    others: list[Use] = field(default_factory=list)
    unpacked: list[tuple[cst.Call, cst.CSTNode]] = field(default_factory=list)
    """The calls of the project's own functions that unpack it, with the function, where it is followed no further."""

    @property
    def complete(self) -> bool:
        """Whether it goes nowhere but to the arguments found."""
        return not self.others


Passes = Callable[[Source, cst.Call], bool]
"""Whether what goes into a call, as an argument or as the text whose method it is, comes out of it again as text."""


def destinations(source: Source, node: cst.CSTNode, passes: Passes | None = None) -> Ways:
    """Where the value of an expression goes.

    :param passes: follow texts: through these calls, and into the longer texts that they become part of.
    """
    follower = _Follower(passes)
    follower.follow(source, node, ())
    return follower.ways


def unpackers(source: Source, node: cst.CSTNode, key: str) -> Ways:
    """Which calls are given what lies under a key of a dict, and who else reads it."""
    follower = _Follower(None, stops=True)
    follower.follow(source, node, (key,))
    return follower.ways


class _Follower:
    def __init__(self, passes: Passes | None, stops: bool = False) -> None:
        self.passes = passes
        self.stops = stops
        self.ways = Ways()
        self.seen: set[tuple[int, Path]] = set()

    def lost(self, source: Source, node: cst.CSTNode) -> None:
        self.ways.others.append((source, node))

    def follow(self, source: Source, node: cst.CSTNode, path: Path) -> None:
        """Follow the value that lies under *path* in what *node* gives."""
        if (id(node), path) in self.seen:
            return
        self.seen.add((id(node), path))
        if len(self.seen) > _MOST:
            self.lost(source, node)
            return
        parent = source.names.parents.get(id(node))
        step = self._steps.get(type(parent)) if parent is not None else None
        if step is None:
            self.lost(source, node)
        elif not step(self, source, parent, node, path):
            self.lost(source, node)

    # Each step tells whether it knows the way on from a parent.

    def _argument(self, source: Source, arg: cst.Arg, node: cst.CSTNode, path: Path) -> bool:
        call = source.names.parents[id(arg)]
        if not isinstance(call, cst.Call) or arg.star == "*":
            return False
        made = source.called(call)
        if made is not None:
            return self._given(source, call, arg, made, path)
        name = source.name_called(call)
        if arg.keyword is not None and source.schema.may_be_class(name):
            # A struct's class that never was stands for the dict of its fields.
            self.follow(source, call, (arg.keyword.value, *path))
            return True
        if name in _COPIES:
            self.follow(source, call, (arg.keyword.value, *path) if arg.keyword is not None else path)
            return True
        if source.callee(call) is not None:
            return self._passed(source, call, arg, path)
        if isinstance(call.func, cst.Attribute) and self._grown(source, call, call.func, arg, path):
            return True
        if name == "builtins.enumerate":
            return self._looped(source, call, path, index=1)
        if self.passes is not None and self.passes(source, call):
            self.follow(source, call, path)
            return True
        return False

    def _given(self, source: Source, call: cst.Call, arg: cst.Arg, made: ApiClass, path: Path) -> bool:
        if arg.star == "**":
            name = path[0] if path and path[0] not in (ELEMENT, ANY) else None
            path = path[1:]
        else:
            name = arg.keyword.value if arg.keyword is not None else _position(call, arg, made)
        if name is None:
            return False
        self.ways.found.append(Destination(source, arg.value, call, made, name, path))
        return True

    def _passed(self, source: Source, call: cst.Call, arg: cst.Arg, path: Path) -> bool:
        """Into a function of the project."""
        function = source.callee(call)
        if self.stops and arg.star and len(path) == 1 and function is not None and function.node is not None:
            self.ways.unpacked.append((call, function.node))
            return True
        if arg.star:
            name, path = (path[0], path[1:]) if path else (None, path)
        else:
            name = arg.keyword.value if arg.keyword is not None else None
        if name is not None:
            given_to = source.parameter_named(call, name)
        else:
            given_to = source.parameter_of(call, arg.value) if not arg.star else None
        if given_to is None:
            return False
        inside, binding = given_to
        if name is not None and _is_rest(binding):
            path = (name, *path)
        for use in inside.names.uses_of(binding):
            self.follow(inside, use, path)
        return True

    def _grown(self, source: Source, call: cst.Call, func: cst.Attribute, arg: cst.Arg, path: Path) -> bool:
        """Into a list or dict that is made longer: on to where that is read."""
        method = func.attr.value
        if method in GROWS:
            path = path if method == "extend" else (ELEMENT, *path)
        elif method == "update":
            path = (arg.keyword.value, *path) if arg.keyword is not None else path
        elif method in ("get", "pop") and len(call.args) == 2 and arg is call.args[1]:
            self.follow(source, call, path)
            return True
        elif method == "setdefault" and len(call.args) == 2 and arg is call.args[1]:
            path = (string_value(call.args[0].value) or ANY, *path)
            self.follow(source, call, path[1:])
        else:
            return False
        return self._bound(source, func.value, path)

    def _key(self, source: Source, element: cst.DictElement, node: cst.CSTNode, path: Path) -> bool:
        if node is not element.value:
            return False
        self.follow(source, source.names.parents[id(element)], (string_value(element.key) or ANY, *path))
        return True

    def _spread(self, source: Source, element: cst.CSTNode, node: cst.CSTNode, path: Path) -> bool:
        self.follow(source, source.names.parents[id(element)], path)
        return True

    def _element(self, source: Source, element: cst.Element, node: cst.CSTNode, path: Path) -> bool:
        target = _unpacked(source, element)
        if target is not None:
            return self._bound(source, target, path)
        self.follow(source, source.names.parents[id(element)], (ELEMENT, *path))
        return True

    def _comprehended(self, source: Source, comp: cst.BaseComp, node: cst.CSTNode, path: Path) -> bool:
        if isinstance(comp, cst.DictComp):
            key = string_value(comp.key) or ANY
            if node is comp.key:
                return False
            self.follow(source, comp, (key, *path))
        else:
            self.follow(source, comp, (ELEMENT, *path))
        return True

    def _either(self, source: Source, parent: cst.CSTNode, node: cst.CSTNode, path: Path) -> bool:
        if isinstance(parent, cst.IfExp) and node is parent.test:
            return False
        self.follow(source, parent, path)
        return True

    def _joined(self, source: Source, parent: cst.CSTNode, node: cst.CSTNode, path: Path) -> bool:
        """``list + list``, ``dict | dict``, ``list * 2``, and texts that become part of another."""
        operator = parent.operator if isinstance(parent, cst.BinaryOperation) else None
        grows = bool(path) and isinstance(operator, (cst.Add, cst.BitOr, cst.Multiply))
        if not grows and (self.passes is None or not _is_longer_text(parent)):
            return False
        self.follow(source, parent, path)
        return True

    def _attribute(self, source: Source, parent: cst.Attribute, node: cst.CSTNode, path: Path) -> bool:
        call = source.names.parents.get(id(parent))
        if not isinstance(call, cst.Call) or call.func is not parent:
            return False
        method = parent.attr.value
        if self.passes is not None and not path and self.passes(source, call):
            self.follow(source, call, path)
            return True
        if not path:
            return False
        if method in ("keys", "items") and self._is_about_key(path):
            return False
        if method in (*GROWS, "update", "setdefault", "keys", "sort", "reverse", "clear", "index", "count"):
            return True
        if method in ("get", "pop") and call.args:
            return self._taken(source, call, call.args[0].value, path)
        if method == "copy":
            self.follow(source, call, path)
        elif method == "values":
            self.follow(source, call, (ELEMENT, *path[1:]))
        elif method == "items":
            return self._looped(source, call, (ELEMENT, *path[1:]), index=1)
        else:
            return False
        return True

    def _subscript(self, source: Source, parent: cst.Subscript, node: cst.CSTNode, path: Path) -> bool:
        if node is not parent.value or len(parent.slice) != 1:
            return False
        index = parent.slice[0].slice
        holder = source.names.parents.get(id(parent))
        if isinstance(holder, (cst.AssignTarget, cst.Del)):
            # What is changed itself has to stay what it is.
            key = string_value(index.value) if isinstance(index, cst.Index) else None
            return bool(path) and not (self._is_about_key(path) and key in (path[0], None))
        if isinstance(index, cst.Slice):
            self.follow(source, parent, path)
            return bool(path)
        return isinstance(index, cst.Index) and self._taken(source, parent, index.value, path)

    def _taken(self, source: Source, taking: cst.CSTNode, key: cst.BaseExpression, path: Path) -> bool:
        """Out of a list or a dict by a key: the value, if it lies under that key."""
        if not path:
            return False
        name = string_value(key)
        if name is None or path[0] in (name, ANY):
            self.follow(source, taking, path[1:])
        return True

    def _loop(self, source: Source, loop: cst.For | cst.CompFor, node: cst.CSTNode, path: Path) -> bool:
        if node is not loop.iter:
            return isinstance(loop, cst.For) and node in (loop.body, loop.orelse)
        if not path:
            return False
        if path[0] not in (ELEMENT, ANY):
            return not self._is_about_key(path)
        return self._bound(source, loop.target, path[1:])

    def _is_about_key(self, path: Path) -> bool:
        """Whether what is asked about is the key itself, which a loop over its dict reads; not the value under it."""
        return self.stops and len(path) == 1

    def _looped(self, source: Source, call: cst.Call, path: Path, index: int) -> bool:
        """Through a loop that unpacks pairs, of which the value is one part."""
        loop = source.names.parents.get(id(call))
        if not isinstance(loop, (cst.For, cst.CompFor)) or loop.iter is not call or not path:
            return False
        target = loop.target
        if not isinstance(target, (cst.Tuple, cst.List)) or index >= len(target.elements):
            return False
        return self._bound(source, target.elements[index].value, path[1:])

    def _assigned(self, source: Source, parent: cst.Assign, node: cst.CSTNode, path: Path) -> bool:
        known = [self._bound(source, target.target, path) for target in parent.targets]
        return all(known)

    def _named(self, source: Source, parent: cst.CSTNode, node: cst.CSTNode, path: Path) -> bool:
        assert isinstance(parent, (cst.AnnAssign, cst.NamedExpr, cst.AugAssign))
        if node is not parent.value:
            # A list that grows holds what it held.
            return isinstance(parent, cst.AnnAssign) or (isinstance(parent, cst.AugAssign) and bool(path))
        if isinstance(parent, cst.NamedExpr):
            self.follow(source, parent, path)
        return self._bound(source, parent.target, path)

    def _returned(self, source: Source, statement: cst.Return, node: cst.CSTNode, path: Path) -> bool:
        function = source.names.enclosing(statement, cst.FunctionDef)
        if function is None:
            return False
        if is_property(source, function):
            owner = source.names.parents.get(id(source.names.parents.get(id(function))))
            return isinstance(owner, cst.ClassDef) and self._read(source, owner, function.name.value, path)
        if source.names.scopes[id(function)].yields:
            return False
        calls = source.calls_of(function)
        for where, call in calls:
            self.follow(where, call, path)
        return bool(calls) and source.calls_are_all(function)

    def _default(self, source: Source, parameter: cst.Param, node: cst.CSTNode, path: Path) -> bool:
        if node is not parameter.default:
            return False
        function = source.names.parents[id(source.names.parents[id(parameter)])]
        scope = source.names.scopes.get(id(function))
        for binding in scope.bindings.get(parameter.name.value, ()) if scope is not None else ():
            if binding.node is parameter:
                for use in source.names.uses_of(binding):
                    self.follow(source, use, path)
        return True

    def _statement(self, source: Source, parent: cst.CSTNode, node: cst.CSTNode, path: Path) -> bool:
        return True

    def _bound(self, source: Source, target: cst.BaseExpression, path: Path) -> bool:
        """On to where a variable, an attribute or a key is read that the value was put into."""
        if isinstance(target, cst.Name):
            for use in list(reads(source, target)):
                self.follow(source, use, path)
            kind = source.names.scope_of(target).kind
            if kind == "module":
                return self._imported(source, target.value, path)
            return kind != "class" or self._class_variable(source, target, path)
        if isinstance(target, cst.Attribute):
            holder = source.type_of(target.value)
            if isinstance(holder, ProjectObject) and isinstance(holder.reference.node, cst.ClassDef):
                assert holder.reference.source is not None
                return self._read(holder.reference.source, holder.reference.node, target.attr.value, path)
        if (
            isinstance(target, cst.Subscript)
            and len(target.slice) == 1
            and isinstance(target.slice[0].slice, cst.Index)
        ):
            key = string_value(target.slice[0].slice.value) or ANY
            return self._bound(source, target.value, (key, *path))
        if isinstance(target, cst.Call) and isinstance(target.func, cst.Attribute) and target.args:
            # What a dict has under a key from now on is what is put in there.
            if target.func.attr.value == "setdefault":
                key = string_value(target.args[0].value) or ANY
                return self._bound(source, target.func.value, (key, *path))
        return False

    def _class_variable(self, source: Source, target: cst.Name, path: Path) -> bool:
        owner = source.names.scope_of(target).node
        return isinstance(owner, cst.ClassDef) and self._read(source, owner, target.value, path)

    def _imported(self, source: Source, name: str, path: Path) -> bool:
        """On to where other files use a name of this one."""
        for other, use in source.used_elsewhere(name):
            if use is None:
                return False
            self.follow(other, use, path)
        return True

    def _read(self, source: Source, owner: cst.ClassDef, name: str, path: Path) -> bool:
        uses, complete = source.member_reads(owner, name)
        for where, use in uses:
            self.follow(where, use, path)
        return complete

    _steps: ClassVar[dict[type[cst.CSTNode], Callable[..., bool]]] = {
        cst.Arg: _argument,
        cst.DictElement: _key,
        cst.StarredDictElement: _spread,
        cst.StarredElement: _spread,
        cst.Element: _element,
        cst.ListComp: _comprehended,
        cst.SetComp: _comprehended,
        cst.GeneratorExp: _comprehended,
        cst.DictComp: _comprehended,
        cst.IfExp: _either,
        cst.BooleanOperation: _either,
        cst.BinaryOperation: _joined,
        cst.ConcatenatedString: _joined,
        cst.FormattedString: _joined,
        cst.FormattedStringExpression: _joined,
        cst.FormattedStringText: _joined,
        cst.Attribute: _attribute,
        cst.Subscript: _subscript,
        cst.For: _loop,
        cst.CompFor: _loop,
        cst.Assign: _assigned,
        cst.AnnAssign: _named,
        cst.NamedExpr: _named,
        cst.AugAssign: _named,
        cst.Return: _returned,
        cst.Param: _default,
        cst.Expr: _statement,
    }


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


def _is_rest(binding: Binding) -> bool:
    """Whether a parameter takes what is left over: ``**kwargs``."""
    function = binding.scope.node
    return isinstance(function, cst.FunctionDef) and binding.node is function.params.star_kwarg

"""Types of expressions, as far as the code says them. What is not sure is ``UNKNOWN``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import libcst as cst

from ..schema.types import ANY, BOOLEAN, NUMBER, STRING, ListOf, MapOf, Named, Primitive, TypeRef, is_resolvable
from ..syntax.scopes import Binding, Scope
from .base import Reference, Source
from .decorating import gives_its_result
from .origins import bound_by_import, fixture_of, is_property, loop_source, parts, passed, put_anywhere, trace

UNKNOWN = Primitive("unknown")
NONE = Primitive("none")

_STRING_METHODS = frozenset(
    (
        "format join lower upper strip lstrip rstrip replace title capitalize decode hexdigest strftime isoformat "
        "zfill removeprefix removesuffix swapcase casefold center ljust rjust expandtabs translate"
    ).split()
)
_CALLS: dict[str, TypeRef] = {
    "builtins.str": STRING,
    "builtins.repr": STRING,
    "builtins.int": NUMBER,
    "builtins.float": NUMBER,
    "builtins.len": NUMBER,
    "builtins.round": NUMBER,
    "builtins.bool": BOOLEAN,
    "builtins.isinstance": BOOLEAN,
    "builtins.dict": MapOf(UNKNOWN),
    "builtins.range": ListOf(NUMBER),
    "json.dumps": STRING,
    "os.getenv": STRING,
    "os.environ.get": STRING,
    "os.getcwd": STRING,
    "os.path.join": STRING,
    "os.path.abspath": STRING,
    "os.path.dirname": STRING,
    "os.path.basename": STRING,
    "textwrap.dedent": STRING,
}
_ANNOTATIONS: dict[str, TypeRef] = {
    "builtins.str": STRING,
    "builtins.int": NUMBER,
    "builtins.float": NUMBER,
    "builtins.bool": BOOLEAN,
}
_LISTS = frozenset(
    f"{module}.{name}"
    for module in ("builtins", "typing", "collections.abc")
    for name in ("list", "List", "tuple", "Tuple", "set", "Set", "Sequence", "Iterable", "Iterator", "Collection")
)
_TUPLES = ("builtins.tuple", "typing.Tuple")
_MAPS = frozenset(
    f"{module}.{name}"
    for module in ("builtins", "typing", "collections.abc")
    for name in ("dict", "Dict", "Mapping", "MutableMapping")
)


@dataclass(frozen=True)
class ProjectObject(TypeRef):
    """An instance of a class that the project defines."""

    reference: Reference

    def __str__(self) -> str:
        return self.reference.name.rpartition(":")[2]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ProjectObject) and other.reference.node is self.reference.node

    def __hash__(self) -> int:
        return id(self.reference.node)


@dataclass(frozen=True, slots=True)
class TupleOf(ListOf):
    """A tuple, of which each part has a type of its own; ``element`` is the one that they share."""

    parts: tuple[TypeRef, ...]

    @classmethod
    def of(cls, parts: Iterable[TypeRef]) -> TupleOf:
        every = tuple(parts)
        return cls(joined(every), every)


def infer(source: Source, node: cst.BaseExpression) -> TypeRef:
    """The type of an expression that stands in *source*; callers use :meth:`Source.type_of`, which remembers."""
    rule = _RULES.get(type(node))
    return rule(source, node) if rule else UNKNOWN


def joined(types: Iterable[TypeRef]) -> TypeRef:
    """The one type that all of them are, *None* apart; ``UNKNOWN`` where they differ."""
    found = {each for each in types if each != NONE}
    return found.pop() if len(found) == 1 else UNKNOWN


def element_of(kind: TypeRef) -> TypeRef:
    """The type of the elements of a list."""
    for option in kind.options:
        if isinstance(option, ListOf):
            return option.element
    return UNKNOWN


def part_of(kind: TypeRef, index: int) -> TypeRef:
    """The type of the element at a place of a list or a tuple."""
    if isinstance(kind, TupleOf):
        return kind.parts[index] if index < len(kind.parts) else UNKNOWN
    return element_of(kind)


def _name(source: Source, node: cst.Name) -> TypeRef:
    if node.value in ("True", "False"):
        return BOOLEAN
    if node.value == "None":
        return NONE
    bindings = source.names.scope_of(node).find(node.value)
    return joined([_binding(source, each) for each in bindings]) if bindings else UNKNOWN


def _binding(source: Source, binding: Binding) -> TypeRef:
    if binding.annotation is not None:
        annotated = annotation_type(source, binding.annotation)
        if annotated not in (UNKNOWN, ANY):
            return annotated
    if binding.kind == "assign" and binding.value is not None:
        return source.type_of(binding.value)
    if binding.kind == "item" and binding.value is not None:
        return _item(source, binding)
    if binding.kind == "pair" and binding.value is not None:
        return _pair(source, binding.value, binding.index or 0)
    if binding.kind == "parameter":
        return _parameter(source, binding)
    if binding.kind == "import" and binding.attribute is not None:
        target, bound = bound_by_import(source, binding)
        if target is not None:
            return joined([_binding(target, each) for each in bound])
    return UNKNOWN


def _item(source: Source, binding: Binding) -> TypeRef:
    """A loop's variable, or one that unpacks a list."""
    value = binding.value
    assert value is not None
    have = source.type_of(value)
    return element_of(have) if binding.index is None else part_of(have, binding.index)


def _pair(source: Source, value: cst.BaseExpression, index: int) -> TypeRef:
    """One variable of several that a loop unpacks."""
    looped = loop_source(source, value, index)
    if looped is not None:
        holder, kind = looped
        have = source.type_of(holder)
        if kind == "elements":
            return element_of(have)
        return have.value if isinstance(have, MapOf) else UNKNOWN
    if isinstance(rows := element_of(source.type_of(value)), TupleOf):
        return part_of(rows, index)
    if isinstance(value, cst.Call):
        return NUMBER if index == 0 and source.name_called(value) == "builtins.enumerate" else UNKNOWN
    found, complete = parts(source, value, index)
    return joined([each.source.type_of(each.node) for each in found]) if complete else UNKNOWN


def _parameter(source: Source, binding: Binding) -> TypeRef:
    owner = binding.scope.parent
    if (
        binding.index == 0
        and owner is not None
        and owner.kind == "class"
        and isinstance(binding.scope.node, cst.FunctionDef)
    ):
        if source.is_method(binding.scope.node) and isinstance(owner.node, cst.ClassDef):
            return ProjectObject(_reference_to(source, owner))
    types = [source.type_of(binding.value)] if binding.value is not None else []
    for caller, value in passed(source, binding):
        types.append(caller.type_of(value) if value is not None else UNKNOWN)
    if not types and (fixture := fixture_of(source, binding)) is not None:
        return result_type(*fixture)
    return joined(types)


def _reference_to(source: Source, scope: Scope) -> Reference:
    assert isinstance(scope.node, cst.ClassDef)
    return Reference(f"{source.path}:{scope.node.name.value}", source, scope.node)


def annotation_type(source: Source, node: cst.BaseExpression) -> TypeRef:
    """What an annotation promises; ``X | None`` promises X, a quoted one is read."""
    if isinstance(node, cst.SimpleString):
        try:
            node = cst.parse_expression(str(node.evaluated_value))
        except cst.ParserSyntaxError:
            return UNKNOWN
        return _quoted(source, node)
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr):
        return joined([annotation_type(source, node.left), annotation_type(source, node.right)])
    if isinstance(node, cst.Name) and node.value == "None":
        return NONE
    if isinstance(node, cst.Subscript):
        return _generic(source, node)
    reference = source.reference(node)
    if reference is None:
        return UNKNOWN
    if isinstance(reference.node, cst.ClassDef):
        return ProjectObject(reference)
    if reference.name in _LISTS:
        return ListOf(UNKNOWN)
    if reference.name in _MAPS:
        return MapOf(UNKNOWN)
    if source.schema.find(reference.name) is not None:
        return Named(reference.name)
    return _ANNOTATIONS.get(reference.name, UNKNOWN)


def _quoted(source: Source, node: cst.BaseExpression) -> TypeRef:
    """The type that a name in quotes promises; only a plain top-level name is followed."""
    if isinstance(node, cst.Name):
        bound = source.local_binding(node.value)
        reference = source.exported(node.value) if bound else None
        if reference is not None and isinstance(reference.node, cst.ClassDef):
            return ProjectObject(reference)
        if reference is not None and source.schema.find(reference.name) is not None:
            return Named(reference.name)
        return _ANNOTATIONS.get(f"builtins.{node.value}", UNKNOWN)
    return UNKNOWN


def _generic(source: Source, node: cst.Subscript) -> TypeRef:
    reference = source.reference(node.value)
    arguments = [each.slice.value for each in node.slice if isinstance(each.slice, cst.Index)]
    if reference is None or not arguments:
        return UNKNOWN
    if reference.name in ("typing.Optional", "typing.Union"):
        return joined([annotation_type(source, each) for each in arguments])
    if reference.name in _TUPLES and not any(isinstance(each, cst.Ellipsis) for each in arguments):
        return TupleOf.of(annotation_type(source, each) for each in arguments)
    if reference.name in _LISTS:
        return ListOf(annotation_type(source, arguments[0]))
    if reference.name in _MAPS and len(arguments) == 2:
        return MapOf(annotation_type(source, arguments[1]))
    return UNKNOWN


def _attribute(source: Source, node: cst.Attribute) -> TypeRef:
    name = node.attr.value
    reference = source.reference(node.value)
    if reference is not None and reference.source is not None and isinstance(reference.node, cst.Module):
        return joined([_binding(reference.source, each) for each in reference.source.local_binding(name)] or [UNKNOWN])
    owner = source.type_of(node.value)
    if isinstance(owner, Named):
        described = source.schema.find(owner.name)
        return _readable(described.attributes[name]) if described and name in described.attributes else UNKNOWN
    if isinstance(owner, ProjectObject):
        return member_type(owner.reference, name)
    return UNKNOWN


def _readable(kind: TypeRef) -> TypeRef:
    """What an attribute gives: of ``Struct | IResolvable``, a token; of ``bool | IResolvable``, a boolean."""
    options = [each for each in kind.options if not is_resolvable(each)]
    return options[0] if len(options) == 1 else UNKNOWN


def member_type(owner: Reference, name: str) -> TypeRef:
    """The type of an attribute or a property of an instance of the project's class."""
    for place in [owner, *owner.ancestors()]:
        scope = place.scope
        if scope is None or place.source is None:
            continue
        bound = [
            *scope.attributes.get(name, ()),
            *(each for each in scope.bindings.get(name, ()) if each.kind != "function"),
        ]
        if bound:
            found = joined([_binding(place.source, each) for each in bound])
            return UNKNOWN if _is_descriptor(found) and name not in scope.attributes else found
        for binding in scope.bindings.get(name, ()):
            if is_property(place.source, binding.node):
                return result_type(place.source, binding.node)
    return UNKNOWN


def _is_descriptor(kind: TypeRef) -> bool:
    """Whether an object of a class's own is asked for what its attribute gives."""
    every = (kind.reference, *kind.reference.ancestors()) if isinstance(kind, ProjectObject) else ()
    return any(each.scope is not None and "__get__" in each.scope.bindings for each in every)


def result_type(source: Source, function: cst.CSTNode) -> TypeRef:
    """What a function of the project returns: what its annotation says, or what its returns agree on."""
    assert isinstance(function, cst.FunctionDef)
    if function.returns is not None:
        annotated = annotation_type(source, function.returns.annotation)
        vague = isinstance(annotated, TupleOf) and all(each == UNKNOWN for each in annotated.parts)
        if not vague and annotated not in (UNKNOWN, ListOf(UNKNOWN), MapOf(UNKNOWN)):
            return annotated
    scope = source.names.scopes.get(id(function))
    if scope is None or scope.yields or not scope.returns:
        return UNKNOWN
    return joined([source.type_of(value) if value is not None else NONE for value in scope.returns])


def _call(source: Source, node: cst.Call) -> TypeRef:
    reference = source.reference(node.func)
    if reference is not None:
        if isinstance(reference.node, cst.ClassDef):
            return ProjectObject(reference)
        if reference.source is None:
            if source.schema.find(reference.name) is not None:
                return Named(reference.name)
            known = _CALLS.get(reference.name) or _static_result(source, reference.name)
            if known == ANY and node.args and source.schema.core_member(reference.name) == "Fn.element":
                inner = element_of(source.type_of(node.args[0].value))
                return inner if inner != UNKNOWN else known
            if known is not None:
                return known
            if reference.name in ("builtins.list", "builtins.sorted", "builtins.tuple") and node.args:
                return ListOf(element_of(source.type_of(node.args[0].value)))
    function = source.function_of(node.func)
    if function is not None and function.source is not None and isinstance(function.node, cst.FunctionDef):
        if not gives_its_result(function.source, function.node):
            return UNKNOWN
        return result_type(function.source, function.node)
    if isinstance(node.func, cst.Attribute):
        return _method(source, node, node.func)
    return UNKNOWN


def _static_result(source: Source, name: str) -> TypeRef | None:
    """The result of a static method, such as ``Fn.join``."""
    owner, _, method = name.rpartition(".")
    described = source.schema.find(owner)
    if described is not None and method in described.methods:
        return described.methods[method].result or NONE
    return None


def _method(source: Source, call: cst.Call, node: cst.Attribute) -> TypeRef:
    owner = source.type_of(node.value)
    name = node.attr.value
    if isinstance(owner, Named):
        described = source.schema.find(owner.name)
        if described is not None and name in described.methods:
            return described.methods[name].result or NONE
        return UNKNOWN
    if owner == STRING or isinstance(node.value, (cst.SimpleString, cst.FormattedString)):
        if name in ("split", "splitlines", "rsplit"):
            return ListOf(STRING)
        return STRING if name in _STRING_METHODS else UNKNOWN
    if name in ("decode", "format", "hexdigest"):
        return STRING
    if name in ("get", "pop") and (found := _traced(source, call)) != UNKNOWN:
        return found
    if isinstance(owner, MapOf):
        return {"copy": owner, "values": ListOf(owner.value), "keys": ListOf(STRING)}.get(name, UNKNOWN)
    return UNKNOWN


def _binary(source: Source, node: cst.BinaryOperation) -> TypeRef:
    left, right = source.type_of(node.left), source.type_of(node.right)
    if isinstance(node.operator, cst.Modulo) and left == STRING:
        return STRING
    if isinstance(node.operator, cst.BitOr):
        return left if isinstance(left, MapOf) else UNKNOWN
    if isinstance(node.operator, cst.Add) and isinstance(left, ListOf) and isinstance(right, ListOf):
        return left if left == right else ListOf(UNKNOWN)
    return left if left == right and left in (STRING, NUMBER) else UNKNOWN


def _tuple(source: Source, node: cst.Tuple) -> TypeRef:
    if any(isinstance(each, cst.StarredElement) for each in node.elements):
        return _list(source, node)
    return TupleOf.of(source.type_of(each.value) for each in node.elements)


def _list(source: Source, node: cst.List | cst.Tuple | cst.Set) -> TypeRef:
    return ListOf(
        joined(
            [
                element_of(source.type_of(each.value))
                if isinstance(each, cst.StarredElement)
                else source.type_of(each.value)
                for each in node.elements
            ]
        )
    )


def _filled(source: Source, node: cst.Dict) -> TypeRef:
    """The type of an empty dict by what is put into it later: ``self.tables = {}``, then ``self.tables[name] = …``."""
    holder = source.names.parents.get(id(node))
    if isinstance(holder, cst.Assign) and len(holder.targets) == 1:
        target: cst.BaseExpression = holder.targets[0].target
    elif isinstance(holder, cst.AnnAssign):
        target = holder.target
    else:
        return MapOf(UNKNOWN)
    if not isinstance(target, (cst.Name, cst.Attribute)):
        return MapOf(UNKNOWN)
    put = put_anywhere(source, target)
    return MapOf(joined([each.source.type_of(each.node) for each in put or ()]))


def _dict(source: Source, node: cst.Dict) -> TypeRef:
    if not node.elements:
        return _filled(source, node)
    return MapOf(
        joined([source.type_of(each.value) if isinstance(each, cst.DictElement) else UNKNOWN for each in node.elements])
    )


def _comprehension(source: Source, node: cst.ListComp | cst.GeneratorExp | cst.SetComp) -> TypeRef:
    return ListOf(source.type_of(node.elt))


def _subscript(source: Source, node: cst.Subscript) -> TypeRef:
    owner = source.type_of(node.value)
    if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Slice):
        return ListOf(owner.element) if isinstance(owner, TupleOf) else owner
    if isinstance(owner, MapOf) and owner.value != UNKNOWN:
        return owner.value
    if owner == STRING:
        return STRING
    if isinstance(owner, TupleOf):
        index = node.slice[0].slice
        if isinstance(index, cst.Index) and isinstance(index.value, cst.Integer):
            return part_of(owner, int(index.value.value, 0))
    return element_of(owner) if isinstance(owner, ListOf) else _traced(source, node)


def _traced(source: Source, node: cst.BaseExpression) -> TypeRef:
    """The type that all the expressions have that a value may have been written by."""
    origins, complete = trace(source, node)
    if not complete or any(each.node is node for each in origins):
        return UNKNOWN
    return joined([each.source.type_of(each.node) for each in origins])


def _unary(source: Source, node: cst.UnaryOperation) -> TypeRef:
    return BOOLEAN if isinstance(node.operator, cst.Not) else source.type_of(node.expression)


def _string(source: Source, node: cst.SimpleString) -> TypeRef:
    return UNKNOWN if "b" in node.prefix.lower() else STRING


_RULES: dict[type[cst.CSTNode], Callable[[Source, Any], TypeRef]] = {
    cst.SimpleString: _string,
    cst.ConcatenatedString: lambda source, node: STRING,
    cst.FormattedString: lambda source, node: STRING,
    cst.Integer: lambda source, node: NUMBER,
    cst.Float: lambda source, node: NUMBER,
    cst.Comparison: lambda source, node: BOOLEAN,
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.BinaryOperation: _binary,
    cst.UnaryOperation: _unary,
    cst.BooleanOperation: lambda source, node: joined([source.type_of(node.left), source.type_of(node.right)]),
    cst.IfExp: lambda source, node: joined([source.type_of(node.body), source.type_of(node.orelse)]),
    cst.NamedExpr: lambda source, node: source.type_of(node.value),
    cst.List: _list,
    cst.Tuple: _tuple,
    cst.Set: _list,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.Dict: _dict,
    cst.DictComp: lambda source, node: MapOf(source.type_of(node.value)),
    cst.Subscript: _subscript,
}


def is_instance(source: Source, node: cst.BaseExpression, *bases: str) -> bool | None:
    """Whether an expression is an instance of one of a package's classes; None where that cannot be told."""
    kind = source.type_of(node)
    if isinstance(kind, Named):
        return any(source.schema.inherits(kind.name, base) for base in bases)
    if not isinstance(kind, ProjectObject):
        return None if kind == UNKNOWN else False
    if any(kind.reference.inherits(source.schema, base) for base in bases):
        return True
    known = all(_is_known(source, each) for each in [kind.reference, *kind.reference.ancestors()])
    return False if known else None


def _is_known(source: Source, owner: Reference) -> bool:
    """Whether a class is described, or the project's, with bases that are known too."""
    if owner.source is None:
        return owner.name == "builtins.object" or source.schema.find(owner.name) is not None
    bases = owner.node.bases if isinstance(owner.node, cst.ClassDef) else ()
    return all(owner.source.reference(each.value) is not None for each in bases)


_TOKENS_OF = ("TerraformElement", "ComplexObject", "ComplexList", "ComplexMap")
"""What an attribute is read of that only Terraform knows."""
_GIVEN_TO = (
    "TerraformResource",
    "TerraformDataSource",
    "TerraformProvider",
    "TerraformElement",
)


def is_token(source: Source, node: cst.Attribute) -> bool:
    """Whether an attribute is read of what Terraform makes; what cdktf itself keeps there is Python's.

    So is all of a provider, and what a variable or an output of cdktf's own was given: they give it back.
    """
    owner = source.type_of(node.value)
    described = source.schema.find(owner.name) if isinstance(owner, Named) else None
    if described is not None and described.kind == "provider":
        return False
    if described is not None and source.schema.core_member(described.name) and node.attr.value in described.arguments:
        return False
    if not isinstance(owner, Named) or not any(source.schema.inherits_core(owner.name, each) for each in _TOKENS_OF):
        return False
    bases = filter(None, map(source.schema.find, map(source.schema.core_name, _GIVEN_TO)))
    return node.attr.value == "fqn" or not any(node.attr.value in base.attributes for base in bases)

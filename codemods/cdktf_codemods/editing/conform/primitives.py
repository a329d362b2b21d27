"""A string, a number or a boolean is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import libcst as cst

from ...meaning import Origin, Source, trace
from ...meaning.types import UNKNOWN
from ...schema.fields import singular
from ...schema.naming import words
from ...schema.types import BOOLEAN, NUMBER, STRING, ListOf, MapOf, Named, TypeRef
from .. import literals
from ..ownership import is_owned
from .base import Change, Conforming, Place, wanting

_TEXTS = frozenset(
    (
        "body content definition document format input json parameters pattern payload policy secret statement template"
    ).split()
)
"""Words in the name of a string argument that takes JSON: where the AWS provider's examples call ``jsonencode``."""


class Primitives(Conforming):
    """A string, a number or a boolean is wanted."""

    def _as_primitive(
        self, source: Source, node: cst.BaseExpression, have: TypeRef, wanted: TypeRef, place: Place
    ) -> Iterator[Change]:
        if isinstance(node, (cst.IfExp, cst.BooleanOperation)) and have == UNKNOWN:
            parts = (node.body, node.orelse) if isinstance(node, cst.IfExp) else (node.left, node.right)
            for part in parts:
                yield from self.changes(source, part, wanted, place)
            return
        if wanted == STRING and isinstance(have, (MapOf, ListOf)) and isinstance(node, (cst.Dict, cst.List)):
            if not _TEXTS.isdisjoint(map(singular, words(place.name))):
                yield Change(
                    source,
                    node,
                    f"{place.text} is a string of JSON; this is a dict",
                    lambda: self._dump(source, node, place),
                )
                return
        if isinstance(have, ListOf) and isinstance(node, cst.List) and len(node.elements) == 1:
            if source.type_of(node.elements[0].value) == wanted:
                new = literals.unwrapped(node)
                yield self._change(source, node, f"{place.text} is one {wanted}; this is a list", new, wanted, place)
            return
        if isinstance(have, Named) and wanted == STRING:
            yield from self._of_construct(source, node, have, place)
        if have not in (STRING, NUMBER, BOOLEAN) or have == wanted:
            return
        message = f"{place.text} is a {wanted}; this is a {have}"
        literal = literals.converted(node, wanted, source.names.preferred_quote)
        if literal is not None:
            yield self._change(source, node, message, literal, wanted, place)
        elif literals.is_literal(node):
            yield Change(source, node, message)
        elif (have, wanted) != (NUMBER, STRING) and (written := self._own_literals(source, node, wanted)) is not None:
            for origin, new in written:
                yield self._change(origin.source, origin.node, message, new, wanted, place)
        elif self._is_token(source, node):
            method = "as_string" if wanted == STRING else "as_number" if wanted == NUMBER else None
            if method is None:
                yield Change(source, node, message)
            else:
                yield Change(source, node, message, lambda: self._token(source, node, method, wanted, place))
        else:
            code = _CONVERSIONS.get((have, wanted))
            if code is None:
                yield Change(source, node, f"{message}; convert it where it is made")
            else:
                yield self._change(source, node, message, code(node), wanted, place)

    def _of_construct(self, source: Source, node: cst.BaseExpression, have: Named, place: Place) -> Iterator[Change]:
        """A construct where its ARN or id is wanted; which of them, the argument's name says."""
        made = source.schema.find(have.name)
        if made is None or made.kind not in ("resource", "data source"):
            return
        message = f"{place.text} is a string; this is a `{made.short_name}`"
        end = singular(place.name.rpartition("_")[2])
        if end in ("arn", "id") and end in made.attributes:
            new = cst.Attribute(node, cst.Name(end))
            yield self._change(source, node, f"{message}, its `{end}`", new, STRING, place)
        else:
            yield Change(source, node, message)

    def _own_literals(
        self, source: Source, node: cst.BaseExpression, wanted: TypeRef
    ) -> list[tuple[Origin, cst.BaseExpression]] | None:
        """The constants that a value is, each as it would fit, where all else that they go to wants the same."""
        origins, complete = trace(source, node)
        found = []
        for origin in origins:
            new = literals.converted(origin.node, wanted, origin.source.names.preferred_quote)
            if new is None or _is_declared(origin) or not is_owned(origin.source, origin.node, wanting(wanted)):
                return None
            found.append((origin, new))
        return found if complete and found else None

    def _is_token(self, source: Source, node: cst.BaseExpression) -> bool:
        """Whether a value is something that only Terraform knows: an attribute, or what ``Fn`` made of one."""
        origins, complete = trace(source, node)
        if not complete and not origins:
            return False
        for origin in origins:
            kind = origin.node
            if isinstance(kind, cst.Attribute) and isinstance(origin.source.type_of(kind.value), Named):
                return True
            if isinstance(kind, cst.Call):
                reference = origin.source.reference(kind.func)
                if reference is not None and origin.source.schema.covers(reference.name):
                    return True
                if isinstance(kind.func, cst.Attribute) and isinstance(origin.source.type_of(kind.func.value), Named):
                    return True
        return False

    def _token(self, source: Source, node: cst.BaseExpression, method: str, wanted: TypeRef, place: Place) -> None:
        func = cst.Attribute(self.imports(source).core("Token"), cst.Name(method))
        self.put(source, node, cst.Call(func, [cst.Arg(node)]), wanted, place)

    def _dump(self, source: Source, node: cst.BaseExpression, place: Place) -> None:
        func = cst.Attribute(self.imports(source).module("json"), cst.Name("dumps"))
        self.put(source, node, cst.Call(func, [cst.Arg(node)]), STRING, place)


def _is_declared(origin: Origin) -> bool:
    """Whether an annotation says what type the value has."""
    holder = origin.source.names.parents.get(id(origin.node))
    return isinstance(holder, cst.AnnAssign) or (isinstance(holder, cst.Param) and holder.annotation is not None)


def _call(name: str) -> Callable[[cst.BaseExpression], cst.BaseExpression]:
    return lambda node: cst.Call(cst.Name(name), [cst.Arg(node)])


def _lower_string(node: cst.BaseExpression) -> cst.BaseExpression:
    return cst.Call(cst.Attribute(_call("str")(node), cst.Name("lower")))


_CONVERSIONS: dict[tuple[TypeRef, TypeRef], Callable[[cst.BaseExpression], cst.BaseExpression]] = {
    (NUMBER, STRING): _call("str"),
    (BOOLEAN, STRING): _lower_string,
    (STRING, NUMBER): _call("int"),
}

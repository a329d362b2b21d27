"""A string, a number or a boolean is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import libcst as cst

from ...knowledge import google
from ...knowledge.aws import JSON_NAMES, JSON_WORDS, TOLD_BY_A_WORD, switched_by, taken_of
from ...meaning import Origin, Source, trace
from ...meaning.types import UNKNOWN
from ...schema import ApiClass
from ...schema.fields import singular
from ...schema.naming import snake_case, words
from ...schema.types import BOOLEAN, NUMBER, STRING, ListOf, MapOf, Named, TypeRef
from .. import literals
from ..ownership import is_owned
from ..safety import SAFE, UNSAFE, Safety
from .base import Change, Conforming, Place, wanting
from .variable_types import type_text


def means_json(name: str) -> bool:
    """Whether an argument's name says that its text is JSON."""
    return name in JSON_NAMES or not JSON_WORDS.isdisjoint(map(singular, words(name)))


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
        if wanted == STRING and self._is_type(place) and (text := type_text(source, node)) is not None:
            quote = source.names.preferred_quote
            spelled = cst.SimpleString(f"{quote}{text}{quote}")
            yield self._change(source, node, f"{place.text} is Terraform's type, `{text}`", spelled, wanted, place)
            return
        if (given := self._given_to_no_class(source, node, wanted)) is not None:
            origin, value = given
            message = f"{place.text} is a {wanted}; there is no such class"
            yield self._change(origin.source, origin.node, message, value, wanted, place)
            return
        if wanted == STRING and (safety := self._json_safety(source, node, have, place)) is not None:
            message = f"{place.text} is a string of JSON; this is a {'list' if isinstance(have, ListOf) else 'dict'}"
            yield Change(source, node, message, lambda: self._dump(source, node, place), safety)
            return
        if isinstance(have, ListOf) and isinstance(node, cst.List) and len(node.elements) == 1:
            if source.type_of(node.elements[0].value) == wanted:
                new = literals.unwrapped(node)
                yield self._change(source, node, f"{place.text} is one {wanted}; this is a list", new, wanted, place)
            return
        if isinstance(have, Named) and wanted == STRING:
            yield from self._of_construct(source, node, have, place)
        if have == UNKNOWN:
            yield from self._as_each_is(source, node, wanted, place)
        if have not in (STRING, NUMBER, BOOLEAN) or have == wanted:
            return
        message = f"{place.text} is a {wanted}; this is a {have}"
        if (switch := self._switch(place)) is not None and (have, wanted) == (BOOLEAN, STRING):
            named = f"{place.text} is `{switch[0]}` or `{switch[1]}`; this is a {have}"
            yield self._change(source, node, named, switched(node, switch, source.names.preferred_quote), wanted, place)
            return
        is_word = not place.is_key and place.name.rpartition("_")[2] in TOLD_BY_A_WORD
        if is_word and (have, wanted) == (BOOLEAN, STRING):
            yield Change(source, node, f"{place.text} is told by a word; this is a {have}")
            return
        literal = literals.converted(node, wanted, source.names.preferred_quote) or literals.unconverted(
            source, node, wanted
        )
        if literal is not None:
            yield self._change(source, node, message, literal, wanted, place)
        elif literals.is_literal(node):
            yield Change(source, node, message)
        elif hopeless := self._hopeless(source, node, wanted):
            yield from (Change(each.source, each.node, message) for each in hopeless)
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

    def _is_type(self, place: Place) -> bool:
        """Whether the type of a variable is wanted."""
        given = place.given
        made = given.caller.called(given.call) if given is not None and place.name == "type" else None
        return made is not None and made.schema.core_member(made.name) == "TerraformVariable"

    def _as_each_is(self, source: Source, node: cst.BaseExpression, wanted: TypeRef, place: Place) -> Iterator[Change]:
        """Literals of several types, as in a table: those that do not fit, else all of them where they are used."""
        origins, complete = trace(source, node)
        kinds = {each.source.type_of(each.node) for each in origins}
        if not complete or len(kinds) < 2 or wanted == BOOLEAN or not kinds <= {STRING, NUMBER}:
            return
        wrong = [each for each in origins if each.source.type_of(each.node) != wanted]
        new = [literals.converted(each.node, wanted, each.source.names.preferred_quote) for each in wrong]
        message = f"{place.text} is a {wanted}; this is a {(kinds - {wanted}).pop()}"
        if any(each is None for each in new):
            return
        if all(is_owned(each.source, each.node, wanting(wanted)) for each in wrong):
            for origin, value in zip(wrong, new):
                assert value is not None
                yield self._change(origin.source, origin.node, message, value, wanted, place)
        elif all(isinstance(each, cst.Integer) or wanted == STRING for each in new):
            yield self._change(source, node, message, _call("str" if wanted == STRING else "int")(node), wanted, place)

    def _given_to_no_class(
        self, source: Source, node: cst.BaseExpression, wanted: TypeRef
    ) -> tuple[Origin, cst.BaseExpression] | None:
        """The one value given to a class that never was, where that value is what is wanted."""
        origins, complete = trace(source, node)
        origin = origins[0] if complete and len(origins) == 1 else None
        made = self._made_name(origin) if origin is not None else None
        if origin is None or made is None or not isinstance(origin.node, cst.Call) or source.schema.find(made):
            return None
        args = origin.node.args
        fits = len(args) == 1 and not args[0].star and origin.source.type_of(args[0].value) == wanted
        return (origin, args[0].value) if fits else None

    def _json_safety(self, source: Source, node: cst.BaseExpression, have: TypeRef, place: Place) -> Safety | None:
        """How safe it is to make JSON of a value given to a string argument; None where it may be meant otherwise.

        A dict can only be meant as JSON, a list where it holds dicts or the argument's name says so.
        """
        named = means_json(place.name)
        if isinstance(have, ListOf):
            if not isinstance(have.element, MapOf) and not (named and isinstance(node, cst.List)):
                return None
        elif not isinstance(have, MapOf):
            return None
        origins, complete = trace(source, node)
        kinds = [each.source.type_of(each.node) for each in origins]
        if STRING in kinds:
            return None
        known = complete and all(isinstance(each, (MapOf, ListOf)) for each in kinds)
        return SAFE if named and known else UNSAFE

    def _switch(self, place: Place) -> tuple[str, str] | None:
        if place.given is None or place.is_key:
            return None
        made = place.given.caller.called(place.given.call)
        return switched_by(made, place.name) if made is not None else None

    def _of_construct(self, source: Source, node: cst.BaseExpression, have: Named, place: Place) -> Iterator[Change]:
        """A construct where its ARN, id, name or JSON is wanted; which of them, the argument's name says."""
        made = source.schema.find(have.name)
        if made is None or made.kind not in ("resource", "data source"):
            return
        message = f"{place.text} is a string; this is a `{made.short_name}`"
        read = self._taken_of(made, place) or _attribute_for(made, place.name)
        if read is None and means_json(place.name) and made.attributes.get("json") == STRING:
            read = "json"
        if read is None and self._is_part_of(made, place) and made.attributes.get("name") == STRING:
            read = "name"
        if read is not None:
            new = cst.Attribute(node, cst.Name(read))
            yield self._change(source, node, f"{message}, its `{read}`", new, STRING, place)
        else:
            yield Change(source, node, message)

    def _taken_of(self, made: ApiClass, place: Place) -> str | None:
        """What is known of the attribute that an argument takes, where the construct has it and is of that kind."""
        taker = place.given.caller.called(place.given.call) if place.given is not None and not place.is_key else None
        if taker is None or taker.provider != made.provider or place.name not in taker.arguments:
            return None
        read = taken_of(taker, place.name) or google.taken_of(taker, place.name)
        kind = singular(place.name.rpartition("_")[2])
        is_such = read == "arn" or words(snake_case(made.short_name))[-1:] == [kind]
        return read if is_such and read is not None and made.attributes.get(read) == STRING else None

    def _is_part_of(self, made: ApiClass, place: Place) -> bool:
        """Whether an argument is the last words of what a resource is a part of: ``role`` of an ``IamRolePolicy``.

        In the AWS provider all such arguments that are strings, and not called as an attribute, take the other's name:
        those of IAM, ECR and Elastic Beanstalk. Elsewhere a ``role`` may as well be an ARN, and google's ``network`` of
        a peering is a link.
        """
        if place.given is None or place.is_key or made.kind != "resource" or made.provider != "aws":
            return False
        part = place.given.caller.called(place.given.call)
        whole = snake_case(made.short_name)
        if part is None or not whole.endswith(f"_{place.name}"):
            return False
        return snake_case(part.name.rpartition(".")[2]).startswith(f"{whole}_")

    def _hopeless(self, source: Source, node: cst.BaseExpression, wanted: TypeRef) -> list[Origin]:
        """The constants that a value may be that say nothing of the wanted type: a word for a number."""
        constants = [each for each in trace(source, node)[0] if literals.is_literal(each.node)]
        return [each for each in constants if literals.converted(each.node, wanted, '"') is None and (
            each.source.type_of(each.node) != wanted)]  # fmt: skip

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


def switched(node: cst.BaseExpression, switch: tuple[str, str], quote: str) -> cst.BaseExpression:
    """A boolean as the text that it is told by."""
    on, off = (cst.SimpleString(f"{quote}{text}{quote}") for text in switch)
    if isinstance(node, cst.Name) and node.value in ("True", "False"):
        return on if node.value == "True" else off
    return cst.IfExp(node, on, off)


def _attribute_for(made: ApiClass, argument: str) -> str | None:
    """The attribute of a construct that an argument is given: ``arn`` for any that ends so, its name for ``bucket``."""
    end = singular(argument.rpartition("_")[2])
    thing = {word for word in words(argument) if word not in ("name", "identifier")}
    if end in ("arn", "id"):
        names: tuple[str, ...] = (end,)
    elif thing and thing <= set(words(snake_case(made.short_name))):
        names = (argument, "name") if end == "name" else (argument,)
    else:
        names = ()
    return next((name for name in names if made.attributes.get(name) == STRING), None)


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

"""conform(expression, type reference): the least edits that make a value fit the place it is given to.

An edit is made where the value was written, if everything that the value goes to wants the same; else at the use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import libcst as cst

from . import literals
from .edits import Edits
from .fields import Match, match_field, singular
from .imports import Imports
from .rule import SAFE, Safety
from .schema import ApiClass
from .schema.naming import words
from .schema.types import ANY, BOOLEAN, NUMBER, RESOLVABLE, STRING, ListOf, MapOf, Named, TypeRef
from .source import Origin, Source, arguments, elements, trace, wanted_at
from .source.inference import NONE, UNKNOWN

_TEXTS = frozenset(
    "policy definition document json pattern statement input payload body content template secret parameters".split()
)
"""Words in the name of a string argument that takes JSON: where the AWS provider's examples call ``jsonencode``."""


@dataclass(frozen=True)
class Change:
    """One edit that makes a value fit, or (``apply`` is None) the reason why there is none."""

    source: Source
    node: cst.CSTNode
    message: str
    apply: Callable[[], None] | None = None
    safety: Safety = SAFE


@dataclass(frozen=True)
class Place:
    """What a value is given to: the name for people, what it wants, and the last name of the argument."""

    text: str
    name: str

    def inside(self, name: str) -> Place:
        return Place(f"{self.text[:-1]}.{name}`", name)


@dataclass(frozen=True)
class Conformer:
    """Finds what does not fit, and how it would. ``edits`` and ``imports`` are those of any file."""

    edits: Callable[[Source], Edits]
    imports: Callable[[Source], Imports]

    def changes(self, source: Source, node: cst.BaseExpression, want: TypeRef, place: Place) -> Iterator[Change]:
        """What has to change for *node* to fit *want*."""
        if _plainly_fits(node, want):
            return
        have = source.type_of(node)
        if have == NONE or self._fits(have, want):
            return
        options = [option for option in want.options if option != RESOLVABLE]
        for option in options:
            if isinstance(option, ListOf):
                yield from self._as_list(source, node, have, option, place)
            elif isinstance(option, MapOf):
                yield from self._as_map(source, node, option, place)
        if len(options) != 1:
            return
        (wanted,) = options
        if (struct := self._struct(source, wanted)) is not None:
            yield from self._as_struct(source, node, have, struct, place)
        elif wanted in (STRING, NUMBER, BOOLEAN):
            yield from self._as_primitive(source, node, have, wanted, place)
        elif wanted == ANY:
            yield from self._as_any(source, node, place)

    def _fits(self, have: TypeRef, want: TypeRef) -> bool:
        """Whether the type alone says that nothing is to be done; what holds other values is looked into."""
        return have in want.options and not isinstance(have, (ListOf, MapOf)) and have != UNKNOWN

    def _struct(self, source: Source, want: TypeRef) -> ApiClass | None:
        for option in want.options:
            if isinstance(option, Named) and (found := source.schema.find(option.name)) and found.kind == "struct":
                return found
        return None

    # A list

    def _as_list(
        self, source: Source, node: cst.BaseExpression, have: TypeRef, want: ListOf, place: Place
    ) -> Iterator[Change]:
        struct = self._struct(source, want.element)
        if struct is not None and (isinstance(have, Named) or self._is_one(source, node, struct)):
            if isinstance(have, Named) and not self._is_struct(source, have):
                return
            yield from self._wrapped(source, node, struct, place)
        elif struct is not None and isinstance(have, MapOf):
            yield from self._dict_as_list(source, node, struct, place)
        elif struct is None and have == want.element and have in (STRING, NUMBER, BOOLEAN):
            yield self._change(
                source, node, f"{place.text} is a list of {have}s; this is one", cst.List([cst.Element(node)])
            )
        elif struct is not None:
            yield from self._structs(source, node, struct, place)
        elif isinstance(have, ListOf):
            for origin in elements(source, node)[0]:
                yield from self.changes(origin.source, origin.node, want.element, place)

    def _is_struct(self, source: Source, have: Named) -> bool:
        described = source.schema.find(have.name)
        return described is not None and described.kind == "struct"

    def _is_one(self, source: Source, node: cst.BaseExpression, struct: ApiClass) -> bool:
        """Whether the value is one struct or one dict of its fields."""
        origins, complete = trace(source, node)
        return bool(origins) and complete and all(
            self._made_name(each) is not None or self._is_dict_of(each, struct) for each in origins
        )  # fmt: skip

    def _is_dict_of(self, origin: Origin, struct: ApiClass) -> bool:
        written = literals.dict_of(origin.source, origin.node)
        if written is None or not written.keys:
            return False
        matched = sum(match_field(struct, key.name) is not None for key in written.keys)
        return matched * 2 >= len(written.keys)

    def _wrapped(self, source: Source, node: cst.BaseExpression, struct: ApiClass, place: Place) -> Iterator[Change]:
        message = f"{place.text} is a list of `{struct.short_name}`; this is one"
        yield Change(source, node, message, lambda: self.edits(source).put(node, cst.List([cst.Element(node)])))
        for origin in trace(source, node)[0]:
            yield from self._element(origin, struct, place, report_type=False)

    def _dict_as_list(
        self, source: Source, node: cst.BaseExpression, struct: ApiClass, place: Place
    ) -> Iterator[Change]:
        """A dict of names where a list is wanted whose structs have a name field."""
        field = next((name for name in ("name", "key", "id") if name in struct.required), None)
        origins, complete = trace(source, node)
        written = literals.dict_of(origins[0].source, origins[0].node) if complete and len(origins) == 1 else None
        if field is None or written is None or not isinstance(written.node, cst.Dict) or not origins[0].sole:
            return
        if written.complete and all(isinstance(key.value, (cst.Call, cst.Dict)) for key in written.keys):
            message = f"{place.text} is a list of `{struct.short_name}` with a `{field}`; this is a dict by {field}"
            origin = origins[0]
            yield Change(origin.source, origin.node, message, lambda: self._listed(origin.source, written, field))

    def _listed(self, source: Source, written: literals.Dict, field: str) -> None:
        edits = self.edits(source)
        assert isinstance(written.node, cst.Dict)
        items = []
        for key, element in zip(written.keys, written.node.elements, strict=True):
            if isinstance(key.value, (cst.Call, cst.Dict)) and all(
                other.name != field for other in literals.items_of(source, key.value)
            ):
                edits.add(key.value, field, key.key if isinstance(key.key, cst.SimpleString) else cst.Name(key.name))
            items.append(cst.Element(key.value, comma=element.comma))
        brace = written.node.lbrace, written.node.rbrace
        new = cst.List(
            items,
            lbracket=cst.LeftSquareBracket(brace[0].whitespace_after),
            rbracket=cst.RightSquareBracket(brace[1].whitespace_before),
        )
        edits.put(written.node, new)

    def _structs(self, source: Source, node: cst.BaseExpression, struct: ApiClass, place: Place) -> Iterator[Change]:
        """Each element of a list of structs."""
        found, whole = elements(source, node)
        pairs = []
        for origin in found:
            inner, complete = trace(origin.source, origin.node)
            whole &= complete
            for each in inner if complete else ():
                merged = Origin(each.source, each.node, (*origin.others, *each.others), origin.known and each.known)
                pairs.append((merged, origin))
        if whole and self._is_shared_list(node, pairs, struct):
            message = f"{place.text} drops the keys of a dict; it is a `{struct.short_name}`"
            yield Change(source, node, message, lambda: self._unpack_each(source, node, struct))
            return
        for merged, origin in pairs:
            yield from self._element(merged, struct, place, use=origin)

    def _is_shared_list(self, node: cst.BaseExpression, pairs: list[tuple[Origin, Origin]], struct: ApiClass) -> bool:
        """Whether a list of plain dicts, written elsewhere, has uses that want something else."""
        if not pairs or literals.is_list(node):
            return False
        return all(
            merged.node is origin.node and not self._is_own(merged, struct) and self._is_unpackable(merged, struct)
            for merged, origin in pairs
        )

    def _is_unpackable(self, origin: Origin, struct: ApiClass) -> bool:
        written = literals.dict_of(origin.source, origin.node)
        if written is None or not written.complete or not written.keys:
            return False
        matches = [match_field(struct, key.name) for key in written.keys]
        return all(match is not None and match.exact for match in matches) and not self._is_camel(origin, struct)

    def _unpack_each(self, source: Source, node: cst.BaseExpression, struct: ApiClass) -> None:
        func = self.imports(source).name(struct.module, struct.short_name)
        item = cst.Name("each")
        made = cst.Call(func, [cst.Arg(item, star="**")])
        self.edits(source).put(node, cst.ListComp(made, cst.CompFor(item, node)))

    def _element(
        self, origin: Origin, struct: ApiClass, place: Place, use: Origin | None = None, report_type: bool = True
    ) -> Iterator[Change]:
        """One element of a list of structs: a dict becomes the struct, because jsii drops the keys of a dict there."""
        written = literals.dict_of(origin.source, origin.node)
        if written is not None:
            yield from self._dict_as_struct(origin, written, struct, place, use)
        elif report_type:
            have = origin.source.type_of(origin.node)
            yield from self._as_struct(origin.source, origin.node, have, struct, place)

    def _dict_as_struct(
        self, origin: Origin, written: literals.Dict, struct: ApiClass, place: Place, use: Origin | None
    ) -> Iterator[Change]:
        matches = {key.name: match_field(struct, key.name) for key in written.keys}
        if self._is_camel(origin, struct) or (written.complete and not written.keys):
            yield from self._kept_dict(origin, written, struct, place)
            return
        unknown = [name for name, match in matches.items() if match is None]
        message = f"{place.text} drops the keys of a dict; it is a `{struct.short_name}`"
        if unknown:
            reason = f"{message}, which has no `{'`, `'.join(unknown)}` (it has {', '.join(struct.arguments)})"
            yield Change(origin.source, origin.node, reason)
            return
        if not written.complete and not written.spreads:
            yield Change(origin.source, origin.node, f"{message}, but its keys cannot be read")
            return
        if self._is_own(origin, struct):
            found = {name: match for name, match in matches.items() if match is not None}
            yield Change(
                origin.source, origin.node, message, lambda: self._become_struct(origin.source, written, struct, found)
            )
            for key in written.keys:
                name = found[key.name].name
                yield from self.changes(origin.source, key.value, struct.arguments[name].type, place.inside(name))
        elif use is not None and use.node is not origin.node and use.sole and self._is_unpackable(origin, struct):
            yield Change(use.source, use.node, message, lambda: self._unpack_at(use, struct))
        else:
            yield Change(origin.source, origin.node, f"{message}, but it has other uses; give each its own")

    def _kept_dict(self, origin: Origin, written: literals.Dict, struct: ApiClass, place: Place) -> Iterator[Change]:
        """The values of a dict that loses no key; what is a block in it stays, keys and all."""
        for key in written.keys:
            match = match_field(struct, key.name)
            want = struct.arguments[match.name].type if match is not None else ANY
            if match is not None and self._element_struct(origin.source, want) is None and want != ANY:
                yield from self.changes(origin.source, key.value, want, place.inside(match.name))

    def _is_camel(self, origin: Origin, struct: ApiClass) -> bool:
        """Whether all keys of a dict, and of the dicts in it, are as jsii spells them, so that none is dropped."""
        written = literals.dict_of(origin.source, origin.node)
        if written is None or not written.keys or not written.complete:
            return False
        for key in written.keys:
            match = match_field(struct, key.name)
            if match is None or not match.camel:
                return False
            inner = self._element_struct(origin.source, struct.arguments[match.name].type)
            values = key.value.elements if isinstance(key.value, cst.List) else [cst.Element(key.value)]
            for value in values if inner is not None else ():
                nested = Origin(origin.source, value.value)
                if isinstance(value.value, cst.Dict) and inner is not None and not self._is_camel(nested, inner):
                    return False
        return True

    def _is_own(self, origin: Origin, struct: ApiClass) -> bool:
        """Whether a value goes only to places that want this struct."""
        return origin.known and all(self._wants(wanted_at(source, node), struct) for source, node in origin.others)

    def _wants(self, want: TypeRef | None, struct: ApiClass) -> bool:
        options = list(want.options) if want is not None else []
        options += [inner for option in options if isinstance(option, ListOf) for inner in option.element.options]
        return Named(struct.name) in options

    def _become_struct(
        self, source: Source, written: literals.Dict, struct: ApiClass, matches: dict[str, Match]
    ) -> None:
        func = self.imports(source).name(struct.module, struct.short_name)
        names = {key: match.name for key, match in matches.items()}
        new = literals.as_call(written, func, names)
        if isinstance(written.node, cst.Dict):
            # Not from afar: the same dict may be put into a list as well.
            self.edits(source).replace(written.node, new)
        else:
            self.edits(source).put(written.node, new)

    def _unpack_at(self, use: Origin, struct: ApiClass) -> None:
        func = self.imports(use.source).name(struct.module, struct.short_name)
        self.edits(use.source).put(use.node, cst.Call(func, [cst.Arg(use.node, star="**")]))

    # A map

    def _as_map(self, source: Source, node: cst.BaseExpression, want: MapOf, place: Place) -> Iterator[Change]:
        origins, _ = trace(source, node)
        for origin in origins:
            written = literals.dict_of(origin.source, origin.node)
            for key in written.keys if written is not None else ():
                yield from self.changes(origin.source, key.value, want.value, place.inside(key.name))
            if isinstance(origin.node, cst.DictComp):
                yield from self.changes(origin.source, origin.node.value, want.value, place)

    # One struct

    def _as_struct(
        self, source: Source, node: cst.BaseExpression, have: TypeRef, struct: ApiClass, place: Place
    ) -> Iterator[Change]:
        if have == Named(struct.name):
            return
        origins, complete = trace(source, node)
        if isinstance(have, ListOf) or (complete and origins and all(literals.is_list(each.node) for each in origins)):
            yield from self._taken_out(source, node, struct, place)
            return
        for origin in origins if complete else ():
            written = literals.dict_of(origin.source, origin.node)
            if written is not None:
                yield from self._dict_fields(origin, written, struct, place)
            elif (made := self._made_name(origin)) is not None and made != struct.name:
                yield from self._of_another_class(origin, made, struct, place)
            elif have in (STRING, NUMBER, BOOLEAN):
                yield self._only_field(source, node, have, struct, place)
                return

    def _only_field(
        self, source: Source, node: cst.BaseExpression, have: TypeRef, struct: ApiClass, place: Place
    ) -> Change:
        """``True`` for a block that has ``enabled``, or a value for a block whose one required field takes it."""
        message = f"{place.text} is a `{struct.short_name}`; this is a {have}"
        fields = [name for name in struct.required if have in struct.arguments[name].type.options]
        if have == BOOLEAN and "enabled" in struct.arguments:
            fields = ["enabled"]
        if len(fields) != 1 or set(struct.required) - set(fields):
            return Change(source, node, message)
        field = fields[0]
        message = f"{message}, its `{field}`"

        def wrap() -> None:
            func = self.imports(source).name(struct.module, struct.short_name)
            self.edits(source).put(node, literals.call(func, {field: node}))

        return Change(source, node, message, wrap)

    def _made_name(self, origin: Origin) -> str | None:
        """The full name of the struct class, existing or not, that an origin calls."""
        if not isinstance(origin.node, cst.Call):
            return None
        reference = origin.source.reference(origin.node.func)
        if reference is None or reference.source is not None or not origin.source.schema.covers(reference.name):
            return None
        described = origin.source.schema.find(reference.name)
        if described is None:
            return None if origin.source.schema.is_member(reference.name) else reference.name
        return reference.name if described.kind == "struct" else None

    def _taken_out(self, source: Source, node: cst.BaseExpression, struct: ApiClass, place: Place) -> Iterator[Change]:
        """One struct where the code gives a list of one."""
        found, complete = elements(source, node)
        message = f"{place.text} is one `{struct.short_name}`; this is a list"
        if not complete or len(found) != 1:
            yield Change(source, node, f"{message}{'' if not complete else f' of {len(found)}'}")
            return
        origins, _ = trace(source, node)
        written = origins[0].node if len(origins) == 1 else node
        if isinstance(written, (cst.List, cst.Tuple)) and self._is_own_one(origins[0], struct):
            where = origins[0].source
            yield Change(where, written, message, lambda: self.edits(where).put(written, literals.unwrapped(written)))
            yield from self.changes(where, written.elements[0].value, Named(struct.name), place)
        else:
            index = cst.Subscript(node, [cst.SubscriptElement(cst.Index(cst.Integer("0")))])
            yield self._change(source, node, message, index)

    def _is_own_one(self, origin: Origin, struct: ApiClass) -> bool:
        """Whether a list goes only to places that want this one struct, not a list of it."""
        return origin.known and all(
            self._struct(source, want) is struct
            for source, node in origin.others
            for want in [wanted_at(source, node) or UNKNOWN]
        )

    def _dict_fields(self, origin: Origin, written: literals.Dict, struct: ApiClass, place: Place) -> Iterator[Change]:
        """A dict for one struct is made into it by the package: its keys are the fields, its values have to fit."""
        for key in written.keys:
            match = match_field(struct, key.name)
            if match is None:
                near = f"; it has {', '.join(struct.arguments)}"
                yield Change(origin.source, key.key, f"{place.text} has no `{key.name}`{near}")
                continue
            if not match.exact:
                message = f"{place.text} has no `{key.name}`; it is `{match.name}`"
                yield Change(origin.source, key.key, message, self._renamer(origin.source, key.key, match.name))
            yield from self.changes(
                origin.source, key.value, struct.arguments[match.name].type, place.inside(match.name)
            )

    def _renamer(self, source: Source, key: cst.Name | cst.SimpleString, name: str) -> Callable[[], None]:
        return lambda: self.edits(source).put(key, literals.key_like(key, name))

    def _of_another_class(self, origin: Origin, made: str, struct: ApiClass, place: Place) -> Iterator[Change]:
        call = origin.node
        assert isinstance(call, cst.Call)
        given = arguments(origin.source, call)
        name = made.rpartition(".")[2]
        message = f"{place.text} is a `{struct.short_name}`, not a `{name}`"
        if given.complete and all(match_field(struct, each.name) is not None for each in given):
            if given.given or not struct.arguments:
                func = call.func
                yield Change(origin.source, func, message, lambda: self._rename_class(origin.source, func, struct))
                return
        wrappers = self._wrappers(origin, made, struct, given.given)
        if len(wrappers) == 1:
            (wrapper,) = wrappers
            yield Change(
                origin.source,
                call,
                f"{message}; it goes in its `{wrapper}`",
                lambda: self._wrap(origin, struct, wrapper),
            )
        elif len(wrappers) > 1:
            yield Change(origin.source, call, f"{message}; it would fit `{'`, `'.join(wrappers)}`")
        elif (inner := self._inner(origin, struct)) is not None:
            yield Change(
                origin.source, call, f"{message}, which it holds", lambda: self.edits(origin.source).put(call, inner)
            )
        elif not given.given and origin.source.schema.find(made) is None:
            func = call.func
            yield Change(origin.source, func, message, lambda: self._rename_class(origin.source, func, struct))
        else:
            yield Change(origin.source, call, f"{message} (which has {', '.join(struct.arguments) or 'no fields'})")

    def _rename_class(self, source: Source, func: cst.BaseExpression, struct: ApiClass) -> None:
        new = self.imports(source).instead(func, struct.module, struct.short_name)
        if new is not func:
            self.edits(source).put(func, new)

    def _wrappers(self, origin: Origin, made: str, struct: ApiClass, given: object) -> list[str]:
        """The fields of *struct* that take the class *made*, or where it never was, its fields."""
        found = []
        described = origin.source.schema.find(made)
        for name, parameter in struct.arguments.items():
            inner = self._element_struct(origin.source, parameter.type)
            if inner is None:
                continue
            if described is not None and inner.name == made:
                found.append(name)
            elif described is None and isinstance(given, dict) and given:
                if all(match_field(inner, each) is not None for each in given):
                    found.append(name)
        return found

    def _element_struct(self, source: Source, want: TypeRef) -> ApiClass | None:
        for option in want.options:
            struct = self._struct(source, option.element if isinstance(option, ListOf) else option)
            if struct is not None:
                return struct
        return None

    def _wrap(self, origin: Origin, struct: ApiClass, field: str) -> None:
        func = self.imports(origin.source).name(struct.module, struct.short_name)
        value: cst.BaseExpression = origin.node
        if any(isinstance(option, ListOf) for option in struct.arguments[field].type.options):
            value = cst.List([cst.Element(value)])
        self.edits(origin.source).put(origin.node, literals.call(func, {field: value}))

    def _inner(self, origin: Origin, struct: ApiClass) -> cst.BaseExpression | None:
        """The one value in a wrapper too many, where it is what the place wants."""
        assert isinstance(origin.node, cst.Call)
        given = list(arguments(origin.source, origin.node))
        if len(given) != 1 or given[0].owner is not origin.node:
            return None
        value = given[0].value
        if isinstance(value, cst.List) and len(value.elements) == 1:
            value = value.elements[0].value
        return value if origin.source.type_of(value) == Named(struct.name) else None

    # A primitive

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
                    source, node, f"{place.text} is a string of JSON; this is a dict", lambda: self._dump(source, node)
                )
                return
        if isinstance(have, ListOf) and isinstance(node, cst.List) and len(node.elements) == 1:
            if source.type_of(node.elements[0].value) == wanted:
                new = literals.unwrapped(node)
                yield self._change(source, node, f"{place.text} is one {wanted}; this is a list", new)
            return
        if have not in (STRING, NUMBER, BOOLEAN) or have == wanted:
            return
        message = f"{place.text} is a {wanted}; this is a {have}"
        literal = literals.converted(node, wanted, source.names.preferred_quote)
        if literal is not None:
            yield self._change(source, node, message, literal)
        elif literals.is_literal(node):
            yield Change(source, node, message)
        elif (have, wanted) != (NUMBER, STRING) and (written := self._own_literals(source, node, wanted)) is not None:
            for origin, new in written:
                yield self._change(origin.source, origin.node, message, new)
        elif self._is_token(source, node):
            method = "as_string" if wanted == STRING else "as_number" if wanted == NUMBER else None
            if method is None:
                yield Change(source, node, message)
            else:
                yield Change(source, node, message, lambda: self._token(source, node, method))
        else:
            code = _CONVERSIONS.get((have, wanted))
            if code is None:
                yield Change(source, node, f"{message}; convert it where it is made")
            else:
                yield self._change(source, node, message, code(node))

    def _own_literals(
        self, source: Source, node: cst.BaseExpression, wanted: TypeRef
    ) -> list[tuple[Origin, cst.BaseExpression]] | None:
        """The constants that a value is, each as it would fit, where all else that they go to wants the same."""
        origins, complete = trace(source, node)
        found = []
        for origin in origins:
            new = literals.converted(origin.node, wanted, origin.source.names.preferred_quote)
            others = (wanted_at(where, use) for where, use in origin.others)
            if new is None or not origin.known or any(want is None or wanted not in want.options for want in others):
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

    def _token(self, source: Source, node: cst.BaseExpression, method: str) -> None:
        func = cst.Attribute(self.imports(source).name("cdktf", "Token"), cst.Name(method))
        self.edits(source).put(node, cst.Call(func, [cst.Arg(node)]))

    def _dump(self, source: Source, node: cst.BaseExpression) -> None:
        func = cst.Attribute(self.imports(source).module("json"), cst.Name("dumps"))
        self.edits(source).put(node, cst.Call(func, [cst.Arg(node)]))

    # Anything

    def _as_any(self, source: Source, node: cst.BaseExpression, place: Place) -> Iterator[Change]:
        """A place that is passed on as it is wants plain dicts with Terraform's names, not structs."""
        for origin in trace(source, node)[0]:
            made = self._made_name(origin)
            call = origin.node
            if made is None or not isinstance(call, cst.Call) or not made.rpartition(".")[0].count("."):
                continue
            given = arguments(origin.source, call)
            if any(arg.keyword is None and not arg.star for arg in call.args):
                yield Change(origin.source, call, f"{place.text} takes a dict; `{made.rpartition('.')[2]}` is none")
                continue
            message = f"{place.text} takes a plain dict, not a `{made.rpartition('.')[2]}`"
            yield Change(origin.source, call, message, self._become_dict(origin.source, call))
            for each in given:
                yield from self._any_inside(each.source, each.value, place.inside(each.name))

    def _any_inside(self, source: Source, node: cst.BaseExpression, place: Place) -> Iterator[Change]:
        if isinstance(node, (cst.List, cst.Tuple)):
            for element in node.elements:
                yield from self._any_inside(source, element.value, place)
        elif isinstance(node, cst.Dict):
            for item in node.elements:
                yield from self._any_inside(source, item.value, place)
        else:
            yield from self._as_any(source, node, place)

    def _become_dict(self, source: Source, call: cst.Call) -> Callable[[], None]:
        quote = source.names.preferred_quote
        return lambda: self.edits(source).put(call, literals.as_dict(call, quote))

    def _change(self, source: Source, node: cst.BaseExpression, message: str, new: cst.BaseExpression) -> Change:
        return Change(source, node, message, lambda: self.edits(source).put(node, new))


def _plainly_fits(node: cst.BaseExpression, want: TypeRef) -> bool:
    """Whether a literal is just what is wanted, told without asking what anything means."""
    kind = type(node)
    if kind in _PLAIN:
        return _PLAIN[kind] in want.options
    if isinstance(node, cst.Name):
        return node.value in ("True", "False") and BOOLEAN in want.options
    for option in want.options if kind in (cst.List, cst.Dict) else ():
        if isinstance(node, cst.List) and isinstance(option, ListOf):
            return all(_plainly_fits(element.value, option.element) for element in node.elements)
        if isinstance(node, cst.Dict) and isinstance(option, MapOf):
            return all(_plainly_fits(element.value, option.value) for element in node.elements)
    return False


_PLAIN: dict[type[cst.CSTNode], TypeRef] = {
    cst.SimpleString: STRING,
    cst.FormattedString: STRING,
    cst.Integer: NUMBER,
    cst.Float: NUMBER,
}


def _call(name: str) -> Callable[[cst.BaseExpression], cst.BaseExpression]:
    return lambda node: cst.Call(cst.Name(name), [cst.Arg(node)])


def _lower_string(node: cst.BaseExpression) -> cst.BaseExpression:
    return cst.Call(cst.Attribute(_call("str")(node), cst.Name("lower")))


_CONVERSIONS: dict[tuple[TypeRef, TypeRef], Callable[[cst.BaseExpression], cst.BaseExpression]] = {
    (NUMBER, STRING): _call("str"),
    (BOOLEAN, STRING): _lower_string,
    (STRING, NUMBER): _call("int"),
}

"""One struct is wanted: take it out of a list, name the right class, add or drop a wrapper."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import libcst as cst

from ...knowledge.aws import told_by_status
from ...meaning import Arguments, Origin, Source, arguments, destinations, elements, trace
from ...meaning.destinations import ELEMENT
from ...schema import ApiClass
from ...schema.fields import match_field
from ...schema.paths import block_of
from ...schema.types import BOOLEAN, NUMBER, STRING, ListOf, MapOf, Named, TypeRef
from .. import literals
from .base import Change, Conforming, Place


class Structs(Conforming):
    """One struct is wanted."""

    def as_struct(
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
            self.put(source, node, literals.call(func, **{field: node}), Named(struct.name), place)

        return Change(source, node, message, wrap)

    def _taken_out(self, source: Source, node: cst.BaseExpression, struct: ApiClass, place: Place) -> Iterator[Change]:
        """One struct where the code gives a list of one."""
        found, complete = elements(source, node)
        message = f"{place.text} is one `{struct.short_name}`; this is a list"
        if not complete or len(found) != 1:
            yield Change(source, node, f"{message}{'' if not complete else f' of {len(found)}'}")
            return
        origins, _ = trace(source, node)
        written = origins[0].node if len(origins) == 1 else node
        if isinstance(written, (cst.List, cst.Tuple)) and self._is_own(origins[0], struct):
            where = origins[0].source
            yield self._change(where, written, message, literals.unwrapped(written), Named(struct.name), place)
            yield from self.changes(where, written.elements[0].value, Named(struct.name), place)
        else:
            index = cst.Subscript(node, [cst.SubscriptElement(cst.Index(cst.Integer("0")))])
            yield self._change(source, node, message, index, Named(struct.name), place)

    def _dict_fields(self, origin: Origin, written: literals.Dict, struct: ApiClass, place: Place) -> Iterator[Change]:
        """A dict for one struct is made into it by the package: its keys are the fields, its values have to fit."""
        if (field := map_in(struct, written)) is not None:
            message = f"{place.text} is a `{struct.short_name}`; this is its `{field}`"
            quote = origin.source.names.preferred_quote
            inner = cst.DictElement(cst.SimpleString(f"{quote}{field}{quote}"), origin.node)
            yield self._change(origin.source, origin.node, message, cst.Dict([inner]), Named(struct.name), place)
            return
        for key in written.keys:
            match = match_field(struct, key.name)
            if match is None and (status := self._status(key, written, struct)) is not None:
                message = f"{place.text} has no `{key.name}`; it is `status`, `{status}`"
                yield Change(origin.source, key.key, message, self._switcher(origin, key, status, struct))
                continue
            if match is None:
                near = f"; it has {', '.join(struct.arguments)}"
                yield Change(origin.source, key.key, f"{place.text} has no `{key.name}`{near}")
                continue
            if not match.exact:
                message = f"{place.text} has no `{key.name}`; it is `{match.name}`"
                yield Change(origin.source, key.key, message, self._renamer(origin, key.key, match.name, struct))
            yield from self.changes(
                origin.source, key.value, struct.arguments[match.name].type, place.inside(match.name)
            )

    def _status(self, key: literals.Key, written: literals.Dict, struct: ApiClass) -> str | None:
        """The status that says what a key does that is a switch, and on."""
        is_on = key.name in ("enable", "enabled") and isinstance(key.value, cst.Name) and key.value.value == "True"
        is_free = written.complete and all(other.name != "status" for other in written.keys)
        switch = told_by_status(struct) if is_on and is_free else None
        return switch[0] if switch is not None else None

    def _switcher(self, origin: Origin, key: literals.Key, status: str, struct: ApiClass) -> Callable[[], None]:
        def switch() -> None:
            if self.claims(origin.source, origin.node, Named(struct.name)):
                quote = origin.source.names.preferred_quote
                self.edits(origin.source).put(key.key, literals.key_like(key.key, "status"))
                self.edits(origin.source).put(key.value, cst.SimpleString(f"{quote}{status}{quote}"))

        return switch

    def _renamer(
        self, origin: Origin, key: cst.Name | cst.SimpleString, name: str, struct: ApiClass
    ) -> Callable[[], None]:
        def rename() -> None:
            if self.claims(origin.source, origin.node, Named(struct.name)):
                self.edits(origin.source).put(key, literals.key_like(key, name))

        return rename

    def _of_another_class(self, origin: Origin, made: str, struct: ApiClass, place: Place) -> Iterator[Change]:
        call = origin.node
        assert isinstance(call, cst.Call)
        given = arguments(origin.source, call)
        name = made.rpartition(".")[2]
        message = f"{place.text} is a `{struct.short_name}`, not a `{name}`"
        if given.complete and all(match_field(struct, each.name) is not None for each in given):
            if given.given or not struct.arguments:
                if (others := self._other_structs(origin, struct)) and all(_takes(each, given) for each in others):
                    text = f"{message}, and elsewhere a `{others[0].short_name}`; a dict of its fields is both"
                    yield Change(origin.source, call, text, lambda: self._become_fields(origin, call))
                    return
                func = call.func
                yield Change(origin.source, func, message, lambda: self._rename_class(origin, func, struct))
                return
        wrappers = self._wrappers(origin, made, struct, given.given)
        if len(wrappers) == 1:
            (wrapper,) = wrappers
            yield Change(
                origin.source,
                call,
                f"{message}; it goes in its `{wrapper}`",
                lambda: self._wrap(origin, struct, wrapper, place),
            )
        elif len(wrappers) > 1:
            yield Change(origin.source, call, f"{message}; it would fit `{'`, `'.join(wrappers)}`")
        elif (inner := self._inner(origin, struct)) is not None:
            yield self._change(origin.source, call, f"{message}, which it holds", inner, Named(struct.name), place)
        elif not given.given and origin.source.schema.find(made) is None:
            func = call.func
            yield Change(origin.source, func, message, lambda: self._rename_class(origin, func, struct))
        else:
            yield Change(origin.source, call, f"{message} (which has {', '.join(struct.arguments) or 'no fields'})")

    def _other_structs(self, origin: Origin, struct: ApiClass) -> list[ApiClass]:
        """The structs that a value is wanted to be besides *struct*; none where one of its readers takes no dict."""
        ways = destinations(origin.source, origin.node)
        wanted = [None if ELEMENT in place.path else place.wanted for place in ways.found]
        found = [self._only_struct(origin.source, want) for want in wanted]
        every = [each for each in found if each is not None]
        whole = ways.complete and len(every) == len(found) and struct in every
        return [each for each in every if each is not struct] if whole else []

    def _only_struct(self, source: Source, want: TypeRef | None) -> ApiClass | None:
        """The struct where one struct, and no list, is wanted: there a dict of its fields is made into it."""
        lists = want is None or any(isinstance(option, ListOf) for option in want.options)
        return self._struct(source, want) if want is not None and not lists else None

    def _become_fields(self, origin: Origin, call: cst.Call) -> None:
        self.edits(origin.source).put(call, literals.as_dict(call, origin.source.names.preferred_quote))

    def _rename_class(self, origin: Origin, func: cst.BaseExpression, struct: ApiClass) -> None:
        if not self.claims(origin.source, origin.node, Named(struct.name)):
            return
        new = self.imports(origin.source).instead(func, struct.module, struct.short_name)
        if new is not func:
            self.edits(origin.source).put(func, new)

    def _wrappers(self, origin: Origin, made: str, struct: ApiClass, given: object) -> list[str]:
        """The fields of *struct* that take the class *made*, or where it never was, its fields."""
        found = []
        described = origin.source.schema.find(made)
        for name, parameter in struct.arguments.items():
            inner = block_of(origin.source.schema, parameter.type)
            if inner is None:
                continue
            if described is not None and inner.name == made:
                found.append(name)
            elif described is None and isinstance(given, dict) and given:
                if all(match_field(inner, each) is not None for each in given):
                    found.append(name)
        return found

    def _wrap(self, origin: Origin, struct: ApiClass, field: str, place: Place) -> None:
        func = self.imports(origin.source).name(struct.module, struct.short_name)
        value: cst.BaseExpression = origin.node
        if any(isinstance(option, ListOf) for option in struct.arguments[field].type.options):
            value = cst.List([cst.Element(value)])
        self.put(origin.source, origin.node, literals.call(func, **{field: value}), Named(struct.name), place)

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


def map_in(struct: ApiClass, written: literals.Dict) -> str | None:
    """The only field of a struct, where that is a map and a dict has none but names of its own."""
    fields = list(struct.arguments.values())
    if len(fields) != 1 or not written.keys or not any(isinstance(each, MapOf) for each in fields[0].type.options):
        return None
    own = fields[0].name
    return own if all(key.name != own and match_field(struct, key.name) is None for key in written.keys) else None


def _takes(struct: ApiClass, given: Arguments) -> bool:
    """Whether a struct has all fields that are given, by these names."""
    return all(each.name in struct.arguments for each in given)

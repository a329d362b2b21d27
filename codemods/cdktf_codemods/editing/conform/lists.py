"""A list or a map is wanted: wrap one in a list, make structs of the dicts in it."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ...meaning import Origin, Source, elements, trace
from ...schema import ApiClass
from ...schema.fields import Match, match_field
from ...schema.paths import block_of
from ...schema.types import ANY, BOOLEAN, NUMBER, STRING, ListOf, MapOf, Named, TypeRef
from .. import literals
from ..safety import SAFE, UNSAFE
from .base import Change, Conforming, Place
from .separated import separated
from .structs import map_in


class Lists(Conforming):
    """A list or a map is wanted."""

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
            yield self._one_as_list(source, node, have, want, place)
        elif struct is not None and (nested := self._list_in_list(source, node)) is not None:
            yield from self._unwrapped(source, node, nested, struct, place)
        elif struct is not None:
            yield from self._structs(source, node, struct, place)
        elif isinstance(have, ListOf):
            for origin in elements(source, node)[0]:
                yield from self.changes(origin.source, origin.node, want.element, place)

    def _one_as_list(
        self, source: Source, node: cst.BaseExpression, have: TypeRef, want: ListOf, place: Place
    ) -> Change:
        """One plain value; a text may be several with commas between."""
        origins, complete = trace(source, node) if have == STRING else ([], False)
        written = origins[0] if complete and len(origins) == 1 else Origin(source, node)
        several = separated(written.source, written.node) if have == STRING else None
        if several is None:
            message = f"{place.text} is a list of {have}s; this is one"
            return self._change(source, node, message, cst.List([cst.Element(node)]), want, place)
        message, values = (
            f"{place.text} is a list of {have}s; this is one text with commas between them",
            several.values,
        )
        if values is None:
            return Change(written.source, written.node, message)
        return Change(
            written.source,
            written.node,
            message,
            lambda: self.put(written.source, written.node, values, want, place),
            several.safety,
        )

    def _list_in_list(self, source: Source, node: cst.BaseExpression) -> list[Origin] | None:
        """What the one element of a list display is written by, where it is a list already; a default may be ``{}``."""
        if not isinstance(node, cst.List) or len(node.elements) != 1 or not isinstance(node.elements[0], cst.Element):
            return None
        origins, complete = trace(source, node.elements[0].value)
        lists = [each for each in origins if literals.is_list(each.node)]
        rest = [each for each in origins if not literals.is_list(each.node)]
        empty = all(isinstance(each.node, cst.Dict) and not each.node.elements for each in rest)
        return origins if complete and lists and empty else None

    def _unwrapped(
        self, source: Source, node: cst.BaseExpression, origins: list[Origin], struct: ApiClass, place: Place
    ) -> Iterator[Change]:
        """A list of one list of structs: the inner list is what is wanted, and a default has to be a list as well."""
        assert isinstance(node, cst.List)
        message = f"{place.text} is a list; this is a list in a list"
        want = ListOf(Named(struct.name))
        yield self._change(source, node, message, literals.unwrapped(node), want, place)
        for origin in origins:
            if isinstance(origin.node, cst.Dict):
                message = f"{place.text} is a list; this default is none"
                yield self._change(origin.source, origin.node, message, self._empty_list(origin, struct), want, place)

    def _empty_list(self, origin: Origin, struct: ApiClass) -> cst.List:
        """A list of one empty block where the block has one field, a map; else an empty list."""
        fields = list(struct.arguments.values())
        if len(fields) != 1 or not any(isinstance(option, MapOf) for option in fields[0].type.options):
            return cst.List([])
        quote = origin.source.names.preferred_quote
        key = cst.SimpleString(f"{quote}{fields[0].name}{quote}")
        return cst.List([cst.Element(cst.Dict([cst.DictElement(key, cst.Dict([]))]))])

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
        return matched * 2 >= len(written.keys) or map_in(struct, written) is not None

    def _wrapped(self, source: Source, node: cst.BaseExpression, struct: ApiClass, place: Place) -> Iterator[Change]:
        message = f"{place.text} is a list of `{struct.short_name}`; this is one"
        yield self._change(source, node, message, cst.List([cst.Element(node)]), ListOf(Named(struct.name)), place)
        for origin in trace(source, node)[0]:
            yield from self._element(origin, struct, place, report_type=False)

    def _dict_as_list(
        self, source: Source, node: cst.BaseExpression, struct: ApiClass, place: Place
    ) -> Iterator[Change]:
        """A dict of names where a list is wanted whose structs have a name field."""
        field = next((name for name in ("name", "key", "id") if name in struct.required), None)
        written = literals.dict_behind(source, node)
        if written is None or not isinstance(written.node, cst.Dict):
            return
        if written.complete and not written.keys and written.node is node:
            message = f"{place.text} is a list of `{struct.short_name}`; this is one that is empty"
            new = cst.List([cst.Element(node)])
            safety = SAFE if self._is_required(place) else UNSAFE
            yield Change(
                source, node, message, lambda: self.put(source, node, new, ListOf(Named(struct.name)), place), safety
            )
            return
        if field is not None and (value := self._value_field(written, struct, field)) is not None:
            message = (
                f"{place.text} is a list of `{struct.short_name}`, each with `{field}` and `{value}`; this is a dict"
            )
            yield Change(
                written.source, written.node, message, lambda: self._paired(written, (field, value), struct, place)
            )
        elif field is not None and written.complete and _is_of_blocks(written):
            message = f"{place.text} is a list of `{struct.short_name}` with a `{field}`; this is a dict by {field}"
            yield Change(written.source, written.node, message, lambda: self._listed(written, field, struct, place))
        elif written.complete and written.keys:
            fields = ", ".join(struct.arguments)
            message = f"{place.text} is a list of `{struct.short_name}` (which has {fields}); this is a dict"
            yield Change(written.source, written.node, message)

    def _is_required(self, place: Place) -> bool:
        """Whether a construct needs the argument, so that an empty block for it is meant to be there."""
        given = place.given
        made = given.caller.called(given.call) if given is not None and given.name == place.name else None
        return made is not None and place.name in made.required

    def _value_field(self, written: literals.Dict, struct: ApiClass, field: str) -> str | None:
        """The one field besides the name that a struct needs, or its ``value``, where it takes all values of a dict."""
        rest = [name for name in struct.required if name != field]
        rest = rest or [name for name in ("value", "values") if name in struct.arguments]
        if len(rest) != 1 or not written.complete or not written.keys:
            return None
        options = struct.arguments[rest[0]].type.options
        lists = [option.element for option in options if isinstance(option, ListOf)]
        for key in written.keys:
            have = written.source.type_of(key.value)
            fits = have in options or have in lists or (isinstance(have, ListOf) and have.element in lists)
            if not fits and not any(_is_convertible(have, option) for option in (*options, *lists)):
                return None
        return rest[0]

    def _paired(self, written: literals.Dict, fields: tuple[str, str], struct: ApiClass, place: Place) -> None:
        """Each key and value of a dict as a struct of the two."""
        source = written.source
        func = self.imports(source).name(struct.module, struct.short_name)
        want = struct.arguments[fields[1]].type
        several = any(isinstance(option, ListOf) for option in want.options)
        assert isinstance(written.node, cst.Dict)
        items = []
        for key, element in zip(written.keys, written.node.elements, strict=True):
            value = key.value
            if several and not isinstance(source.type_of(value), ListOf):
                value = cst.List([cst.Element(value)])
            spelled = key.key if isinstance(key.key, cst.SimpleString) else cst.Name(key.name)
            made = literals.call(func, **{fields[0]: spelled, fields[1]: value})
            items.append(cst.Element(made, comma=element.comma))
        self.put(source, written.node, _laid_out_as(written.node, items), ListOf(Named(struct.name)), place)

    def _listed(self, written: literals.Dict, field: str, struct: ApiClass, place: Place) -> None:
        """Each value of a dict, with its key as a field."""
        source = written.source
        edits = self.edits(source)
        assert isinstance(written.node, cst.Dict)
        items = []
        for key, element in zip(written.keys, written.node.elements, strict=True):
            if isinstance(key.value, (cst.Call, cst.Dict)) and all(
                other.name != field for other in literals.items_of(source, key.value)
            ):
                edits.add(key.value, field, key.key if isinstance(key.key, cst.SimpleString) else cst.Name(key.name))
            items.append(cst.Element(key.value, comma=element.comma))
        self.put(source, written.node, _laid_out_as(written.node, items), ListOf(Named(struct.name)), place)

    def _structs(self, source: Source, node: cst.BaseExpression, struct: ApiClass, place: Place) -> Iterator[Change]:
        """Each element of a list of structs."""
        found, whole = elements(source, node)
        pairs = []
        for origin in found:
            inner, complete = trace(origin.source, origin.node)
            whole &= complete
            for each in inner if complete else ():
                merged = Origin(each.source, each.node)
                pairs.append((merged, origin))
        if whole and self._is_shared_list(node, pairs, struct):
            message = f"{place.text} drops the keys of a dict; it is a `{struct.short_name}`"
            yield Change(source, node, message, lambda: self._unpack_each(source, node, struct, place))
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

    def _unpack_each(self, source: Source, node: cst.BaseExpression, struct: ApiClass, place: Place) -> None:
        func = self.imports(source).name(struct.module, struct.short_name)
        item = cst.Name("each")
        made = cst.Call(func, [cst.Arg(item, star="**")])
        new = cst.ListComp(made, cst.CompFor(item, node))
        self.put(source, node, new, ListOf(Named(struct.name)), place)

    def _element(
        self, origin: Origin, struct: ApiClass, place: Place, use: Origin | None = None, report_type: bool = True
    ) -> Iterator[Change]:
        """One element of a list of structs: a dict becomes the struct, because jsii drops the keys of a dict there."""
        written = literals.dict_of(origin.source, origin.node)
        if written is not None:
            yield from self._dict_as_struct(origin, written, struct, place, use)
        elif report_type:
            have = origin.source.type_of(origin.node)
            yield from self.as_struct(origin.source, origin.node, have, struct, place)

    def _dict_as_struct(
        self, origin: Origin, written: literals.Dict, struct: ApiClass, place: Place, use: Origin | None
    ) -> Iterator[Change]:
        matches = {key.name: match_field(struct, key.name) for key in written.keys}
        if self._is_camel(origin, struct) or (written.complete and not written.keys):
            yield from self._kept_dict(origin, written, struct, place)
            return
        if (field := map_in(struct, written)) is not None:
            text = f"{place.text} is a list of `{struct.short_name}`; this is the `{field}` of one"
            yield Change(origin.source, origin.node, text, lambda: self._as_field(use or origin, struct, field, place))
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
                origin.source,
                origin.node,
                message,
                lambda: self._become_struct(origin.source, written, struct, found, place),
            )
            for key in written.keys:
                name = found[key.name].name
                yield from self.changes(origin.source, key.value, struct.arguments[name].type, place.inside(name))
        elif (
            use is not None
            and use.node is not origin.node
            and self._is_own(use, struct)
            and self._is_unpackable(origin, struct)
        ):
            yield Change(use.source, use.node, message, lambda: self._unpack_at(use, struct, place))
        else:
            yield Change(origin.source, origin.node, f"{message}, but it has other uses; give each its own")

    def _as_field(self, origin: Origin, struct: ApiClass, field: str, place: Place) -> None:
        func = self.imports(origin.source).name(struct.module, struct.short_name)
        made = literals.call(func, **{field: origin.node})
        self.put(origin.source, origin.node, made, Named(struct.name), place)

    def _kept_dict(self, origin: Origin, written: literals.Dict, struct: ApiClass, place: Place) -> Iterator[Change]:
        """The values of a dict that loses no key; what is a block in it stays, keys and all."""
        for key in written.keys:
            match = match_field(struct, key.name)
            if match is None or struct.arguments[match.name].type == ANY:
                continue
            want, inside = struct.arguments[match.name].type, place.inside(match.name)
            inner = block_of(origin.source.schema, want)
            if inner is None:
                yield from self.changes(origin.source, key.value, want, inside)
            elif isinstance(key.value, (cst.Dict, cst.List)):
                yield from self._kept_block(origin.source, key.value, want, inner, inside)
            else:
                for block in _blocks(origin.source, key.value):
                    if (found := literals.dict_of(block.source, block.node)) is not None:
                        yield from self._kept_dict(block, found, inner, inside)

    def _kept_block(
        self, source: Source, node: cst.Dict | cst.List, want: TypeRef, struct: ApiClass, place: Place
    ) -> Iterator[Change]:
        """One block, or several, as dicts that lose no key."""
        several = any(isinstance(option, ListOf) for option in want.options)
        blocks = [element.value for element in node.elements] if isinstance(node, cst.List) else [node]
        if several and isinstance(node, cst.Dict) and not self._is_mapped(want):
            message = f"{place.text} is a list of `{struct.short_name}`; this is one"
            yield self._change(source, node, message, cst.List([cst.Element(node)]), want, place)
        elif not several and isinstance(node, cst.List):
            message = f"{place.text} is one `{struct.short_name}`; this is a list"
            if len(blocks) != 1 or not isinstance(blocks[0], cst.Dict):
                yield Change(source, node, f"{message} of {len(blocks)}")
                return
            yield self._change(source, node, message, literals.unwrapped(node), want, place)
        for block in blocks:
            if (written := literals.dict_of(source, block)) is not None:
                yield from self._kept_dict(Origin(source, block), written, struct, place)

    def _is_mapped(self, want: TypeRef) -> bool:
        return any(isinstance(option, MapOf) for option in want.options)

    def _is_camel(self, origin: Origin, struct: ApiClass) -> bool:
        """Whether all keys of a dict, and of the dicts in it, are as jsii spells them, so that none is dropped."""
        written = literals.dict_of(origin.source, origin.node)
        if written is None or not written.keys or not written.complete:
            return False
        for key in written.keys:
            match = match_field(struct, key.name)
            if match is None or not match.camel:
                return False
            inner = block_of(origin.source.schema, struct.arguments[match.name].type)
            for nested in _blocks(origin.source, key.value) if inner is not None else ():
                here = isinstance(nested.node, cst.Dict) and nested.source is origin.source and nested.node.elements
                if inner is not None and (self._loses(nested, inner) or (here and not self._is_camel(nested, inner))):
                    return False
        return True

    def _loses(self, origin: Origin, struct: ApiClass) -> bool:
        """Whether a dict, wherever it is written, has a key that jsii drops where it converts none."""
        written = literals.dict_of(origin.source, origin.node)
        matches = [match_field(struct, key.name) for key in written.keys] if written is not None else []
        return any(match is not None and not match.camel for match in matches)

    def _become_struct(
        self, source: Source, written: literals.Dict, struct: ApiClass, matches: dict[str, Match], place: Place
    ) -> None:
        func = self.imports(source).name(struct.module, struct.short_name)
        names = {key: match.name for key, match in matches.items()}
        if isinstance(written.node, cst.Dict) and written.spreads and not self._is_disjoint(source, written):
            new = cst.Call(func, [cst.Arg(written.node, star="**")])
        else:
            new = literals.as_call(written, func, names)
        if isinstance(written.node, cst.Dict):
            # Not from afar: the same dict may be put into a list as well.
            if self.claims(source, written.node, Named(struct.name)):
                self.edits(source).replace(written.node, new)
        else:
            self.put(source, written.node, new, Named(struct.name), place)

    def _is_disjoint(self, source: Source, written: literals.Dict) -> bool:
        """Whether what a dict unpacks has none of its other keys, so that all can be keywords of one call."""
        seen = [key.name for key in written.keys]
        for element in written.node.elements if isinstance(written.node, cst.Dict) else ():
            if isinstance(element, cst.StarredDictElement):
                origins, complete = trace(source, element.value)
                inner = [literals.dict_of(each.source, each.node) for each in origins]
                if not complete or not inner or not all(each is not None and each.complete for each in inner):
                    return False
                seen += {key.name for each in inner if each is not None for key in each.keys}
        return len(set(seen)) == len(seen)

    def _unpack_at(self, use: Origin, struct: ApiClass, place: Place) -> None:
        func = self.imports(use.source).name(struct.module, struct.short_name)
        self.put(use.source, use.node, cst.Call(func, [cst.Arg(use.node, star="**")]), Named(struct.name), place)

    def _as_map(
        self, source: Source, node: cst.BaseExpression, want: MapOf, place: Place, alone: bool
    ) -> Iterator[Change]:
        origins, _ = trace(source, node)
        for origin in origins:
            if alone and isinstance(origin.node, cst.List):
                yield self._from_pairs(origin, origin.node, want, place)
            written = literals.dict_of(origin.source, origin.node)
            for key in written.keys if written is not None else ():
                yield from self.changes(origin.source, key.value, want.value, place.inside(key.name, is_key=True))
            if isinstance(origin.node, cst.DictComp):
                yield from self.changes(origin.source, origin.node.value, want.value, place)

    def _from_pairs(self, origin: Origin, node: cst.List, want: MapOf, place: Place) -> Change:
        message = f"{place.text} is a map; this is a list"
        if (pairs := self._pairs(origin, node)) is None:
            if (one := self._one_map(origin, node)) is None:
                return Change(origin.source, node, message)
            return self._change(origin.source, node, message, one, want, place)
        return self._change(origin.source, node, f"{message} of its keys and values", pairs, want, place)

    def _one_map(self, origin: Origin, node: cst.List) -> cst.BaseExpression | None:
        """A list of one dict that can only be the map itself: no key of it says that another is a key's value."""
        if len(node.elements) != 1 or not isinstance(node.elements[0].value, cst.Dict):
            return None
        written = literals.dict_of(origin.source, node.elements[0].value)
        if written is None or not written.complete or not written.keys:
            return None
        names = {key.name for key in written.keys}
        if "name" in names or {"key", "value", "values"} & {name.lower() for name in names}:
            return None
        return literals.unwrapped(node)

    def _pairs(self, origin: Origin, node: cst.List) -> cst.Dict | None:
        """A list of blocks with a key and a value each as the dict that it says."""
        items: list[cst.DictElement] = []
        for element in node.elements:
            found = {each.name.lower(): each.value for each in literals.items_of(origin.source, element.value)}
            key = found.get("name", found.get("key"))
            value = found.get("value")
            whole = isinstance(element.value, cst.Dict) or self._made_name(Origin(origin.source, element.value))
            if not whole or len(found) != 2 or key is None or value is None:
                return None
            if any(key.deep_equals(each.key) for each in items):
                return None
            items.append(cst.DictElement(key, value, comma=element.comma))
        left = cst.LeftCurlyBrace(node.lbracket.whitespace_after)
        return cst.Dict(items, left, cst.RightCurlyBrace(node.rbracket.whitespace_before)) if items else None


def _blocks(source: Source, node: cst.BaseExpression) -> list[Origin]:
    """What one block, or each of several, is written by."""
    found: list[Origin] = []
    for origin in trace(source, node)[0]:
        several = elements(origin.source, origin.node)[0] if literals.is_list(origin.node) else None
        found += [origin] if several is None else [
            inner for each in several for inner in trace(each.source, each.node)[0]
        ]  # fmt: skip
    return found


def _is_of_blocks(written: literals.Dict) -> bool:
    return all(isinstance(key.value, (cst.Call, cst.Dict)) for key in written.keys)


def _laid_out_as(written: cst.Dict, items: list[cst.Element]) -> cst.List:
    """A list in the place of a dict, with the space inside its braces."""
    return cst.List(
        items,
        lbracket=cst.LeftSquareBracket(written.lbrace.whitespace_after),
        rbracket=cst.RightSquareBracket(written.rbrace.whitespace_before),
    )


def _is_convertible(have: TypeRef, want: TypeRef) -> bool:
    """Whether a value of one type becomes the other by a later look: ``64`` where a string is wanted."""
    return have in (NUMBER, BOOLEAN) and want == STRING

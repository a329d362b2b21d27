"""Where an argument belongs by the words of its path: a block's field written flat, a flat argument in a block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from ..meaning import Arguments, Given, Source, arguments, destinations, elements
from ..meaning.destinations import ANY, ELEMENT
from ..schema import ApiClass
from ..schema.fields import NOISE, match_field, singular
from ..schema.naming import words
from ..schema.paths import Path, block_of, paths_named
from ..schema.types import BOOLEAN, NUMBER, STRING, ListOf, MapOf, Named, TypeRef, is_resolvable
from . import literals
from .conform import Conformer, Place
from .fix import Fix
from .ownership import Owner
from .safety import SAFE


@dataclass(frozen=True)
class Stray:
    """A key of a dict for one block that the block does not have: where it is written, and its path."""

    written: literals.Dict
    key: literals.Key
    names: tuple[str, ...]

    @property
    def source(self) -> Source:
        return self.written.source

    @property
    def item(self) -> cst.Arg | cst.BaseDictElement:
        node = self.written.node
        if isinstance(node, cst.Call):
            return next(arg for arg in node.args if arg.keyword is self.key.key)
        return next(each for each in node.elements if isinstance(each, cst.DictElement) and each.key is self.key.key)


def strays(given: Given, made: ApiClass) -> Iterator[Stray]:
    """The keys in the dicts that an argument gives for one block each, and that these do not have."""
    yield from _strays(given.source, given.value, made, (given.name,))


def _strays(source: Source, value: cst.BaseExpression, holder: ApiClass, names: tuple[str, ...]) -> Iterator[Stray]:
    parameter = holder.arguments.get(names[-1])
    if parameter is None or any(isinstance(option, ListOf) for option in parameter.type.options):
        return
    block = block_of(holder.schema, parameter.type)
    written = literals.dict_behind(source, value) if block is not None else None
    if written is None or block is None or not written.complete:
        return
    for key in written.keys:
        if key.name in block.arguments:
            yield from _strays(written.source, key.value, block, (*names, key.name))
        elif match_field(block, key.name) is None:
            yield Stray(written, key, (*names, key.name))


@dataclass(frozen=True)
class Home:
    """The construct that a block ends in, and the names by which it lies there."""

    source: Source
    call: cst.Call
    made: ApiClass
    names: tuple[str, ...]


def home_of(source: Source, node: cst.CSTNode, depth: int = 4) -> Home | None:
    """The one construct that a struct or a dict ends in, as it is, without lists between."""
    ways = destinations(source, node)
    if not ways.complete or len(ways.found) != 1 or depth == 0:
        return None
    place = ways.found[0]
    if place.call is None or ELEMENT in place.path or ANY in place.path:
        return None
    names = (place.argument, *place.path)
    if place.made.is_construct:
        return Home(place.source, place.call, place.made, names)
    outer = home_of(place.source, place.call, depth - 1)
    return Home(outer.source, outer.call, outer.made, (*outer.names, *names)) if outer is not None else None


_SIMPLE = (STRING, NUMBER, BOOLEAN)


def can_be(conformer: Conformer, source: Source, value: cst.BaseExpression, want: TypeRef, place: Place) -> bool:
    """Whether a value fits what is wanted, or can be made to."""
    have = source.type_of(value)
    holds = isinstance(have, (ListOf, MapOf)) or isinstance(value, (cst.List, cst.Dict))
    options = [option for option in want.options if not is_resolvable(option)]
    changes = list(conformer.changes(source, value, want, place))
    if holds and all(option in _SIMPLE for option in options):
        # A text may be JSON, which a dict is written as; what names something else is not.
        if not changes or not all(change.safety == SAFE for change in changes):
            return False
    if isinstance(have, ListOf) and isinstance(have.element, (ListOf, MapOf)) and _is_of_simple(options):
        return False
    if (holds or have in _SIMPLE) and block_of(source.schema, want) is None:
        # An object of the core package, such as a provider, is made of no value.
        if all(isinstance(option, Named) for option in options):
            return False
    return all(change.apply is not None for change in changes)


def _is_of_simple(options: Sequence[TypeRef]) -> bool:
    """Whether lists of simple values are wanted: blocks in a list are no texts of JSON."""
    lists = [option for option in options if isinstance(option, ListOf)]
    return bool(lists) and all(inner in _SIMPLE for option in lists for inner in option.element.options)


@dataclass(frozen=True)
class Relocating:
    """Finds and fills the free places of one construct's call."""

    fix: Callable[[], Fix]
    """The open fix."""
    source: Source
    call: cst.Call
    made: ApiClass
    given: Arguments

    @classmethod
    def at(cls, fix: Callable[[], Fix], home: Home) -> Relocating:
        """Of the construct that a block lies in."""
        return cls(fix, home.source, home.call, home.made, arguments(home.source, home.call))

    def places(self, names: Sequence[str], source: Source, value: cst.BaseExpression) -> list[Path]:
        """The free places that the path of *names* means, and that take the value."""
        found = paths_named(self.made, names)
        return [
            each
            for each in found
            if each.names != tuple(names) and self.is_free(each) and self.takes(each, source, value)
        ]

    def takes(self, path: Path, source: Source, value: cst.BaseExpression) -> bool:
        """Whether a value fits a place as it is, or can be made to."""
        place = Place(f"`{self.made.short_name}.{path}`", path.names[-1])
        return can_be(Conformer(self.fix), source, value, path.type, place)

    def is_free(self, path: Path) -> bool:
        """Whether a place is not given yet, and all blocks above it are there or need nothing else."""
        holder = self._deepest(path)
        if holder is None:
            return False
        at, _, _ = holder
        return all(set(path.holders[level].required) <= {path.names[level]} for level in range(at + 1, len(path.names)))

    def _deepest(self, path: Path) -> tuple[int, Source, cst.Call | cst.Dict] | None:
        """The call or dict, written in the construct's call itself, that the first missing name of a path is put in."""
        holder: tuple[int, Source, cst.Call | cst.Dict] = (0, self.source, self.call)
        known: dict[str, tuple[Source, cst.BaseExpression]] = {
            each.name: (each.source, each.value) for each in self.given
        }
        for at, name in enumerate(path.names):
            if name not in known:
                return (at, *holder[1:])
            source, value = known[name]
            inside = isinstance(value, (cst.Call, cst.Dict)) and source is self.source and at + 1 < len(path.names)
            if not inside or not self._is_block(source, value, path.holders[at + 1]):
                return None
            assert isinstance(value, (cst.Call, cst.Dict))
            holder = (at + 1, source, value)
            known = {each.name: (source, each.value) for each in literals.items_of(source, value)}
        return None

    def _is_block(self, source: Source, value: cst.BaseExpression, block: ApiClass) -> bool:
        written = literals.dict_of(source, value)
        if written is not None:
            return written.complete
        return isinstance(value, cst.Call) and source.called(value) is block and arguments(source, value).complete

    def put(self, path: Path, value: cst.BaseExpression) -> None:
        """Give a value at a free place, with the blocks around it that are missing."""
        holder = self._deepest(path)
        assert holder is not None
        at, source, owner = holder
        self.fix().edits(source).add(owner, path.names[at], self.built(path, at, value))

    def built(self, path: Path, at: int, value: cst.BaseExpression) -> cst.BaseExpression:
        """The value for the name at a place of a path: itself, in the blocks that lie between."""
        for level in range(len(path.names) - 1, at, -1):
            struct = path.holders[level]
            func = self.fix().imports(self.source).name(struct.module, struct.short_name)
            value = literals.call(func, **{path.names[level]: value})
            if path.is_list(level - 1):
                value = cst.List([cst.Element(value)])
        return value

    def move(self, stray: Stray, argument: Given, path: Path) -> None:
        """Take a key out of a block's dict, and the block if nothing else is in it, and give it where it belongs."""
        self.put(path, stray.key.value)
        edits = self.fix().edits(stray.source)
        if len(stray.written.keys) == 1 and len(stray.names) == 2:
            Owner(self.fix()).drop(argument)
        else:
            edits.drop(stray.written.node, stray.item)

    def may_move(self, stray: Stray) -> bool:
        """Whether a key can be taken out of its dict, and its value said at the call."""
        ways = destinations(stray.source, stray.written.node)
        inline = stray.source is self.source and self.call in stray.source.names.ancestors(stray.written.node)
        return ways.complete and len(ways.found) == 1 and (inline or literals.is_literal(stray.key.value))

    def block_like(self, argument: Given) -> list[str]:
        """The blocks not given yet with a like name that take all fields of an unknown one and need no more."""
        fields = self._fields(argument)
        if not fields:
            return []
        found = []
        for name, parameter in self.made.arguments.items():
            block = block_of(self.made.schema, parameter.type) if name not in self.given else None
            if block is None or block.module != self.made.module or not _are_alike(argument.name, name):
                continue
            meant = [{match.name for each in every if (match := match_field(block, each))} for every in fields]
            if all(len(names) == len(every) and set(block.required) <= names for names, every in zip(meant, fields)):
                found.append(name)
        return found

    def _fields(self, argument: Given) -> list[set[str]]:
        """The names of the fields of each block that an argument gives; none where some cannot be read."""
        source, value = argument.source, argument.value
        found = [(source, value)]
        if literals.is_list(value):
            every, complete = elements(source, value)
            found = [(each.source, each.node) for each in every] if complete else []
        fields = []
        for where, node in found:
            written = literals.dict_behind(where, node)
            if written is None or not written.complete or not written.keys:
                return []
            fields.append({key.name for key in written.keys})
        return fields


def _are_alike(first: str, second: str) -> bool:
    """Whether all telling words of one name are in the other, or the one is the initials of the other."""
    one, other = ({singular(word) for word in words(each)} - NOISE for each in (first, second))
    initials = "".join(word[0] for word in words(first) if word not in NOISE)
    return bool(one) and bool(other) and (one <= other or other <= one or (len(initials) > 1 and initials == second))

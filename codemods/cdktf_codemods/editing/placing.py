"""Where an argument belongs that its construct or struct does not have: another name, a block, the construct around."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import libcst as cst

from ..knowledge.aws import JSON_WORDS, switched_by, told_by_status, wants_arn
from ..knowledge.renames import Renamed, argument_renamed
from ..knowledge.services import in_own_words
from ..meaning import Arguments, Given, arguments, string_value
from ..schema import ApiClass, Schema
from ..schema.fields import SWITCHES, near_names, plain_words, singular
from ..schema.naming import words
from ..schema.paths import Path, block_of, paths
from ..schema.types import BOOLEAN, NUMBER, STRING, ListOf, Named
from ..schema.wording import is_measured, said_shorter, without_reference
from . import literals
from .conform import Conformer, Place
from .conform.primitives import means_json, switched
from .fix import Fix
from .ownership import Owner
from .relocating import Relocating, can_be, home_of
from .safety import SAFE, UNSAFE, Safety

_PRIMITIVES = (STRING, NUMBER, BOOLEAN)
_REFERENCES = ("arn", "id", "name")


@dataclass(frozen=True)
class Better:
    """What an argument becomes, for people, and the edits that make it so; ``block`` is the argument that it adds."""

    text: str
    apply: Callable[[], None]
    block: str = ""
    safety: Safety = SAFE


@dataclass(frozen=True)
class Placing:
    """Finds the place of one argument that *made*, which *call* makes, does not have."""

    fix: Callable[[], Fix]
    """The open fix."""
    call: cst.Call
    made: ApiClass
    given: Arguments

    @property
    def schema(self) -> Schema:
        return self.made.schema

    def better(self, argument: Given) -> Better | None:
        """What the argument becomes, where one thing is meant; None where a person has to say."""
        made, given = self.made, self.given
        if (construct_id := misnamed_id(self.call, made, given, argument.name)) is not None:
            return Better(f"its construct id is `{construct_id}`", lambda: self._owner.rename(argument, construct_id))
        if is_scope_besides(self.call, made, argument.name):
            meant = argument.name.rstrip("_")
            free = meant in made.arguments and meant not in given
            return Better(f"it is `{meant}`", lambda: self._owner.rename(argument, meant)) if free else None
        row = argument_renamed(made.provider, made.short_name, argument.name)
        if row is not None and (row.advice or "." in row.new):
            return self._read_otherwise(argument, row) if row.advice else self._at(argument, row.new)
        if row is not None and row.filter:
            return self._filtered(argument, row)
        if row is not None and row.besides and (parted := self._parted(argument, row)) is not None:
            return parted
        if argument.name in made.arguments:
            return self._dissolved(argument)
        inner = self._own_arguments(made, argument, given)
        if inner and all(name.startswith(f"{_stem(argument.name)}_") for name in inner):
            # The whole path is the argument's name, which says more than one that the first half is like.
            return Better("its fields are arguments of their own", lambda: self._owner.replace(argument, inner))
        if (told := self._told_by_status(argument)) is not None:
            return told
        new = self._renamed(made, argument, given) or (None if row else self._meant(made, argument, given))
        if new is not None:
            safety = UNSAFE if self._is_number_for_name(new, argument) else SAFE
            return Better(f"it is `{new}`", lambda: self._owner.rename(argument, new), safety=safety)
        if inner is not None:
            return Better("its fields are arguments of their own", lambda: self._owner.replace(argument, inner))
        if (block := self._block_with(made, argument, given)) is not None:
            text = f"it is a field of its `{block}`"
            return Better(text, lambda: self._move_into(made, argument, block, given), self._new(block))
        if (outer := self._holder(self.call, made, argument)) is not None:
            owner = argument.source.called(outer)
            assert owner is not None
            return Better(f"it is an argument of `{owner.short_name}`", lambda: self._move_out(argument, outer))
        blocks = self._here(argument).block_like(argument)
        if len(blocks) == 1 and not blocks[0].startswith(argument.name):
            return Better(f"it is `{blocks[0]}`", lambda: self._owner.rename(argument, blocks[0]))
        return self._elsewhere(argument) or (None if row else self._worded(argument))

    def _told_by_status(self, argument: Given) -> Better | None:
        """A switch of what is switched by the word of its ``status``."""
        source, value = argument.source, argument.value
        is_switch = argument.name in ("enabled", "enable", "is_enabled") and source.type_of(value) == BOOLEAN
        switch = told_by_status(self.made) if is_switch and "status" not in self.given else None
        if switch is None:
            return None
        on, off = switch
        if off is None and not (isinstance(value, cst.Name) and value.value == "True"):
            return None
        new = switched(value, (on, off or ""), source.names.preferred_quote)
        return Better("it is `status`", lambda: self._owner.rename(argument, "status", new))

    def _here(self, argument: Given) -> Relocating:
        return Relocating(self.fix, argument.caller, self.call, self.made, self.given)

    def _filtered(self, argument: Given, row: Renamed) -> Better | None:
        """A filter of one value in the place of an argument."""
        block = block_of(self.schema, self.made.arguments[row.new].type)
        if block is None or row.new in self.given:
            return None
        quote = argument.source.names.preferred_quote
        name = cst.SimpleString(f"{quote}{row.filter}{quote}")

        def put() -> None:
            func = self.fix().imports(argument.source).name(block.module, block.short_name)
            one = literals.call(func, name=name, values=cst.List([cst.Element(argument.value)]))
            self._owner.rename(argument, row.new, cst.List([cst.Element(one)]))

        return Better(f"it is the filter `{row.filter}`", put)

    def _parted(self, argument: Given, row: Renamed) -> Better | None:
        """Two arguments that say together what one said."""
        value = argument.value
        if row.besides in self.given or not isinstance(value, (cst.SimpleString, cst.Name, cst.Attribute)):
            return None
        firsts = [] if row.new in self.given or string_value(value) == row.only_besides else [row.new]
        others: dict[str, cst.BaseExpression] = {name: value.deep_clone() for name in (*firsts, row.besides)}
        if not others.keys() <= self.made.arguments.keys():
            return None
        said = " and ".join(f"`{name}`" for name in others)
        return Better(f"it is {said}", lambda: self._owner.replace(argument, others))

    def is_dissolved(self, argument: Given) -> bool:
        """Whether what was a block in another version is a plain value by now, and its fields are arguments."""
        return self._dissolved(argument) is not None

    def _dissolved(self, argument: Given) -> Better | None:
        if not isinstance(argument.value, (cst.Dict, cst.Call, cst.Name, cst.Attribute)):
            return None
        parameter = self.made.arguments.get(argument.name)
        if parameter is None or not all(option in _PRIMITIVES for option in parameter.type.options):
            return None
        if isinstance(argument.value, cst.Call) and not self._is_of_no_class(argument):
            return None
        fields = self._fields(argument)
        inner = self._own_arguments(self.made, argument, self.given) if len(fields) > 1 else None
        if inner is None or not fields.keys() <= inner.keys() or means_json(argument.name):
            return None
        return Better("its fields are arguments of their own", lambda: self._owner.replace(argument, inner))

    def _is_of_no_class(self, argument: Given) -> bool:
        """Whether a value is made by a class of a package that has none of this name."""
        assert isinstance(argument.value, cst.Call)
        reference = argument.source.reference(argument.value.func)
        if reference is None or reference.source is not None or self.schema.find(reference.name) is not None:
            return False
        return self.schema.covers(reference.name.rpartition(".")[0])

    def _at(self, argument: Given, names: str) -> Better | None:
        """The place of a path that took over what an argument says."""
        here = self._here(argument)
        path = next((each for each in paths(self.made) if str(each) == names), None)
        if path is None or not here.is_free(path) or not here.takes(path, argument.source, argument.value):
            return None
        return Better(f"it is `{path}`", lambda: self._put(argument, here, path), self._new(path.names[0]))

    def _new(self, name: str) -> str:
        return name if name not in self.given else ""

    def _put(self, argument: Given, here: Relocating, path: Path) -> None:
        if path.names[0] not in self.given:
            self._owner.rename(argument, path.names[0], here.built(path, 0, argument.value))
            return
        here.put(path, argument.value)
        self._owner.drop(argument)

    def _read_otherwise(self, argument: Given, row: Renamed) -> Better | None:
        """``id`` of a resource where the version takes another attribute of it."""
        value = argument.value
        if not row.reads or row.new in self.given or not isinstance(value, cst.Attribute) or value.attr.value != "id":
            return None
        kind = argument.source.type_of(value.value)
        made = self.schema.find(kind.name) if isinstance(kind, Named) else None
        if made is None or row.reads not in made.attributes:
            return None
        new = value.with_changes(attr=cst.Name(row.reads))
        return Better(f"it is `{row.new}`", lambda: self._owner.rename(argument, row.new, new))

    def places(self, argument: Given) -> tuple[Relocating, list[Path]]:
        """The free places in the construct that the argument's path means, and the construct's call."""
        if self.made.is_construct:
            here = self._here(argument)
            return here, here.places([argument.name], argument.source, argument.value)
        home = home_of(argument.caller, self.call)
        if home is None or argument.owner is not self.call:
            return self._here(argument), []
        there = Relocating.at(self.fix, home)
        if there.source is not argument.source:
            return there, []
        return there, there.places((*home.names, argument.name), argument.source, argument.value)

    def _elsewhere(self, argument: Given) -> Better | None:
        """The one place in the construct that the path of names means."""
        there, found = self.places(argument)
        if len(found) != 1:
            return None
        path = found[0]
        if len(path.names) == 1 and self._has_rival(path.names[0], argument):
            return None
        if self.made.is_construct:
            return Better(f"it is `{path}`", lambda: self._put(argument, there, path), self._new(path.names[0]))
        text = f"it is `{path}` of `{there.made.short_name}`"
        return Better(text, lambda: self._relocate(argument, there, path))

    def _relocate(self, argument: Given, there: Relocating, path: Path) -> None:
        there.put(path, argument.value)
        outer = next((each for each in there.given if each.value is self.call), None)
        if outer is not None and len(self.given.given) == 1:
            self._owner.drop(outer)
        else:
            self._owner.drop(argument)

    def nearest(self, name: str) -> list[str]:
        """The arguments that are spelled like *name*, or share a word with it."""
        alike = get_close_matches(name, list(self.made.arguments), 3, 0.5)
        ends = tuple(f"_{each}" for each in alike)
        alike += [each for each in self.made.arguments if each.endswith(ends) and each not in alike]
        return alike or [each for each in self.made.arguments if set(words(each)) & set(words(name))][:3]

    @property
    def _owner(self) -> Owner:
        return Owner(self.fix())

    def _renamed(self, made: ApiClass, argument: Given, given: Arguments) -> str | None:
        row = argument_renamed(made.provider, made.short_name, argument.name)
        if row is None or row.new not in made.arguments or row.new in given:
            return None
        return row.new if self._takes(made, row.new, argument) else None

    def _meant(self, made: ApiClass, argument: Given, given: Arguments) -> str | None:
        """The one argument not given yet that the name means, and that takes the value."""
        free = [name for name in made.arguments if name not in given]
        given_name = in_own_words(made.provider, made.submodule, argument.name) if made.is_construct else argument.name
        near = [name for name in near_names(made, given_name, free) if self._takes(made, name, argument)]
        near = near or self._bare(argument.name, free) or self._by_what_it_reads(argument, free)
        if len(near) == 1 and self._takes(made, near[0], argument):
            return None if self._has_rival(near[0], argument) else near[0]
        missing = [name for name in made.required if name in free] if given.complete else []
        others = [each.name for each in given if each.name not in (*made.signature.parameters, argument.name)]
        is_alone = not any(not near_names(made, each, free) for each in others)
        if len(missing) == 1 and is_alone and self._takes(made, missing[0], argument):
            if words(argument.name)[-1:] == words(missing[0])[-1:]:
                return missing[0]
        return None

    def _worded(self, argument: Given) -> Better | None:
        """The one argument that the name means in fewer words, or in one too much, where nothing else means it."""
        meant = self._in_other_words(argument)
        if meant is None or not self.given.complete or self._has_rival(meant, argument):
            return None
        others = [each for each in self.given if each.name not in self.made.signature.parameters]
        if any(each.name != argument.name and self._in_other_words(each) == meant for each in others):
            return None
        is_certain = meant in self.made.required or is_measured(argument.name, meant)
        is_certain = is_certain and not self._is_other_object(meant, argument)
        text = f"it is `{meant}`"
        safety = SAFE if is_certain else UNSAFE
        return Better(text, lambda: self._owner.rename(argument, meant), safety=safety)

    def _in_other_words(self, argument: Given) -> str | None:
        """An argument that is given already, or is of another type, is none that is meant."""
        made = self.made
        found = [
            each
            for each in said_shorter(argument.name, list(made.arguments))
            if self._takes(made, each, argument) and self._is_of_kind(each, argument)
        ]
        longer = without_reference(argument.name, list(made.arguments))
        if not found and len(longer) == 1 and self._is_by(longer[0], argument):
            found = [each for each in longer if self._takes(made, each, argument)]
        return found[0] if len(found) == 1 and found[0] not in self.given else None

    def _is_by(self, name: str, argument: Given) -> bool:
        """Whether an argument takes what the last word says; by its name only where nothing wants an ARN there."""
        if argument.name.endswith("_arn"):
            return wants_arn(self.made, name)
        return STRING in self.made.arguments[name].type.options and not wants_arn(self.made, name)

    def _is_other_object(self, meant: str, argument: Given) -> bool:
        """Whether an object is meant by its name where its id may be wanted: ``instance_name`` of an ``Eip``.

        There is a resource that is called as the argument, so that this tells which one by whatever it is found by.
        """
        if argument.name.rpartition("_")[2] != "name" or argument.name == meant:
            return False
        package = self.made.module.rpartition(".")[0]
        return bool(self.schema.module(f"{package}.{meant}"))

    def _is_number_for_name(self, name: str, argument: Given) -> bool:
        """Whether a number is given for a name, an id or an ARN that the argument's own name does not speak of."""
        end = plain_words(name)[-1]
        if end not in _REFERENCES or end in plain_words(argument.name):
            return False
        options = self.made.arguments[name].type.options
        return argument.source.type_of(argument.value) == NUMBER and NUMBER not in options

    def _is_of_kind(self, name: str, argument: Given) -> bool:
        """``validation="DNS"`` is no block."""
        have, want = argument.source.type_of(argument.value), self.made.arguments[name].type
        return have not in _PRIMITIVES or block_of(self.schema, want) is None

    def _is_switch(self, name: str, argument: Given) -> bool:
        """Whether a text may be a switch: ``key=True`` is no ``key_name="true"``.

        Of the same words it is the same argument, and some providers declare switches as texts.
        """
        want = self.made.arguments[name].type
        if argument.source.type_of(argument.value) != BOOLEAN or BOOLEAN in want.options or STRING not in want.options:
            return True
        given, known = plain_words(argument.name), plain_words(name)
        is_told = switched_by(self.made, name) is not None
        return is_told or len(given) == len(known) or not SWITCHES.isdisjoint(known)

    def _has_rival(self, name: str, argument: Given) -> bool:
        """Whether another block that takes the value is called the same with something in front.

        ``scaling`` may be ``scaling_configuration`` or ``serverlessv2_scaling_configuration``.
        """
        if len(words(argument.name)) >= len(words(name)):
            return False
        alike = [each for each in self.made.arguments if each.endswith(f"_{name}") and each not in self.given]
        blocks = [each for each in alike if block_of(self.schema, self.made.arguments[each].type) is not None]
        return any(self._takes(self.made, each, argument) for each in blocks)

    def _bare(self, name: str, free: list[str]) -> list[str]:
        """``subnet_ids`` where the resource has ``subnets``, ``role_arn`` where it takes the ARN of a ``role``."""
        *thing, by = [singular(word) for word in words(name)]
        same = [each for each in free if thing and [singular(word) for word in words(each)] == thing]
        return [
            each
            for each in same
            if (by == "arn" and wants_arn(self.made, each)) or (by == "id" and JSON_WORDS.isdisjoint(thing))
        ]

    def _by_what_it_reads(self, argument: Given, free: list[str]) -> list[str]:
        """``kms_key_id=key.arn`` where the resource has ``kms_key_arn``; what wants a key's id takes its ARN."""
        *thing, by = words(argument.name)
        if by not in ("arn", "id") or not isinstance(argument.value, cst.Attribute):
            return []
        read = argument.value.attr.value
        kind = argument.source.type_of(argument.value.value)
        is_key = isinstance(kind, Named) and kind.name.endswith(".KmsKey") and self.made.provider == "aws"
        other = "_".join((*thing, "id" if by == "arn" else "arn"))
        fits = other.endswith(f"_{read}") or (is_key and read == "arn")
        return [other] if other in free and fits else []

    def _takes(self, made: ApiClass, name: str, argument: Given) -> bool:
        """Whether the value fits the argument as it is, or can be made to."""
        place = Place(f"`{made.short_name}.{name}`", name)
        if made is self.made and not self._is_switch(name, argument):
            return False
        return can_be(Conformer(self.fix), argument.source, argument.value, made.arguments[name].type, place)

    def _own_arguments(self, made: ApiClass, argument: Given, given: Arguments) -> dict[str, cst.BaseExpression] | None:
        """The fields of a block that never was, where all of them are the construct's own arguments."""
        fields = self._fields(argument)
        result: dict[str, cst.BaseExpression] = {}
        for field, value in fields.items():
            name = field if field in made.arguments else f"{_stem(argument.name)}_{field}"
            if name not in made.arguments or name in given or name in result:
                return None
            result[name] = value
        return result or None

    def _fields(self, argument: Given) -> dict[str, cst.BaseExpression]:
        """The fields of a block that never was; of a dict with a name, read from it where the argument was given it."""
        source, value = argument.source, argument.value
        if isinstance(value, cst.Dict) or (isinstance(value, cst.Call) and source.called(value) is None):
            return {each.name: each.value for each in literals.items_of(source, value)}
        written = literals.dict_behind(source, value) if isinstance(value, (cst.Name, cst.Attribute)) else None
        if written is None or not written.complete:
            return {}
        quote = source.names.preferred_quote
        keys = {key.name: cst.SimpleString(f"{quote}{key.name}{quote}") for key in written.keys}
        return {
            name: cst.Subscript(value.deep_clone(), [cst.SubscriptElement(cst.Index(key))])
            for name, key in keys.items()
        }

    def _blocks(self, made: ApiClass) -> Iterator[tuple[str, ApiClass, bool]]:
        """The blocks of a construct: argument, struct, and whether it is a list of them."""
        for name, parameter in made.arguments.items():
            for option in parameter.type.options:
                inner = option.element if isinstance(option, ListOf) else option
                struct = self.schema.find(inner.name) if isinstance(inner, Named) else None
                if struct is not None and struct.kind == "struct" and struct.module == made.module:
                    yield name, struct, isinstance(option, ListOf)

    def _block_with(self, made: ApiClass, argument: Given, given: Arguments) -> str | None:
        """The one block that has this field and can take it; a name of one word has to be in one that is missing."""
        found = [name for name, struct, _ in self._blocks(made) if argument.name in struct.arguments]
        is_missing = given.complete and found and found[0] in made.required and found[0] not in given
        if len(found) != 1 or (len(words(argument.name)) < 2 and not is_missing):
            return None
        present = given.get(found[0])
        struct = next(struct for name, struct, _ in self._blocks(made) if name == found[0])
        if present is None:
            return found[0] if set(struct.required) <= {argument.name} else None
        value = present.value
        if not isinstance(value, cst.Call) or present.source.called(value) is not struct:
            return None
        return found[0] if argument.name not in arguments(present.source, value) else None

    def _move_into(self, made: ApiClass, argument: Given, block: str, given: Arguments) -> None:
        _, struct, is_list = next(each for each in self._blocks(made) if each[0] == block)
        if (present := given.get(block)) is not None:
            assert isinstance(present.value, cst.Call)
            self.fix().edits(present.source).add(present.value, argument.name, argument.value)
            self._owner.drop(argument)
            return
        func = self.fix().imports(argument.source).name(struct.module, struct.short_name)
        value: cst.BaseExpression = literals.call(func, **{argument.name: argument.value})
        self._owner.rename(argument, block, cst.List([cst.Element(value)]) if is_list else value)

    def _holder(self, call: cst.Call, made: ApiClass, argument: Given) -> cst.Call | None:
        """The construct's call around a block's, where it has the argument, and not given yet."""
        if made.kind != "struct" or argument.owner is not call:
            return None
        for outer in argument.source.names.ancestors(call):
            if isinstance(outer, cst.Call) and (owner := argument.source.called(outer)) is not None:
                if owner.is_construct:
                    wanted = argument.name in owner.arguments and argument.name not in arguments(argument.source, outer)
                    return outer if wanted and self._takes(owner, argument.name, argument) else None
        return None

    def _move_out(self, argument: Given, outer: cst.Call) -> None:
        self.fix().edits(argument.source).add(outer, argument.name, argument.value)
        self._owner.drop(argument)


CONSTRUCT_IDS = ("id", "id_", "construct_id")
"""What the construct id is called, in one version of a package or another."""


def misnamed_id(call: cst.Call, made: ApiClass, given: Arguments, name: str) -> str | None:
    """What the construct id is called that a call gives as *name*; None where it is right, or given besides.

    It is ``id`` where the resource has no argument of that name, as many of the plugin framework have none, else
    ``id_``; one version of a provider differs from the next in this.
    """
    positional = made.signature.positional
    if not made.is_construct or len(positional) < 2 or name not in CONSTRUCT_IDS:
        return None
    wanted = positional[1].name
    by_position = [arg for arg in call.args if arg.keyword is None and arg.star != "**"]
    if name == wanted or wanted in given or len(by_position) > 1 or any(arg.star == "*" for arg in by_position):
        return None
    return wanted if given.complete else None


def is_scope_besides(call: cst.Call, made: ApiClass, name: str) -> bool:
    """Whether a call gives by name what the scope is called besides a scope: ``scope_`` of a ``Wafv2WebAcl``."""
    positional = made.signature.positional
    by_position = any(arg.keyword is None and not arg.star for arg in call.args)
    return made.is_construct and bool(positional) and name == positional[0].name != name.rstrip("_") and by_position


def _stem(name: str) -> str:
    for end in ("_specification", "_configuration", "_config", "_settings", "_options"):
        name = name.removesuffix(end)
    return name

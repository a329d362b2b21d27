from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ...editing import literals
from ...editing.conform import Conformer, Place
from ...knowledge.renames import argument_renamed
from ...meaning import Arguments, Given, arguments
from ...schema import ApiClass
from ...schema.fields import near_names
from ...schema.naming import words
from ...schema.types import ListOf, Named
from ..rule import SHOWN, UNSAFE, Rule


class UnknownArgument(Rule):
    """An argument that the construct or struct does not have.

    In this order: it was renamed between versions of the provider (``renames.py`` has the source of each); its name is
    one slip away (a plural, another word order, camelCase, the resource's own name in front); it names the one required
    argument that is missing; its fields are the construct's own arguments; it is a field of one of its blocks, or a
    field of a block is the construct's. The value has to fit where it goes.

    Safe where one argument is meant: the call fails as it is. All else is shown with the nearest arguments, and only
    ``--unsafe-fixes`` takes it out, leaving a comment with what stood there.

    Before::

        from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup

        def cache(scope):
            ElasticacheReplicationGroup(scope, "c", replication_group_id="c", replication_group_description="cache")

    After::

        from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup

        def cache(scope):
            ElasticacheReplicationGroup(scope, "c", replication_group_id="c", description="cache")
    """

    code = "A103"
    name = "unknown-argument"
    catalogue = ("A3",)
    wakes = ("cdktf", "constructs")
    makes = frozenset()

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None or made.kind in ("enum", "interface") or not made.signature.parameters:
            return updated_node
        if self.source.is_misplaced(original_node, made):
            return updated_node
        given = arguments(self.source, original_node)
        known = made.signature.parameters
        for argument in given:
            if argument.name not in known and not (argument.name == "vpc" and made.short_name.startswith("Eip")):
                self._repair(original_node, made, argument, given)
        return updated_node

    def _repair(self, call: cst.Call, made: ApiClass, argument: Given, given: Arguments) -> None:
        what = f"`{made.short_name}` has no argument `{argument.name}`"
        if (later := self.schema.later_version_with(made, argument.name)) is not None:
            self.found(argument.key, f"{what} before version {later}", safety=SHOWN, source=argument.source)
            return
        row = argument_renamed(made.short_name, argument.name)
        new = self._renamed(made, argument, given) or (None if row else self._meant(made, argument, given))
        if row is not None and row.advice:
            self._show(made, argument, what)
        elif new is not None:
            if self.found(argument.key, f"{what}; it is `{new}`", source=argument.source):
                self.owner.rename(argument, new)
        elif (inner := self._own_arguments(made, argument, given)) is not None:
            if self.found(argument.key, f"{what}; its fields are arguments of their own", source=argument.source):
                self.owner.replace(argument, inner)
        elif (block := self._block_with(made, argument, given)) is not None:
            if self.found(argument.key, f"{what}; it is a field of its `{block}`", source=argument.source):
                self._move_into(made, argument, block, given)
        elif (outer := self._holder(call, made, argument)) is not None:
            owner = self.source.called(outer)
            assert owner is not None
            if self.found(argument.key, f"{what}; it is an argument of `{owner.short_name}`", source=argument.source):
                self.edits_of(self.source).add(outer, argument.name, argument.value)
                self.owner.drop(argument)
        else:
            self._show(made, argument, what)

    def _renamed(self, made: ApiClass, argument: Given, given: Arguments) -> str | None:
        row = argument_renamed(made.short_name, argument.name)
        if row is None or row.new not in made.arguments or row.new in given:
            return None
        return row.new if self._takes(made, row.new, argument) else None

    def _meant(self, made: ApiClass, argument: Given, given: Arguments) -> str | None:
        """The one argument not given yet that the name means, and that takes the value."""
        free = [name for name in made.arguments if name not in given]
        near = [name for name in near_names(made, argument.name, free) if self._takes(made, name, argument)]
        if len(near) == 1:
            return near[0]
        missing = [name for name in made.required if name in free] if given.complete else []
        unknown = [each for each in given if each.name not in made.signature.parameters]
        if len(missing) == 1 and len(unknown) == 1 and self._takes(made, missing[0], argument):
            if words(argument.name)[-1:] == words(missing[0])[-1:]:
                return missing[0]
        return None

    def _takes(self, made: ApiClass, name: str, argument: Given) -> bool:
        """Whether the value fits the argument as it is, or can be made to."""
        conformer = Conformer(self.open_fix)
        place = Place(f"`{made.short_name}.{name}`", name)
        changes = conformer.changes(argument.source, argument.value, made.arguments[name].type, place)
        return all(change.apply is not None for change in changes)

    def _own_arguments(self, made: ApiClass, argument: Given, given: Arguments) -> dict[str, cst.BaseExpression] | None:
        """The fields of a block that never was, where all of them are the construct's own arguments."""
        items = literals.items_of(argument.source, argument.value)
        if not items or not isinstance(argument.value, (cst.Call, cst.Dict)):
            return None
        if isinstance(argument.value, cst.Call) and argument.source.called(argument.value) is not None:
            return None
        result: dict[str, cst.BaseExpression] = {}
        for item in items:
            name = item.name if item.name in made.arguments else f"{_stem(argument.name)}_{item.name}"
            if name not in made.arguments or name in given or name in result:
                return None
            result[name] = item.value
        return result

    def _blocks(self, made: ApiClass) -> Iterator[tuple[str, ApiClass, bool]]:
        """The blocks of a construct: argument, struct, and whether it is a list of them."""
        for name, parameter in made.arguments.items():
            for option in parameter.type.options:
                inner = option.element if isinstance(option, ListOf) else option
                struct = self.schema.find(inner.name) if isinstance(inner, Named) else None
                if struct is not None and struct.kind == "struct" and struct.module == made.module:
                    yield name, struct, isinstance(option, ListOf)

    def _block_with(self, made: ApiClass, argument: Given, given: Arguments) -> str | None:
        """The one block that has this field and can take it; only for names of two words or more."""
        found = [name for name, struct, _ in self._blocks(made) if argument.name in struct.arguments]
        if len(found) != 1 or len(words(argument.name)) < 2:
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
            self.edits_of(present.source).add(present.value, argument.name, argument.value)
            self.owner.drop(argument)
            return
        func = self.imports_of(argument.source).name(struct.module, struct.short_name)
        value: cst.BaseExpression = literals.call(func, **{argument.name: argument.value})
        self.owner.rename(argument, block, cst.List([cst.Element(value)]) if is_list else value)

    def _holder(self, call: cst.Call, made: ApiClass, argument: Given) -> cst.Call | None:
        """The construct's call around a block's, where it has the argument, and not given yet."""
        if made.kind != "struct" or argument.owner is not call:
            return None
        for outer in self.source.names.ancestors(call):
            if isinstance(outer, cst.Call) and (owner := self.source.called(outer)) is not None:
                if owner.is_construct:
                    wanted = argument.name in owner.arguments and argument.name not in arguments(self.source, outer)
                    return outer if wanted and self._takes(owner, argument.name, argument) else None
        return None

    def _show(self, made: ApiClass, argument: Given, what: str) -> None:
        row = argument_renamed(made.short_name, argument.name)
        near = self._nearest(made, argument.name)
        hint = f"; near: {', '.join(f'`{name}`' for name in near)}" if near else ""
        if row is not None and row.advice:
            hint = f"; instead: {row.advice}. Source: {row.source}"
        safety = UNSAFE if isinstance(argument.owner, cst.Call) else SHOWN
        if self.found(argument.key, what + hint, safety=safety, source=argument.source):
            code = argument.source.module.code_for_node(argument.item.with_changes(comma=cst.MaybeSentinel.DEFAULT))
            text = " ".join(code.split())
            self.edits_of(argument.source).comment_out(argument.owner, argument.item, text)

    def _nearest(self, made: ApiClass, name: str) -> list[str]:
        from difflib import get_close_matches

        alike = get_close_matches(name, list(made.arguments), 3, 0.5)
        return alike or [each for each in made.arguments if set(words(each)) & set(words(name))][:3]


def _stem(name: str) -> str:
    for end in ("_specification", "_configuration", "_config", "_settings", "_options"):
        name = name.removesuffix(end)
    return name

from __future__ import annotations

import libcst as cst

from ...editing.placing import Placing, is_scope_besides, misnamed_id
from ...editing.relocating import Relocating, strays
from ...knowledge.renames import argument_renamed
from ...meaning import Given, Source, arguments
from ...schema import ApiClass
from ...schema.paths import Path
from ..rule import DESCRIBED, SHOWN, Rule

_OF_BACKEND = ("use_lockfile", "S3Backend")
"""An argument that B101 has its say about."""


class UnknownArgument(Rule):
    """An argument that the construct or struct does not have.

    In this order: it was renamed between versions of the provider (``renames.py`` has the source of each); its name is
    one slip away (a plural, another word order, camelCase, the resource's own name in front); it is the construct id,
    which is ``id`` in some resources and ``id_`` in others; it names the one required
    argument that is missing; its fields are the construct's own arguments; it is a field of one of its blocks, or a
    field of a block is the construct's, by the words of the path of names, wherever these are parted
    (``versioning_status`` is ``status`` in ``versioning_configuration``); it says in fewer words what one argument
    alone says (``memory`` is ``memory_size``), or in one too much (``field_name`` is ``field``). The value has to fit
    where it goes, and the place has to be free.

    Safe where one argument is meant: the call fails as it is. Unsafe where one alone has the word, is not required, and
    says more than how it is measured; where a name is given and a resource is called as the argument, so that an id may
    be wanted (``instance_name`` of an ``Eip``); and where a number is given for a name. All else is shown with the
    nearest arguments; only A107, which has to be selected, takes anything out.

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
    wakes = (DESCRIBED,)
    makes = frozenset()

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None or not may_have_unknown(self.source, original_node, made):
            return updated_node
        placing = Placing(self.open_fix, original_node, made, arguments(self.source, original_node))
        added: set[str] = set()
        for argument in placing.given:
            unknown = is_unknown(made, argument.name) or placing.is_dissolved(argument)
            unknown = unknown or is_scope_besides(original_node, made, argument.name)
            if unknown or misnamed_id(original_node, made, placing.given, argument.name):
                self._repair(placing, argument, added)
            elif made.is_construct:
                self._inside(placing, argument)
        return updated_node

    def _inside(self, placing: Placing, argument: Given) -> None:
        """Keys in a block's dict that are the construct's own, or another block's."""
        made = placing.made
        there = Relocating(self.open_fix, self.source, placing.call, made, placing.given)
        for stray in strays(argument, made):
            found = there.places(stray.names, stray.source, stray.key.value)
            what = f"`{made.short_name}.{'.'.join(stray.names[:-1])}` has no `{stray.key.name}`"
            if len(found) > 1 or (found and not there.may_move(stray)):
                self.found(stray.key.key, f"{what}; it may be {_listed(found)}", safety=SHOWN, source=stray.source)
            elif found and self.found(stray.key.key, f"{what}; it is `{found[0]}`", source=stray.source):
                there.move(stray, argument, found[0])

    def _repair(self, placing: Placing, argument: Given, added: set[str]) -> None:
        """What goes into a block that the fix of another one adds waits until it is there."""
        made = placing.made
        what = f"`{made.short_name}` has no argument `{argument.name}`"
        if is_scope_besides(placing.call, made, argument.name):
            what = f"`{argument.name}` of `{made.short_name}` is the scope, which is given already"
        elif argument.name in made.arguments:
            what = f"`{made.short_name}.{argument.name}` is a {made.arguments[argument.name].type}, no block"
        elif argument.name in made.signature.parameters:
            what = f"`{argument.name}` of `{made.short_name}` is Terraform's"
        if (later := self.schema.later_version_with(made, argument.name)) is not None:
            self.found(argument.key, f"{what} before version {later}", safety=SHOWN, source=argument.source)
        elif (better := placing.better(argument)) is None:
            self.found(argument.key, f"{what}{_hint(placing, argument)}", safety=SHOWN, source=argument.source)
        elif better.block not in added:
            if self.found(argument.key, f"{what}; {better.text}", safety=better.safety, source=argument.source):
                better.apply()
                added |= {better.block} - {""}


def may_have_unknown(source: Source, call: cst.Call, made: ApiClass) -> bool:
    """Whether the arguments of a call can be judged: its class is the one meant, and the schema has its arguments."""
    if made.kind in ("enum", "interface") or not made.signature.parameters:
        return False
    return not source.is_misplaced(call, made)


def is_unknown(made: ApiClass, name: str) -> bool:
    """Whether a class has no such argument, and no rule of its own is about it."""
    own = (name == "vpc" and made.short_name.startswith("Eip")) or (name, made.short_name) == _OF_BACKEND
    return name not in made.signature.parameters and not own


def _listed(found: list[Path]) -> str:
    return ", ".join(f"`{each}`" for each in found)


def _hint(placing: Placing, argument: Given) -> str:
    row = argument_renamed(placing.made.provider, placing.made.short_name, argument.name)
    if row is not None and row.advice:
        return f"; instead: {row.advice}. Source: {row.source}"
    _, places = placing.places(argument)
    if len(places) > 1:
        return f"; it may be {_listed(places)}"
    near = placing.nearest(argument.name)
    return f"; near: {', '.join(f'`{name}`' for name in near)}" if near else ""

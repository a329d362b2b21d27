from __future__ import annotations

import re

import libcst as cst

from ...editing.ownership import place_of
from ...knowledge.aws import ENGINE_RESOURCES, ENGINE_VERSIONS
from ...meaning import Destination, Given, Origin, Source, arguments, constant, string_value, trace
from ..rule import SHOWN, UNSAFE, Rule


class EngineVersion(Rule):
    """A database engine's version down to its minor, which RDS may not have (any more).

    ``Cannot find version 15.5 for postgres``: RDS adds minor versions and takes them away. At the precision at which
    RDS picks the latest minor version itself, the deployment goes on working. Source: the ``engine_version`` of
    ``aws_db_instance`` in the AWS provider's documentation.

    Unsafe: a minor version may have been chosen on purpose. Shown where minor upgrades are turned off.

    Before::

        from cdktf_cdktf_provider_aws.db_instance import DbInstance

        def database(scope):
            return DbInstance(scope, "db", instance_class="db.t3.micro", engine="postgres", engine_version="15.5")

    After::

        from cdktf_cdktf_provider_aws.db_instance import DbInstance

        def database(scope):
            return DbInstance(scope, "db", instance_class="db.t3.micro", engine="postgres", engine_version="15")
    """

    code = "V101"
    name = "engine-version"
    safety = UNSAFE
    catalogue = ("V1",)
    wakes = ("engine_version",)
    makes = frozenset(ENGINE_RESOURCES)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None or made.submodule not in ENGINE_RESOURCES:
            return updated_node
        given = arguments(self.source, original_node)
        engine, version = given.get("engine"), given.get("engine_version")
        precise = _precision(_constant(engine)) if engine is not None else None
        if version is None or precise is None:
            return updated_node
        pinned = _is_pinned(self.source, original_node)
        for origin in trace(version.source, version.value)[0]:
            written = string_value(origin.node)
            kept = precise.match(written) if written is not None else None
            if kept is not None and kept[0] != written:
                self._repair(version, origin, f"{written}", kept[0], pinned)
        return updated_node

    def _repair(self, given: Given, origin: Origin, written: str, kept: str, pinned: bool) -> None:
        message = f"RDS may not have version {written}; `{kept}` takes its latest minor version"
        if pinned:
            reason = f"{message}, but minor upgrades are turned off here: check that RDS has it"
            self.found(given.value, reason, source=given.source, safety=SHOWN)
            return
        assert isinstance(origin.node, cst.SimpleString)
        source, node = place_of(given, origin.source, origin.node, _is_version)
        if self.found(node, message, source=source):
            new = cst.SimpleString(f"{origin.node.prefix}{origin.node.quote}{kept}{origin.node.quote}")
            self.owner.change(origin.source, origin.node, new, _is_version, given, at_use=new)


def _is_version(place: Destination) -> bool:
    """Whether a text goes to the version of an engine that need not be exact."""
    return (
        place.argument == "engine_version"
        and place.made.submodule in ENGINE_RESOURCES
        and not _is_pinned(place.source, place.call)
    )


def _is_pinned(source: Source, call: cst.CSTNode | None) -> bool:
    """Whether a construct turns minor upgrades off, so that its version has to be exact."""
    upgrades = arguments(source, call).get("auto_minor_version_upgrade") if isinstance(call, cst.Call) else None
    return upgrades is not None and "false" in (
        constant(upgrades.source, upgrades.value),
        _name(upgrades.value).lower(),
    )


def _constant(given: Given) -> str | None:
    """The engine: a text, or the one that the construct was given whose ``engine`` is read."""
    return constant(given.source, given.value) or _of_construct(given.source, given.value)


def _of_construct(source: Source, node: cst.BaseExpression) -> str | None:
    for origin in trace(source, node)[0]:
        if isinstance(origin.node, cst.Attribute) and origin.node.attr.value == "engine":
            for made in trace(origin.source, origin.node.value)[0]:
                if isinstance(made.node, cst.Call) and (given := arguments(made.source, made.node).get("engine")):
                    return constant(given.source, given.value)
    return None


def _precision(engine: str | None) -> re.Pattern[str] | None:
    for name, pattern in ENGINE_VERSIONS.items():
        if engine is not None and (engine == name or (name.endswith("-") and engine.startswith(name))):
            return re.compile(rf"(?:{pattern})(?=\.|$)")
    return None


def _name(node: cst.BaseExpression) -> str:
    return node.value if isinstance(node, cst.Name) else ""

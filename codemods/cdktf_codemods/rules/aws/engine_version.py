from __future__ import annotations

import libcst as cst

from ...editing.ownership import place_of
from ...knowledge.aws import ENGINE_RESOURCES
from ...knowledge.engine_versions import gone, latest_of
from ...meaning import Destination, Given, Origin, Source, arguments, constant, string_value, trace
from ..rule import SHOWN, UNSAFE, Rule


class EngineVersion(Rule):
    """A version of a database engine that RDS has withdrawn, or never had.

    ``Cannot find version 15.5 for postgres``. The major version, at the precision at which RDS picks the latest minor
    one itself, works. Which versions those are is data (``knowledge/engine_versions.py``), each with the AWS document
    that says so; a version that is merely precise is left alone.

    Unsafe: a minor version may have been chosen on purpose. Shown where minor upgrades are turned off, and where the
    whole major version is withdrawn.

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
    provider = "aws"

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None or made.submodule not in ENGINE_RESOURCES:
            return updated_node
        given = arguments(self.source, original_node)
        holder, version = given.get("engine"), given.get("engine_version")
        engine = _constant(holder) if holder is not None else None
        for origin in trace(version.source, version.value)[0] if version is not None and engine is not None else ():
            if version is not None and engine is not None and gone(engine, string_value(origin.node)) is not None:
                self._repair(version, origin, engine, _is_pinned(self.source, original_node))
        return updated_node

    def _repair(self, given: Given, origin: Origin, engine: str, pinned: bool) -> None:
        assert isinstance(origin.node, cst.SimpleString)
        written = string_value(origin.node) or ""
        row = gone(engine, written)
        assert row is not None
        what = f"`{engine}` {written}: {row.why}"
        latest = latest_of(engine, written)
        if latest is None or pinned:
            advice = (
                "take a major version that RDS has" if latest is None else "minor upgrades are off, so take one it has"
            )
            message = f"{what}; {advice}. Source: {row.source}"
            self.found(given.value, message, source=given.source, safety=SHOWN)
            return
        source, node = place_of(given, origin.source, origin.node, _is_version)
        message = f"{what}; `{latest}` takes the latest minor version. Source: {row.source}"
        if self.found(node, message, source=source):
            new = cst.SimpleString(f"{origin.node.prefix}{origin.node.quote}{latest}{origin.node.quote}")
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


def _name(node: cst.BaseExpression) -> str:
    return node.value if isinstance(node, cst.Name) else ""

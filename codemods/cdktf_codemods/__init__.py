"""Repairs CDKTF Python by what the provider version at hand accepts.

The names below are imported when first asked for: whoever only reads files or looks something up in a schema need not
wait for LibCST.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .engine.run import FileRepair, Repair, RepairError, Settings, repair
    from .rules.rule import Finding, Rule
    from .schema import Schema

__all__ = ["FileRepair", "Finding", "Repair", "RepairError", "Rule", "Schema", "Settings", "repair"]

_HOMES = {
    "FileRepair": "engine.run",
    "Finding": "rules.rule",
    "Repair": "engine.run",
    "RepairError": "engine.run",
    "Rule": "rules.rule",
    "Schema": "schema",
    "Settings": "engine.run",
    "repair": "engine.run",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

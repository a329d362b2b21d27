"""Repairs CDKTF Python by what the provider version at hand accepts.

The names below are imported when first asked for: whoever only reads files or looks something up in a schema need not
wait for LibCST.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .documents.carriers import Output
    from .documents.repairing import Result, repair_output, repair_project, repair_response, repair_text
    from .engine.findings import Failure, FileRepair, Finding, Place, Repair, Site
    from .engine.run import repair
    from .rules.rule import Rule
    from .rules.settings import Settings
    from .schema import Schema

__all__ = [
    "Failure",
    "FileRepair",
    "Finding",
    "Output",
    "Place",
    "Repair",
    "Result",
    "Rule",
    "Schema",
    "Settings",
    "Site",
    "repair",
    "repair_output",
    "repair_project",
    "repair_response",
    "repair_text",
]

_HOMES = {
    "Failure": "engine.findings",
    "FileRepair": "engine.findings",
    "Finding": "engine.findings",
    "Output": "documents.carriers",
    "Place": "engine.findings",
    "Repair": "engine.findings",
    "Result": "documents.repairing",
    "Rule": "rules.rule",
    "Schema": "schema",
    "Settings": "rules.settings",
    "Site": "engine.findings",
    "repair": "engine.run",
    "repair_output": "documents.repairing",
    "repair_project": "documents.repairing",
    "repair_response": "documents.repairing",
    "repair_text": "documents.repairing",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

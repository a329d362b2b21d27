"""What is recorded of one output."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from ..documents import Folder, Resources
from ..documents.carriers import Output, Problem
from ..documents.carriers.output import Nothing
from ..documents.repairing import Result, repair_output, schema_for
from ..engine.findings import Finding, Site
from ..engine.run import repair
from ..rules.settings import Settings, SettingsOf
from ..schema.declarations import declared
from .inputs import Item

Status = Literal["unchanged", "repaired", "partly", "unreadable"]
SettingsFor = Callable[[Path], Settings | SettingsOf]
"""The settings of the project in a folder."""


@dataclass(frozen=True)
class Repaired:
    """An output's record as JSON has it, and the sources that were repaired, by path."""

    record: dict[str, Any]
    texts: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        return {"record": self.record, "texts": self.texts}


def repaired(
    item: Item, providers: tuple[str, ...], settings: SettingsFor | None, without: Collection[Site] = ()
) -> tuple[Result, Repaired]:
    """Repair an output, and say what became of it.

    :param without: the findings whose fixes are left out.

    :raises ValueError: a provider is no version, or none that is known here.
    """
    if item.root is not None and item.output.files:
        result, texts = _of_folder(item, providers, settings, without)
    else:
        result = repair_output(item.output, providers, without=without)
        after = result.after.files
        texts = {path: after[path] for path, text in item.output.files.items() if after[path] != text}
    return result, Repaired(_record(item.output, result, texts), texts)


def unread(output: Output, reason: str) -> Repaired:
    """The record of an output that cost the process that it was in; it is not looked into here, too."""
    nothing = replace(output, given=Nothing(None, (Problem(reason),)))
    return Repaired({**_record(nothing, Result(nothing, nothing, problems=nothing.problems), {}), "id": output.id}, {})


def _of_folder(
    item: Item, providers: tuple[str, ...], settings: SettingsFor | None, without: Collection[Site]
) -> tuple[Result, dict[str, str]]:
    root, output = item.root, item.output
    assert root is not None
    schema, missing = schema_for(output.files, providers, declared(root, item.top))
    editable = list(output.files)
    made = repair(Folder(root), schema, settings(root) if settings else None, editable, Resources(root), without)
    texts = {each.path: each.after for each in made.files}
    errors = {path: reason for path, reason in made.errors.items() if path in output.files}
    result = Result(output, output, tuple(made.findings), errors, made.failures, output.problems, missing)
    return result, texts


def _record(output: Output, result: Result, texts: dict[str, str]) -> dict[str, Any]:
    errors = dict(result.errors or {})
    problems = [{"text": each.text, "line": each.line, "error": each.error} for each in result.problems]
    return {
        "id": output.id,
        "source": output.source,
        "position": output.position,
        "status": _status(output, result, texts),
        "findings": [_finding(output, each) for each in result.findings],
        "errors": errors,
        "failures": [{"code": each.code, "path": each.path, "reason": each.reason} for each in result.failures],
        "problems": problems,
        "missing": list(result.missing),
    }


def _status(output: Output, result: Result, texts: dict[str, str]) -> Status:
    errors = result.errors or {}
    wrong = any(each.error for each in result.problems)
    if (wrong and not output.files) or (output.files and len(errors) >= len(output.files)):
        return "unreadable"
    if not texts:
        return "unchanged"
    left = errors or wrong or result.failures or any(not each.fixed for each in result.findings)
    return "partly" if left else "repaired"


def _finding(output: Output, finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "where": str(output.content.where(finding.path, finding.line, finding.column)),
        "text": finding.text,
        "fixed": finding.fixed,
        "safety": finding.safety,
    }

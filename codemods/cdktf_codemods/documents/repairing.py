"""The library's front door: code, a response or a project in, the repaired one out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..engine.findings import Failure, Finding, Repair, Site
from ..engine.run import repair
from ..rules.settings import Settings, SettingsOf
from ..schema import Schema
from ..schema.declarations import Declared
from ..schema.versions import asked, choose
from ..syntax.imports import really_imported
from .carriers import CarrierError, Output, Problem, content_of
from .carriers.declaring import declared_in


@dataclass(frozen=True)
class Result:
    """What became of an output.

    ``before`` and ``after`` are the same object where nothing was repaired. ``findings`` are placed in the sources
    (``output.content.where`` says where that is in the response); ``errors`` has, by path, why a source could not be
    parsed, ``failures`` the rules that were left out, ``problems`` what could not be read or put back, and ``missing``
    the packages of which no schema is known here, a line each.
    """

    before: Output
    after: Output
    findings: tuple[Finding, ...] = ()
    errors: Mapping[str, str] | None = None
    failures: tuple[Failure, ...] = ()
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return self.after is not self.before

    @property
    def value(self) -> Any:
        """The repaired response, as JSON has it: of what was given, the same form."""
        return self.after.content.value


def repair_text(code: str, providers: Iterable[str] = (), settings: Settings | None = None) -> Result:
    """Repair one program; ``value`` of the result is its code.

    :param providers: versions, such as ``aws@21.9.1``; the defaults of what the code imports, if not given.
    :raises ValueError: a provider is no version, or none that is known here.
    """
    from .carriers.values import Files

    return repair_output(Output("", 0, Files({"main.py": code}, code)), providers, settings)


def repair_response(response: Any, providers: Iterable[str] = (), settings: Settings | None = None) -> Result:
    """Repair a response: Markdown, a chat (a list of messages), or an object of path to text.

    :raises ValueError: as of :func:`repair_text`.
    """
    return repair_output(Output("", 0, content_of(response)), providers, settings)


def repair_project(
    files: Mapping[str, str], providers: Iterable[str] = (), settings: Settings | SettingsOf | None = None
) -> Repair:
    """Repair the Python files of one project, by their path below its root.

    :raises ValueError: as of :func:`repair_text`.
    """
    return repair(files, schema_for(files, providers, declared_in({}))[0], settings)


def repair_output(
    output: Output,
    providers: Iterable[str] = (),
    settings: Settings | SettingsOf | None = None,
    without: Collection[Site] = (),
) -> Result:
    """Repair an output of a carrier.

    :param without: the findings whose fixes are left out.
    :raises ValueError: as of :func:`repair_text`.
    """
    if not output.files:
        return Result(output, output, problems=output.problems)
    schema, missing = schema_for(output.files, providers, declared_in(output.content.resources))
    made = repair(output.files, schema, settings, without=without)
    problems, after, findings = output.problems, output, tuple(made.findings)
    try:
        after = output.repaired({each.path: each.after for each in made.files})
    except CarrierError as error:
        problems = (*problems, Problem(str(error)))
    return Result(output, after, findings, made.errors, made.failures, problems, missing)


def schema_for(files: Mapping[str, str], providers: Iterable[str], found: Declared) -> tuple[Schema, tuple[str, ...]]:
    """The schema of what files import: versions asked for, else those that were *found* declared, else the defaults.

    Also a line for each package that is not known.

    :raises ValueError: as of :func:`repair_text`.
    """
    names = set().union(*map(really_imported, files.values()))
    choice = choose([*map(asked, providers), *found.versions], names, found.bindings, found.outputs)
    return Schema(choice.snapshots, {each.package for each in choice.missing}), tuple(
        each.line for each in choice.missing
    )

"""What ``apply --decisions`` adds to ``apply``: only what was accepted, and only in the texts that were decided on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cdktf_codemods.documents import DocumentError, PythonFile

from .configuration import Choice
from .decisions import Decisions, absolute, digest_of
from .options import Done, Options
from .output import shown_path
from .projects import Work

if TYPE_CHECKING:
    from cdktf_codemods import Site


def replayed(options: Options, decisions: Decisions) -> Options:
    """The options of a run that makes what was accepted, safe or not, and looks for nothing else."""
    rules = frozenset(each.rule for each, accepted in decisions.made.items() if accepted)
    return replace(options, decisions=decisions, choice=Choice(select=rules, unsafe=True))


def accepted_in(work: Work, decisions: Decisions) -> frozenset[Site]:
    """The findings in a project whose repairs are made."""
    return decisions.sites(work.root, work.files, accepted=True)


def outdated(decisions: Decisions, works: list[Work]) -> Iterator[str]:
    """Which texts are not those that were decided on, a line each."""
    owners = {absolute(file): work for work in works for file in work.files}
    for path, digest in decisions.texts.items():
        shown = shown_path(path)
        if path not in owners:
            there = "not among the files asked for" if path.exists() else "no such file"
            yield f"{shown}: {there}, and {shown_path(decisions.source)} decides on it; nothing is changed"
            continue
        try:
            if digest_of(_text(path, owners[path])) != digest:
                yield f"{shown}: changed since {shown_path(decisions.source)} was written; nothing is changed"
        except DocumentError as error:
            yield f"{shown}: {error}"


def keep_decided(done: Done, accepted: frozenset[Site]) -> None:
    """Say nothing of findings that nobody accepted, and which of the others are not there."""
    done.findings = [each for each in done.findings if each.site in accepted]
    for site in sorted(accepted - {each.site for each in done.findings}):
        place = f"{shown_path(done.root / site.path)}:{site.line}:{site.column}"
        done.errors.append(f"{place}: {site.code} was accepted, and is not found there unless other repairs are made")


def _text(path: Path, work: Work) -> str:
    if work.output is not None:
        return work.output.files[path.relative_to(work.root).as_posix()]
    return PythonFile.read(path).text

"""``cdktf-fix check --add-ignores``: a comment for each finding, so that from now on only new ones are said."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cdktf_codemods.documents import DocumentError, PythonFile

from . import stopping
from .apply import asked_for, checked_options, repaired
from .options import Done, Options
from .output import Report, shown_path
from .projects import FAILED, FOUND, NOTHING, Work

if TYPE_CHECKING:
    from cdktf_codemods.engine.ignoring import Ignoring, Noticed

_ROUNDS = 16
"""Of looking and writing; three or four are usual."""
_LAST = 4
"""Rounds in which nothing that was written is taken back, so that they come to an end."""


def run(options: Options, reason: str) -> int:
    """Carry out the command; the result is its exit code."""
    report = Report(options.quiet, options.verbose, dry_run=False)
    try:
        options = checked_options(replace(options, dry_run=True))
        if "#" in reason or not reason.isprintable():
            raise ValueError("--add-ignores: a reason is one line without `#`")
    except ValueError as error:
        report.error(str(error))
        return FAILED
    projects, wrong = asked_for(options)
    for line in wrong:
        report.error(line)
    adding = _Adding(reason, report)
    for left in reversed(range(_ROUNDS)):
        if not adding.round(projects, options, take_back=left >= _LAST):
            break
    adding.summary()
    return FAILED if report.failed else FOUND if report.lacking and not options.exit_zero else NOTHING


class _Adding:
    """The files that get comments."""

    def __init__(self, reason: str, report: Report) -> None:
        self._reason = reason
        self._report = report
        self._files: dict[Path, Ignoring] = {}
        self._said: set[str] = set()

    def round(self, projects: list[Work], options: Options, take_back: bool) -> bool:
        """Look at all projects, then write; whether that changed anything."""
        for each in self._files.values():
            each.left.clear()
        noticed: dict[Path, list[Noticed]] = {}
        texts: dict[Path, str] = {}
        done_projects = repaired(projects, options)
        with closing(done_projects):
            for done in done_projects:
                stopping.check()
                self._report.versions(done, done.root)
                for line in done.errors:
                    self._error(line)
                if done.output is not None:
                    if done.findings:
                        self._error(f"{shown_path(done.root)}: left alone: comments are added to Python files only")
                    continue
                _take(done, noticed, texts)
        return sum(self._write(path, texts[path], found, take_back) for path, found in noticed.items()) > 0

    def _write(self, path: Path, text: str, noticed: list[Noticed], take_back: bool) -> bool:
        from cdktf_codemods.engine.ignoring import Ignoring

        try:
            document = PythonFile.read(path)
            ignoring = self._files.setdefault(path, Ignoring(text, self._reason))
            if document.text != text or ignoring.text != text:
                raise DocumentError("changed on disk meanwhile; left alone")
            ignoring.silence(noticed, take_back)
            if ignoring.text == text:
                return False
            with stopping.shielded():
                document.write(ignoring.text)
            return True
        except DocumentError as error:
            self._error(f"{shown_path(path)}: {error}")
            return False

    def _error(self, line: str) -> None:
        if line not in self._said:
            self._said.add(line)
            self._report.error(line)

    def summary(self) -> None:
        """What was done, and what could not be."""
        for path, ignoring in self._files.items():
            for number in dict.fromkeys(ignoring.left):
                self._error(f"{shown_path(path)}:{number}: no comment can stand where it would silence this")
        counts = [each.count for each in self._files.values() if each.count]
        comments = f"{sum(counts)} comment{'' if sum(counts) == 1 else 's'}"
        self._report.say(f"Added {comments} in {len(counts)} file{'' if len(counts) == 1 else 's'}.")


def _take(done: Done, noticed: dict[Path, list[Noticed]], texts: dict[Path, str]) -> None:
    """Add what was found in a project, which may have a file in common with another."""
    for each in done.findings:
        path = done.root / each.path
        line, column = each.end
        last = line - (column == 1) if line > each.line else each.line
        noticed.setdefault(path, []).append((each.code, each.line, last))
        texts[path] = done.texts[each.path]

"""What a repair says: the changed files, and the findings with their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..editing.safety import Safety
from ..syntax.splices import Splice


class Site(NamedTuple):
    """What tells the findings of a run apart: whose it is, and where it stands in the text as it was."""

    code: str
    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.code} at {self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: line and column, from 1, in the text before the repair and in the text after it."""

    path: str
    line: int
    column: int
    line_after: int
    column_after: int


@dataclass(frozen=True)
class Finding:
    """One failure at one place.

    ``fixed`` says that the repair holds the fix; where it does not, ``safety`` says why: an *unsafe* one was not asked
    for, a *shown* one has no edit. ``also`` are other places that it is about. ``end`` is the line and column
    behind it, before the repair. ``edits`` are those of the repair that the fix takes part in, each with the path of
    its file; of two findings that share one, both have it.
    """

    code: str
    place: Place
    text: str
    safety: Safety
    fixed: bool
    also: tuple[Place, ...] = ()
    end: tuple[int, int] = field(default=(0, 0), compare=False)
    edits: tuple[tuple[str, Splice], ...] = field(default=(), compare=False)

    def order(self) -> tuple[str, int, int, str, str]:
        """What findings are sorted by: the order of the text before the repair."""
        return self.path, self.line, self.column, self.code, self.text

    @property
    def path(self) -> str:
        return self.place.path

    @property
    def line(self) -> int:
        return self.place.line

    @property
    def column(self) -> int:
        return self.place.column

    @property
    def site(self) -> Site:
        return Site(self.code, self.path, self.line, self.column)

    @property
    def message(self) -> str:
        """What is said of it, with the other places as they are before the repair."""
        return self._said([f"{each.path}:{each.line}" for each in self.also])

    @property
    def message_after(self) -> str:
        """The same, with the other places as they are after the repair."""
        return self._said([f"{each.path}:{each.line_after}" for each in self.also])

    def _said(self, places: list[str]) -> str:
        return f"{self.text}: {', '.join(places)}" if places else self.text


@dataclass(frozen=True)
class Failure:
    """What went wrong in the tool itself: a rule, in one file, that was left out there; ``reason`` is one line."""

    path: str
    code: str
    reason: str


@dataclass(frozen=True)
class FileRepair:
    """One file before and after; ``edits`` are what makes the one of the other, in order."""

    path: str
    before: str
    after: str
    edits: tuple[Splice, ...]

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Repair:
    """What was done to a project: its changed files, and the findings in the order of the text.

    ``created`` are the new files that are not Python, by path. ``errors`` has, by path, why a file could not be parsed,
    as ``line:column: reason``; ``failures`` the rules that were left out, each in one file.
    """

    files: list[FileRepair]
    findings: list[Finding]
    errors: dict[str, str]
    created: dict[str, bytes] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()

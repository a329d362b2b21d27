"""A finding as reports show it: where it stands, what it is, and the edits that repair it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cdktf_codemods.syntax.lines import line_and_column, line_starts

from ..carried import in_file
from ..output import shown_path
from ..whereabouts import Whereabouts

if TYPE_CHECKING:
    from ..options import Done

LOSING = ("A102", "S")
"""Rules, and beginnings of codes, about what is lost or leaks without an error: these are shown first."""


@dataclass(frozen=True)
class Change:
    """New text for a part of a file: offsets in characters from 0; lines and columns from 1, the end exclusive."""

    path: str
    start: int
    end: int
    text: str
    range: tuple[int, int, int, int]


@dataclass(frozen=True)
class Result:
    """One finding. ``path`` is as seen from this folder, ``/`` between the parts; ``end`` is the place behind it."""

    code: str
    name: str
    path: str
    line: int
    column: int
    end: tuple[int, int]
    message: str
    safety: str
    fixable: bool
    severity: str
    """``error`` for what fails, is lost or leaks; ``warning`` for what has to be asked for."""
    fingerprint: str
    where: str
    """What is around it, by name: see :class:`.Whereabouts`."""
    changes: tuple[Change, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The finding for programs."""
        return {
            "code": self.code,
            "name": self.name,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "end_line": self.end[0],
            "end_column": self.end[1],
            "message": self.message,
            "severity": self.severity,
            "safety": self.safety,
            "fixable": self.fixable,
            "fingerprint": self.fingerprint,
            "where": self.where,
            "edits": [
                {"path": each.path, "start": each.start, "end": each.end, "text": each.text} for each in self.changes
            ],
        }


@dataclass
class Checked:
    """All that a run has to say. ``texts`` are the files that it is about, as they were, by path."""

    results: list[Result] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, done: Done) -> None:
        """Take in what became of one project."""
        texts = done.texts
        self.texts.update((shown_path(done.root / path), text) for path, text in texts.items())
        starts = {path: line_starts(text) for path, text in texts.items()}
        origins = done.origins or done.findings
        sources = texts if done.output is None else done.output.files
        around = {path: Whereabouts(sources[path]) for path in {each.path for each in origins} if path in sources}
        seen: Counter[tuple[str, ...]] = Counter()
        for finding, origin in zip(done.findings, origins, strict=True):
            file, place, end, before = in_file(finding, origin, done)
            path = shown_path(file)
            changes = tuple(
                Change(shown_path(done.root / where), start, end, text, _range(starts[where], start, end))
                for where, (start, end, text) in finding.edits
            )
            where = around[origin.path].of(origin.line, origin.column) if origin.path in around else ""
            if done.output is not None:
                where = f"{origin.path} > {where}"
            seen[path, finding.code, where] += 1
            parts = (path, finding.code, where, str(seen[path, finding.code, where]))
            rule = done.rules[finding.code]
            self.results.append(
                Result(
                    code=finding.code,
                    name=rule.name,
                    path=path,
                    line=place[0],
                    column=place[1],
                    end=max(end, place),
                    message=before + finding.message,
                    safety=finding.safety,
                    fixable=finding.fixed,
                    severity="error" if rule.default else "warning",
                    fingerprint=_fingerprint(*parts),
                    where=where,
                    changes=changes,
                )
            )


def _fingerprint(*parts: str) -> str:
    """What stays when lines move: file, rule, what is around it, and which of several it is."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def losing_first(results: list[Result]) -> Iterator[Result]:
    """Findings, those first that are about what is lost."""
    yield from sorted(results, key=lambda each: (not each.code.startswith(LOSING), each.severity != "error"))


def _range(starts: list[int], start: int, end: int) -> tuple[int, int, int, int]:
    return *line_and_column(starts, start), *line_and_column(starts, end)

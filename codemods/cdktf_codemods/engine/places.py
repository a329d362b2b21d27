"""Where findings stand: in the texts as they were, and as they are after the repair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import libcst as cst

from ..editing.safety import SHOWN
from ..meaning import Project, Source
from ..rules.rule import Note
from ..syntax.lines import line_and_column, line_starts
from ..syntax.splices import Shifts, Splice, composed
from .findings import Finding, Place, Site
from .shares import Edit, Share, attributed


@dataclass(frozen=True)
class Mark:
    """An offset in a text after so many changes of it."""

    path: str
    offset: int
    changes: int


class Places:
    """Follows places through the changes of a run."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._changes: dict[str, list[Shifts]] = {}
        self._edits: dict[str, list[Splice]] = {}
        self._fixed: list[tuple[Note, list[Mark]]] = []
        self._shares: list[Share] = []
        self._starts: dict[str, list[int]] = {}
        self._starts_now: dict[str, list[int]] = {}

    def fixed(self, note: Note) -> None:
        """Keep the places of a finding whose fix is about to be made."""
        self._fixed.append((note, self._marks(note)))
        self._shares.append(self._share(note))

    def moved(self, path: str, before: str, splices: list[Splice]) -> None:
        """Follow a change of a text, which was *before*."""
        self._changes.setdefault(path, []).append(Shifts(splices))
        self._edits[path] = composed(before, self._edits.get(path, ()), splices)

    def site(self, note: Note) -> Site:
        """What tells a finding apart whose node is in a text as it is now."""
        mark = self._mark(note.source, note.node)
        return Site(note.rule.code, mark.path, *self._was_at(mark))

    def edits(self, path: str) -> tuple[Splice, ...]:
        """All changes of a text so far, as those of the text as it was."""
        return tuple(self._edits.get(path, ()))

    def at(self, path: str, offset: int) -> Place:
        """The place of an offset in a text as it is now."""
        return self._place(self.mark(path, offset))

    def mark(self, path: str, offset: int) -> Mark:
        """An offset in a text as it is now, to be asked for later."""
        return Mark(path, offset, len(self._changes.get(path, ())))

    def now(self, mark: Mark) -> int:
        """Where an offset is in the text as it is now."""
        offset = mark.offset
        for change in self._changes.get(mark.path, [])[mark.changes :]:
            offset = change.after(offset)
        return offset

    def findings(self, left: Iterable[Note]) -> set[Finding]:
        """What was fixed and what is left."""
        every = {path: self.edits(path) for path in self._edits}
        edits = attributed(every, self._shares)
        found = {self._finding(note, marks, True, made) for (note, marks), made in zip(self._fixed, edits)}
        return found | {self._finding(*self._left(note), False) for note in left}

    def _marks(self, note: Note) -> list[Mark]:
        return [self._mark(source, node) for source, node in ((note.source, note.node), *note.also)]

    def _left(self, note: Note) -> tuple[Note, list[Mark]]:
        """A finding that is not fixed, with its place as it is now; if its fix was refused, with the readers."""
        readers = note.fix.readers if note.fix is not None else None
        if readers is not None:
            message = f"{note.message}; it is not changed, for others read it" + (
                "" if readers else " that cannot be seen"
            )
            note = replace(note, message=message, safety=SHOWN, also=(*note.also, *readers))
        elif note.fix is not None and note.fix.broken:
            note = replace(
                note, message=f"{note.message}; the repaired code would not parse, so it is left", safety=SHOWN
            )
        return note, self._marks(note)

    def _mark(self, source: Source, node: cst.CSTNode) -> Mark:
        return self.mark(source.path, source.spans.start(node))

    def _share(self, note: Note) -> Share:
        """What a fix that is about to be made changes, in the texts as they were."""
        assert note.fix is not None
        spans = [
            (path, self._offset_was(self.mark(path, each.start)), self._offset_was(self.mark(path, each.end)))
            for path, found in note.fix.splices.items()
            for each in found
        ]
        mark = self._mark(note.source, note.node)
        return Share(mark.path, self._offset_was(mark), tuple(spans), frozenset(note.fix.requests))

    def _finding(self, note: Note, marks: list[Mark], fixed: bool, edits: Iterable[Edit] = ()) -> Finding:
        place, *also = map(self._place, marks)
        end = max((place.line, place.column), self._was_at(self._end(note, marks[0])))
        return Finding(note.rule.code, place, note.message, note.safety, fixed, tuple(also), end, tuple(edits))

    def _end(self, note: Note, start: Mark) -> Mark:
        span = note.source.spans.of(note.node)
        return replace(start, offset=max(span[1], start.offset) if span is not None else start.offset)

    def _place(self, mark: Mark) -> Place:
        if mark.path not in self._starts_now:
            self._starts_now[mark.path] = line_starts(self._project.code(mark.path))
        is_at = line_and_column(self._starts_now[mark.path], self.now(mark))
        return Place(mark.path, *self._was_at(mark), *is_at)

    def _was_at(self, mark: Mark) -> tuple[int, int]:
        """Line and column in the text as it was."""
        if mark.path not in self._starts:
            self._starts[mark.path] = line_starts(self._project.files[mark.path])
        return line_and_column(self._starts[mark.path], self._offset_was(mark))

    def _offset_was(self, mark: Mark) -> int:
        offset = mark.offset
        for change in reversed(self._changes.get(mark.path, [])[: mark.changes]):
            offset = change.before(offset)
        return offset

"""One round: which of the fixes that were found can be made together, and what the texts are then."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import libcst as cst

from ..editing.imports import Plan, settled
from ..editing.layout import Layout, laid_out
from ..meaning import Project, Source
from ..rules.rule import Note
from ..syntax.splices import Splice, overlap
from ..syntax.text import ParseError, Text

Failed = Callable[[Note, Exception], None]
"""Told of a note whose fix could not be made."""
LetBe = Callable[[Source, cst.CSTNode], bool]
"""Whether the layout of a statement is its author's business."""


@dataclass
class Made:
    """What a round comes to: the notes whose fixes are made, those that wait for the next round, the new texts."""

    accepted: list[Note] = field(default_factory=list)
    waiting: list[Note] = field(default_factory=list)
    splices: dict[str, list[Splice]] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)


class _Broken(Exception):  # noqa: N818  not an error: it says what to try next
    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Round:
    """Makes the fixes of one round, all of a fix or nothing of it."""

    def __init__(
        self,
        project: Project,
        plans: dict[str, Plan],
        layout_of: Callable[[str], Layout],
        failed: Failed,
        let_be: LetBe,
    ) -> None:
        self._project = project
        self._plans = plans
        self._layout_of = layout_of
        self._failed = failed
        self._let_be = let_be
        self._made = Made()

    def make(self, notes: Iterable[Note]) -> Made:
        """Make as many as can be made together: of two that overlap the first stands, the other waits."""
        self._choose(notes)
        while True:
            try:
                self._write(self._made.accepted)
                return self._made
            except _Broken as broken:
                self._leave_out(broken.path)

    def _choose(self, notes: Iterable[Note]) -> None:
        taken: dict[str, list[Splice]] = {}
        for note in notes:
            assert note.fix is not None
            try:
                changes = note.fix.splices if note.fix else None
            except Exception as error:
                self._failed(note, error)
                continue
            if changes is None:
                continue
            if any(_is_taken(taken.get(path, ()), splice) for path, found in changes.items() for splice in found):
                self._made.waiting.append(note)
                continue
            self._made.accepted.append(note)
            for path, found in changes.items():
                for splice in found:
                    insort(taken.setdefault(path, []), splice)

    def _write(self, notes: list[Note]) -> None:
        """Work out the texts that the fixes of *notes* make."""
        self._made.splices, self._made.texts = {}, {}
        for path, concerned in sorted(by_path(notes).items()):
            splices = self._splices(path, concerned)
            try:
                self._made.texts[path] = self._project.splice(path, splices)
            except ParseError:
                raise _Broken(path) from None
            self._made.splices[path] = splices

    def _splices(self, path: str, notes: list[Note]) -> list[Splice]:
        """All changes of a file: those of the fixes, those of its imports, and the layout of what became too long."""
        source = self._project.source(path)
        fixes = [note.fix for note in notes if note.fix is not None]
        assert source is not None
        found = sorted({splice for fix in fixes for splice in fix.splices.get(path, ())})
        requests = [fix.requests[path] for fix in fixes if path in fix.requests]
        imports = settled(source, self._plans.setdefault(path, Plan()), requests, found)
        if any(_is_taken(found, splice) for splice in imports):
            raise _Broken(path)
        return laid_out(
            source.text, sorted({*found, *imports}), self._layout_of(path), lambda line: self._let_be(source, line)
        )

    def _leave_out(self, path: str) -> None:
        """Leave out what alone breaks a file; where it takes several to break it, all but the first wait."""
        concerned = [note for note in self._made.accepted if note.fix is not None and path in note.fix.paths]
        broken = [note for note in concerned if self._breaks(note)]
        late = broken or concerned[1:]
        self._made.accepted = [note for note in self._made.accepted if not any(note is each for each in late)]
        for note in broken:
            assert note.fix is not None
            note.fix.broken = True
        if not broken:
            self._made.waiting += late

    def _breaks(self, note: Note) -> bool:
        try:
            self._write([note])
        except _Broken:
            return True
        return False


def by_path(notes: Iterable[Note]) -> dict[str, list[Note]]:
    """The notes by the files that their fixes change."""
    found: dict[str, list[Note]] = {}
    for note in notes:
        for path in note.fix.paths if note.fix is not None else ():
            found.setdefault(path, []).append(note)
    return found


def _is_taken(taken: list[Splice] | tuple[Splice, ...], splice: Splice) -> bool:
    """Whether a change overlaps with one of *taken*, which are in order and do not overlap each other."""
    at = bisect_left(taken, splice)
    return any(overlap(each, splice) for each in taken[max(at - 2, 0) : at + 3])

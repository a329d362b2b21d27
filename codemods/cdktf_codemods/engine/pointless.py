"""Suppressions for other tools that a repair has made pointless: they go with what they were about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import libcst as cst

from ..meaning import Project, Source
from ..rules.rule import Note
from ..syntax.comments import Comment, comments
from ..syntax.lines import line_starts
from ..syntax.splices import Splice
from .complaints import COMPLAINTS, Complaint
from .places import Mark, Places
from .pragmas import checks, without

_SHORT = 79
"""Characters of a line that no tool calls long, whatever its settings."""
_LENGTH = frozenset(("E501", "C0301", "line-too-long"))
_MARKS = ("noqa", "NOQA", "pylint", "ignore[")
"""A text without any of these has nothing to be read."""


@dataclass(frozen=True)
class _Repaired:
    """A statement that a fix was made in, the rule that did it, and the comments there that name a check."""

    mark: Mark
    rule: str
    comments: frozenset[str]


class Pointless:
    """Keeps which statements were repaired, and in the end finds the suppressions in them that nothing needs."""

    def __init__(self, project: Project, places: Places) -> None:
        self._project = project
        self._places = places
        self._repaired: dict[str, set[_Repaired]] = {}

    def fixed(self, note: Note) -> None:
        """Look at the comments of the statements that a fix is about to be made in."""
        fix = note.fix
        for path in fix.paths if fix is not None else ():
            source = self._project.source(path)
            if source is None or not _pragmas(source.text.code):
                continue
            for statement in _statements(source, note):
                place = source.spans.of(statement)
                said = frozenset(each.text for each in _beside(source, statement))
                if place is not None and said:
                    mark = self._places.mark(path, place[0])
                    self._repaired.setdefault(path, set()).add(_Repaired(mark, note.rule.code, said))

    def splices(self) -> dict[str, list[Splice]]:
        """What to take out of each text; it is not asked about again."""
        every = {path: sorted(self._splices(path, found)) for path, found in self._repaired.items()}
        self._repaired.clear()
        return {path: found for path, found in every.items() if found}

    def _splices(self, path: str, repaired: set[_Repaired]) -> set[Splice]:
        source = self._project.source(path)
        assert source is not None
        names: dict[Comment, set[str]] = {}
        for each in repaired:
            for comment, statement in _now(source, self._places.now(each.mark), each.comments):
                names.setdefault(comment, set()).update(_moot(source, comment, statement, each.rule))
        return {_taken_out(source, comment, moot) for comment, moot in names.items() if moot}


def _statements(source: Source, note: Note) -> list[cst.CSTNode]:
    """The statements of a file that a fix is about: where it edits, and where a name that it lets exist is used."""
    assert note.fix is not None
    dropped = note.fix.requests[source.path].dropped if source.path in note.fix.requests else set()
    nodes = [source.spans.line_at(each.start) for each in note.fix.splices.get(source.path, ())]
    nodes += [binding.node for binding in source.names.imports if id(binding.node) in dropped]
    if note.source is source:
        nodes.append(note.node)
        if isinstance(note.node, cst.Name):
            uses = source.names.uses.get(note.node.value, ())
            nodes += [use for use, scope in uses if not scope.find(note.node.value)]
    lines = {id(line): line for node in nodes if node is not None and (line := source.spans.line_of(node))}
    return list(lines.values())


def _lines(source: Source, statement: cst.CSTNode) -> range:
    place = source.spans.of(statement)
    if place is None:
        return range(0)
    lines = source.spans.lines
    return range(bisect_right(lines, place[0]), bisect_right(lines, max(place[0], place[1] - 1)) + 1)


def _beside(source: Source, statement: cst.CSTNode) -> Iterator[Comment]:
    """The comments about a statement or a part of it: behind its code, or for the next line, above it."""
    lines = _lines(source, statement)
    simple = isinstance(statement, cst.SimpleStatementLine)
    for comment in _pragmas(source.text.code):
        if not simple and "pylint" in comment.text:
            # Behind a header it is for the whole block.
            continue
        above = comment.line == lines.start - 1 and comment.alone and "disable-next" in comment.text
        if above or (comment.line in lines and not comment.alone):
            yield comment


@lru_cache(maxsize=8)
def _pragmas(code: str) -> tuple[Comment, ...]:
    """The comments of a text that name a check, but those that Python's own tokenizer sees on another line."""
    if not any(word in code for word in _MARKS):
        return ()
    lines = line_starts(code)
    found = (each for each in comments(code).found if checks(each.text) and each.line <= len(lines))
    return tuple(each for each in found if code.startswith(each.text, lines[each.line - 1] + each.column))


def _now(source: Source, offset: int, said: frozenset[str]) -> Iterator[tuple[Comment, cst.CSTNode | None]]:
    """The comments of a statement that begins, or began, at an offset, and the statement; none where it is gone."""
    statement = source.spans.line_at(offset)
    if statement is not None:
        yield from ((comment, statement) for comment in _beside(source, statement) if comment.text in said)
    line, _ = source.spans.line_and_column(offset)
    for comment in _pragmas(source.text.code):
        if comment.line == line and comment.alone and comment.text in said:
            yield comment, None


def _moot(source: Source, comment: Comment, statement: cst.CSTNode | None, rule: str) -> Iterator[str]:
    """The checks in a comment that nothing in the statement gives cause to, now that the rule has repaired it."""
    named = checks(comment.text)
    for complaint in COMPLAINTS:
        about = named & complaint.checks
        if about and rule in complaint.rules and not _remains(source, statement, complaint):
            yield from about
    if about := named & _LENGTH:
        start = source.spans.lines[comment.line - 1]
        rest = source.text.code[start : start + comment.column] + without(comment.text, about)
        if statement is not None and not comment.alone and len(rest.rstrip()) <= _SHORT:
            yield from about


def _remains(source: Source, statement: cst.CSTNode | None, complaint: Complaint) -> bool:
    return statement is not None and complaint.remains(source, statement)


def _taken_out(source: Source, comment: Comment, names: set[str]) -> Splice:
    """The change that takes checks out of a comment; with the last of them the comment goes, a line of its own too."""
    code = source.text.code
    line = source.spans.lines[comment.line - 1]
    start = line + comment.column
    end = start + len(comment.text)
    rest = without(comment.text, names)
    if rest:
        return Splice(start, end, rest)
    if not comment.alone:
        return Splice(line + len(code[line:start].rstrip()), end, "")
    below = source.spans.lines[comment.line] if comment.line < len(source.spans.lines) else len(code)
    return Splice(line, below, "")

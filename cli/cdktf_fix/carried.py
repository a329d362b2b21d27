"""Responses: repaired and run as the projects that they are, shown and written as what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cdktf_codemods.documents import Folder, PythonFile

from .output import shown_path

if TYPE_CHECKING:
    from cdktf_codemods.documents.carriers import Output
    from cdktf_codemods.engine.findings import Finding, Place
    from cdktf_codemods.oracle import Answer
    from cdktf_codemods.oracle.answer import Complaint, Dropped, Failure
    from cdktf_codemods.syntax.splices import Splice

    from .options import Done
    from .projects import Work

    _Placed = TypeVar("_Placed", Failure, Dropped, Complaint)

_PARSE_ERROR = re.compile(r"(\d+):(\d+):(.*)", re.DOTALL)


def folder(work: Work) -> Folder:
    """The sources of a response as files in a folder, which is the response."""
    assert work.output is not None
    return _Sources(work.root, {path: document(work.root / path, text) for path, text in work.output.files.items()})


class _Sources(Folder):
    def __contains__(self, path: object) -> bool:
        return path in self.documents

    def __iter__(self) -> Iterator[str]:
        return iter(self.documents)


def document(path: Path, text: str) -> PythonFile:
    """A text in UTF-8 as the file that it is, or is called."""
    return PythonFile(path, text, "utf-8", text.encode("utf-8", "surrogatepass"), str(path))


def unread(work: Work, path: str, reason: str) -> str:
    """That a source cannot be parsed, at its place in the response if it is in one."""
    found = _PARSE_ERROR.match(reason)
    if work.output is None or found is None:
        return f"{shown_path(work.root / path)}:{reason}"
    where = work.output.content.where(path, int(found[1]), int(found[2]))
    return f"{shown_path(work.root)}:{where}:{found[3]}"


def put_back(done: Done, output: Output) -> None:
    """Make of a repaired project the response with the repaired sources in it, and its findings' places those there."""
    from cdktf_codemods import FileRepair
    from cdktf_codemods.documents.carriers import CarrierError

    carrier = done.root
    done.root = carrier.parent
    done.notes += (f"{shown_path(carrier)}:{each.line}: {each.text}" for each in output.problems if not each.error)
    if not output.files and not output.problems:
        done.notes.append(f"{shown_path(carrier)}: no Python in it")
    after = output
    try:
        after = output.repaired({repaired.path: repaired.after for _, repaired in done.changed})
    except CarrierError as error:
        done.errors.append(f"{shown_path(carrier)}: {error}")
        done.findings = [replace(each, fixed=False, safety="shown", edits=()) for each in done.findings]
    if done.before is not None and done.after is not None:
        done.before = placed(done.before, output, carrier.name)
        done.after = placed(done.after, after, carrier.name)
    _place(done, output, after, carrier.name)
    done.changed, done.texts = [], {}
    if done.row is not None:
        done.repaired = after if after is not output else None
        done.findings = [replace(each, edits=()) for each in done.findings]
        return
    if not isinstance(output.content.value, str):
        return
    whole = document(carrier, output.content.value)
    done.texts = {carrier.name: whole.text}
    if after is not output:
        done.changed.append((whole, FileRepair(carrier.name, whole.text, after.content.value, ())))


def _place(done: Done, before: Output, after: Output, name: str) -> None:
    """Have the findings stand in the response, in the order of its text."""
    pairs = [(_placed(each, before, after, name), each) for each in done.findings]
    pairs.sort(key=lambda pair: pair[0].order())
    done.findings, done.origins = [each for each, _ in pairs], [each for _, each in pairs]


def _placed(finding: Finding, before: Output, after: Output, name: str) -> Finding:
    def there(place: Place) -> Place:
        where = before.content.where(place.path, place.line, place.column)
        later = after.content.where(place.path, place.line_after, place.column_after)
        path = f"{name}:{where.within}" if where.within else name
        return replace(
            place,
            path=path,
            line=where.line,
            column=where.column,
            line_after=later.line,
            column_after=later.column,
        )

    end = before.content.where(finding.path, *max(finding.end, (finding.line, finding.column)))
    return replace(
        finding,
        place=there(finding.place),
        also=tuple(map(there, finding.also)),
        end=(end.line, end.column),
        edits=tuple(_edits(finding, before, name)),
    )


def _edits(finding: Finding, output: Output, name: str) -> Iterator[tuple[str, Splice]]:
    """The edits of a finding in the text of the response; none where it is not text, but a part of a row."""
    from cdktf_codemods.documents.carriers import CarrierError, Markdown, Notebook
    from cdktf_codemods.syntax.splices import Splice

    if isinstance(output.content, (Markdown, Notebook)):
        for path, (start, end, text) in finding.edits:
            # What cannot be put back was said of the response as a whole.
            with suppress(CarrierError):
                yield name, Splice(*output.content.edit(path, start, end, text))


def in_file(finding: Finding, origin: Finding, done: Done) -> tuple[Path, tuple[int, int], tuple[int, int], str]:
    """Where programs look for a finding: the file, the place, the place behind it, and what its message begins with.

    In a row the line is that of the table, in a notebook that of its text; the message then tells the place within.

    :param origin: the finding as it stands in its source.
    """
    if done.row is not None:
        place = done.row.line, 1
        return done.row.path, place, place, f"{origin.path}:{origin.line}:{origin.column}: "
    from cdktf_codemods.documents.carriers import Notebook

    if done.output is not None and isinstance(done.output.content, Notebook):
        path, _, cell = finding.path.rpartition(":")
        place = done.output.content.line_in_text(origin.path, origin.line), 1
        return done.root / path, place, place, f"{cell}:{finding.line}:{finding.column}: "
    return done.root / finding.path, (finding.line, finding.column), finding.end, ""


def placed(answer: Answer, output: Output | None, name: str) -> Answer:
    """An answer with a response's places in the place of its project's; *name* is what the response is called."""
    if output is None:
        return answer
    files, content = output.files, output.content

    def there(each: _Placed) -> _Placed:
        if each.place is None or each.place.path not in files:
            return each
        where = content.where(each.place.path, each.place.line, 1)
        path = f"{name}:{where.within}" if where.within else name
        return replace(each, place=replace(each.place, path=path, line=where.line))

    return replace(
        answer,
        failure=there(answer.failure) if answer.failure is not None else None,
        dropped=tuple(map(there, answer.dropped)),
        complaints=tuple(map(there, answer.complaints)),
    )

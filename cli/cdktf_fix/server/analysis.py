"""What `cdktf-fix apply` would do to a document, as it is in the editor."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cdktf_codemods import Finding, Repair, Schema, Site, repair
from cdktf_codemods.documents import DocumentError, Folder, PythonFile, Resources
from cdktf_codemods.knowledge.markers import may_concern
from cdktf_codemods.meaning import Project
from cdktf_codemods.schema.versions import UnknownProviderError
from cdktf_codemods.syntax.deep import with_deep_stack

from ..configuration import Choice, Configuration
from ..projects import Work, gather_given, schema_of
from .pointed import Thing, pointed_at

MOST_LINES = 20_000
"""A document with more takes seconds for each keystroke."""


class NotAnalysedError(Exception):
    """A document of which nothing can be told; the message is one line."""


@dataclass(frozen=True)
class Document:
    """A document as it is in the editor, at one version."""

    path: Path
    text: str
    version: int | None


@dataclass(frozen=True)
class Analysis:
    """The findings in a document, and the text that all safe fixes make of it."""

    document: Document
    findings: tuple[Finding, ...]
    after: str


def analysed(document: Document, others: Mapping[Path, str]) -> Analysis:
    """What is found in a document, with *others* as they are in the editor and the rest as it is on disk.

    :raises NotAnalysedError: it cannot be told.
    """
    result, path = _repaired(document, others, unsafe=False, only=None)
    after = next((each.after for each in result.files if each.path == path), document.text)
    return Analysis(document, tuple(each for each in result.findings if each.path == path), after)


def alone(document: Document, others: Mapping[Path, str], finding: Finding) -> str | None:
    """The text with one finding's fix made, be it unsafe; None where it takes other fixes first, or a new file."""
    result, path = _repaired(document, others, unsafe=True, only=[finding.site])
    if result.created or not any(each.site == finding.site and each.fixed for each in result.findings):
        return None
    return next((each.after for each in result.files if each.path == path), None)


def pointed(document: Document, others: Mapping[Path, str], offset: int) -> tuple[Thing, tuple[int, int]] | None:
    """What the cursor is on at an offset of a document, and where that begins and ends; None for nothing known.

    :raises NotAnalysedError: it cannot be told.
    """
    opened = _opened(document, others)
    if opened is None:
        return None
    project = Project(opened.folder, opened.schema(), frozenset({opened.path}))

    def found() -> tuple[Thing, tuple[int, int]] | None:
        source = project.source(opened.path)
        return pointed_at(source, offset) if source is not None else None

    with closing(project):
        return with_deep_stack(found)


def _repaired(
    document: Document, others: Mapping[Path, str], unsafe: bool, only: Collection[Site] | None
) -> tuple[Repair, str]:
    opened = _opened(document, others)
    if opened is None:
        return Repair([], [], {}), ""
    path, root = opened.path, opened.work.root
    settings = Configuration(root, Choice(unsafe=unsafe))
    if not (settings.chooses(path) or may_concern(document.text)):
        return Repair([], [], {}), path
    result = repair(opened.folder, opened.schema(), settings, [path], Resources(root), only=only)
    if path in result.errors:
        raise NotAnalysedError(result.errors[path])
    return result, path


@dataclass(frozen=True)
class _Opened:
    """A document in its project: its path there, and all files, those that are open as they are in the editor."""

    work: Work
    folder: Folder
    path: str

    def schema(self) -> Schema:
        """That of the versions that the project is for.

        :raises NotAnalysedError: they cannot be told.
        """
        try:
            rest = (text for each, text in self.folder.items() if each != self.path)
            return schema_of(self.work, (), [self.folder[self.path]], rest)[0]
        except UnknownProviderError as error:
            raise NotAnalysedError(str(error)) from error


def _opened(document: Document, others: Mapping[Path, str]) -> _Opened | None:
    """A document in its project; None where settings leave it out.

    :raises NotAnalysedError: it is too long, is no text, or its settings cannot be followed.
    """
    if document.text.count("\n") > MOST_LINES:
        raise NotAnalysedError(f"more than {MOST_LINES} lines: not looked at as you type; `cdktf-fix apply` does")
    works, wrong = gather_given(document.path)
    if not works:
        if wrong:
            raise NotAnalysedError(wrong[0])
        return None
    (work,) = works
    folder = Folder(work.root)
    try:
        for open_path, text in {**others, document.path: document.text}.items():
            if open_path.is_relative_to(work.root):
                inside = open_path.relative_to(work.root).as_posix()
                folder.documents[inside] = PythonFile.of(open_path, text.encode("utf-8", "surrogatepass"))
    except DocumentError as error:
        raise NotAnalysedError(str(error)) from error
    return _Opened(work, folder, document.path.relative_to(work.root).as_posix())

"""The projects that paths stand for, and the provider versions that each is for."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cdktf_codemods.documents import Roots, Unreadable, find_files
from cdktf_codemods.documents.datasets import is_dataset, tables
from cdktf_codemods.documents.project_settings import problems_of
from cdktf_codemods.documents.settings_file import FileSettings, Problem, SettingsError, SettingsFiles

from .options import Row
from .output import shown_path

if TYPE_CHECKING:
    from cdktf_codemods.documents.carriers import Output
    from cdktf_codemods.schema import Schema
    from cdktf_codemods.schema.store import Snapshot
    from cdktf_codemods.schema.versions import Choice

NOTHING, FOUND, FAILED = 0, 1, 2
"""Exit codes: nothing (left) to do, something found, something could not be done."""
_CARRIERS = tuple(
    ".md .markdown .ipynb .jsonl .ndjson .jsonl.gz .ndjson.gz .jsonl.zst .ndjson.zst .parquet .arrow".split()
)
"""Files that carry responses where they are named; below a folder they are left alone."""


@dataclass
class Work:
    """One project, and those of its files that may change."""

    root: Path
    files: list[Path]
    top: Path | None = None
    """The folder that was asked for."""
    output: Output | None = None
    """The response that the files are in; *root* is then the file that carries it, with its row: ``a.jsonl:7``."""
    row: Row | None = None
    """The row of a table that the response is in."""

    @property
    def home(self) -> Path:
        """The folder whose settings and versions hold."""
        return self.root if self.output is None else self.root.parent


def gather(paths: Iterable[Path], field: str | None = None) -> tuple[list[Work], list[str]]:
    """The projects that the Python files below some paths belong to, and, in a line each, what is wrong with others.

    A file is there once, however often and by whatever name it was given; it is not there if its settings cannot be
    followed, or leave it out where it was not asked for by name.

    :param field: the column of a table that the responses are in; the one that can be meant, if not given.
    """
    roots = Roots()
    settings = _AllSettings()
    works: dict[Path, Work] = {}
    unreadable: dict[Path, Unreadable] = {}
    seen: set[Path] = set()
    linked: set[tuple[int, int]] = set()
    wrong: list[str] = []
    for asked_path in paths:
        top = Path(os.path.realpath(asked_path))
        for found in _found(asked_path):
            said = settings.of(found)
            if said is None or (said.exclude and top.is_dir() and said.excludes(str(_path_of(found)))):
                continue
            if isinstance(found, Unreadable):
                unreadable.setdefault(Path(os.path.abspath(found.path)), found)
            elif found not in seen and not _has_been(found, linked):
                seen.add(found)
                if found.name.lower().endswith(_CARRIERS):
                    works.update((work.root, work) for work in carried(found, field, wrong))
                    continue
                root = roots.of(found, top)
                works.setdefault(root, Work(root, [], top)).files.append(found)
    unread = [each for path, each in unreadable.items() if Path(os.path.realpath(path)) not in seen]
    return list(works.values()), [*map(_said, unread), *map(_said, settings.problems), *wrong]


def _found(path: Path) -> Iterator[Path | Unreadable]:
    """The files that a path stands for: of a dataset, its tables."""
    for each in tables(path) if is_dataset(path) else [path]:
        yield from find_files(each)


def carried(path: Path, field: str | None, wrong: list[str]) -> Iterator[Work]:
    """The responses in a file, each as a project; what is wrong with them is added, a line each."""
    from cdktf_codemods.documents.carriers import CarrierError, WholeFile, carrier

    opened = carrier(path, field, shown_path(path))
    assert opened is not None
    is_table = not isinstance(opened, WholeFile)
    unplaced: list[str] = []
    has_field = False
    try:
        for record in opened.records():
            row = Row(path, record.line) if is_table else None
            root = path.with_name(f"{path.name}:{record.line}") if is_table else path
            said = list(_problems(root, record.output, is_table))
            if is_table and record.field is None and record.row is not None:
                unplaced += said
            else:
                has_field = has_field or record.field is not None
                wrong += said
            yield Work(root, [root / name for name in record.output.files], output=record.output, row=row)
    except CarrierError as error:
        wrong.append(f"{shown_path(path)}: {error}")
    # Where no row says which column is meant, the first says it for all.
    wrong += unplaced if has_field else unplaced[:1]


def _problems(root: Path, output: Output, is_row: bool) -> Iterator[str]:
    for each in output.problems:
        if each.error:
            place = "" if is_row and not output.files else f":{each.line}"
            yield f"{shown_path(root)}{place}: {each.text}"


def gather_given(path: Path) -> tuple[list[Work], list[str]]:
    """The project that a text belongs to which is not read from its file, and what is wrong with its settings.

    :param path: absolute; there need be no such file.
    """
    settings = _AllSettings()
    if settings.of(path) is None:
        return [], [_said(problem) for problem in settings.problems]
    return [Work(Roots().of(path, path.parent), [path], path.parent)], []


def _path_of(found: Path | Unreadable) -> Path:
    return Path(os.path.abspath(found.path)) if isinstance(found, Unreadable) else found


def _said(wrong: Unreadable | Problem) -> str:
    line = f":{wrong.line}" if isinstance(wrong, Problem) and wrong.line is not None else ""
    return f"{shown_path(wrong.path)}{line}: {wrong.reason}"


class _AllSettings:
    """The settings of all files, and what is wrong with them."""

    def __init__(self) -> None:
        self._files = SettingsFiles()
        self._known: dict[Path | None, FileSettings | None] = {None: FileSettings()}
        self.problems: dict[Problem, None] = {}

    def of(self, file: Path | Unreadable) -> FileSettings | None:
        """What is said of a file; None if it cannot be followed."""
        try:
            said = self._files.of(_path_of(file).parent)
        except SettingsError as error:
            self.problems.update(dict.fromkeys(error.problems))
            return None
        if said.path not in self._known:
            problems = list(problems_of(said))
            self.problems.update(dict.fromkeys(problems))
            self._known[said.path] = None if problems else said
        return self._known[said.path]


def _has_been(file: Path, linked: set[tuple[int, int]]) -> bool:
    """Whether a file of several names (hard links) was found by another of them."""
    try:
        status = os.stat(file)
    except OSError:
        return False
    identity = (status.st_dev, status.st_ino)
    if status.st_nlink < 2 or identity not in linked:
        linked.add(identity)
        return False
    return True


def schema_of(
    work: Work, providers: Iterable[str], texts: Iterable[str] | None, others: Iterable[str] = ()
) -> tuple[Schema, Choice]:
    """The versions that a project is for: those asked for, else those that it declares; and how they were found.

    :param texts: the code whose imports say which packages it uses; None: those that are declared, and the defaults.
    :param others: the project's other code, which says so where that code imports no provider at all.
    :raises UnknownProviderError: no snapshot has one that was asked for.
    """
    from cdktf_codemods.schema import Schema
    from cdktf_codemods.schema.declarations import declared
    from cdktf_codemods.schema.versions import asked, choose, lacking
    from cdktf_codemods.syntax.imports import imported, really_imported

    found = declared(work.home, work.top)
    if work.output is not None:
        from cdktf_codemods.documents.carriers.declaring import declared_in

        found = declared_in(work.output.content.resources, found)
    versions = [*map(asked, providers), *found.versions]
    if texts is None:
        choice = choose(versions)
    else:
        texts = list(texts)
        names = set().union(*map(imported, texts))
        choice = choose(versions, names, found.bindings, found.outputs)
        if choice.missing:
            names = set().union(*map(really_imported, texts))
            choice = choose(versions, names, found.bindings, found.outputs)
        if _knows_core_only(choice, names):
            more = choose(versions, names.union(*map(really_imported, others)), found.bindings, found.outputs)
            choice = choice if more.missing else more
    notes = [f"{shown_path(work.root)}: {line}" for line in found.problems] + choice.notes
    lacks = {each.package for each in choice.missing} | lacking(versions, choice.snapshots)
    return Schema(choice.snapshots, lacks), choice._replace(notes=notes)


def _knows_core_only(choice: Choice, names: Collection[str]) -> bool:
    """Whether code is about cdktf and nothing says of which provider."""
    cores = [each.package for each in choice.snapshots if each.is_core]
    return (
        not choice.missing
        and any(name.partition(".")[0] in cores for name in names)
        and not any(each.about["terraform"] for each in choice.snapshots)
    )


def described(snapshot: Snapshot) -> str:
    """A package, its version and that of the Terraform provider in it; of generated bindings, what they are called."""
    terraform = snapshot.about["terraform"]
    provider = f" ({snapshot.provider} {terraform})" if terraform else ""
    return f"{snapshot.mounted}{' by ' if snapshot.mounted else ''}{snapshot.package} {snapshot.version}{provider}"

"""What a batch reads: folders of projects, Python files, and carriers of responses, one output after the other."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from filecmp import cmp
from pathlib import Path

from ..documents import DocumentError, PythonFile, Resources, Roots, Unreadable, find_files
from ..documents.carriers import Carrier, CarrierError, Output, Problem, Record, Where, carrier
from ..documents.carriers.output import Nothing
from ..documents.datasets import STATE, is_dataset, renewed, tables
from ..documents.project_settings import line_length, problems_of, terraform_version
from ..documents.settings_file import SettingsError, SettingsFiles
from ..schema.declarations import declaring_files

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Item:
    """One output; ``root`` is the project's folder where its files are on disk, ``record`` its place in a carrier."""

    output: Output
    root: Path | None = None
    top: Path | None = None
    record: Record | None = None


class Source:
    """One of the inputs. ``name`` is what its outputs are called by, ``target`` its name in the output folder."""

    def __init__(self, path: Path, target: str) -> None:
        self.path = path
        self.name = path.as_posix()
        self.target = target

    def items(self) -> Iterator[Item]:
        """The outputs in order, one at a time in memory; what cannot be read is an output with a problem."""
        raise NotImplementedError

    def count(self) -> int:
        """How many outputs there are, about."""
        raise NotImplementedError

    def fingerprint(self) -> str:
        """The SHA-256 of all that is read of it."""
        raise NotImplementedError

    def write(self, folder: Path, repaired: Iterator[tuple[Item, Mapping[str, str]]]) -> None:
        """Write its outputs below a folder, in its own form; with each come the sources that were repaired."""
        raise NotImplementedError


class Table(Source):
    """A file of responses."""

    def __init__(self, path: Path, target: str, opened: Carrier) -> None:
        super().__init__(path, target)
        self._carrier = opened

    def items(self) -> Iterator[Item]:
        position = 0
        try:
            for record in self._carrier.records():
                yield Item(record.output, record=record)
                position += 1
        except CarrierError as error:
            yield _unreadable(self.name, position, str(error))

    def count(self) -> int:
        return self._carrier.count()

    def fingerprint(self) -> str:
        return _digest([self.path])

    def write(self, folder: Path, repaired: Iterator[tuple[Item, Mapping[str, str]]]) -> None:
        with ExitStack() as stack:
            writer = None
            for item, texts in repaired:
                if item.record is not None:
                    # Only now, so that a file that cannot be read leaves none behind.
                    if writer is None:
                        target = folder / self.target
                        target.parent.mkdir(parents=True, exist_ok=True)
                        writer = stack.enter_context(self._carrier.writer(target))
                    writer.write(item.record, item.output.repaired(texts) if texts else None)


class Companions(Source):
    """The files of a dataset that are no tables; they come after these, and tell by what data they were made."""

    def _files(self) -> list[Path]:
        known = set(tables(self.path))
        return sorted(each for each in self.path.rglob("*") if each.is_file() and each not in known)

    def items(self) -> Iterator[Item]:
        return iter(())

    def count(self) -> int:
        return 0

    def fingerprint(self) -> str:
        return _digest(self._files())

    def write(self, folder: Path, repaired: Iterator[tuple[Item, Mapping[str, str]]]) -> None:
        for each in self._files():
            target = folder / self.target / each.relative_to(self.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            data = each.read_bytes()
            if each.name == STATE and not _same(each.parent, target.parent):
                data = renewed(data, target.parent)
            target.write_bytes(data)


def _same(part: Path, other: Path) -> bool:
    """Whether the tables of two parts are the same bytes."""
    return all((other / each.name).is_file() and cmp(each, other / each.name, shallow=False) for each in tables(part))


class Projects(Source):
    """A folder of projects, or one Python file; each project is an output."""

    def _projects(self) -> tuple[dict[Path, list[Path]], list[str]]:
        """The files to be repaired by their project, and, in a line each, what is wrong with others."""
        roots, settings, top = Roots(), SettingsFiles(), Path(os.path.realpath(self.path))
        found: dict[Path, list[Path]] = {}
        wrong: dict[str, None] = {}
        for each in find_files(self.path):
            if isinstance(each, Unreadable):
                wrong[f"{each.path}: {each.reason}"] = None
                continue
            try:
                said = settings.of(each.parent)
                problems = list(problems_of(said))
            except SettingsError as error:
                problems = list(error.problems)
            wrong.update((f"{problem.path}: {problem.reason}", None) for problem in problems)
            if not problems and not (top.is_dir() and said.excludes(str(each))):
                found.setdefault(roots.of(each, top), []).append(each)
        return found, list(wrong)

    def items(self) -> Iterator[Item]:
        projects, wrong = self._projects()
        position = 0
        top = Path(os.path.realpath(self.path))
        for root in sorted(projects):
            yield Item(Output(self.name, position, _on_disk(root, sorted(projects[root]))), root, top)
            position += 1
        for each in wrong:
            yield _unreadable(self.name, position, each)
            position += 1

    def count(self) -> int:
        return sum(map(len, self._projects()))

    def fingerprint(self) -> str:
        projects, wrong = self._projects()
        settings, top = SettingsFiles(), Path(os.path.realpath(self.path))
        said: dict[str, None] = dict.fromkeys(wrong)
        files = {file for found in projects.values() for file in found}
        for root, found in projects.items():
            files.update(declaring_files(root, top), map(root.joinpath, Resources(root)))
            said[f"{root} {line_length(root)} {terraform_version(root)}"] = None
            said.update(
                (f"{each.path} {each.text}", None) for each in map(settings.of, {each.parent for each in found})
            )
        return _digest(sorted(files), sorted(said))

    def write(self, folder: Path, repaired: Iterator[tuple[Item, Mapping[str, str]]]) -> None:
        top = Path(os.path.realpath(self.path))
        base = top if top.is_dir() else top.parent
        for item, texts in repaired:
            content = item.output.given
            for path, document in content.documents.items() if isinstance(content, OnDisk) else ():
                below = document.path.relative_to(base)
                target = folder / self.target / below if top.is_dir() else folder / self.target
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(document.encoded(texts[path]) if path in texts else document.data)


@dataclass(frozen=True)
class OnDisk(Nothing):
    """The sources of a project on disk; ``value`` is what they say, by path."""

    documents: Mapping[str, PythonFile] = field(default_factory=dict)

    def where(self, path: str, line: int, column: int) -> Where:
        return Where(line, column, path)


def _on_disk(root: Path, files: list[Path]) -> OnDisk:
    documents, problems = {}, []
    for file in files:
        path = file.relative_to(root).as_posix()
        try:
            documents[path] = PythonFile.read(file)
        except DocumentError as error:
            problems.append(Problem(f"{path}: {error}"))
    texts = {path: each.text for path, each in documents.items()}
    return OnDisk(texts, tuple(problems), texts, documents=documents)


def sources(paths: Sequence[Path], field: str | None) -> list[Source]:
    """The inputs that paths are; each file is there once, however often it was named."""
    found: dict[str, list[Source]] = {}
    targets: set[str] = set()
    for path in paths:
        real = os.path.realpath(path)
        if real not in found:
            target = _free(os.path.basename(real) or "root", targets)
            found[real] = list(_sources(path, target, field))
    return [each for several in found.values() for each in several]


def _sources(path: Path, target: str, field: str | None) -> Iterator[Source]:
    if is_dataset(path):
        for each in tables(path):
            opened = carrier(each, field)
            assert opened is not None
            yield Table(each, f"{target}/{each.relative_to(path).as_posix()}", opened)
        yield Companions(path, target)
    elif os.path.isdir(path) or (opened := carrier(path, field)) is None:
        yield Projects(path, target)
    else:
        yield Table(path, target, opened)


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{number}-{name}"
    taken.add(free)
    return free


def _unreadable(source: str, position: int, reason: str) -> Item:
    return Item(Output(source, position, Nothing(None, (Problem(reason),))))


def _digest(files: Sequence[Path], more: Sequence[str] = ()) -> str:
    digest = hashlib.sha256("\0".join(more).encode("utf-8", "surrogatepass"))
    for file in files:
        digest.update(b"\0" + os.fsencode(file) + b"\0")
        try:
            with file.open("rb") as opened:
                while chunk := opened.read(_CHUNK):
                    digest.update(chunk)
        except OSError as error:
            digest.update(str(error.errno).encode())
    return digest.hexdigest()

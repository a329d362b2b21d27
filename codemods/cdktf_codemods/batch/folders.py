"""Folders of projects as inputs of a batch, and single Python files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..documents import DocumentError, PythonFile, Resources, Roots, Unreadable, find_files
from ..documents.carriers import Output, Problem, Where
from ..documents.carriers.output import Nothing
from ..documents.project_settings import line_length, problems_of, terraform_version
from ..documents.settings_file import SettingsError, SettingsFiles
from ..schema.declarations import declaring_files
from .source import Item, Source, digest, unreadable


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
            yield unreadable(self.name, position, each)
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
        return digest(sorted(files), sorted(said))

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

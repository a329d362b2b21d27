"""Which files there are, and which belong together."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..meaning.project import ENTRY_POINTS
from .python_file import DocumentError, PythonFile

_LEFT_ALONE = frozenset(
    (
        ".bzr .direnv .eggs .git .gen .hg .idea .ipynb_checkpoints .mypy_cache .nox .pytest_cache .ruff_cache .svn "
        ".terraform .tox .venv .vscode __pycache__ __pypackages__ _build build cdktf.out dist node_modules "
        "site-packages venv"
    ).split()
)
"""Folders that ruff and black leave alone too, and those that CDKTF and Terraform generate."""
_GENERATED = ("pyvenv.cfg", "_jsii")
"""What marks a virtual environment, and bindings that ``cdktf get`` made."""
_MANIFESTS = ("pyproject.toml", "Pipfile", "requirements.txt", "setup.py", "setup.cfg", "poetry.lock", "uv.lock")


@dataclass(frozen=True)
class Unreadable:
    """A path that was asked for or found, and cannot be repaired; ``reason`` is one line."""

    path: Path
    reason: str


def find_files(path: Path) -> Iterator[Path | Unreadable]:
    """The Python files that *path* stands for: itself, or all below it that neither git nor convention leaves out."""
    if not path.is_dir():
        yield _checked(path, path.parent) if path.is_symlink() else path
        return
    for file in _walk(path, _Ignored.above(path)):
        yield _checked(file, path) if file.is_symlink() else file


def _checked(link: Path, tree: Path) -> Path | Unreadable:
    if not link.resolve().is_relative_to(tree.resolve()):
        return Unreadable(link, "a link out of the tree; left alone")
    return link


def _walk(folder: Path, ignored: _Ignored, python: bool = True) -> Iterator[Path]:
    """The Python files below a folder, or all that are not."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    ignored = ignored.within(folder)
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in _LEFT_ALONE and not _is_generated(path) and not ignored.matches(path, "/"):
                yield from _walk(path, ignored, python)
        elif entry.name.endswith(".py") == python and not ignored.matches(path):
            yield path


def _is_generated(folder: Path) -> bool:
    return any((folder / mark).exists() for mark in _GENERATED)


@dataclass(frozen=True)
class _Ignored:
    """The ``.gitignore`` files in force, from the repository's root downwards."""

    specs: tuple[tuple[Path, Any], ...] = ()

    @classmethod
    def above(cls, path: Path) -> _Ignored:
        folders = [path.resolve(), *path.resolve().parents]
        root = next((at for at, folder in enumerate(folders) if (folder / ".git").exists()), 0)
        ignored = cls()
        for folder in reversed(folders[1 : root + 1]):
            ignored = ignored.within(folder)
        return ignored

    def within(self, folder: Path) -> _Ignored:
        file = folder / ".gitignore"
        if not file.is_file():
            return self
        from pathspec import GitIgnoreSpec

        try:
            spec = GitIgnoreSpec.from_lines(file.read_text(encoding="utf-8", errors="replace").splitlines())
        except (OSError, ValueError):
            return self
        return _Ignored((*self.specs, (folder.resolve(), spec)))

    def matches(self, path: Path, end: str = "") -> bool:
        if not self.specs:
            return False
        full = path.parent.resolve() / path.name
        for base, spec in reversed(self.specs):
            decision = spec.check_file(full.relative_to(base).as_posix() + end).include
            if decision is not None:
                return bool(decision)
        return False


def project_root(file: Path, asked: Path) -> Path:
    """The folder of the project that *file*, found below *asked*, belongs to.

    That is the nearest folder with a ``cdktf.json``; else, at or below *asked*, the nearest with a manifest or the
    topmost with an entry point; else the nearest above with a manifest or a repository; else *asked* itself.
    """
    file = Path(os.path.abspath(file))
    top = Path(os.path.abspath(asked))
    top = top if top.is_dir() else top.parent
    above = list(file.parents)
    repository = next((at for at, folder in enumerate(above) if (folder / ".git").exists()), len(above))
    above = above[: repository + 1]
    below = [folder for folder in above if folder.is_relative_to(top)]
    return (
        _first(above, ("cdktf.json",))
        or _first(below, _MANIFESTS)
        or _first(below[::-1], ENTRY_POINTS)
        or _first(above, (*_MANIFESTS, ".git"))
        or top
    )


def _first(folders: list[Path], names: tuple[str, ...]) -> Path | None:
    return next((folder for folder in folders if any((folder / name).exists() for name in names)), None)


@dataclass
class Folder(Mapping[str, str]):
    """The texts of a project's Python files by their path below its root; each is read when first asked for."""

    root: Path
    documents: dict[str, PythonFile | None] = field(default_factory=dict)

    def document(self, path: str) -> PythonFile | None:
        """The file, or None where it cannot be read."""
        if path not in self.documents:
            try:
                self.documents[path] = PythonFile.read(self.root / path)
            except DocumentError:
                self.documents[path] = None
        return self.documents[path]

    def __getitem__(self, path: str) -> str:
        document = self.document(path)
        if document is None:
            raise KeyError(path)
        return document.text

    def __contains__(self, path: object) -> bool:
        if path in self.documents:
            return self.documents[str(path)] is not None
        return isinstance(path, str) and (self.root / path).is_file() and self.document(path) is not None

    def __iter__(self) -> Iterator[str]:
        for file in _walk(self.root, _Ignored.above(self.root)):
            path = file.relative_to(self.root).as_posix()
            if path in self:
                yield path

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Resources(Mapping[str, bytes]):
    """The files of a project that are not Python, by their path below its root; each is read when asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __getitem__(self, path: str) -> bytes:
        try:
            return (self.root / path).read_bytes()
        except OSError as error:
            raise KeyError(path) from error

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and (self.root / path).is_file()

    def __iter__(self) -> Iterator[str]:
        """Those at the root and in the folders below it; what git or convention leaves out is not listed."""
        for file in _walk(self.root, _Ignored.above(self.root), python=False):
            yield file.relative_to(self.root).as_posix()

    def __len__(self) -> int:
        return sum(1 for _ in self)

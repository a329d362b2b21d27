"""Which files there are below a folder, as git sees it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..reading import exists, is_file, saw_entries, status_of, text
from .disk import reason

_LEFT_ALONE = frozenset(
    (
        ".bzr .direnv .eggs .git .gen .hg .idea .ipynb_checkpoints .mypy_cache .nox .pytest_cache .ruff_cache .svn "
        ".terraform .tox .venv .vscode __pycache__ __pypackages__ _build build cdktf.out dist node_modules "
        "site-packages venv"
    ).split()
)
"""Folders that ruff and black leave alone too, and those that CDKTF and Terraform generate."""
_GENERATED = frozenset(("pyvenv.cfg", "_jsii"))
"""What marks a virtual environment, and bindings that ``cdktf get`` made."""
_SEEN = rf"(?!(?:{'|'.join(map(re.escape, sorted(_LEFT_ALONE)))})/$).*"
_SEEN_PYTHON = rf"{_SEEN}(?:/|(?<=\.py))|\.gitignore|{'|'.join(map(re.escape, sorted(_GENERATED)))}"
"""The names in a folder by which it is told what files there are."""


@dataclass(frozen=True)
class Unreadable:
    """A path that was asked for or found, and cannot be repaired; ``reason`` is one line."""

    path: Path
    reason: str


def find_files(path: Path) -> Iterator[Path | Unreadable]:
    """The Python files that *path* stands for: itself, or all below it that neither git nor convention leaves out.

    Each is given by its real path. Links to folders are not followed, nor is a link out of *path* (out of its folder,
    if it is one itself).
    """
    try:
        is_folder = stat.S_ISDIR(os.stat(path).st_mode)
    except OSError as error:
        yield Unreadable(path, f"cannot read: {reason(error)}")
        return
    real = os.path.realpath(path)
    if not is_folder:
        yield _followed(str(path), os.path.realpath(path.parent)) if path.is_symlink() else Path(real)
        return
    for found in walk(real):
        if isinstance(found, Unreadable):
            yield found
        elif not found.is_symlink():
            yield Path(found.path)
        elif not os.path.isdir(found.path):
            yield _followed(found.path, real)


def _followed(link: str, tree: str) -> Path | Unreadable:
    try:
        os.stat(link)
    except OSError as error:
        return Unreadable(Path(link), f"cannot read: {reason(error)}")
    real = os.path.realpath(link)
    if not real.startswith(os.path.join(tree, "")):
        return Unreadable(Path(link), "a link out of the tree; left alone")
    return Path(real)


def walk(top: str, python: bool = True) -> Iterator[os.DirEntry[str] | Unreadable]:
    """The Python files below a folder, or all that are not; links are listed, not followed.

    :param top: a real path.
    """
    seen = _SEEN_PYTHON if python else _SEEN
    open_folders = [_entries(top, _Ignored.above(top), seen, top=True)]
    while open_folders:
        entry = next(open_folders[-1], None)
        if entry is None:
            open_folders.pop()
        elif isinstance(entry, Unreadable):
            yield entry
        elif isinstance(entry, tuple):
            open_folders.append(_entries(*entry, seen))
        elif entry.name.endswith(".py") == python:
            yield entry


def _entries(
    folder: str, ignored: _Ignored, seen: str, top: bool = False
) -> Iterator[os.DirEntry[str] | tuple[str, _Ignored] | Unreadable]:
    """A folder's files, and the folders in it (each with what is ignored there), by name.

    :param seen: matches the names that matter.
    """
    status = status_of(folder)
    try:
        with os.scandir(folder) as listing:
            entries = {entry.name: entry for entry in listing}
    except OSError as error:
        yield Unreadable(Path(folder), f"cannot look into it: {reason(error)}")
        return
    saw_entries(folder, seen, entries.values(), status)
    if not top and not _GENERATED.isdisjoint(entries):
        return
    if ".gitignore" in entries:
        ignored = ignored.within(folder)
    for name in sorted(entries):
        entry = entries[name]
        if not entry.is_dir(follow_symlinks=False):
            if not ignored.matches(entry.path):
                yield entry
        elif name not in _LEFT_ALONE and not ignored.matches(entry.path, "/"):
            yield entry.path, ignored


@dataclass(frozen=True)
class _Ignored:
    """The ``.gitignore`` files in force, from the repository's root downwards, each with its folder and a ``/``."""

    specs: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def above(cls, folder: str) -> _Ignored:
        folders = [folder, *map(str, Path(folder).parents)]
        root = next((at for at, each in enumerate(folders) if exists(os.path.join(each, ".git"))), 0)
        ignored = cls()
        for each in reversed(folders[1 : root + 1]):
            ignored = ignored.within(each)
        return ignored

    def within(self, folder: str) -> _Ignored:
        file = os.path.join(folder, ".gitignore")
        if not is_file(file):
            return self
        from pathspec import GitIgnoreSpec

        try:
            spec = GitIgnoreSpec.from_lines(text(Path(file), "utf-8", "replace").splitlines())
        except (OSError, ValueError):
            return self
        return _Ignored((*self.specs, (os.path.join(folder, ""), spec)))

    def matches(self, path: str, end: str = "") -> bool:
        for base, spec in reversed(self.specs):
            decision = spec.check_file(path[len(base) :].replace(os.sep, "/") + end).include
            if decision is not None:
                return bool(decision)
        return False

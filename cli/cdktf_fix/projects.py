"""The projects that paths stand for, and the provider versions that each is for."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cdktf_codemods.documents import Roots, Unreadable, find_files

if TYPE_CHECKING:
    from cdktf_codemods.schema import Schema

NOTHING, FOUND, FAILED = 0, 1, 2
"""Exit codes: nothing (left) to do, something found, something could not be done."""


@dataclass(frozen=True)
class OracleOptions:
    """How projects are run: ``environment`` has what they see beyond a bare minimum, ``seconds`` what each may take."""

    sandbox: bool = True
    environment: tuple[tuple[str, str], ...] = ()
    terraform: bool = False
    seconds: float = 60.0


@dataclass
class Work:
    """One project, and those of its files that may change."""

    root: Path
    files: list[Path]


def gather(paths: Iterable[Path]) -> tuple[list[Work], list[Unreadable]]:
    """The projects that the Python files below some paths belong to, and the paths that cannot be read.

    A file is there once, however often and by whatever name it was given.
    """
    roots = Roots()
    works: dict[Path, Work] = {}
    unreadable: dict[Path, Unreadable] = {}
    seen: set[Path] = set()
    linked: set[tuple[int, int]] = set()
    for asked_path in paths:
        top = Path(os.path.realpath(asked_path))
        for found in find_files(asked_path):
            if isinstance(found, Unreadable):
                unreadable.setdefault(Path(os.path.abspath(found.path)), found)
            elif found not in seen and not _has_been(found, linked):
                seen.add(found)
                root = roots.of(found, top)
                works.setdefault(root, Work(root, [])).files.append(found)
    return list(works.values()), [each for path, each in unreadable.items() if Path(os.path.realpath(path)) not in seen]


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


def schema_of(root: Path, providers: Iterable[str]) -> tuple[Schema, list[str]]:
    """The versions that a project is for: those asked for, else those that it declares; and what to note of them.

    :raises UnknownProviderError: no snapshot has one of them.
    """
    from cdktf_codemods.schema import Schema
    from cdktf_codemods.schema.versions import Declaration, asked, choose, declared

    declarations: list[Declaration] = [*map(asked, providers), *declared(root)]
    snapshots, notes = choose(declarations)
    return Schema(snapshots), notes

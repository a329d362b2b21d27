"""The projects that paths stand for, and the provider versions that each is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cdktf_codemods.documents import Unreadable, find_files, project_root
from cdktf_codemods.schema import Schema
from cdktf_codemods.schema.versions import Declaration, asked, choose, declared

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
    """The projects that the Python files below some paths belong to, and the paths that cannot be read."""
    works: dict[Path, Work] = {}
    unreadable: list[Unreadable] = []
    seen: set[Path] = set()
    for asked_path in paths:
        for found in find_files(asked_path):
            if isinstance(found, Unreadable):
                unreadable.append(found)
                continue
            full = found.resolve()
            if full not in seen:
                seen.add(full)
                root = project_root(full, asked_path.resolve())
                works.setdefault(root, Work(root, [])).files.append(full)
    return list(works.values()), unreadable


def schema_of(root: Path, providers: Iterable[str]) -> tuple[Schema, list[str]]:
    """The versions that a project is for: those asked for, else those that it declares; and what to note of them.

    :raises UnknownProviderError: no snapshot has one of them.
    """
    declarations: list[Declaration] = [*map(asked, providers), *declared(root)]
    snapshots, notes = choose(declarations)
    return Schema(snapshots), notes

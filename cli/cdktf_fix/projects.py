"""The projects that paths stand for, and the provider versions that each is for."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cdktf_codemods.documents import Roots, Unreadable, find_files

from .output import shown_path

if TYPE_CHECKING:
    from cdktf_codemods.schema import Schema
    from cdktf_codemods.schema.store import Snapshot
    from cdktf_codemods.schema.versions import Choice

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
    top: Path | None = None
    """The folder that was asked for."""


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
                works.setdefault(root, Work(root, [], top)).files.append(found)
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


def schema_of(work: Work, providers: Iterable[str], texts: Iterable[str] | None) -> tuple[Schema, Choice]:
    """The versions that a project is for: those asked for, else those that it declares; and how they were found.

    :param texts: the code whose imports say which packages it uses; None: those that are declared, and the defaults.
    :raises UnknownProviderError: no snapshot has one that was asked for.
    """
    from cdktf_codemods.schema import Schema
    from cdktf_codemods.schema.declarations import declared
    from cdktf_codemods.schema.versions import asked, choose
    from cdktf_codemods.syntax.imports import imported, really_imported

    found = declared(work.root, work.top)
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
    notes = [f"{shown_path(work.root)}: {line}" for line in found.problems] + choice.notes
    return Schema(choice.snapshots), choice._replace(notes=notes)


def described(snapshot: Snapshot) -> str:
    """A package, its version and that of the Terraform provider in it; of generated bindings, what they are called."""
    terraform = snapshot.about["terraform"]
    provider = f" ({snapshot.provider} {terraform})" if terraform else ""
    return f"{snapshot.mounted}{' by ' if snapshot.mounted else ''}{snapshot.package} {snapshot.version}{provider}"

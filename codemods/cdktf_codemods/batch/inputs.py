"""What a batch reads: folders of projects, Python files, and carriers of responses, one output after the other."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..documents.carriers import carrier
from ..documents.datasets import is_dataset, tables
from .folders import OnDisk, Projects
from .source import Item, Source
from .tables import Companions, Table

__all__ = ["Item", "OnDisk", "Projects", "Source", "sources"]


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

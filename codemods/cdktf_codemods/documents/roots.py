"""Which files belong together."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ..knowledge.entry_points import ENTRY_POINTS

_MANIFESTS = ("pyproject.toml", "Pipfile", "requirements.txt", "setup.py", "setup.cfg", "poetry.lock", "uv.lock")
_MARKS = ("cdktf.json", *_MANIFESTS, *ENTRY_POINTS, ".git")


class Roots:
    """Tells which project a file belongs to; what folders hold is looked up once."""

    def __init__(self) -> None:
        self._marks: dict[Path, frozenset[str]] = {}
        self._known: dict[tuple[Path, Path], Path] = {}

    def of(self, file: Path, asked: Path) -> Path:
        """The folder of the project that *file*, found below *asked*, belongs to; both are real paths.

        That is the nearest folder with a ``cdktf.json``; else, at or below *asked*, the nearest with a manifest or the
        topmost with an entry point; else the nearest above with a manifest or a repository; else *asked* itself.
        """
        key = (file.parent, asked)
        if key not in self._known:
            self._known[key] = self._found(file, asked if asked.is_dir() else asked.parent)
        return self._known[key]

    def _found(self, file: Path, top: Path) -> Path:
        above = list(file.parents)
        repository = next((at for at, folder in enumerate(above) if ".git" in self._marks_of(folder)), len(above))
        above = above[: repository + 1]
        below = [folder for folder in above if folder.is_relative_to(top)]
        return (
            self._first(above, ("cdktf.json",))
            or self._first(below, _MANIFESTS)
            or self._first(below[::-1], ENTRY_POINTS)
            or self._first(above, (*_MANIFESTS, ".git"))
            or top
        )

    def _first(self, folders: Iterable[Path], names: tuple[str, ...]) -> Path | None:
        return next((folder for folder in folders if not self._marks_of(folder).isdisjoint(names)), None)

    def _marks_of(self, folder: Path) -> frozenset[str]:
        if folder not in self._marks:
            self._marks[folder] = frozenset(name for name in _MARKS if os.path.exists(folder / name))
        return self._marks[folder]

"""The files of one project, each read when first asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..reading import is_file, is_folder
from . import disk
from .disk import DocumentError
from .python_file import PythonFile
from .walk import Unreadable, walk


@dataclass
class Folder(Mapping[str, str]):
    """The texts of a project's Python files by their path below its root; each is read when first asked for."""

    root: Path
    documents: dict[str, PythonFile | None] = field(default_factory=dict)
    _generated: dict[str, bool] = field(default_factory=dict)

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
        if not isinstance(path, str) or not is_file(self.root / path):
            return False
        return not self._is_generated(path.rpartition("/")[0]) and self.document(path) is not None

    def _is_generated(self, folder: str) -> bool:
        """Whether a folder is of bindings that ``cdktf get`` made: huge, and the schema knows what they say."""
        if folder not in self._generated:
            found = is_folder(self.root / folder / "_jsii")
            self._generated[folder] = found or (folder != "" and self._is_generated(folder.rpartition("/")[0]))
        return self._generated[folder]

    def __iter__(self) -> Iterator[str]:
        return (path for path in _paths(self.root, python=True) if path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Resources(Mapping[str, bytes]):
    """The files of a project that are not Python, by their path below its root; each is read when asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __getitem__(self, path: str) -> bytes:
        try:
            return disk.read_bytes(self.root / path)
        except DocumentError as error:
            raise KeyError(path) from error

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and is_file(self.root / path)

    def __iter__(self) -> Iterator[str]:
        """Those at the root and in the folders below it; what git or convention leaves out is not listed."""
        return _paths(self.root, python=False)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _paths(root: Path, python: bool) -> Iterator[str]:
    """Paths below a root, ``/`` between the parts; what cannot be looked into is passed over."""
    top = os.path.join(os.path.realpath(root), "")
    for found in walk(os.path.realpath(root), python):
        if not isinstance(found, Unreadable):
            yield found.path[len(top) :].replace(os.sep, "/")

"""Whether there are files, what is in them, and what is in folders: each look is noted."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable
from pathlib import Path

from .notes import (
    ENTRIES,
    KIND,
    STATUS,
    is_noting,
    kind,
    listed,
    names,
    saw,
    saw_data,
    saw_unreadable,
    status_of,
    taken,
    written,
)


def exists(path: str | os.PathLike[str]) -> bool:
    return _kind(path) != ""


def is_file(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a regular file, or a link to one."""
    return _kind(path) == "file"


def is_folder(path: str | os.PathLike[str]) -> bool:
    return _kind(path) == "folder"


def _kind(path: str | os.PathLike[str]) -> str:
    found = kind(status_of(path))
    saw(KIND, path, found)
    return found


def saw_file(path: Path) -> None:
    """Note that something else reads a file, which is too large to be read for its own sake."""
    saw(STATUS, path, written(status_of(path)))


def text(path: Path, encoding: str, errors: str = "strict") -> str:
    """The text of a file, its line endings made ``\\n``.

    :raises OSError: it cannot be read.
    :raises UnicodeDecodeError: it is not in the encoding.
    """
    try:
        with open(path, "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            data = file.readall()
    except OSError:
        saw_unreadable(path)
        raise
    saw_data(path, data, status)
    return io.TextIOWrapper(io.BytesIO(data), encoding, errors).read()


def matching(folder: Path, pattern: str) -> list[Path]:
    """The paths below a folder that a pattern takes, by name; it may have ``*`` behind the last ``/``.

    Nothing where the folder cannot be looked into.
    """
    if "*" not in pattern:
        return [folder / pattern] if exists(folder / pattern) else []
    above, _, last = pattern.rpartition("/")
    regex = ".*".join(map(re.escape, last.split("*")))
    return [folder / above / name.rstrip("/") for name in entries(folder / above, f"{regex}/?")]


def entries(folder: Path, pattern: str) -> list[str]:
    """The names in a folder that a regular expression takes, in order, a folder's with a ``/`` behind it.

    Nothing where it cannot be looked into.
    """
    status = status_of(folder)
    try:
        found = names(folder, pattern)
    except OSError:
        saw(ENTRIES + pattern, folder, "")
        return []
    saw(ENTRIES + pattern, folder, listed(found), status)
    return found


def saw_entries(
    folder: str | os.PathLike[str], pattern: str, found: Iterable[os.DirEntry[str]], status: os.stat_result | None
) -> None:
    """Note what a folder holds of what a pattern takes; *status* is from before it was looked into."""
    if is_noting():
        saw(ENTRIES + pattern, folder, listed(taken(found, pattern)), status)

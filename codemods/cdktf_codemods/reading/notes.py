"""What a run has seen of files, and whether that is still so.

A file is the same if its bytes are. That it was not touched since is known without reading it by its inode, size and
times, as git knows it: unless it was changed so shortly before it was looked at that another change may have the same
time ("racy git", https://git-scm.com/docs/racy-git).
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import NamedTuple

KIND = "kind"
"""Whether a path is a file, a folder, something else, or nothing."""
DATA = "data"
"""The bytes of a file."""
STATUS = "status"
"""When a file was written."""
ENTRIES = "entries "
"""What a folder holds; a pattern follows, of the names that matter (a folder's has a ``/`` behind it)."""
_COARSE = 2_000_000_000
"""Nanoseconds: two changes of a file may have the same time on a file system (FAT) that counts so."""

_CHANGED = "changed"

Signature = tuple[int, ...]


class Note(NamedTuple):
    """What was seen, and what the file system said of the path; None where it cannot tell a later change."""

    state: str
    signature: Signature | None = None


Notes = dict[tuple[str, str], Note]
"""By what was looked at and the absolute path."""

_notes: ContextVar[Notes | None] = ContextVar("notes", default=None)


@contextmanager
def noting() -> Iterator[Notes]:
    """Note all that is looked at meanwhile, each as it was seen first."""
    notes: Notes = {}
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)


def is_noting() -> bool:
    return _notes.get() is not None


def saw(aspect: str, path: str | os.PathLike[str], state: str, status: os.stat_result | None = None) -> None:
    """Note what was seen.

    :param status: what the file system said *before* it was seen.
    """
    notes = _notes.get()
    if notes is not None:
        key = aspect, os.path.abspath(path)
        first = notes.setdefault(key, Note(state, _signature(status)))
        if first.state != state:
            # It changed while it was looked at: what was made of it is of no time.
            notes[key] = Note(_CHANGED)


def saw_data(path: str | os.PathLike[str], data: bytes, status: os.stat_result) -> None:
    """Note the bytes of a file; *status* is from before they were read."""
    if is_noting():
        saw(DATA, path, hashed(data), status)


def saw_unreadable(path: str | os.PathLike[str]) -> None:
    """Note that a path has no bytes to be read."""
    saw(DATA, path, "")


def hashed(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def kind(status: os.stat_result | None) -> str:
    """``file``, ``folder``, ``other``; nothing for what is not there."""
    if status is None:
        return ""
    return "file" if stat.S_ISREG(status.st_mode) else "folder" if stat.S_ISDIR(status.st_mode) else "other"


def written(status: os.stat_result | None) -> str:
    """When a file was written, and how long it is; nothing for what is not there."""
    return "" if status is None else f"{status.st_mtime_ns} {status.st_size} {status.st_ino}"


def status_of(path: str | os.PathLike[str]) -> os.stat_result | None:
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None


def names(folder: str | os.PathLike[str], pattern: str) -> list[str]:
    """The names in a folder that a pattern takes, in order; a folder's with a ``/`` behind it.

    :raises OSError: it cannot be looked into.
    """
    with os.scandir(folder) as listing:
        return taken(listing, pattern)


def taken(entries: Iterable[os.DirEntry[str]], pattern: str) -> list[str]:
    """The names of entries that a pattern takes, as :func:`names` has them."""
    found = (entry.name + "/" * entry.is_dir(follow_symlinks=False) for entry in entries)
    return sorted(filter(_compiled(pattern).fullmatch, found))


def listed(found: list[str]) -> str:
    """The state of a folder that can be looked into."""
    return hashed("\0".join(found).encode("utf-8", "surrogatepass"))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _signature(status: os.stat_result | None) -> Signature | None:
    if status is None or max(status.st_mtime_ns, status.st_ctime_ns) > time.time_ns() - _COARSE:
        return None
    return (
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_size,
        status.st_ino,
        status.st_dev,
        status.st_mode,
    )


_BY_STATUS = {KIND: kind, STATUS: written}


class Current:
    """How things are now; asked of each path once."""

    def __init__(self) -> None:
        self._statuses: dict[str, os.stat_result | None] = {}

    def agrees(self, notes: Notes) -> Notes | None:
        """The notes if all of it is still so, with signatures as they are now; None if anything is not."""
        fresh = notes
        for key, note in notes.items():
            aspect, path = key
            status = self._status(path)
            if aspect in _BY_STATUS:
                if _BY_STATUS[aspect](status) != note.state:
                    return None
                continue
            if status is None:
                if note.state:
                    return None
                continue
            signature = _signature(status)
            if signature is None or signature != note.signature:
                if self._state(aspect, path, status) != note.state:
                    return None
                if signature is not None:
                    fresh = dict(fresh) if fresh is notes else fresh
                    fresh[key] = Note(note.state, signature)
        return fresh

    def _status(self, path: str) -> os.stat_result | None:
        if path not in self._statuses:
            self._statuses[path] = status_of(path)
        return self._statuses[path]

    def _state(self, aspect: str, path: str, status: os.stat_result | None) -> str:
        try:
            if aspect.startswith(ENTRIES):
                return listed(names(path, aspect.removeprefix(ENTRIES)))
            if kind(status) != "file":
                return ""
            with open(path, "rb", buffering=0) as file:
                return hashed(file.readall())
        except OSError:
            return ""

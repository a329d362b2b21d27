"""The folder that a batch writes: what it was begun for, and the shards that are done."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class BatchError(Exception):
    """A batch that cannot be begun or gone on with; the message is one line."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Let no other run write to a folder meanwhile; what a run that was killed held is free.

    :raises BatchError: another run has it, or it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise BatchError(f"{folder}: {(error.strerror or str(error)).lower()}") from error
    _HELD.add(handle)
    try:
        _lock(folder, handle)
        yield
    finally:
        _HELD.discard(handle)
        os.close(handle)


def _lock(folder: Path, handle: int) -> None:
    try:
        import fcntl
    except ImportError:  # a system without such locks
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BatchError(f"{folder}: another run is at it") from error
    except OSError:
        # The file system has no locks.
        return


_HELD: set[int] = set()


def _let_go() -> None:
    """In a process that a run begins: the folder is held by the run alone, which it may outlive for a moment."""
    for handle in _HELD:
        os.close(handle)
    _HELD.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


class Shards:
    """Shards are numbered from 0 and written in order; one that is there is complete.

    :raises BatchError: the folder is of another job, or cannot be written.
    """

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self.folder = folder
        try:
            (folder / "shards").mkdir(parents=True, exist_ok=True)
            (folder / "times").mkdir(exist_ok=True)
            self._claim(manifest)
            for each in (folder / "shards").glob("*.tmp"):
                each.unlink()
        except OSError as error:
            raise BatchError(f"{folder}: {(error.strerror or str(error)).lower()}") from error

    def _claim(self, manifest: dict[str, Any]) -> None:
        path = self.folder / "manifest.json"
        try:
            known = json.loads(path.read_bytes())
        except FileNotFoundError:
            if {each.name for each in self.folder.iterdir()} - {"shards", "times", "manifest.json.tmp"}:
                raise BatchError(f"{self.folder}: not empty, and no batch's") from None
            write(path, [json.dumps(manifest, indent=2, sort_keys=True) + "\n"])
            return
        except ValueError as error:
            raise BatchError(f"{path}: no manifest: {error}") from error
        if known != manifest:
            differs = [key for key in manifest if not isinstance(known, dict) or known.get(key) != manifest[key]]
            raise BatchError(
                f"{self.folder}: of another job ({', '.join(differs) or 'manifest'}); give another --output"
            )

    def done(self) -> int:
        """How many shards are complete."""
        number = 0
        while self._path(number).exists():
            number += 1
        return number

    def add(self, number: int, results: Iterable[dict[str, Any]], times: Iterable[dict[str, Any]]) -> None:
        """Write a shard; it is there whole or not at all."""
        write(self.folder / "times" / f"{number:06}.jsonl", map(line, times))
        write(self._path(number), map(line, results))

    def results(self) -> Iterator[dict[str, Any]]:
        """What the shards hold, in order, one at a time."""
        for number in range(self.done()):
            with self._path(number).open("rb") as file:
                yield from map(json.loads, file)

    def _path(self, number: int) -> Path:
        return self.folder / "shards" / f"{number:06}.jsonl"


def line(value: dict[str, Any]) -> str:
    return json.dumps(value, sort_keys=True) + "\n"


def write(path: Path, lines: Iterable[str]) -> None:
    """Write a file by a temporary name, have it on disk, and rename it."""
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    settle(temporary, path)


def settle(temporary: Path, path: Path) -> None:
    """Rename a file or folder to its name; what was there by that name goes."""
    if path.is_dir():
        shutil.rmtree(path)
    os.replace(temporary, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

"""The bytes of files: read without waiting for anything, replaced without losing what else a file is."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from ..reading import saw_data, saw_unreadable

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
"""So that a pipe or device that took a file's place meanwhile makes nobody wait."""
_CHANGED = "changed on disk meanwhile; left alone"


class DocumentError(Exception):
    """A file that cannot be read or written; the message is one line without the path."""


def reason(error: OSError) -> str:
    """What the operating system says, in the middle of a sentence."""
    return (error.strerror or str(error)).lower()


def read_bytes(path: str | Path) -> bytes:
    """The contents of a regular file.

    :raises DocumentError: it is missing, unreadable, or no regular file.
    """
    try:
        _check_kind(os.stat(path))
        handle = os.open(path, os.O_RDONLY | _FLAGS)
        with open(handle, "rb", buffering=0) as file:
            status = os.fstat(handle)
            _check_kind(status)
            data = file.readall()
    except DocumentError:
        saw_unreadable(path)
        raise
    except OSError as error:
        saw_unreadable(path)
        raise DocumentError(f"cannot read: {reason(error)}") from error
    saw_data(path, data, status)
    return data


def check_regular(path: Path) -> None:
    """:raises DocumentError: a path is no regular file, so that reading it may wait for ever; or there is none."""
    try:
        _check_kind(os.stat(path))
    except OSError as error:
        raise DocumentError(f"cannot read: {reason(error)}") from error


def _check_kind(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = next((kind for test, kind in _KINDS if test(status.st_mode)), "something else")
        raise DocumentError(f"cannot read: {kind}, not a file")


def replace(path: str, before: bytes, after: bytes) -> None:
    """Put *after* in the place of *before* in one step, so that a reader sees the old file or the new one.

    Owner, group, mode and extended attributes are kept. Where a new file could not have them all, or other names would
    go on meaning the old one (hard links), the file itself is written over.

    :param path: a real path; a link there now means that somebody changed it.
    :raises DocumentError: the file is no longer *before*, or cannot be written.
    """
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise DocumentError(_CHANGED)
        handle = os.open(path, os.O_RDWR | _FLAGS | getattr(os, "O_NOFOLLOW", 0))
        with open(handle, "r+b", buffering=0) as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode) or file.readall() != before:
                raise DocumentError(_CHANGED)
            if status.st_nlink > 1 or not _exchanged(path, handle, status, after):
                _overwrite(handle, before, after)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise DocumentError(_CHANGED) from error
        read_only = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        raise DocumentError(f"cannot write: {'the file is read-only' if read_only else reason(error)}") from error


def create(path: Path, data: bytes) -> None:
    """Write a new file, and the folders that it lies in; one that is there already is left alone.

    :raises DocumentError: it is there, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as new:
            try:
                new.write(data)
                new.flush()
            except BaseException:
                path.unlink()
                raise
    except OSError as error:
        raise DocumentError(f"cannot write: {reason(error)}") from error


def _exchanged(path: str, old: int, status: os.stat_result, data: bytes) -> bool:
    """Write a new file beside the old and rename it; False where that cannot be done."""
    unfinished = os.path.join(os.path.dirname(path), f".cdktf-fix-{os.urandom(8).hex()}")
    try:
        new = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)
    except OSError:
        return False
    try:
        with open(new, "wb", buffering=0) as file:
            _write_all(file.fileno(), data)
            _carry_over(old, new, status)
        os.replace(unfinished, path)
    except BaseException as error:
        os.unlink(unfinished)
        if isinstance(error, OSError):
            return False
        raise
    return True


def _carry_over(old: int, new: int, status: os.stat_result) -> None:
    """Give a new file the owner, group, attributes and mode of the old; in this order, for each resets the next."""
    made = os.fstat(new)
    if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
        os.fchown(new, status.st_uid, status.st_gid)
    if hasattr(os, "listxattr"):
        for name in _attributes(old):
            os.setxattr(new, name, os.getxattr(old, name))
    os.fchmod(new, stat.S_IMODE(status.st_mode))


def _attributes(handle: int) -> list[str]:
    try:
        return os.listxattr(handle)
    except OSError as error:
        if error.errno == errno.ENOTSUP:
            return []
        raise


def _overwrite(handle: int, before: bytes, after: bytes) -> None:
    """Write over a file, or leave it as it was: the room that it needs is asked for first."""
    try:
        if len(after) > len(before):
            _reserve(handle, len(before), len(after) - len(before))
        os.lseek(handle, 0, os.SEEK_SET)
        _write_all(handle, after)
        os.ftruncate(handle, len(after))
    except BaseException:
        os.lseek(handle, 0, os.SEEK_SET)
        _write_all(handle, before)
        os.ftruncate(handle, len(before))
        raise


def _reserve(handle: int, start: int, length: int) -> None:
    if not hasattr(os, "posix_fallocate"):
        return
    try:
        os.posix_fallocate(handle, start, length)
    except OSError as error:
        if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL):
            raise


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]

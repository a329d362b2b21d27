"""One Python file on disk: its text, and how the text is spelled in bytes."""

from __future__ import annotations

import io
import os
import tempfile
import tokenize
from dataclasses import dataclass
from pathlib import Path


class DocumentError(Exception):
    """A file that cannot be read or written; the message is one line without the path."""


@dataclass(frozen=True)
class PythonFile:
    """A file as it was read. ``text`` keeps its line endings; ``encoding`` is Python's name for that of the bytes."""

    path: Path
    text: str
    encoding: str
    data: bytes

    @classmethod
    def read(cls, path: Path) -> PythonFile:
        """Read a file by the encoding that it declares (PEP 263), UTF-8 if it declares none.

        :raises DocumentError: it is missing, unreadable, binary, or not in the encoding it should be in.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise DocumentError(f"cannot read: {_reason(error)}") from error
        if b"\0" in data:
            raise DocumentError("binary, not Python")
        try:
            encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        except SyntaxError as error:
            if b"coding" in b"".join(data.splitlines()[:2]):
                raise DocumentError(f"encoding: {error.msg}") from error
            encoding = "utf-8"
        try:
            return cls(path, data.decode(encoding), encoding, data)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            byte = data[error.start]
            raise DocumentError(
                f"line {line}: byte 0x{byte:02x} is not {error.encoding}, the file's encoding"
            ) from error

    def encoded(self, text: str) -> bytes:
        """*text* in the file's encoding.

        :raises DocumentError: the encoding lacks a character of it.
        """
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise DocumentError(f"cannot write {text[error.start]!r} in {self.encoding}") from error

    def write(self, text: str) -> None:
        """Put *text* in the file's place in one step, so that a reader sees the old file or the new one.

        The mode is kept. A link stays a link: what it points at is written.

        :raises DocumentError: the file changed since it was read, or cannot be written.
        """
        data = self.encoded(text)
        target = self.path.resolve()
        try:
            if target.read_bytes() != self.data:
                raise DocumentError("changed on disk meanwhile; left alone")
            if not os.access(target, os.W_OK):
                raise DocumentError("cannot write: the file is read-only")
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
            try:
                with os.fdopen(handle, "wb") as unfinished:
                    unfinished.write(data)
                os.chmod(name, os.stat(target).st_mode & 0o7777)
                os.replace(name, target)
            except BaseException:
                os.unlink(name)
                raise
        except OSError as error:
            raise DocumentError(f"cannot write: {_reason(error)}") from error


def create(path: Path, data: bytes) -> None:
    """Write a new file, and the folders that it lies in; one that is there already is left alone.

    :raises DocumentError: it is there, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as new:
            new.write(data)
    except OSError as error:
        raise DocumentError(f"cannot write: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()

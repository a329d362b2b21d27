"""One Python file on disk: its text, and how the text is spelled in bytes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from . import disk
from .disk import DocumentError
from .encodings import encoding_of
from .line_endings import readable, restored


@dataclass(frozen=True)
class PythonFile:
    """A file as it was read.

    ``text`` keeps its line endings, but for a lone carriage return, which is read as a line feed. ``encoding`` is
    Python's name for that of the bytes. ``target`` is what the path stood for: a link's target, or itself.
    """

    path: Path
    text: str
    encoding: str
    data: bytes
    target: str

    @classmethod
    def read(cls, path: Path) -> PythonFile:
        """Read a file by the encoding that it declares (PEP 263), UTF-8 if it declares none.

        :raises DocumentError: it is missing, unreadable, no file, binary, or not in the encoding it should be in.
        """
        target = os.path.realpath(path)
        return cls.of(path, disk.read_bytes(path), target)

    @classmethod
    def of(cls, path: Path, data: bytes, target: str = "") -> PythonFile:
        """What a file would be that held some bytes; without a *target* it cannot be written.

        :raises DocumentError: they are binary, or not in the encoding that they should be in.
        """
        if b"\0" in data:
            raise DocumentError("binary, not Python")
        encoding = encoding_of(data)
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            byte = data[error.start]
            raise DocumentError(
                f"line {line}: byte 0x{byte:02x} is not {error.encoding}, the file's encoding"
            ) from error
        if not encoding.startswith("utf-8") and text.encode(encoding, "replace") != data:
            raise DocumentError(f"encoding: spelled in {encoding} in a way that cannot be kept byte for byte")
        return cls(path, readable(text), encoding, data, target)

    def spelled(self, text: str) -> str:
        """*text* with the line endings of the file."""
        return restored(text, self.data.decode(self.encoding)) if b"\r" in self.data else text

    def encoded(self, text: str) -> bytes:
        """*text* in the file's line endings and encoding.

        :raises DocumentError: the encoding lacks a character of it.
        """
        try:
            return self.spelled(text).encode(self.encoding)
        except UnicodeEncodeError as error:
            raise DocumentError(f"cannot write {error.object[error.start]!r} in {self.encoding}") from error

    def write(self, text: str) -> None:
        """Put *text* in the file's place in one step, so that a reader sees the old file or the new one.

        What else the file is stays: owner, mode, extended attributes, other names (hard links). A link stays a link:
        what it points at is written.

        :raises DocumentError: the file changed since it was read, or cannot be written.
        """
        data = self.encoded(text)
        if os.path.realpath(self.path) != self.target:
            raise DocumentError("changed on disk meanwhile; left alone")
        disk.replace(self.target, self.data, data)

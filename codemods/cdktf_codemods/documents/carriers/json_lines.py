"""Tables with a JSON object on each line."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from ..disk import DocumentError, check_regular
from . import json_text
from .output import CarrierError, Nothing, Output, Problem, Unread
from .record import Record, Writer
from .values import AmbiguousError, at_field, content_of, field_of, with_field

_CHUNK = 1 << 20


@dataclass(frozen=True)
class JsonLines:
    """A table with a JSON object on each line; plain, or compressed with gzip or zstd."""

    path: Path
    name: str
    field: str | None = None

    def records(self) -> Iterator[Record]:
        field = self.field
        try:
            check_regular(self.path)
            with opened(self.path, "rb") as file:
                for position, raw in enumerate(file):
                    content, row, field = self._read(raw, field)
                    yield Record(Output(self.name, position, content), position + 1, raw, row, field)
        except CarrierError:
            raise
        except DocumentError as error:
            raise CarrierError(str(error)) from error
        except _damaged() as error:
            raise CarrierError(f"cannot read: {str(error).lower()}") from error

    def count(self) -> int:
        try:
            check_regular(self.path)
            with opened(self.path, "rb") as file:
                lines, last = 0, b"\n"
                while chunk := file.read(_CHUNK):
                    lines, last = lines + chunk.count(b"\n"), chunk[-1:]
        except DocumentError:
            return 0
        except _damaged():
            return 0
        return lines + (last != b"\n")

    def _read(self, raw: bytes, field: str | None) -> tuple[Nothing | Unread, Any, str | None]:
        """A line's response, its row, and the column that is meant from here on."""
        try:
            row = json.loads(raw.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            return _unread(raw, f"byte 0x{raw[error.start]:02x} is not UTF-8"), None, field
        except RecursionError:
            return _unread(raw, "nested too deeply"), None, field
        except ValueError as error:
            return _unread(raw, "an empty line" if not raw.strip() else f"no JSON: {error}"), None, field
        if not isinstance(row, Mapping):
            return _unread(raw, "no JSON object"), None, field
        try:
            field = field or field_of(row)
            return Unread(at_field(row, field), content_of), row, field
        except AmbiguousError:
            raise
        except CarrierError as error:
            return _unread(raw, str(error)), row, field

    def writer(self, target: Path) -> AbstractContextManager[Writer]:
        return _Writer(opened(target, "wb", like=self.path))


def _unread(raw: bytes, text: str) -> Nothing:
    return Nothing(raw.decode("utf-8", "backslashreplace"), (Problem(text),))


class _Writer:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __enter__(self) -> _Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, record: Record, repaired: Output | None = None) -> None:
        """Write a record as it was, or with its repaired output."""
        is_new = repaired is not None and repaired is not record.output
        self._file.write(_bytes(record, repaired) if repaired is not None and is_new else record.raw)


def _bytes(record: Record, repaired: Output) -> bytes:
    """The line of a record in which only the texts that differ are spelled anew."""
    assert record.field is not None
    row = with_field(record.row, record.field, repaired.content.value)
    text = record.raw.decode("utf-8")
    places = {span.path: span for span in json_text.spans(text)}
    for path, new in sorted(_changed((), record.row, row), key=lambda each: -places[each[0]].start):
        _, start, end = places[path]
        text = text[:start] + json_text.respelled(new, text[start:end], record.raw.isascii()) + text[end:]
    return text.encode("utf-8", "surrogatepass")


def _changed(path: json_text.Path, old: Any, new: Any) -> Iterator[tuple[json_text.Path, str | list[str]]]:
    """The texts, and lists of texts, that differ between two values, each by where it is."""
    if isinstance(old, Mapping):
        for key in old:
            yield from _changed((*path, key), old[key], new[key])
    elif isinstance(old, list) and not all(isinstance(each, str) for each in old):
        for at, (one, other) in enumerate(zip(old, new)):
            yield from _changed((*path, at), one, other)
    elif old != new:
        yield path, new


def _damaged() -> tuple[type[Exception], ...]:
    """What is raised for a file that cannot be read or unpacked."""
    zstandard = sys.modules.get("zstandard")
    return (OSError, EOFError, zlib.error, *([zstandard.ZstdError] if zstandard is not None else []))


def opened(path: Path, mode: str, like: Path | None = None) -> IO[bytes]:
    """A file, what is compressed in it read and written as it stands; *like* tells the compression by its name."""
    suffix = (like or path).suffix
    if suffix == ".gz":
        # Neither a name nor a time, so that the same records are the same bytes.
        return gzip.GzipFile("", mode, fileobj=path.open(mode), mtime=0) if mode == "wb" else gzip.open(path, mode)  # type: ignore[return-value]
    if suffix == ".zst":
        try:
            import zstandard
        except ImportError as error:
            raise CarrierError("zstandard is not installed: pip install 'cdktf-fix[tables]'") from error
        file = zstandard.open(path, mode)
        return io.BufferedReader(file) if mode == "rb" else file
    return path.open(mode)

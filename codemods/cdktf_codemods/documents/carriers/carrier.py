"""Files that carry responses, read record by record and written back in their own form."""

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
from typing import IO, Any, Protocol

from ..disk import DocumentError, check_regular, read_bytes
from .markdown import Markdown
from .output import CarrierError, Content, Nothing, Output, Problem
from .values import AmbiguousError, at_field, content_of, field_of, with_field


@dataclass(frozen=True)
class Record:
    """One record: its output, and what else the carrier has of it. ``line`` is its line or row, from 1."""

    output: Output
    line: int
    raw: bytes
    row: Any = None
    field: str | None = None


class Writer(Protocol):
    """Writes records one after the other; a context manager."""

    def write(self, record: Record, repaired: Output | None = None) -> None:
        """Write a record as it was, or with its repaired output."""


class Carrier(Protocol):
    """A file of responses; ``name`` is what its outputs are called by, and goes into their ids."""

    @property
    def path(self) -> Path: ...

    @property
    def name(self) -> str: ...

    def records(self) -> Iterator[Record]:
        """The records in order, one at a time in memory; what cannot be read has an output with problems.

        :raises CarrierError: the file cannot be read (on), or several of its columns may be meant.
        """

    def writer(self, target: Path) -> AbstractContextManager[Writer]:
        """Writes records to a new file in the form of this carrier."""


@dataclass(frozen=True)
class MarkdownCarrier:
    """A Markdown file: one record."""

    path: Path
    name: str

    def records(self) -> Iterator[Record]:
        try:
            data = read_bytes(self.path)
        except DocumentError as error:
            raise CarrierError(str(error)) from error
        content: Content
        try:
            content = Markdown(data.decode("utf-8"))
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            content = Nothing(None, (Problem(f"byte 0x{data[error.start]:02x} is not UTF-8", line),))
        yield Record(Output(self.name, 0, content), 1, data)

    def writer(self, target: Path) -> AbstractContextManager[Writer]:
        return _Writer(target.open("wb"))


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

    def _read(self, raw: bytes, field: str | None) -> tuple[Content, Any, str | None]:
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
            return content_of(at_field(row, field)), row, field
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
        self._file.write(record.raw if repaired in (None, record.output) else _bytes(record, repaired))


def _bytes(record: Record, repaired: Output | None) -> bytes:
    assert repaired is not None
    if record.field is None:
        return str(repaired.content.value).encode("utf-8")
    row = with_field(record.row, record.field, repaired.content.value)
    changed = record.raw
    for old, new in _changed(record.row, row):
        for is_ascii in (True, False):
            before, after = (
                json.dumps(each, ensure_ascii=is_ascii).encode("utf-8", "surrogatepass") for each in (old, new)
            )
            if changed.count(before) == 1:
                changed = changed.replace(before, after)
                break
    if _same(changed, row):
        return changed
    # It is spelled in a way of its own: as near to that as can be told.
    spaced = b'": ' in record.raw or b'", "' in record.raw
    text = json.dumps(row, ensure_ascii=record.raw.isascii(), separators=None if spaced else (",", ":"))
    ending = record.raw[len(record.raw.rstrip(b"\r\n")) :]
    mark = b"\xef\xbb\xbf" if record.raw.startswith(b"\xef\xbb\xbf") else b""
    return mark + text.encode("utf-8", "surrogatepass") + ending


def _same(raw: bytes, row: Any) -> bool:
    try:
        return bool(json.loads(raw.decode("utf-8-sig", "surrogatepass")) == row)
    except ValueError:
        return False


def _changed(old: Any, new: Any) -> Iterator[tuple[str, str]]:
    """The texts that differ between two values of one shape."""
    if isinstance(old, str) and isinstance(new, str):
        if old != new:
            yield old, new
    elif isinstance(old, Mapping):
        for key in old:
            yield from _changed(old[key], new[key])
    elif isinstance(old, list):
        for one, other in zip(old, new):
            yield from _changed(one, other)


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


def carrier(path: Path, field: str | None = None, name: str | None = None) -> Carrier | None:
    """The carrier that a file is by its name; None where it is none."""
    name = name or path.as_posix()
    kinds = [each.lower() for each in path.suffixes]
    if kinds[-1:] in ([".md"], [".markdown"]):
        return MarkdownCarrier(path, name)
    if kinds[-1:] in ([".gz"], [".zst"]):
        kinds.pop()
    return JsonLines(path, name, field) if kinds[-1:] in ([".jsonl"], [".ndjson"]) else None

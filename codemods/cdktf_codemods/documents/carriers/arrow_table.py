"""Parquet and Arrow files with a response in each row, of which only the column with the responses is looked into."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..disk import DocumentError
from .arrow_files import Sink, Table, opened, unreadable
from .arrow_values import merged, plain
from .output import CarrierError, Nothing, Output, Problem, Unread
from .record import Record, Writer
from .values import AmbiguousError, at_field, content_of, field_of, with_field

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class ArrowTable:
    """A Parquet or Arrow file; ``field`` is the column with the responses, with dots where it is in a struct."""

    path: Path
    name: str
    field: str | None = None

    def records(self) -> Iterator[Record]:
        try:
            table = opened(self.path)
            field = self.field or _found(table)
            top = _column(table, field)
            position = 0
            for batches in table.groups([top]):
                for batch in batches:
                    for value in batch.column(0):
                        content = _content(value, field[len(top) + 1 :])
                        yield Record(Output(self.name, position, content), position + 1, b"", field=field)
                        position += 1
        except CarrierError:
            raise
        except DocumentError as error:
            raise CarrierError(str(error)) from error
        except _damaged() as error:
            raise unreadable(error) from error

    def count(self) -> int:
        try:
            return opened(self.path).rows()
        except DocumentError:
            return 0
        except _damaged():
            return 0

    def writer(self, target: Path) -> AbstractContextManager[Writer]:
        return _Writer(self, target)


class _Writer:
    """Goes through the table anew, so that no more than a batch of it is in memory."""

    def __init__(self, source: ArrowTable, target: Path) -> None:
        self._source = source
        self._target = target
        self._table = opened(source.path)
        self._sink: Sink | None = self._table.sink(target)
        self._batches = ((batch, at_end) for group in self._table.groups() for batch, at_end in _with_end(group))
        self._batch: pa.RecordBatch | None = None
        self._at_end = False
        self._row = 0
        self._new: dict[int, Any] = {}
        self._field = ""
        self._changed = False

    def __enter__(self) -> _Writer:
        return self

    def write(self, record: Record, repaired: Output | None = None) -> None:
        """Write a record as it was, or with its repaired output."""
        assert record.field is not None
        self._field = record.field
        while self._batch is None or self._row == self._batch.num_rows:
            self._flush()
            self._batch, self._at_end = next(self._batches)
        if repaired is not None and repaired is not record.output:
            self._new[self._row] = repaired.content.value
            self._changed = True
        self._row += 1

    def _flush(self) -> None:
        if self._batch is not None and self._sink is not None:
            top = _column(self._table, self._field) if self._new else ""
            self._sink.write(_replaced(self._batch, top, self._field, self._new) if self._new else self._batch)
            if self._at_end:
                self._sink.end_group()
        self._batch, self._row, self._new = None, 0, {}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._sink is not None
        if kind is None:
            self._flush()
        self._sink.close()
        if kind is None and not self._changed:
            shutil.copyfile(self._source.path, self._target)


def _with_end(batches: Iterator[pa.RecordBatch]) -> Iterator[tuple[pa.RecordBatch, bool]]:
    """Batches, each with whether it is the last."""
    last = next(batches, None)
    for batch in batches:
        yield last, False
        last = batch
    if last is not None:
        yield last, True


def _replaced(batch: pa.RecordBatch, top: str, field: str, new: Mapping[int, Any]) -> pa.RecordBatch:
    """A batch with other responses in some rows; everything else in it is the same memory."""
    import pyarrow as pa

    at = batch.schema.get_field_index(top)
    column, kind = batch.column(at), batch.schema.field(at).type
    values, inner = [], field[len(top) + 1 :]
    for row, value in new.items():
        whole = with_field(plain(column[row]), inner, value) if inner else value
        values.append(merged(column[row], whole))
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
    both = pa.concat_arrays([column, pa.array(values, type=column.type)])
    order = list(range(len(column)))
    for number, row in enumerate(new):
        order[row] = len(column) + number
    taken = both.take(pa.array(order))
    taken = taken.dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else taken
    return batch.set_column(at, batch.schema.field(at), taken)


def _column(table: Table, field: str) -> str:
    """The column that a field is, or is in; a column's own name may have dots.

    :raises CarrierError: there is none.
    """
    names = [each for each in table.schema.names if field == each or field.startswith(f"{each}.")]
    if not names:
        raise CarrierError(f"no field {field!r}, only {', '.join(table.schema.names) or 'none'}")
    return str(max(names, key=len))


def _found(table: Table) -> str:
    """The one column that can be meant.

    :raises AmbiguousError: there are several, which are named.
    :raises CarrierError: there is none.
    """
    import pyarrow as pa

    types = pa.types
    tests = (types.is_string, types.is_large_string, types.is_dictionary, types.is_nested)
    names = [each.name for each in table.schema if any(test(each.type) for test in tests)]
    for batches in table.groups(names) if names else ():
        for batch in batches:
            for at in range(batch.num_rows):
                row = {name: _readable(batch.column(name)[at]) for name in names}
                try:
                    return field_of(row)
                except AmbiguousError:
                    raise
                except CarrierError:
                    continue
    none = ", ".join(table.schema.names) or "no fields"
    raise CarrierError(f"--field is needed: none of {none} surely holds a response")


def _content(scalar: pa.Scalar, inner: str) -> Nothing | Unread:
    """What a column holds, or a field inside of it."""
    try:
        value = plain(scalar)
    except UnicodeDecodeError as error:
        text = bytes(error.object).decode("utf-8", "backslashreplace")
        return Nothing(text, (Problem(f"byte 0x{error.object[error.start]:02x} is not UTF-8"),))
    try:
        return Unread(at_field(value, inner) if inner else value, content_of)
    except CarrierError as error:
        return Nothing(value, (Problem(str(error)),))


def _readable(scalar: pa.Scalar) -> Any:
    try:
        return plain(scalar)
    except UnicodeDecodeError:
        return None


def _damaged() -> tuple[type[Exception], ...]:
    import pyarrow as pa

    return OSError, pa.ArrowException

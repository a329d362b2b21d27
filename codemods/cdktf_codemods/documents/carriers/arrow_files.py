"""Files of Arrow tables, read and written a batch at a time: Parquet, and Arrow's own stream and file formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..disk import check_regular
from .output import CarrierError

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 4 << 20
"""Bytes that a batch is to have, about."""
_GROUP = 32 << 20
"""Bytes of a row group beyond which it is written as several, so that it need not be in memory."""
_BUFFER = 1 << 20


class Sink(Protocol):
    """Writes a table."""

    def write(self, batch: pa.RecordBatch) -> None: ...

    def end_group(self) -> None:
        """What was written since the last time stands together."""

    def close(self) -> None: ...


class Table(Protocol):
    """A table on disk."""

    @property
    def schema(self) -> pa.Schema: ...

    def groups(self, columns: Sequence[str] | None = None) -> Iterator[Iterator[pa.RecordBatch]]:
        """Its batches, group by group; all columns, if none are named."""

    def rows(self) -> int:
        """How many rows it has."""

    def sink(self, target: Path) -> Sink:
        """Writes a table of the same form."""


def opened(path: Path) -> Table:
    """A table to be read.

    :raises CarrierError: pyarrow is not installed, or the file cannot be read.
    :raises DocumentError: it is no regular file.
    """
    check_regular(path)
    try:
        import pyarrow as pa
    except ImportError as error:
        raise CarrierError("pyarrow is not installed: pip install 'cdktf-fix[tables]'") from error
    try:
        return _Parquet(path) if path.suffix.lower() == ".parquet" else _Arrow(path)
    except (OSError, pa.ArrowException) as error:
        raise unreadable(error) from error


def unreadable(error: Exception) -> CarrierError:
    return CarrierError(f"cannot read: {' '.join(str(error).split())}")


class _Parquet:
    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq

        self._file = pq.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False)
        self.schema: pa.Schema = self._file.schema_arrow

    def groups(self, columns: Sequence[str] | None = None) -> Iterator[Iterator[pa.RecordBatch]]:
        about = self._file.metadata
        for number in range(about.num_row_groups):
            group = about.row_group(number)
            rows = max(1, min(1024, _BATCH * group.num_rows // max(group.total_byte_size, 1)))
            yield self._file.iter_batches(rows, [number], list(columns) if columns is not None else None)

    def rows(self) -> int:
        return int(self._file.metadata.num_rows)

    def sink(self, target: Path) -> Sink:
        return _ParquetSink(target, self._file)


class _ParquetSink:
    """Writes with the compression and the version of another file, and in its row groups where these are not huge."""

    def __init__(self, target: Path, like: Any) -> None:
        import pyarrow.parquet as pq

        about = like.metadata
        options: dict[str, Any] = {"version": about.format_version}
        if about.num_row_groups:
            group = about.row_group(0)
            columns = [group.column(at) for at in range(group.num_columns)]
            codecs = {each.path_in_schema: each.compression.lower() for each in columns}
            options["compression"] = {name: "none" if each == "uncompressed" else each for name, each in codecs.items()}
            options["sorting_columns"] = group.sorting_columns or None
            options["write_page_index"] = any(each.has_offset_index for each in columns)
        self._schema = like.schema_arrow
        self._writer = pq.ParquetWriter(target, self._schema, **options)
        self._waiting: list[pa.RecordBatch] = []

    def write(self, batch: pa.RecordBatch) -> None:
        self._waiting.append(batch)
        if sum(each.nbytes for each in self._waiting) > _GROUP:
            self.end_group()

    def end_group(self) -> None:
        import pyarrow as pa

        if self._waiting:
            table = pa.Table.from_batches(self._waiting, self._schema)
            self._writer.write_table(table, max(table.num_rows, 1))
            self._waiting = []

    def close(self) -> None:
        self._writer.close()


class _Arrow:
    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            self._is_stream = file.read(6) != b"ARROW1"
        self.schema: pa.Schema = self._reader().schema

    def _reader(self) -> Any:
        import pyarrow as pa

        file = pa.OSFile(str(self._path))
        return pa.ipc.open_stream(file) if self._is_stream else pa.ipc.open_file(file)

    def groups(self, columns: Sequence[str] | None = None) -> Iterator[Iterator[pa.RecordBatch]]:
        reader = self._reader()
        batches = reader if self._is_stream else map(reader.get_batch, range(reader.num_record_batches))
        for batch in batches:
            yield iter([batch if columns is None else batch.select(list(columns))])

    def rows(self) -> int:
        return sum(batch.num_rows for group in self.groups() for batch in group)

    def sink(self, target: Path) -> Sink:
        import pyarrow as pa

        return _ArrowSink((pa.ipc.new_stream if self._is_stream else pa.ipc.new_file)(str(target), self.schema))


class _ArrowSink:
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def write(self, batch: pa.RecordBatch) -> None:
        self._writer.write_batch(batch)

    def end_group(self) -> None:
        """A batch is a group of its own."""

    def close(self) -> None:
        self._writer.close()

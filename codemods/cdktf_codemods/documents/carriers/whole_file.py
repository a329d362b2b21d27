"""A file that is one response as a whole: a Markdown text, or a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from ..disk import DocumentError, read_bytes
from .output import CarrierError, Content, Nothing, Output, Problem, Unread
from .record import Record, Writer


@dataclass(frozen=True)
class WholeFile:
    """A file in UTF-8 that is one record; ``content`` reads its text."""

    path: Path
    name: str
    content: Callable[[str], Content]

    def records(self) -> Iterator[Record]:
        try:
            data = read_bytes(self.path)
        except DocumentError as error:
            raise CarrierError(str(error)) from error
        content: Nothing | Unread
        try:
            content = Unread(data.decode("utf-8"), self.content)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            content = Nothing(None, (Problem(f"byte 0x{data[error.start]:02x} is not UTF-8", line),))
        yield Record(Output(self.name, 0, content), 1, data)

    def count(self) -> int:
        return 1

    def writer(self, target: Path) -> AbstractContextManager[Writer]:
        return _Writer(target)


class _Writer:
    def __init__(self, target: Path) -> None:
        self._target = target

    def __enter__(self) -> _Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is open."""

    def write(self, record: Record, repaired: Output | None = None) -> None:
        is_new = repaired is not None and repaired is not record.output
        self._target.write_bytes(str(repaired.content.value).encode("utf-8") if repaired and is_new else record.raw)

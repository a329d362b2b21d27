"""What files of responses have in common: records that are read one at a time, and written in the same form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from .output import Output


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

    def count(self) -> int:
        """How many records there are, as far as that can be told without reading them; never raises."""

    def writer(self, target: Path) -> AbstractContextManager[Writer]:
        """Writes records to a new file in the form of this carrier."""

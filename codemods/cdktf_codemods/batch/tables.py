"""Files of responses as inputs of a batch, and what lies beside them in a dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from filecmp import cmp
from pathlib import Path

from ..documents.carriers import Carrier, CarrierError
from ..documents.datasets import STATE, renewed, tables
from .source import Item, Source, digest, unreadable


class Table(Source):
    """A file of responses."""

    def __init__(self, path: Path, target: str, opened: Carrier) -> None:
        super().__init__(path, target)
        self._carrier = opened

    def items(self) -> Iterator[Item]:
        position = 0
        try:
            for record in self._carrier.records():
                yield Item(record.output, record=record)
                position += 1
        except CarrierError as error:
            yield unreadable(self.name, position, str(error))

    def count(self) -> int:
        return self._carrier.count()

    def fingerprint(self) -> str:
        return digest([self.path])

    def write(self, folder: Path, repaired: Iterator[tuple[Item, Mapping[str, str]]]) -> None:
        with ExitStack() as stack:
            writer = None
            for item, texts in repaired:
                if item.record is not None:
                    # Only now, so that a file that cannot be read leaves none behind.
                    if writer is None:
                        target = folder / self.target
                        target.parent.mkdir(parents=True, exist_ok=True)
                        writer = stack.enter_context(self._carrier.writer(target))
                    writer.write(item.record, item.output.repaired(texts) if texts else None)


class Companions(Source):
    """The files of a dataset that are no tables; they come after these, and tell by what data they were made."""

    def _files(self) -> list[Path]:
        known = set(tables(self.path))
        return sorted(each for each in self.path.rglob("*") if each.is_file() and each not in known)

    def items(self) -> Iterator[Item]:
        return iter(())

    def count(self) -> int:
        return 0

    def fingerprint(self) -> str:
        return digest(self._files())

    def write(self, folder: Path, repaired: Iterator[tuple[Item, Mapping[str, str]]]) -> None:
        for each in self._files():
            target = folder / self.target / each.relative_to(self.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            data = each.read_bytes()
            if each.name == STATE and not _same(each.parent, target.parent):
                data = renewed(data, target.parent)
            target.write_bytes(data)


def _same(part: Path, other: Path) -> bool:
    """Whether the tables of two parts are the same bytes."""
    return all((other / each.name).is_file() and cmp(each, other / each.name, shallow=False) for each in tables(part))

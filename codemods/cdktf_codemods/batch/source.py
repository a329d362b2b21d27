"""What all inputs of a batch have in common: outputs that come one after the other, and go back in the same form."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..documents.carriers import Output, Problem, Record
from ..documents.carriers.output import Nothing

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Item:
    """One output; ``root`` is the project's folder where its files are on disk, ``record`` its place in a carrier."""

    output: Output
    root: Path | None = None
    top: Path | None = None
    record: Record | None = None


class Source:
    """One of the inputs. ``name`` is what its outputs are called by, ``target`` its name in the output folder."""

    def __init__(self, path: Path, target: str) -> None:
        self.path = path
        self.name = path.as_posix()
        self.target = target

    def items(self) -> Iterator[Item]:
        """The outputs in order, one at a time in memory; what cannot be read is an output with a problem."""
        raise NotImplementedError

    def count(self) -> int:
        """How many outputs there are, about."""
        raise NotImplementedError

    def fingerprint(self) -> str:
        """The SHA-256 of all that is read of it."""
        raise NotImplementedError

    def write(self, folder: Path, repaired: Iterator[tuple[Item, Mapping[str, str]]]) -> None:
        """Write its outputs below a folder, in its own form; with each come the sources that were repaired."""
        raise NotImplementedError


def unreadable(source: str, position: int, reason: str) -> Item:
    """What cannot be read, as an output that says why."""
    return Item(Output(source, position, Nothing(None, (Problem(reason),))))


def digest(files: Sequence[Path], more: Sequence[str] = ()) -> str:
    """The SHA-256 of files, their names, and what else counts; one that cannot be read counts as that."""
    digest = hashlib.sha256("\0".join(more).encode("utf-8", "surrogatepass"))
    for file in files:
        digest.update(b"\0" + os.fsencode(file) + b"\0")
        try:
            with file.open("rb") as opened:
                while chunk := opened.read(_CHUNK):
                    digest.update(chunk)
        except OSError as error:
            digest.update(str(error.errno).encode())
    return digest.hexdigest()

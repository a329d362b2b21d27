"""One model output: the project of named sources that a response holds, and the way back into it."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from ..disk import DocumentError

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")


class CarrierError(DocumentError):
    """A carrier that cannot be read, or that a repair cannot be put into; the message is one line without its path."""


class Where(NamedTuple):
    """A place in a carrier, from 1; ``within`` is what the line is counted in, where that is not the carrier itself."""

    line: int
    column: int
    within: str = ""

    def __str__(self) -> str:
        return f"{self.within}:{self.line}:{self.column}" if self.within else f"{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """Something about an output that a person should know; ``line`` is that of the carrier's text, from 1.

    An *error* is something that could not be done, anything else a note.
    """

    text: str
    line: int = 1
    error: bool = True


class Content(Protocol):
    """What a response is: Markdown, code, a chat, or an object of files."""

    @property
    def files(self) -> Mapping[str, str]:
        """The Python sources by their path below the project's root, ``/`` between the parts."""

    @property
    def resources(self) -> Mapping[str, bytes]:
        """Its other files by path, such as ``cdktf.json`` and ``requirements.txt``."""

    @property
    def problems(self) -> tuple[Problem, ...]: ...

    @property
    def value(self) -> Any:
        """The response as JSON has it."""

    def where(self, path: str, line: int, column: int) -> Where:
        """Where a place of a source stands."""

    def with_files(self, texts: Mapping[str, str]) -> Content:
        """The same with some sources replaced, and nothing else.

        :raises CarrierError: a text cannot stand there.
        """


@dataclass(frozen=True)
class Unread:
    """A value that is read when its content is asked for, which may take long, and in another process."""

    value: Any
    reader: Callable[[Any], Content]


@dataclass(frozen=True)
class Output:
    """One output with where it is from: ``source`` is what the carrier is called, ``position`` counts from 0."""

    source: str
    position: int
    given: Content | Unread

    @cached_property
    def content(self) -> Content:
        return self.given.reader(self.given.value) if isinstance(self.given, Unread) else self.given

    @property
    def id(self) -> str:
        """32 hexadecimal digits that tell it from others, by source, position and content."""
        said = json.dumps([self.source, self.position, self.given.value], sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(said.encode("ascii")).hexdigest()[:32]

    @property
    def files(self) -> Mapping[str, str]:
        return self.content.files

    @property
    def data(self) -> dict[str, bytes]:
        """All files of the project, the Python sources among them."""
        sources = {path: text.encode("utf-8", "surrogatepass") for path, text in self.files.items()}
        return {**self.content.resources, **sources}

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.content.problems

    def repaired(self, texts: Mapping[str, str]) -> Output:
        """The output with repaired sources in the place of the old; what *texts* does not name stays.

        :raises CarrierError: it would not be read back as these.
        """
        changed = {path: text for path, text in texts.items() if self.files[path] != text}
        return Output(self.source, self.position, self.content.with_files(changed)) if changed else self


@dataclass(frozen=True)
class Nothing:
    """What cannot be read, kept as it is."""

    value: Any
    problems: tuple[Problem, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    resources: Mapping[str, bytes] = field(default_factory=dict)

    def where(self, path: str, line: int, column: int) -> Where:
        raise KeyError(path)

    def with_files(self, texts: Mapping[str, str]) -> Nothing:
        return self


def lines(text: str) -> list[str]:
    """Lines with their endings, as Markdown and Python have them."""
    return _LINE.findall(text)


def safe_path(name: str) -> str | None:
    """A name as a path below the project's root; None where it climbs out, or is none."""
    path = posixpath.normpath(name.replace("\\", "/").lstrip("/"))
    if path.split("/")[0] in ("..", ".", "") or ":" in path or not path.isprintable():
        return None
    return path

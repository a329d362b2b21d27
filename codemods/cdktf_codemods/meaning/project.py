"""The files that belong together, and what one of them means by another's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from ..knowledge.entry_points import ENTRY_POINTS
from ..schema import Schema
from ..syntax.graft import changed
from ..syntax.splices import Splice
from ..syntax.text import ParseError, Text, Wanted, parse
from .base import Source
from .source import File

_WORD = re.compile(r"[^\W\d]\w*")


class Project:
    """Python files by their path below a common root, ``/`` between the parts, parsed when first asked for.

    ``editable`` are the paths that a repair may change; the others are only read. ``resources`` are the files of the
    project that are not Python, by path; None where they are not known. Which file asks about which is kept, so that
    after a change only what was read from the changed file is asked again.
    """

    def __init__(
        self,
        files: Mapping[str, str],
        schema: Schema,
        editable: frozenset[str] | None = None,
        wanted: Wanted = frozenset(),
        resources: Mapping[str, bytes] | None = None,
    ) -> None:
        self.files = files
        self.resources = resources
        self.schema = schema
        self.editable = frozenset(files) if editable is None else editable
        self.errors: dict[str, str] = {}
        self.wanted = wanted
        self._sources: dict[str, Source | None] = {}
        self._changed: dict[str, str] = {}
        self._modules: dict[tuple[str, str], str | None] = {}
        self._read: dict[str, set[str]] = {}
        self._sought: dict[str, set[str]] = {}

    @cached_property
    def main(self) -> str | None:
        """The editable file that stands for the project: its entry point, else the first by name."""
        return next((path for path in (*ENTRY_POINTS, *sorted(self.editable)) if path in self.editable), None)

    def code(self, path: str) -> str:
        """The text of a file as it now stands, repairs so far included."""
        return self._changed[path] if path in self._changed else self.files[path]

    def source(self, path: str, asker: str | None = None) -> Source | None:
        """The parsed file, or None where there is none or it does not parse (then ``errors`` has the reason)."""
        if asker is not None:
            self._read.setdefault(asker, set()).add(path)
        if path not in self._sources:
            self._sources[path] = self._parsed(path)
        return self._sources[path]

    def _parsed(self, path: str) -> Source | None:
        if path not in self.files:
            return None
        try:
            return File(self, path, parse(self.code(path), self.wanted))
        except ParseError as error:
            self.errors[path] = str(error)
            return None

    def change(self, path: str, text: Text) -> set[str]:
        """Put a repaired text in the place of the old; the files whose meaning was read from it, itself included."""
        old = self.code(path)
        self._changed[path] = text.code
        stale = {path} | {
            asker for asker, sought in self._sought.items() if any(word in old or word in text.code for word in sought)
        }
        while more := {asker for asker, read in self._read.items() if not read.isdisjoint(stale)} - stale:
            stale |= more
        if "_index" in vars(self):
            for word in _words(text.code):
                self._index.setdefault(word, set()).add(path)
        self._sources[path] = File(self, path, text)
        for each in stale - {path}:
            if (source := self._sources.get(each)) is not None:
                self._sources[each] = File(self, each, source.text)
        for each in stale:
            self._read.pop(each, None)
            self._sought.pop(each, None)
        return stale

    def splice(self, path: str, splices: list[Splice]) -> Text:
        """The text of a file after changes, which do not overlap.

        :raises ParseError: it does not parse any more.
        """
        source = self.source(path)
        assert source is not None
        text = changed(source.text, splices)
        if source.text.spans.readable and not text.spans.readable:
            raise ParseError("1:1: cannot parse: it could be parsed before")
        return text

    def mentioning(self, word: str, asker: str) -> Iterator[Source]:
        """The files in which a name occurs."""
        self._sought.setdefault(asker, set()).add(word)
        for path in sorted(self._index.get(word, ())):
            if (source := self.source(path, asker)) is not None:
                yield source

    def holding(self, text: str, asker: str) -> Iterator[Source]:
        """The files that hold a text; all, for an empty one."""
        self._sought.setdefault(asker, set()).add(text)
        for path in sorted(self.files):
            if text in self.code(path) and (source := self.source(path, asker)) is not None:
                yield source

    @cached_property
    def _index(self) -> dict[str, set[str]]:
        """By each word, the files in which it occurs, or has occurred."""
        index: dict[str, set[str]] = {}
        for path in self.files:
            for word in _words(self.code(path)):
                index.setdefault(word, set()).add(path)
        return index

    def find_module(self, importer: str, module: str) -> Source | None:
        """The file that *importer* reaches as *module*, relative or absolute.

        An absolute name is looked for beside the importer and in each folder above, as the usual entries of
        ``sys.path`` (the script's folder, the project's root) would have it.
        """
        if module[:1] != "." and self.schema.covers(module):
            return None
        key = importer.rpartition("/")[0], module
        if key not in self._modules:
            self._modules[key] = self._path_of(*key)
        path = self._modules[key]
        return self.source(path, importer) if path is not None else None

    def _path_of(self, beside: str, module: str) -> str | None:
        name = module.lstrip(".")
        level = len(module) - len(name)
        parts = beside.split("/") if beside else []
        if level:
            return self._at(parts[: len(parts) - level + 1], name)
        for depth in range(len(parts), -1, -1):
            if found := self._at(parts[:depth], name):
                return found
        return None

    def _at(self, folder: list[str], module: str) -> str | None:
        base = "/".join([*folder, *module.split(".")] if module else folder)
        candidates = (f"{base}.py", f"{base}/__init__.py") if base else ("__init__.py",)
        return next((each for each in candidates if each in self.files), None)


def _words(code: str) -> frozenset[str]:
    return frozenset(_WORD.findall(code))

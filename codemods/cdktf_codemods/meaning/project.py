"""The files that belong together, and what one of them means by another's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from ..knowledge.entry_points import ENTRY_POINTS
from ..schema import Schema
from ..syntax.graft import changed
from ..syntax.splices import Splice
from ..syntax.text import ParseError, Text, Wanted, parse
from .base import Source
from .dependencies import Dependencies
from .neighbours import Neighbours
from .source import File


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
        self._made: list[Source] = []
        self._changed: dict[str, str] = {}
        self._modules: dict[tuple[str, str], str | None] = {}
        self._holders: dict[str, set[str]] = {}
        self._dependencies = Dependencies()

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
            self._dependencies.files.add(asker, path)
        if path not in self._sources:
            self._sources[path] = self._parsed(path)
        return self._sources[path]

    def _parsed(self, path: str) -> Source | None:
        if path not in self.files:
            return None
        try:
            return self._file(path, parse(self.code(path), self.wanted))
        except ParseError as error:
            self.errors[path] = str(error)
            return None

    def _file(self, path: str, text: Text) -> Source:
        self._made.append(File(self, path, text))
        return self._made[-1]

    def close(self) -> None:
        """Let go of all files, so that their memory is free at once. Nothing may be asked of them any more."""
        for source in self._made:
            source.take_apart()
        self._sources.clear()
        self._made.clear()

    def change(self, texts: Mapping[str, Text]) -> set[str]:
        """Put repaired texts in the place of the old; the files whose meaning was read from them, these included."""
        codes = {path: (self.code(path), text.code) for path, text in texts.items()}
        stale = self._dependencies.readers({*texts, *self._seekers(codes)})
        self._changed.update((path, new) for path, (_, new) in codes.items())
        for each in stale:
            if each in texts:
                self._sources[each] = self._file(each, texts[each])
            elif (source := self._sources.get(each)) is not None:
                self._sources[each] = self._file(each, source.text)
        return stale

    def _seekers(self, codes: Mapping[str, tuple[str, str]]) -> Iterator[str]:
        """Those who sought what the old texts of files hold, or the new ones."""
        for text in self._dependencies.texts.things():
            if any(text in old or text in new for old, new in codes.values()):
                yield from self._dependencies.texts.askers(text)
        for path, (old, new) in codes.items():
            for text, holders in self._holders.items():
                (holders.add if text in new else holders.discard)(path)
            if "_neighbours" in vars(self):
                yield from self._neighbours.change(path, old, new)

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
        """The files in which a name occurs, of those that can reach the asker, or be reached by it."""
        for path in self._neighbours.with_word(asker, word):
            if (source := self.source(path, asker)) is not None:
                yield source

    def holding(self, text: str, asker: str) -> Iterator[Source]:
        """The files that hold a text; all, for an empty one."""
        self._dependencies.texts.add(asker, text)
        if text not in self._holders:
            self._holders[text] = {path for path in self._paths if text in self.code(path)}
        for path in sorted(self._holders[text]):
            if (source := self.source(path, asker)) is not None:
                yield source

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        return tuple(self.files)

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours({path: self.code(path) for path in self._paths})

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

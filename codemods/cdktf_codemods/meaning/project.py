"""The files that belong together, and what one of them means by another's name."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath

import libcst as cst

from ..knowledge.entry_points import ENTRY_POINTS
from ..schema import Schema
from ..syntax.scopes import Names
from .source import Source

_DEEP = 200
"""Levels; Python's own parser refuses as many nested parentheses."""
_NO_BRACKETS = bytes(set(range(256)) - set(b"()[]{}"))
_SIGNS = re.compile(rf"(?:[-+~]\s*){{{_DEEP}}}")
_TOO_DEEP = "1:1: cannot parse: nested too deeply"


class Project:
    """Python files by their path below a common root, ``/`` between the parts, parsed when first asked for.

    ``editable`` are the paths that a repair may change; the others are only read. ``resources`` are the files of the
    project that are not Python, by path; None where they are not known.
    """

    def __init__(
        self,
        files: Mapping[str, str],
        schema: Schema,
        editable: frozenset[str] | None = None,
        wanted: frozenset[type[cst.CSTNode]] = frozenset(),
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

    @cached_property
    def main(self) -> str | None:
        """The editable file that stands for the project: its entry point, else the first by name."""
        return next((path for path in (*ENTRY_POINTS, *sorted(self.editable)) if path in self.editable), None)

    def sources(self) -> Iterator[Source]:
        """Every file of the project that parses."""
        return self.mentioning("")

    def text(self, path: str) -> str:
        """The text of a file as it now stands, repairs so far included."""
        return self._changed[path] if path in self._changed else self.files[path]

    def source(self, path: str) -> Source | None:
        """The parsed file, or None where there is none or it does not parse (then ``errors`` has the reason)."""
        if path not in self._sources:
            self._sources[path] = self._parse(path)
        return self._sources[path]

    def _parse(self, path: str) -> Source | None:
        if path not in self.files:
            return None
        text = self.files[path]
        if _may_be_deep(text) and _syntax_error(text) == _TOO_DEEP:
            self.errors[path] = _TOO_DEEP
            return None
        try:
            module = cst.parse_module(text)
            return Source(self, path, module, Names(module, self.wanted))
        except cst.ParserSyntaxError as error:
            own = f"{error.raw_line}:{error.raw_column + 1}: cannot parse: {' '.join(error.message.split())}"
            self.errors[path] = _syntax_error(text) or own
        except RecursionError:
            self.errors[path] = _TOO_DEEP
        return None

    def replace(self, path: str, module: cst.Module, text: str, names: Names | None = None) -> None:
        """Put the repaired tree of a file in the place of the old; meanings found so far are forgotten."""
        self._changed[path] = text
        self._sources[path] = Source(self, path, module, names or Names(module, self.wanted))
        for name, source in self._sources.items():
            if source is not None and name != path:
                self._sources[name] = Source(self, name, source.module, source.names)

    def mentioning(self, word: str) -> Iterator[Source]:
        """The files whose text holds *word*."""
        for path in sorted(self.files):
            if word in self.text(path) and (source := self.source(path)) is not None:
                yield source

    def find_module(self, importer: str, module: str) -> Source | None:
        """The file that *importer* reaches as *module*, relative or absolute.

        An absolute name is looked for beside the importer and in each folder above, as the usual entries of
        ``sys.path`` (the script's folder, the project's root) would have it.
        """
        folder = PurePosixPath(importer).parent
        name = module.lstrip(".")
        level = len(module) - len(name)
        if level:
            for _ in range(level - 1):
                folder = folder.parent
            return self._at(folder, name)
        for base in (folder, *folder.parents):
            if found := self._at(base, name):
                return found
        return None

    def _at(self, folder: PurePosixPath, module: str) -> Source | None:
        base = folder.joinpath(*module.split(".")) if module else folder
        for candidate in (f"{base}.py", str(base / "__init__.py")):
            if candidate in self.files:
                return self.source(candidate)
        return None


def _may_be_deep(text: str) -> bool:
    """Whether a text may be nested so deeply, some thousand levels, that LibCST's parser kills the process."""
    brackets = text.encode(errors="replace").translate(None, _NO_BRACKETS)
    for _ in range(_DEEP):
        outer = brackets.replace(b"()", b"").replace(b"[]", b"").replace(b"{}", b"")
        if len(outer) == len(brackets):
            break
        brackets = outer
    return len(brackets) > _DEEP or text.count("not") > _DEEP or _SIGNS.search(text) is not None


def _syntax_error(text: str) -> str | None:
    """Python's own complaint about a text, as ``line:column: reason``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        if "too many nested" in error.msg:
            return _TOO_DEEP
        return f"{error.lineno or 1}:{error.offset or 1}: cannot parse: {error.msg}"
    except (RecursionError, MemoryError):
        return _TOO_DEEP
    except ValueError as error:
        return f"1:1: cannot parse: {error}"
    return None

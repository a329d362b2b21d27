"""A notebook: its code cells are one program, and the files that its cells write are the project's others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from . import json_text
from .magics import Cell, python_of, restored
from .notebook_json import cells_of, source_of
from .output import CarrierError, Problem, Where, lines, safe_path


@dataclass(frozen=True)
class _Part:
    """A code cell in a source: its number in the notebook, from 0, and the line of the source that it begins at."""

    number: int
    cell: Cell
    start: int = 0


class Notebook:
    """A notebook; ``value`` is its text, or the object that JSON has for it."""

    def __init__(self, value: str | Mapping[str, Any]) -> None:
        self.value = value
        self.resources: Mapping[str, bytes] = {}
        self.files: Mapping[str, str] = {}
        self._parts: dict[str, list[_Part]] = {}
        self._cells: list[Any] = []
        problems: list[Problem] = []
        try:
            self._cells = cells_of(value)
            self._mark = _free("# %", "\n".join(filter(None, map(source_of, self._cells))))
            self._take(list(self._read(problems)), problems)
        except CarrierError as error:
            problems.append(Problem(str(error)))
        self.problems = tuple(problems)

    def _read(self, problems: list[Problem]) -> Iterator[_Part]:
        """The cells that are Python."""
        for number, each in enumerate(self._cells):
            if isinstance(each, Mapping) and each.get("cell_type") == "code":
                source = source_of(each)
                if source is None:
                    problems.append(Problem(f"cell {number + 1}: no text in it"))
                elif (cell := python_of(source, self._mark)) is not None and (cell.file is not None or source.strip()):
                    yield _Part(number, cell)

    def _take(self, parts: list[_Part], problems: list[Problem]) -> None:
        """Make files of the cells."""
        program, files, resources = [], {}, {}
        for part in parts:
            if part.cell.file is None:
                program.append(part)
                continue
            path = safe_path(part.cell.file)
            if path is None:
                text = f"cell {part.number + 1}: {part.cell.file!r} is no path below the project's root"
                problems.append(Problem(text))
            elif path.endswith(".py"):
                # Of several that write one file, the last does.
                self._parts[path] = [part]
                files[path] = part.cell.code
            else:
                resources[path] = part.cell.code.encode("utf-8", "surrogatepass")
        if program:
            name = "main.py" if "main.py" not in files else "notebook.py"
            files[name], self._parts[name] = self._joined(program)
        self.files, self.resources = files, resources

    def _joined(self, parts: list[_Part]) -> tuple[str, list[_Part]]:
        """Cells as one program, each but the first behind a comment."""
        text: list[str] = []
        placed: list[_Part] = []
        at = 0
        for part in parts:
            if placed:
                text.append(f"{self._mark}% cell {part.number + 1}\n")
                at += 1
            text.append(part.cell.code + "\n")
            placed.append(replace(part, start=at))
            at += len(lines(text[-1]))
        return "".join(text), placed

    def where(self, path: str, line: int, column: int) -> Where:
        part = next((each for each in reversed(self._parts[path]) if each.start < line), self._parts[path][0])
        known = part.cell.lines
        at = min(max(line - 1 - part.start, 0), len(known) - 1)
        return Where(known[at] if known else 1, column, f"cell {part.number + 1}")

    def line_in_text(self, path: str, line: int) -> int:
        """The line of the notebook's own text that a line of a source is in, from 1; 1 where it is no text."""
        if not isinstance(self.value, str):
            return 1
        where = self.where(path, line, 1)
        number = int(where.within.removeprefix("cell ")) - 1
        span = self._spans.get(("cells", number, "source", where.line - 1)) or self._spans["cells", number, "source"]
        return self.value.count("\n", 0, span.start) + 1

    def edit(self, path: str, start: int, end: int, text: str) -> tuple[int, int, str]:
        """An edit of a source, in characters from 0, as the edit of the notebook's text that does the same.

        :raises CarrierError: it would move a magic, or the beginning of a cell.
        """
        assert isinstance(self.value, str)
        old, code = self.value, self.files[path]
        new = self._with_sources(self._changed(path, code[:start] + text + code[end:]))
        assert isinstance(new, str)
        first = _shared(old, new)
        last = _shared(old[first:][::-1], new[first:][::-1])
        return first, len(old) - last, new[first : len(new) - last]

    @cached_property
    def _spans(self) -> dict[json_text.Path, json_text.Span]:
        assert isinstance(self.value, str)
        return {span.path: span for span in json_text.spans(self.value)}

    def with_files(self, texts: Mapping[str, str]) -> Notebook:
        new = {number: source for path, text in texts.items() for number, source in self._changed(path, text).items()}
        after = Notebook(self._with_sources(new))
        if after.files != {**self.files, **texts}:
            raise CarrierError("the repaired code would not be read back from the notebook as it is; left alone")
        return after

    def _changed(self, path: str, text: str) -> dict[int, str]:
        """The sources of the cells that another text of a file changes, by the cell's number."""
        split = self._split(path, text)
        return {number: source for number, source in split if source != source_of(self._cells[number])}

    def _split(self, path: str, text: str) -> Iterator[tuple[int, str]]:
        """The sources of the cells of a file, by the cell's number."""
        parts = self._parts[path]
        if parts[0].cell.file is not None:
            yield parts[0].number, restored(text, parts[0].cell, self._mark)
            return
        rest = text
        for at, part in enumerate(parts):
            head = rest
            if at + 1 < len(parts):
                head, found, rest = rest.partition(f"{self._mark}% cell {parts[at + 1].number + 1}\n")
                if not found:
                    raise CarrierError("the repair would move the beginning of a cell; left alone")
            yield part.number, restored(head.removesuffix("\n"), part.cell, self._mark)

    def _with_sources(self, new: Mapping[int, str]) -> str | Mapping[str, Any]:
        """The notebook with other sources in some cells, each a list of lines where it was one."""
        if not isinstance(self.value, str):
            cells = list(self._cells)
            for number, repaired in new.items():
                is_list = isinstance(cells[number]["source"], list)
                cells[number] = {**cells[number], "source": lines(repaired) if is_list else repaired}
            return {**self.value, "cells": cells}
        text = self.value
        for number in sorted(new, reverse=True):
            _, start, end = self._spans["cells", number, "source"]
            is_list = isinstance(self._cells[number]["source"], list)
            source: str | list[str] = lines(new[number]) if is_list else new[number]
            text = text[:start] + json_text.respelled(source, text[start:end], self.value.isascii()) + text[end:]
        return text


def _free(mark: str, text: str) -> str:
    """The mark, made longer until it is nowhere in the text."""
    while mark in text:
        mark += "%"
    return mark


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with that are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))

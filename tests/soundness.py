"""Watches over a repair from inside: the trees that are grafted, and the lines that a round changes."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import libcst as cst
from cdktf_codemods.documents.patch import git_lines
from cdktf_codemods.engine import run
from cdktf_codemods.engine.round import Made, Round
from cdktf_codemods.meaning import project
from cdktf_codemods.rules.rule import Note
from cdktf_codemods.syntax.splices import Splice
from cdktf_codemods.syntax.text import Text, parse

_NEWLINE = re.compile(r"\r\n?|\n")


def facts(text: Text) -> dict[str, object]:
    """All that a text's names and places say, told by the nodes' numbers in the walk."""
    names = text.names
    number = {key: at for at, key in enumerate(names.parents)}
    number[id(text.module)] = -1
    scopes = {id(scope): at for at, scope in enumerate(names.scopes.values())}

    def binding(each: Any) -> tuple[object, ...]:
        parts = (each.node, each.value, each.annotation)
        numbers = tuple(number.get(id(part)) for part in parts if part is not None)
        return each.kind, each.name, scopes[id(each.scope)], numbers, each.index, each.module, each.attribute

    def bound(table: dict[str, list[Any]]) -> dict[str, list[object]]:
        return {name: [binding(each) for each in every] for name, every in table.items()}

    return {
        "parents": [number[id(parent)] for parent in names.parents.values()],
        "order": [number[id(node)] for node in names.order],
        "scopes": [
            (
                number[id(each.node)],
                each.kind,
                bound(each.bindings),
                bound(each.attributes),
                each.yields,
                {name: scopes[id(owner)] for name, owner in each.declared.items()},
                len(each.returns),
            )
            for each in names.scopes.values()
        ],
        "uses": {name: [(number[id(use)], scopes[id(at)]) for use, at in every] for name, every in names.uses.items()},
        "attributes": {name: [number[id(use)] for use in every] for name, every in names.attribute_uses.items()},
        "calls": [number[id(call)] for call in names.calls],
        "imports": [binding(each) for each in names.imports],
        "stars": [module for module, _ in names.star_imports],
    }


def places(text: Text, nodes: Iterable[cst.CSTNode]) -> list[object]:
    return [text.spans.of(node) for node in nodes]


@contextmanager
def faults_of_grafting() -> Iterator[list[str]]:
    """Compare each tree made out of an old one with the tree of a full parse."""
    found: list[str] = []
    changed = project.changed

    def compared(text: Text, splices: Sequence[Splice]) -> Text:
        new = changed(text, splices)
        whole = parse(new.code, new.wanted)
        if new.module.code != whole.module.code:
            found.append("graft: the tree does not print as that of a full parse")
        if not new.module.deep_equals(whole.module):
            found.append("graft: the tree is not that of a full parse")
        elif facts(new) != facts(whole):
            found.append("graft: the names are not those of a full parse")
        elif places(new, new.names.order) != places(whole, whole.names.order):
            found.append("graft: the places are not those of a full parse")
        return new

    with patch.object(project, "changed", compared):
        yield found


@contextmanager
def faults_of_rounds() -> Iterator[list[str]]:
    """Check that each line that a round changes is of a statement that one of its fixes is about, or an import."""
    found: list[str] = []

    class Watched(Round):
        def make(self, notes: Iterable[Note]) -> Made:
            made = super().make(notes)
            for path, text in made.texts.items():
                mine = [note.fix.splices.get(path, []) for note in made.accepted if note.fix is not None]
                old = self._project.code(path)
                for line in strange_lines(old, text.code, [splice for each in mine for splice in each]):
                    found.append(f"lines: {path}:{line} is changed, which no fix is about")
            return made

    with patch.object(run, "Round", Watched):
        yield found


def strange_lines(old: str, new: str, splices: list[Splice]) -> list[int]:
    """The lines of *old*, from 1, that differ in *new* and are of no statement that a splice is in."""
    if "\f" in old:
        return []
    starts = [0, *(newline.end() for newline in _NEWLINE.finditer(old))]
    before, after = _lines(old), _lines(new)
    own = _lines_of_imports(old)
    spans = spans_of_statements(old)
    for splice in splices:
        first, last = (max(at for at, begin in enumerate(starts, 1) if begin <= end) for end in splice[:2])
        own |= set(range(first, last + 1))
        for begin, end in spans:
            if begin <= last and first <= end:
                own |= set(range(begin, end + 1))
    # Lines that are alike can be told apart by their order only, so it is that which must stay.
    rest = iter(after)
    kept = [number for number, line in enumerate(before, 1) if number not in own and line.strip()]
    return [number for number in kept if before[number - 1] not in rest][:1]


def _lines(text: str) -> list[str]:
    return re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)


def _parsed(text: str) -> list[ast.stmt]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.stmt)]


def spans_of_statements(text: str) -> list[tuple[int, int]]:
    """First and last line of each simple statement, and of each header."""
    found = []
    for node in _parsed(text):
        body = getattr(node, "body", None) or getattr(node, "cases", None)
        end = node.end_lineno or node.lineno
        if body:
            inner = body[0].pattern.lineno if isinstance(body[0], ast.match_case) else body[0].lineno
            end = max(inner - 1, node.lineno)
        found.append((node.lineno, end))
    return found


def _lines_of_imports(text: str) -> set[int]:
    imports = [node for node in _parsed(text) if isinstance(node, (ast.Import, ast.ImportFrom))]
    return {line for node in imports for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}


def patched(before: str, diff: str) -> str:
    """A text after its unified diff is applied to it.

    :raises AssertionError: a line that the diff keeps or removes is not there, or a hunk's header counts wrongly.
    """
    old = git_lines(before)
    new: list[str] = []
    at = 0
    left = [0, 0]
    for line in git_lines(diff.replace("\n\\ No newline at end of file\n", "\0"))[2:]:
        if left == [0, 0]:
            found = re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n", line)
            assert found is not None
            left = [int(found[2] or 1), int(found[4] or 1)]
            start, begin = int(found[1]) - (left[0] > 0), int(found[3]) - (left[1] > 0)
            new += old[at:start]
            at = start
            assert len(new) == begin
            continue
        for each in line.split("\0") if "\0" in line else [line]:
            if each and each[0] != "+":
                assert old[at] == each[1:]
                at += 1
                left[0] -= 1
            if each and each[0] != "-":
                new.append(each[1:])
                left[1] -= 1
    assert left == [0, 0]
    return "".join([*new, *old[at:]])

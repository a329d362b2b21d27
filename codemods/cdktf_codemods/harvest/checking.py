"""Constraints put back to the provider: with a value inside, with one outside, and with another case of letters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..schema.constraints import is_readable
from .asking import Asked
from .combining import COMBINATIONS, parts
from .messages import combined, read
from .probes import BOGUS, Probe
from .shapes import Argument, Path, Shape

_MODES = ("inside", "edge", "outside")
_CANDIDATES = ("a", "abc", "a1", "1", "12", "200", "2xx", "abc-def", "Abc", "ABC", "/a", "/a/", "a.b", "GET")
"""Of these the one is put inside a pattern that it fits."""
_LONGEST = 600
"""Longer texts take Terraform minutes."""
_INSIDE = {"json": "{}", "cidr": "10.0.0.0/16", "date": "2030-01-01T00:00:00Z", "not prefix": "abc"}


def checked(
    asked: Asked, shapes: Sequence[Shape], table: Mapping[str, Mapping[str, list[Any]]], together: int
) -> dict[str, dict[str, list[Any]]]:
    """Those for which a value inside is accepted and one outside refused; of ARNs and of conflicts all.

    A third entry of ``one of`` tells that the case of letters is not looked at.
    """
    proved: dict[str, dict[str, list[Any]]] = {}
    wanted = [each for each in shapes if each.name in table]
    for at in range(0, len(wanted), together):
        some = wanted[at : at + together]
        split = [(shape, part) for shape in some for part in parts(table[shape.name])]
        probes = [_probe(shape, part, mode) for shape, part in split for mode in _MODES]
        probes += [_of_first(shape, table[shape.name]) for shape in some]
        refused: list[set[str]] = [set() for _ in probes]
        lacking: list[list[list[str]]] = [[] for _ in probes]
        for said in asked.ask(probes):
            constraint, together_said = read(said.text), combined(said.text)
            refused[said.probe] |= {".".join(said.line or ()), constraint[0] if constraint is not None else ""}
            lacking[said.probe] += [sorted(together_said[1])] if together_said is not None else []
        for number, (shape, part) in enumerate(split):
            for path, row in part.items():
                kept = _proved(path, row, *refused[3 * number : 3 * number + 3])
                if kept is not None:
                    proved.setdefault(shape.name, {})[path] = kept
        for shape, still in zip(some, lacking[len(_MODES) * len(split) :], strict=True):
            rows = table[shape.name].get(COMBINATIONS, [])
            if rows := [row for row in rows if row[1] or sorted(row[2]) not in still]:
                proved.setdefault(shape.name, {})[COMBINATIONS] = rows
    return proved


def _proved(path: str, row: list[Any], inside: set[str], edge: set[str], outside: set[str]) -> list[Any] | None:
    kind, data = row
    if kind == "arn":
        return row
    if path in inside or path not in outside or (kind in ("range", "length") and path in edge):
        return None
    if kind == "one of" and path not in edge and data[0].swapcase() != data[0]:
        return [kind, data, True]
    return row


def _of_first(shape: Shape, table: Mapping[str, list[Any]]) -> Probe:
    """With the first of every group of which one is wanted, and nothing else that is not needed."""
    groups = [row[2] for row in table.get(COMBINATIONS, []) if not row[1] and row[0] in ("exactly one", "at least one")]
    given = {(group[0],) for group in groups}
    return Probe(shape, {}, BOGUS, lambda path: path[:1] not in given)


def _probe(shape: Shape, table: Mapping[str, list[Any]], mode: str) -> Probe:
    values: dict[Path, Any] = {}
    for path, (kind, data) in table.items():
        names = tuple(path.split("."))
        given = None if kind == "arn" else _value(kind, data, mode)
        value = _typed(shape.arguments[names], given) if given is not None else None
        if value is not None:
            values[names] = value
    kept = {path[:end] for path in values for end in range(1, len(path) + 1)}
    return Probe(shape, values, BOGUS, lambda path: path not in kept)


def _value(kind: str, data: Any, mode: str) -> str | int | None:
    if kind == "range":
        least, most = data
        if mode == "outside":
            return int(least) - 1
        return int(most if mode == "edge" and most is not None else least)
    if kind == "one of":
        first = str(data[0])
        if mode == "inside":
            return first
        if mode == "edge":
            return first.swapcase()
        return "987654" if first.lstrip("-").isdigit() else f"{first}x"
    return _text(kind, data, mode)


def _text(kind: str, data: Any, mode: str) -> str | None:
    """A text inside or outside of a constraint of texts; None where none can be made."""
    if kind == "length":
        least, most = data
        if most >= _LONGEST:
            return None
        count: int = {"inside": max(least, 1), "edge": most, "outside": most + 1}[mode]
        return "a" * count
    if kind == "regex" and not is_readable(data):
        return None
    if mode == "outside":
        return f"{data}abc" if kind == "not prefix" else BOGUS.text
    if kind == "prefix":
        return f"{data}abc"
    if kind == "regex":
        return next((each for each in _CANDIDATES if re.search(data, each, re.ASCII)), None)
    return _INSIDE.get(kind)


def _typed(argument: Argument, value: str | int) -> Any:
    kind = argument.type
    inner = kind if isinstance(kind, str) else kind[1]
    if inner not in ("string", "number"):
        return None
    try:
        plain = str(value) if inner == "string" else int(value)
    except ValueError:
        return None
    if isinstance(kind, str):
        return plain
    return {"k": plain} if kind[0] == "map" else [plain]

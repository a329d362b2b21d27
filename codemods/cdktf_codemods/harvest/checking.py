"""Constraints put back to the provider: with a value inside, with one outside, and with another case of letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .asking import Asked
from .messages import read
from .probes import BOGUS, Probe
from .shapes import Argument, Path, Shape

_MODES = ("inside", "edge", "outside")


def checked(
    asked: Asked, shapes: Sequence[Shape], table: Mapping[str, Mapping[str, list[Any]]], together: int
) -> dict[str, dict[str, list[Any]]]:
    """Those for which a value inside is accepted and one outside refused; of ARNs all.

    A third entry of ``one of`` tells that the case of letters is not looked at.
    """
    proved: dict[str, dict[str, list[Any]]] = {}
    wanted = [each for each in shapes if each.name in table]
    for at in range(0, len(wanted), together):
        some = wanted[at : at + together]
        probes = [_probe(shape, table[shape.name], mode) for shape in some for mode in _MODES]
        refused: list[set[str]] = [set() for _ in probes]
        for said in asked.ask(probes):
            constraint = read(said.text)
            refused[said.probe] |= {".".join(said.line or ()), constraint[0] if constraint is not None else ""}
        for number, shape in enumerate(some):
            inside, edge, outside = refused[3 * number : 3 * number + 3]
            for path, (kind, data) in table[shape.name].items():
                row = [kind, data]
                if kind != "arn":
                    if path in inside or path not in outside or (kind == "range" and path in edge):
                        continue
                    if kind == "one of" and path not in edge and data[0].swapcase() != data[0]:
                        row.append(True)
                proved.setdefault(shape.name, {})[path] = row
    return proved


def _probe(shape: Shape, table: Mapping[str, list[Any]], mode: str) -> Probe:
    values: dict[Path, Any] = {}
    for path, (kind, data) in table.items():
        names = tuple(path.split("."))
        value = None if kind == "arn" else _typed(shape.arguments[names], _value(kind, data, mode))
        if value is not None:
            values[names] = value
    kept = {path[:end] for path in values for end in range(1, len(path) + 1)}
    return Probe(shape, values, BOGUS, lambda path: path not in kept)


def _value(kind: str, data: list[Any], mode: str) -> str | int:
    if kind == "range":
        least, most = data
        if mode == "outside":
            return int(least) - 1
        return int(most if mode == "edge" and most is not None else least)
    first = str(data[0])
    if mode == "inside":
        return first
    if mode == "edge":
        return first.swapcase()
    return "987654" if first.lstrip("-").isdigit() else f"{first}x"


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

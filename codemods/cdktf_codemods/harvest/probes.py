"""Configurations to ask a provider with, written so that every line tells which argument it is about."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from .shapes import Block, Path, Shape


@dataclass(frozen=True)
class Probe:
    """One resource as it is put to the provider.

    ``values`` are what single arguments are given, ``plain`` what all others of a kind are; of the arguments that are
    ``left`` out, only those are given that Terraform wants in any case.
    """

    shape: Shape
    values: Mapping[Path, Any]
    plain: Plain
    left: Callable[[Path], bool] = field(default=lambda path: False)


@dataclass(frozen=True)
class Plain:
    """What an argument is given by its type, where nothing else is said."""

    text: str
    number: float

    def of(self, kind: Any) -> Any:
        """A value of a type as Terraform writes it: ``"string"``, ``["list", "number"]``."""
        if isinstance(kind, str):
            return {"number": self.number, "bool": True}.get(kind, self.text)
        if kind[0] == "map":
            return {self.text or "k": self.of(kind[1])}
        if kind[0] == "object":
            return {name: self.of(each) for name, each in kind[1].items()}
        if kind[0] == "tuple":
            return [self.of(each) for each in kind[1]]
        return [self.of(kind[1])]


BOGUS = Plain("zz~bogus~zz", -987654321)
"""What hardly any argument allows."""
IDENTIFIER = Plain("sg-0a1b2c", 1)
"""A text like the identifiers that AWS gives, which it does not take for a name."""


class Writing:
    """A configuration under construction: its lines, and what each is about."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.places: dict[int, Path] = {}

    def text(self, probes: Collection[Probe]) -> str:
        """The JSON of probes, each a resource named ``p0``, ``p1`` … by its place; :attr:`places` then tells lines."""
        by_type: dict[tuple[str, str], list[tuple[int, Probe]]] = {}
        for at, probe in enumerate(probes):
            by_type.setdefault((probe.shape.mode, probe.shape.type), []).append((at, probe))
        lines: list[str] = ["{"]
        for mode in ("resource", "data"):
            kinds = [kind for kind in by_type if kind[0] == mode]
            if not kinds:
                continue
            lines.append(f'{"," if len(lines) > 1 else ""}"{mode}": {{')
            for number, kind in enumerate(kinds):
                lines.append(f"{',' if number else ''}{json.dumps(kind[1])}: {{")
                for index, (at, probe) in enumerate(by_type[kind]):
                    lines.append(f'{"," if index else ""}"p{at}":')
                    self._block(lines, probe, probe.shape.root)
                lines.append("}")
            lines.append("}")
        lines.append("}")
        return "\n".join(lines) + "\n"

    def _block(self, lines: list[str], probe: Probe, block: Block) -> None:
        lines.append("{")
        self.places[len(lines)] = block.path
        comma = ""
        for argument in block.arguments:
            if probe.left(argument.path) and not argument.required:
                continue
            value = probe.values.get(argument.path, self)
            value = probe.plain.of(argument.type) if value is self else value
            lines.append(f"{comma}{json.dumps(argument.name)}: {json.dumps(value)}")
            self.places[len(lines)] = argument.path
            comma = ","
        for inner in block.blocks:
            count = inner.least if probe.left(inner.path) else max(inner.least, 1)
            if not count:
                continue
            lines.append(f"{comma}{json.dumps(inner.path[-1])}: [")
            self.places[len(lines)] = inner.path
            for number in range(count):
                lines.append("," if number else "")
                self._block(lines, probe, inner)
            lines.append("]")
            comma = ","
        lines.append("}")

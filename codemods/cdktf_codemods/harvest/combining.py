"""What a provider says of several arguments together; and what it hides behind that, asked once more without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .asking import Said
from .messages import combined
from .probes import BOGUS, IDENTIFIER, Plain, Probe
from .shapes import Path, Shape

COMBINATIONS = ""
"""The path under which a resource's combinations are kept: kind, the block that they are in, and its arguments."""


def next_probes(shape: Shape, said: Sequence[Said]) -> Iterator[Probe]:
    """A resource with what it needs alone; and with all its arguments, but never two that cannot be given together.

    That with texts that are like identifiers too, for some are refused of names.
    """
    yield Probe(shape, {}, BOGUS, lambda path: True)
    apart = _apart(shape, said)
    for colour in sorted(set(apart.values())):
        yield _without(shape, {path for path, each in apart.items() if each != colour}, BOGUS)
    names = {path for path in shape.arguments if path[-1] in ("name", "name_prefix")}
    if names:
        others = {path for path in shape.arguments if path not in names} | {path for path in shape.blocks if path}
        for name in sorted(names):
            yield _without(shape, others | (names - {name}), IDENTIFIER)


def _without(shape: Shape, left: set[Path], plain: Plain) -> Probe:
    return Probe(shape, {}, plain, lambda path: any(path[:end] in left for end in range(1, len(path) + 1)))


def _apart(shape: Shape, said: Sequence[Said]) -> dict[Path, int]:
    """A number for each argument of a combination; those of the same number do not exclude each other."""
    known = {".".join(path): path for path in (*shape.arguments, *shape.blocks)}
    groups = []
    for each in said:
        kind, names = combined(each.text) or ("", [])
        if kind in ("conflicts", "exactly one"):
            groups.append([known[name] for name in names if name in known])
    return _numbered(groups)


def _numbered(groups: Iterable[Sequence[Path]]) -> dict[Path, int]:
    beside: dict[Path, set[Path]] = {}
    for paths in groups:
        for path in paths:
            beside.setdefault(path, set()).update(other for other in paths if other != path)
    numbers: dict[Path, int] = {}
    for path in sorted(beside):
        taken = {numbers[other] for other in beside[path] if other in numbers}
        numbers[path] = next(number for number in range(len(beside) + 1) if number not in taken)
    return numbers


def parts(table: Mapping[str, list[Any]]) -> list[dict[str, list[Any]]]:
    """The constraints of a resource, in parts whose arguments can be given together."""
    rows = [row for row in table.get(COMBINATIONS, []) if row[0] in ("conflicts", "exactly one")]
    numbers = _numbered([(*filter(None, block.split(".")), name) for name in names] for _, block, names in rows)
    found: dict[int, dict[str, list[Any]]] = {}
    for path, row in table.items():
        names = tuple(path.split("."))
        if path != COMBINATIONS:
            number = max(numbers.get(names[:end], 0) for end in range(1, len(names) + 1))
            found.setdefault(number, {})[path] = row
    return list(found.values())


def combinations(shape: Shape, said: Sequence[Said]) -> list[list[Any]]:
    """The combinations of a resource: kind, block, names; only of arguments and blocks that stand side by side."""
    known = {".".join(path) for path in (*shape.arguments, *shape.blocks)}
    rows: list[list[Any]] = []
    for each in said:
        kind, paths = combined(each.text) or ("", [])
        blocks = {path.rpartition(".")[0] for path in paths}
        if not paths or len(blocks) != 1 or not known.issuperset(paths) or len(set(paths)) < 2:
            continue
        names = [path.rpartition(".")[2] for path in paths]
        row = [kind, blocks.pop(), sorted(names) if kind == "conflicts" else names]
        if row not in rows:
            rows.append(row)
    exact = [row[1:] for row in rows if row[0] == "exactly one"]
    return sorted(row for row in rows if row[0] != "at least one" or row[1:] not in exact)

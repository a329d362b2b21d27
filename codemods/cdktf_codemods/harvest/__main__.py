"""``python -m cdktf_codemods.harvest hashicorp/aws 5.100.0 --mirror /opt/tf-plugins``: ask a provider, store it all."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..schema import constraints
from .asking import Asked, Said
from .checking import checked
from .combining import COMBINATIONS, combinations, next_probes
from .messages import combined, named, read
from .probes import BOGUS, Probe
from .shapes import Shape, shapes_of

_TOGETHER = 10
"""Resources in one configuration: what Terraform takes for it grows with the square."""
_OF_PROBES = frozenset({"Invalid or unknown key:"})
"""What is said of a computed ``id`` that a probe gives."""
Table = dict[str, dict[str, list[Any]]]


def main() -> int:
    """Harvest one provider version; prints a report as JSON."""
    parser = argparse.ArgumentParser(prog="python -m cdktf_codemods.harvest")
    parser.add_argument("provider", help="hashicorp/aws")
    parser.add_argument("version", help="5.100.0")
    parser.add_argument("--mirror", type=Path, default=Path("/opt/tf-plugins"))
    parser.add_argument("--folder", type=Path, default=constraints.SHIPPED, help="where it is stored")
    parser.add_argument("--only", action="append", default=[], help="ask anew of these only: aws_dynamodb_table")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cdktf-fix-harvest-") as folder:
        try:
            asked = Asked(Path(folder), given.mirror, given.provider, given.version)
        except OSError as error:
            print(f"{given.provider} {given.version}: {error}", file=sys.stderr)
            return 2
        shapes = [each for each in shapes_of(asked.schema()) if not given.only or each.name in given.only]
        unknown: Counter[str] = Counter()
        table = _harvested(asked, shapes, unknown)
        proved = checked(asked, shapes, table, _TOGETHER)
    provider = given.provider.rpartition("/")[2]
    kept = constraints.load(provider, given.version, given.folder) if given.only else {}
    for name, rows in proved.items():
        kept[name] = {**kept.get(name, {}), **rows}
    path = constraints.save(provider, given.version, kept, given.folder)
    report = {
        "harvested": Counter(kinds(table)),
        "stored": Counter(kinds(proved)),
        "unknown": dict(unknown.most_common()),
        "broken": asked.broken,
        "bytes": path.stat().st_size,
    }
    print(json.dumps(report, indent=2))
    return 0


def kinds(table: Table) -> Iterator[str]:
    """The kind of each constraint of a table."""
    for each in table.values():
        for path, row in each.items():
            yield from [kind for kind, *_ in row] if path == COMBINATIONS else [row[0]]


def _harvested(asked: Asked, shapes: Sequence[Shape], unknown: Counter[str]) -> Table:
    table: Table = {}
    for at in range(0, len(shapes), _TOGETHER):
        some = shapes[at : at + _TOGETHER]
        first = _asked(asked, [Probe(shape, {}, BOGUS) for shape in some])
        later = [probe for shape, said in zip(some, first, strict=True) for probe in next_probes(shape, said)]
        for each, said in zip(later, _asked(asked, later), strict=True):
            first[some.index(each.shape)] += said
        for shape, said in zip(some, first, strict=True):
            found: dict[str, list[Any]] = dict(_constraints(shape, said, unknown))
            if rows := combinations(shape, said):
                found[COMBINATIONS] = rows
            if found:
                table[shape.name] = found
    return table


def _asked(asked: Asked, probes: Sequence[Probe]) -> list[list[Said]]:
    """What is said against each of the probes."""
    found: list[list[Said]] = [[] for _ in probes]
    for said in asked.ask(probes) if probes else ():
        found[said.probe].append(said)
    return found


def _constraints(shape: Shape, said: Sequence[Said], unknown: Counter[str]) -> Iterator[tuple[str, list[Any]]]:
    """The constraints of a resource; none of an argument of which several are told: they may be alternatives."""
    known = {".".join(path): argument for path, argument in shape.arguments.items()}
    told: dict[str, list[list[Any] | None]] = {}
    for each in said:
        constraint = read(each.text)
        line = ".".join(each.line or ())
        if constraint is None:
            if combined(each.text) is None and each.text not in _OF_PROBES:
                unknown[each.text[:60]] += 1
                for path in {line, *named(each.text)}:
                    told.setdefault(path, []).append(None)
            continue
        key, kind, data = constraint
        path = line if line == key or line.endswith(f".{key}") or not key else key
        if path in known and [kind, data] not in told.setdefault(path, []):
            told[path].append([kind, data])
    for path, rows in told.items():
        if len(rows) == 1 and rows[0] is not None and path in known and not known[path].sensitive:
            yield path, rows[0]


if __name__ == "__main__":
    sys.exit(main())

"""What a provider takes for an argument, beyond its type: as the provider itself said when it was asked.

One SQLite file a provider version, one compressed record a resource, made by ``python -m cdktf_codemods.harvest``.
"""

from __future__ import annotations

import ipaddress
import json
import re
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

from .paths import paths
from .schema import ApiClass, Schema

SHIPPED = Path(__file__).parent / "harvested"


@dataclass(frozen=True)
class Constraint:
    """What one argument takes.

    ``kind`` is ``one of`` (``allowed``; in any case, if ``folds``), ``range`` of a number and ``length`` of a text in
    bytes (from ``least`` to ``most``), ``prefix``, ``not prefix`` and ``regex`` (``text``), ``json``, ``cidr``,
    ``date``, ``arn``.

    ``version`` is the provider's that said so; ``applies`` tells whether the project's provider is of that version.
    """

    version: str
    applies: bool
    allowed: tuple[str, ...] = ()
    folds: bool = False
    least: int | None = None
    most: int | None = None
    kind: str = "one of"
    text: str = ""

    def takes(self, value: str) -> bool:
        """Whether the value, as Terraform writes it, is accepted."""
        if self.kind == "one of":
            return value in self.allowed or (self.folds and value.lower() in map(str.lower, self.allowed))
        if self.kind in ("range", "length"):
            number = float(value) if self.kind == "range" else len(value.encode())
            return (self.least is None or number >= self.least) and (self.most is None or number <= self.most)
        return _takes_text(self.kind, self.text, value)


def _takes_text(kind: str, text: str, value: str) -> bool:
    if kind == "prefix":
        return value.startswith(text)
    if kind == "not prefix":
        return not value.startswith(text)
    if kind == "regex":
        return re.search(text, value, re.ASCII) is not None
    if kind == "date":
        return _DATE.fullmatch(value) is not None
    try:
        if kind == "json":
            json.loads(value)
        if kind == "cidr":
            return "/" in value and bool(ipaddress.ip_interface(value))
    except ValueError:
        return False
    return True


_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_GO_ONLY = ("[[:", r"\p", r"\P", r"\z", r"\Q", r"\C", "(?s", "(?U", "(?i")


def is_readable(regex: str) -> bool:
    """Whether a regular expression of Go's means the same in Python."""
    try:
        re.compile(regex)
    except (re.error, RecursionError):
        return False
    return not any(each in regex for each in _GO_ONLY)


@dataclass(frozen=True)
class Combination:
    """What a provider says of several arguments of one construct or struct, by their Python names.

    ``kind`` is ``conflicts`` (not both), ``exactly one``, ``at least one``, ``together`` (the first wants all others).
    """

    version: str
    applies: bool
    kind: str
    names: tuple[str, ...]


def save(provider: str, version: str, table: Mapping[str, Mapping[str, list[object]]], folder: Path = SHIPPED) -> Path:
    """Store the constraints of one provider version: resource → dotted path → kind and data."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{provider}@{version}.sqlite"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("CREATE TABLE record (name TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID")
        rows = ((name, zlib.compress(json.dumps(each).encode(), 9)) for name, each in sorted(table.items()))
        connection.executemany("INSERT INTO record VALUES (?, ?)", rows)
    connection.execute("VACUUM")
    connection.close()
    return path


def load(provider: str, version: str, folder: Path = SHIPPED) -> dict[str, dict[str, list[object]]]:
    """All that is stored of one provider version, as :func:`save` took it."""
    path = folder / f"{provider}@{version}.sqlite"
    if not path.exists():
        return {}
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    rows = connection.execute("SELECT name, data FROM record").fetchall()
    connection.close()
    return {name: json.loads(zlib.decompress(data)) for name, data in rows}


def constraint_of(made: ApiClass, argument: str) -> Constraint | None:
    """What an argument of a construct or struct takes, or None where that is not known for its provider's version."""
    stored, applies, known = _known(made)
    if not known or argument not in made.arguments:
        return None
    found = [known.get(path) for path in _paths_to(made, argument)]
    if not found or found[0] is None or any(each != found[0] for each in found):
        return None
    kind, data, *rest = found[0]
    if kind == "one of":
        return Constraint(stored, applies, tuple(map(str, data)), bool(rest and rest[0]))
    if kind in ("range", "length"):
        return Constraint(stored, applies, least=data[0], most=data[1], kind=kind)
    return Constraint(stored, applies, kind=kind, text=data or "")


def combinations_of(made: ApiClass) -> list[Combination]:
    """What is known of the arguments of a construct or struct together."""
    stored, applies, known = _known(made)
    found = []
    for kind, block, names in known.get("", ()):
        by_name = {each.rstrip("_"): each for each in made.arguments}
        paths = [f"{block}.{name}" if block else name for name in names]
        if all(name in by_name for name in names) and all(
            _paths_to(made, by_name[name]) == [path] for name, path in zip(names, paths, strict=True)
        ):
            found.append(Combination(stored, applies, kind, tuple(by_name[name] for name in names)))
    return found


def _known(made: ApiClass) -> tuple[str, bool, dict[str, list]]:  # type: ignore[type-arg]
    """The stored version that is used for a class, whether it is that of the project, and its resource's record."""
    snapshot = made.schema.snapshots.get(made.schema.package_of(made.module))
    version = str(snapshot.about["terraform"] or "") if snapshot is not None else ""
    stored = _nearest(made.provider, version)
    return stored, stored == version, _record(made.provider, stored, _terraform_name(made)) if stored else {}


@cache
def _nearest(provider: str, version: str) -> str:
    """The stored version that is used for *version*: the same, one of its major, or of the major before."""
    known = [path.stem.rpartition("@")[2] for path in sorted(SHIPPED.glob(f"{provider}@*.sqlite"))] if provider else []
    major = int(version.partition(".")[0]) if version[:1].isdigit() else -1
    near = [each for each in known if int(each.partition(".")[0]) in (major, major - 1)]
    return version if version in known else max(near, default="")


@cache
def _record(provider: str, version: str, name: str) -> dict[str, list]:  # type: ignore[type-arg]
    path = SHIPPED / f"{provider}@{version}.sqlite"
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    row = connection.execute("SELECT data FROM record WHERE name = ?", (name,)).fetchone()
    connection.close()
    return json.loads(zlib.decompress(row[0])) if row is not None else {}


def _terraform_name(made: ApiClass) -> str:
    """``aws_db_instance`` of the module ``db_instance``, ``data.aws_ami`` of ``data_aws_ami``."""
    own = made.submodule.rstrip("_")
    head = f"data_{made.provider}_"
    return f"data.{own.removeprefix('data_')}" if own.startswith(head) else f"{made.provider}_{own}"


def _paths_to(made: ApiClass, argument: str) -> list[str]:
    """The dotted paths by which Terraform knows an argument: several where the struct is used in several blocks."""
    if made.kind in ("resource", "data source"):
        return [argument.rstrip("_")]
    return _paths_of_structs(made).get(f"{made.name}.{argument}", [])


def _paths_of_structs(made: ApiClass) -> dict[str, list[str]]:
    known = _STRUCTS.setdefault(made.schema, {})
    if made.module not in known:
        found: dict[str, list[str]] = {}
        for each in (made.schema.module(made.module) or {}).values():
            if each.kind in ("resource", "data source"):
                for path in paths(each):
                    dotted = ".".join(name.rstrip("_") for name in path.names)
                    found.setdefault(f"{path.holders[-1].name}.{path.names[-1]}", []).append(dotted)
        known[made.module] = found
    return known[made.module]


_STRUCTS: WeakKeyDictionary[Schema, dict[str, dict[str, list[str]]]] = WeakKeyDictionary()

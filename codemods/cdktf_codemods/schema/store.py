"""Snapshots: stored schemas, one SQLite file a package version, one compressed record a module.

A look-up opens the one record it needs; the index of names is read only when a name is not where the code says.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..reading import matching, saw_file

if TYPE_CHECKING:
    import sqlite3

    from .assembly import Assembly, Record

SHIPPED = Path(__file__).parent / "snapshots"
_FORMAT = 2
"""Of the first, which knew cdktf only, snapshots lack ``provider`` and ``core``; they are read all the same."""
_DERIVED = ("OutputReference", "List", "Map")


def user_folder() -> Path:
    """Where ``cdktf-fix schema add`` puts snapshots: ``$CDKTF_FIX_SCHEMAS``, or below ``$XDG_DATA_HOME``."""
    if configured := os.environ.get("CDKTF_FIX_SCHEMAS"):
        return Path(configured)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "cdktf-fix" / "schemas"


@dataclass
class Snapshot:
    """One stored schema, opened lazily. ``package`` is the import name, ``version`` that of the distribution.

    ``mounted`` is the name that the project's code has for the package where that is another: bindings that the project
    generated itself are laid out as the package is (``imports.aws``). ``framework`` is the core package that takes the
    place of the one that the snapshot was made with. ``beside`` is another snapshot of the package, where the version
    declared has none and is somewhere between the two.
    """

    path: Path
    package: str
    version: str
    mounted: str = ""
    framework: str = ""
    beside: Snapshot | None = None

    @property
    def name(self) -> str:
        """What the package is called in the project's code."""
        return self.mounted or self.package

    @cached_property
    def core(self) -> str:
        """The core package whose classes the package's derive from, as the project's code calls it; ``""`` for none."""
        return self.framework or self._own_core

    @property
    def _own_core(self) -> str:
        return str(self.about.get("core") or "") if self.about["format"] > 1 else "cdktf"

    @cached_property
    def is_core(self) -> bool:
        """Whether the package is itself what constructs derive from."""
        return self.package == self.core

    def as_name(self, name: str, core: str) -> Snapshot:
        """The same schema by another name, with another core package."""
        return replace(self, mounted=name, framework=core, beside=self.beside and self.beside.as_name(name, core))

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        import sqlite3

        return sqlite3.connect(f"{self.path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def _text(self, key: str) -> str | None:
        row = self._connection.execute("SELECT data FROM record WHERE name = ?", (key,)).fetchone()
        return None if row is None else zlib.decompress(row[0]).decode()

    def _value(self, key: str) -> Any:
        text = self._text(key)
        return None if text is None else json.loads(text)

    @cached_property
    def about(self) -> dict[str, Any]:
        """``distribution``, ``version``, ``provider``, ``terraform`` (the provider's version), ``core``, ``format``.

        ``requires`` is there in those stored since it was introduced.
        """
        about: dict[str, Any] = self._value("")
        return about

    @property
    def provider(self) -> str:
        """The Terraform provider's name, ``hashicorp/aws``; that of the package where the snapshot does not say."""
        return str(self.about.get("provider") or self.package.rpartition("_provider_")[2].replace("_", "-"))

    @property
    def requires(self) -> dict[str, str]:
        """What the distribution needs of others, by import name: ``{"cdktf": ">=0.21.0,<0.22.0"}``, as far as known."""
        return dict(self.about.get("requires") or {})

    @cached_property
    def index(self) -> dict[str, list[str]]:
        """Module → the classes and structs in it that a person writes (no output references)."""
        index: dict[str, list[str]] = self._value("*")
        return (
            {self.name + module[len(self.package) :]: names for module, names in index.items()}
            if self.mounted
            else index
        )

    @cached_property
    def homes(self) -> dict[str, list[str]]:
        """Class → the modules that have one of this name."""
        homes: dict[str, list[str]] = {}
        for module, names in self.index.items():
            for name in names:
                homes.setdefault(name, []).append(module)
        return homes

    @cached_property
    def spellings(self) -> dict[str, list[str]]:
        """Class in lower case → the classes spelled so."""
        spellings: dict[str, list[str]] = {}
        for name in self.homes:
            spellings.setdefault(name.lower(), []).append(name)
        return spellings

    def record(self, module: str) -> Record | None:
        """The description of every class in *module*, or None where there is no such module."""
        if not self.mounted:
            record: Record | None = self._value(module)
            return record
        text = self._text(self.package + module[len(self.mounted) :])
        if text is None:
            return None
        names = {self.package: self.mounted, self._own_core: self.core}
        found = re.compile(rf'(?<=["<])(?:{"|".join(map(re.escape, names))})(?=\.)')
        renamed: Record = json.loads(found.sub(lambda match: names[match[0]], text))
        return renamed


def snapshots() -> Iterator[Snapshot]:
    """All snapshots on this machine, the user's before the shipped ones."""
    for folder in (user_folder(), SHIPPED):
        for path in matching(folder, "*.sqlite"):
            saw_file(path)
            package, _, version = path.stem.partition("@")
            yield Snapshot(path, package, version)


def version_key(version: str) -> tuple[int, ...]:
    """Three numbers to compare versions by: ``21.9`` → ``(21, 9, 0)``."""
    numbers = [int(part) for part in re.findall(r"\d+", version)[:3]]
    return tuple(numbers + [0] * (3 - len(numbers)))


def save(assembly: Assembly, folder: Path) -> Snapshot:
    """Store *assembly* below *folder*, replacing what stood there."""
    import sqlite3

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{assembly.package}@{assembly.version}.sqlite"
    index = {module: sorted(_indexed(record)) for module, record in sorted(assembly.modules.items())}
    about = {
        "distribution": assembly.distribution,
        "version": assembly.version,
        "provider": assembly.provider,
        "terraform": assembly.terraform,
        "core": assembly.core,
        "requires": assembly.requires,
        "format": _FORMAT,
    }
    rows: dict[str, Any] = {"": about, "*": index, **dict(sorted(assembly.modules.items()))}
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    unfinished.unlink(missing_ok=True)
    connection = sqlite3.connect(unfinished)
    with connection:
        connection.execute("CREATE TABLE record (name TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID")
        connection.executemany("INSERT INTO record VALUES (?, ?)", ((name, _pack(row)) for name, row in rows.items()))
    connection.execute("VACUUM")
    connection.close()
    os.replace(unfinished, path)
    return Snapshot(path, assembly.package, assembly.version)


def _pack(row: Any) -> bytes:
    return zlib.compress(json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode(), 9)


def _indexed(record: Record) -> Iterator[str]:
    for name in record:
        stem = next((name.removesuffix(end) for end in _DERIVED if name.endswith(end)), name)
        if stem == name or stem not in record:
            yield name

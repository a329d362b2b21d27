"""A provider package in parts: of each submodule its types and its JavaScript, so that a kernel loads what is used.

A jsii package is one assembly (every type: 125 MB of JSON for AWS) and an ``index.js`` that requires every submodule. A
package of the same name and version with some of the submodules is taken by the kernel as it is, and answers the same
for these (``jsii.kernel.load``; measured in ``tests/oracle/test_slim.py``).
"""

from __future__ import annotations

import io
import json
import os
import re
import sqlite3
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ..schema.assembly import (
    AssemblyError,
    described,
    files_of,
    installed_tarball,
    is_description,
    python_modules,
)
from ..schema.store import user_folder
from ..schema.uncollected import uncollected

_REQUIRED = re.compile(
    r"""^exports\.(\w+) = (?:__importStar\()?require\(["']\./([^"'/]+)(?:/index)?["']\)""", re.MULTILINE
)
_REFERENCE = re.compile(r'"fqn": "([^"]+)"')
_NEIGHBOUR = re.compile(r"""require\(["'](?:\.\./)+([^"'/]+)""")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=data:.*$", re.MULTILINE)
_LEFT_OUT = frozenset(("docs", "locationInModule", "symbolId"))
_FORMAT = 2
"""Of the files: part of their names, so that those of another are made anew."""
_INDEX = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n'


@dataclass(frozen=True)
class Parts:
    """The file with a package's parts; ``package`` is what Python imports."""

    path: Path
    package: str

    @cached_property
    def submodules(self) -> dict[str, str]:
        """The names in jsii of the submodules, by those in Python."""
        return dict(self._rows("SELECT python, name FROM part WHERE folder != ''"))

    @cached_property
    def has_python(self) -> bool:
        """Whether it holds the Python code too, so that the package need not be installed."""
        return bool(self._rows("SELECT 1 FROM part WHERE python = '_jsii'"))

    def unpack(self, wanted: Iterable[str]) -> Path:
        """Put the Python code of some submodules where it can be imported from; that folder.

        The package's ``__init__`` is left empty there: it would import every submodule.
        """
        target = self.path.with_suffix("")
        for name in ("", "_jsii", *wanted):
            file = target / self.package / name / "__init__.py"
            if not file.exists():
                found = self._rows("SELECT source FROM part WHERE python = ?", name)
                file.parent.mkdir(parents=True, exist_ok=True)
                unfinished = file.with_suffix(f".{os.getpid()}")
                unfinished.write_bytes(zlib.decompress(found[0][0]) if found else b"")
                os.replace(unfinished, file)
        return target

    @cached_property
    def name(self) -> str:
        """What npm calls the package: ``@cdktf/provider-aws``."""
        found: str = self._head["name"]
        return found

    @cached_property
    def _head(self) -> dict[str, Any]:
        ((data,),) = self._rows("SELECT data FROM head")
        head: dict[str, Any] = json.loads(zlib.decompress(data))
        return head

    def tarball(self, wanted: Iterable[str], target: Path) -> None:
        """Write the package with some of its submodules, by their names in Python, and those that these need."""
        names = self._needed(self.submodules[each] for each in wanted)
        head = {**self._head}
        manifest, submodules = head.pop("manifest"), head.pop("submodules")
        types: dict[str, Any] = {}
        files: dict[str, str] = {"package.json": json.dumps(manifest)}
        index = [_INDEX]
        for name in sorted(names):
            ((folder, described, code),) = self._rows("SELECT folder, types, code FROM part WHERE name = ?", name)
            types |= json.loads(zlib.decompress(described))
            files |= json.loads(zlib.decompress(code))
            getter = f'{{ enumerable: true, get: () => require("./{folder}") }}'
            index.append(f'Object.defineProperty(exports, "{name}", {getter});\n')
        kept = {fqn: said for fqn, said in submodules.items() if _submodule(fqn, self.name) in names}
        files[".jsii"] = json.dumps({**head, "submodules": kept, "types": types})
        files["lib/index.js"] = "".join(index)
        with tarfile.open(target, "w") as archive:
            for path, text in files.items():
                data = text.encode()
                info = tarfile.TarInfo(f"package/{path}")
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))

    def _needed(self, names: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                ((needs,),) = self._rows("SELECT needs FROM part WHERE name = ?", name)
                waiting += json.loads(needs)
        return found

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(f"{self.path.as_uri()}?immutable=1", uri=True)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()


def folder() -> Path:
    """Where the files are kept: beside the snapshots of ``cdktf-fix schema add``."""
    return user_folder() / "parts"


def parts_of(package: str, version: str) -> Parts | None:
    """The parts of an installed package, taken apart when first asked for; None where it can only be had whole.

    That takes 5 seconds and 12 MB for AWS, once a version.
    """
    path = _path(package, version)
    if not path.exists():
        try:
            with uncollected():
                _save(_Taken.apart(installed_tarball(package)), path)
        except (AssemblyError, WholeError, OSError, sqlite3.Error, KeyError, AssertionError, tarfile.TarError):
            return None
    return Parts(path, package)


def stored(package: str, version: str) -> Parts | None:
    """The parts of a package that need no installation, if they were kept."""
    parts = Parts(_path(package, version), package)
    return parts if parts.path.exists() and parts.has_python else None


def keep(wheel: Path, package: str, version: str) -> Parts:
    """Take a wheel apart, its Python code included.

    :raises WholeError: it cannot be taken apart.
    :raises OSError: it cannot be read, or the parts cannot be written.
    """
    with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory() as folder:
        (tarball,) = (name for name in archive.namelist() if name.endswith(".jsii.tgz"))
        taken = _Taken.apart(Path(archive.extract(tarball, folder)))
        for part in taken.parts.values():
            part.source = archive.read(f"{package}/{part.python}/__init__.py")
        code = archive.read(f"{package}/_jsii/__init__.py")
        taken.parts["_jsii"] = _Part("_jsii", "_jsii", "", source=code)
    _save(taken, _path(package, version))
    return Parts(_path(package, version), package)


def _path(package: str, version: str) -> Path:
    return folder() / f"{package}@{version}.{_FORMAT}.sqlite"


class WholeError(Exception):
    """A package of which something does not belong to one of its submodules."""


@dataclass
class _Part:
    name: str
    python: str
    folder: str
    types: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    needs: set[str] = field(default_factory=set)
    source: bytes = b""


@dataclass
class _Taken:
    """A package that was taken apart."""

    head: dict[str, Any]
    parts: dict[str, _Part]

    @classmethod
    def apart(cls, path: Path) -> _Taken:
        """Read a package's tarball.

        :raises WholeError: it cannot be taken apart.
        """
        files = files_of(path, lambda name: is_description(name) or _is_code(name))
        assembly, manifest = described(files.get)
        own = assembly["name"]
        types = assembly.pop("types")
        submodules = {fqn: without_prose(said) for fqn, said in assembly["submodules"].items()}
        head = {**assembly, "manifest": manifest, "submodules": submodules, "readme": {}, "docs": {}}
        modules = python_modules(assembly)
        folders = dict(_REQUIRED.findall(files.pop("lib/index.js").decode()))
        parts = {
            name: _Part(name, modules[f"{own}.{name}"].rpartition(".")[2], folders[name])
            for name in {_submodule(fqn, own) for fqn in submodules}
        }
        for fqn, said in types.items():
            _part_of(parts, _submodule(fqn, own)).types[fqn] = without_prose(said)
        _add_files(parts, {name: data for name, data in files.items() if _is_code(name)})
        for part in parts.values():
            text = json.dumps(part.types)
            part.needs |= {_submodule(fqn, own) for fqn in set(_REFERENCE.findall(text)) if fqn.startswith(f"{own}.")}
            if not part.needs <= parts.keys():
                raise WholeError
        return cls(head, parts)


def _part_of(parts: dict[str, _Part], name: str) -> _Part:
    if name not in parts:
        raise WholeError
    return parts[name]


def _is_code(name: str) -> bool:
    """Whether a file is JavaScript of a folder, or the index; of those beside it the kernel requires no other."""
    folder, _, path = name.removeprefix("lib/").rpartition("/")
    return name == "lib/index.js" or (name.startswith("lib/") and path.endswith(".js") and folder != "")


def _add_files(parts: dict[str, _Part], files: dict[str, bytes]) -> None:
    """Give each part the JavaScript of its folder, and what that requires from others."""
    homes = {part.folder: part for part in parts.values()}
    for name, data in files.items():
        home = homes.get(name.split("/")[1])
        if home is None:
            raise WholeError
        text = _SOURCE_MAP.sub("", data.decode())
        home.files[name] = text
        for neighbour in _NEIGHBOUR.findall(text):
            if neighbour not in homes:
                raise WholeError
            home.needs.add(homes[neighbour].name)


def _submodule(fqn: str, own: str) -> str:
    """The submodule of the package *own* that a name in jsii lies in; a type's if it is one of the root."""
    return fqn[len(own) + 1 :].partition(".")[0]


def without_prose(said: Any) -> Any:
    """A part of an assembly without what only people read."""
    if isinstance(said, dict):
        return {key: without_prose(value) for key, value in said.items() if key not in _LEFT_OUT and key != "readme"}
    return [without_prose(each) for each in said] if isinstance(said, list) else said


def _save(taken: _Taken, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    unfinished.unlink(missing_ok=True)
    connection = sqlite3.connect(unfinished)
    with connection:
        connection.execute("CREATE TABLE head (data BLOB)")
        connection.execute(
            "CREATE TABLE part "
            "(name TEXT PRIMARY KEY, python TEXT, folder TEXT, needs TEXT, types BLOB, code BLOB, source BLOB)"
        )
        connection.execute("INSERT INTO head VALUES (?)", (_packed(taken.head),))
        for each in taken.parts.values():
            needs = json.dumps(sorted(each.needs - {each.name}))
            source = zlib.compress(each.source, 6) if each.source else None
            row = each.name, each.python, each.folder, needs, _packed(each.types), _packed(each.files), source
            connection.execute("INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    connection.close()
    os.replace(unfinished, path)


def _packed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value).encode(), 6)

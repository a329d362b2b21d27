"""Reads a jsii assembly: the API of a provider package, which the package itself carries.

Format: the jsii specification, ``@jsii/spec`` (schema ``jsii/0.10.0``); checked on cdktf 0.21.0 and its providers.
"""

from __future__ import annotations

import gzip
import importlib.metadata
import importlib.util
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from .declarations import import_name, pairs_of
from .naming import python_name
from .types import PRIMITIVE_CODES
from .uncollected import uncollected

Record = dict[str, dict[str, Any]]
"""What a snapshot stores of one module: class name → its description (see :func:`_describe`)."""

_PROVIDER_LINK = re.compile(r"registry\.terraform\.io/providers/([^/]+/[^/]+)/(\d[\w.+-]*)/docs")
_KINDS = {"TerraformResource": "resource", "TerraformDataSource": "data source", "TerraformProvider": "provider"}


class AssemblyError(Exception):
    """A package that holds no readable jsii assembly, or that pip cannot give."""


@dataclass(frozen=True)
class Assembly:
    """One package's API, in Python's names.

    ``package`` is the import name (``cdktf_cdktf_provider_aws``), ``distribution`` the name on the package index,
    ``provider`` and ``terraform`` the Terraform provider (``hashicorp/aws``) and the version of it that the package was
    generated from, where it is one; ``core`` the package that its constructs derive from (``cdktf``, ``cdktn``);
    ``requires`` what the distribution needs: import name → constraint.
    """

    package: str
    distribution: str
    version: str
    provider: str | None
    terraform: str | None
    core: str | None
    modules: dict[str, Record]
    requires: dict[str, str] = field(default_factory=dict)


def read_wheel(path: Path) -> Assembly:
    """Read the assembly in a wheel, without installing it.

    :raises AssemblyError: the file is not a wheel, or holds no assembly.
    """
    try:
        with zipfile.ZipFile(path) as wheel:
            for name in wheel.namelist():
                if name.endswith(".jsii.tgz"):
                    return replace(_read_tarball(wheel.read(name)), requires=_requirements_of(wheel))
    except (OSError, zipfile.BadZipFile) as error:
        raise AssemblyError(f"{path}: not a wheel: {error}") from error
    raise AssemblyError(f"{path}: no jsii assembly in it")


def read_installed(package: str) -> Assembly:
    """Read the assembly of an installed package, by its import name, without importing it.

    :raises AssemblyError: it is not installed, or holds no assembly.
    """
    found = _read_tarball(installed_tarball(package).read_bytes())
    try:
        lines = importlib.metadata.requires(found.distribution)
    except importlib.metadata.PackageNotFoundError:
        lines = None
    return replace(found, requires=required(lines or ()))


def _requirements_of(wheel: zipfile.ZipFile) -> dict[str, str]:
    name = next((each for each in wheel.namelist() if each.endswith(".dist-info/METADATA")), None)
    text = wheel.read(name).decode() if name is not None else ""
    return required(re.findall(r"(?m)^Requires-Dist:(.*)$", text.partition("\n\n")[0]))


def required(lines: Iterable[str]) -> dict[str, str]:
    """What a distribution needs in any case, by the lines of its metadata; the lower bound of each comes first."""
    found = pairs_of(line for line in lines if "extra ==" not in line)
    return {import_name(name): ",".join(sorted(said.replace(" ", "").split(","))[::-1]) for name, said in found}


def installed_tarball(package: str) -> Path:
    """The file of an installed package that has its assembly and its JavaScript; the package is not imported.

    :raises AssemblyError: it is not installed, or has none.
    """
    spec = importlib.util.find_spec(package) if package.isidentifier() else None
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for tarball in sorted(Path(folder, "_jsii").glob("*.jsii.tgz")):
            return tarball
    raise AssemblyError(f"{package}: not installed here, or not a jsii package")


def download(requirement: str) -> Assembly:
    """Have pip download the wheel of a requirement such as ``cdktf-cdktf-provider-random==12.0.1``, and read it.

    :raises AssemblyError: pip cannot give it; the message is pip's last line.
    """
    with downloaded(requirement) as wheel:
        return read_wheel(wheel)


@contextmanager
def downloaded(requirement: str) -> Iterator[Path]:
    """The wheel of a requirement, which pip downloads; it is gone afterwards.

    :raises AssemblyError: pip cannot give it; the message is pip's last line.
    """
    with tempfile.TemporaryDirectory(prefix="cdktf-fix-") as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        done = subprocess.run([*pip, "--dest", folder, requirement], capture_output=True, text=True)
        wheels = list(Path(folder).glob("*.whl"))
        if not wheels:
            lines = done.stderr.strip().splitlines() or ["pip gave no wheel"]
            raise AssemblyError(f"{requirement}: {lines[-1]}")
        yield wheels[0]


def described(read: Callable[[str], bytes | None]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The assembly in a package's tarball, as jsii has it, and its ``package.json``.

    :param read: gives the bytes of a file by its path in the package; None where there is none.
    :raises ValueError: a file is not what it should be.
    :raises KeyError: so is the assembly.
    :raises AssertionError: there is none.
    """
    said = read(".jsii")
    assert said is not None
    assembly = json.loads(said)
    if assembly.get("schema") == "jsii/file-redirect":
        said = read(assembly["filename"])
        assert said is not None
        assembly = json.loads(gzip.decompress(said))
    return assembly, json.loads(read("package.json") or b"{}")


def files_of(tarball: Path | IO[bytes], wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The files of a package's tarball that are wanted, by their paths in the package; it is read through once.

    :raises tarfile.TarError: it is not one.
    :raises OSError: it cannot be read.
    """
    found = {}
    stream = tarball.open("rb") if isinstance(tarball, Path) else tarball
    with stream, tarfile.open(fileobj=stream, mode="r|*") as archive:
        for member in archive:
            name = member.name.removeprefix("package/")
            if member.isfile() and wanted(name):
                file = archive.extractfile(member)
                assert file is not None
                found[name] = file.read()
    return found


def is_description(name: str) -> bool:
    """Whether a file of a package is one that :func:`described` reads."""
    return name == "package.json" or name.startswith(".jsii")


def _read_tarball(data: bytes) -> Assembly:
    try:
        with uncollected():
            assembly, manifest = described(files_of(io.BytesIO(data), is_description).get)
            return _Reader(assembly).read(manifest)
    except (KeyError, ValueError, AssertionError, tarfile.TarError) as error:
        raise AssemblyError(f"not a jsii assembly that this version reads: {error!r}") from error


def python_modules(assembly: dict[str, Any]) -> dict[str, str]:
    """The Python module of each submodule of an assembly, and of those it depends on, by their names in jsii."""
    modules: dict[str, str] = {assembly["name"]: assembly["targets"]["python"]["module"]}

    def add(submodules: dict[str, Any]) -> None:
        for fqn in sorted(submodules):
            target = (submodules[fqn].get("targets") or {}).get("python", {}).get("module")
            parent, _, name = fqn.rpartition(".")
            modules[fqn] = target or f"{modules[parent]}.{python_name(name)}"

    for name, closure in assembly.get("dependencyClosure", {}).items():
        modules[name] = closure["targets"]["python"]["module"]
        add(closure.get("submodules", {}))
    add(assembly.get("submodules", {}))
    return modules


class _Reader:
    def __init__(self, assembly: dict[str, Any]) -> None:
        self.assembly = assembly
        self.types: dict[str, Any] = assembly["types"]
        self.modules = python_modules(assembly)
        self.core = self._find_core()

    def read(self, manifest: dict[str, Any]) -> Assembly:
        """The whole package; *manifest* is its ``package.json``, where CDKTF's generator names the provider."""
        target = self.assembly["targets"]["python"]
        modules: dict[str, Record] = {module: {} for fqn, module in self.modules.items() if self._is_own(fqn)}
        for fqn, description in self.types.items():
            module, name = self._locate(fqn)
            modules[module][name] = self._describe(description, module)
        provider, terraform = self._provider(manifest)
        core = self.modules[self.core] if self.core else None
        version = self.assembly["version"]
        return Assembly(target["module"], target["distName"], version, provider, terraform, core, modules)

    def _find_core(self) -> str | None:
        """The assembly that has ``TerraformStack``: this one, or the one whose classes this one's derive from."""
        if f"{self.assembly['name']}.TerraformStack" in self.types:
            return str(self.assembly["name"])
        for description in self.types.values():
            owner, _, name = description.get("base", "").partition(".")
            if name.startswith("Terraform") and owner in self.assembly.get("dependencyClosure", {}):
                return str(owner)
        return None

    def _is_own(self, fqn: str) -> bool:
        return fqn == self.assembly["name"] or fqn.startswith(self.assembly["name"] + ".")

    def _provider(self, manifest: dict[str, Any]) -> tuple[str | None, str | None]:
        """The Terraform provider's name and version, by the manifest, else by the link in a class's description."""
        provider = (manifest.get("cdktf") or {}).get("provider") or {}
        if "name" in provider and "version" in provider:
            return "/".join(provider["name"].split("/")[-2:]), provider["version"]
        for description in self.types.values():
            if found := _PROVIDER_LINK.search(description.get("docs", {}).get("summary", "")):
                return found[1], found[2]
        return None, None

    def _locate(self, fqn: str) -> tuple[str, str]:
        """Python module and name (dotted where nested) of a jsii type."""
        parent = fqn
        while parent not in self.modules:
            parent = parent.rpartition(".")[0]
        return self.modules[parent], fqn[len(parent) + 1 :]

    def _describe(self, description: dict[str, Any], module: str) -> dict[str, Any]:
        """The record of one type, its keys short because there are 24,000 of them.

        ``k`` kind, ``b`` bases, ``p`` positional parameters and fields as name → type (``?`` first: optional,
        ``*`` first: variadic), ``c`` the struct whose fields are the keyword arguments, ``a`` attributes, ``m`` methods
        as name → parameters, keyword struct and result, ``s`` the static ones, ``e`` members of an enum.
        """
        bases = [*filter(None, [description.get("base")]), *description.get("interfaces", [])]
        properties = description.get("properties", [])
        record: dict[str, Any] = {"k": self._kind(description)}
        if bases:
            record["b"] = [self._reference(base, module) for base in bases]
        if record["k"] == "enum":
            record["e"] = [member["name"] for member in description["members"]]
        elif record["k"] == "struct":
            record["p"] = {python_name(field["name"]): self._parameter(field, module) for field in properties}
        else:
            record["a"] = {
                python_name(field["name"]): self._type(field["type"], module)
                for field in properties
                if not field.get("protected")
            }
            for method in description.get("methods", []):
                if not method.get("protected"):
                    table = record.setdefault("s" if method.get("static") else "m", {})
                    table[python_name(method["name"])] = self._callable(method, module)
            if "initializer" in description:
                positional, struct, _ = self._callable(description["initializer"], module)
                record["p"] = positional
                if struct:
                    record["c"] = struct
        return record

    def _kind(self, description: dict[str, Any]) -> str:
        if description["kind"] == "interface":
            return "struct" if description.get("datatype") else "interface"
        if description["kind"] == "class":
            owner, _, name = description.get("base", "").partition(".")
            return _KINDS.get(name, "class") if owner == self.core else "class"
        return str(description["kind"])

    def _callable(self, method: dict[str, Any], module: str) -> list[Any]:
        """Parameters, keyword struct or None, result or None. jsii lifts the last parameter's struct to keywords."""
        parameters = method.get("parameters", [])
        struct = None
        if parameters and not parameters[-1].get("variadic"):
            fqn = parameters[-1]["type"].get("fqn", "")
            if self._is_struct(fqn):
                struct = self._reference(fqn, module)
                parameters = parameters[:-1]
        lifted = self._field_names(method["parameters"][-1]["type"]["fqn"]) if struct else set()
        positional = {}
        for parameter in parameters:
            name = python_name(parameter["name"])
            while name in lifted:
                name += "_"
            positional[name] = self._parameter(parameter, module)
        result = method.get("returns")
        return [positional, struct, self._type(result["type"], module) if result else None]

    def _field_names(self, fqn: str) -> set[str]:
        description = self.types.get(fqn)
        if description is None:
            return set()
        names = {python_name(field["name"]) for field in description.get("properties", [])}
        return names.union(*(self._field_names(base) for base in description.get("interfaces", [])))

    def _is_struct(self, fqn: str) -> bool:
        description = self.types.get(fqn)
        return bool(description and description.get("datatype"))

    def _parameter(self, parameter: dict[str, Any], module: str) -> str:
        mark = "*" if parameter.get("variadic") else "?" if parameter.get("optional") else ""
        return mark + self._type(parameter["type"], module)

    def _type(self, reference: dict[str, Any], module: str) -> str:
        if "primitive" in reference:
            return PRIMITIVE_CODES[reference["primitive"]]
        if "collection" in reference:
            kind, element = reference["collection"]["kind"], reference["collection"]["elementtype"]
            return ("[" if kind == "array" else "{") + self._type(element, module)
        if "union" in reference:
            return f"({','.join(self._type(member, module) for member in reference['union']['types'])})"
        return f"<{self._reference(reference['fqn'], module)}>"

    def _reference(self, fqn: str, module: str) -> str:
        owner, name = self._locate(fqn)
        return f".{name}" if owner == module else f"{owner}.{name}"

"""Which snapshot a project is repaired for: what is asked, else what the project declares, else the default."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .store import Snapshot, snapshots, version_key

DEFAULTS = {"cdktf": "0.21.0", "cdktf_cdktf_provider_aws": "21.9.1"}

_REQUIREMENT = re.compile(r"^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^]]*\])?\s*\(?([^;#)]*)")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True)
class Declaration:
    """A version that somebody asked for: of a package, or (``terraform``) of the provider that it wraps.

    ``constraint`` is in PEP 440's syntax, empty where any version will do; ``source`` is the file, or ``--provider``.
    """

    package: str
    constraint: str
    source: str
    terraform: bool = False


class UnknownProviderError(ValueError):
    """A provider that was asked for and of which no version is known here."""


def asked(text: str) -> Declaration:
    """Read ``aws@21.9.1`` or ``cdktf-cdktf-provider-aws==21.9.1``, as given on the command line.

    :raises ValueError: the text names no version.
    """
    name, _, version = text.replace("==", "@").partition("@")
    if not name or not _NUMBER.fullmatch(version):
        raise ValueError(f"{text!r} is not NAME@VERSION, as in aws@21.9.1")
    return Declaration(provider_package(name), f"=={version}", "--provider")


def provider_package(name: str) -> str:
    """Import name of a provider's short name or of a distribution: ``aws`` → ``cdktf_cdktf_provider_aws``."""
    name = re.sub(r"[-.]+", "_", name.lower())
    return name if name.startswith(("cdktf", "constructs")) else f"cdktf_cdktf_provider_{name}"


def declared(root: Path) -> Iterator[Declaration]:
    """What the project at *root* declares, the most exact first: locks, then requirements, then ``cdktf.json``.

    A file that cannot be read as what its name says declares nothing: its own tool reports that.
    """
    readers = (
        ("uv.lock", _packages_of_lock),
        ("poetry.lock", _packages_of_lock),
        ("Pipfile.lock", _packages_of_pipfile_lock),
        ("requirements*.txt", _packages_of_requirements),
        ("pyproject.toml", _packages_of_pyproject),
        ("Pipfile", _packages_of_pipfile),
    )
    for pattern, reader in readers:
        for path in sorted(root.glob(pattern)) if "*" in pattern else [root / pattern]:
            for name, constraint in _read(path, reader):
                package = provider_package(name) if name.lower().startswith(("cdktf", "constructs")) else ""
                if package:
                    yield Declaration(package, constraint, path.name)
    for name, constraint in _read(root / "cdktf.json", _providers_of_cdktf_json):
        yield Declaration(provider_package(name), constraint, "cdktf.json", terraform=True)


def choose(declarations: Iterable[Declaration]) -> tuple[list[Snapshot], list[str]]:
    """The snapshot of each package known here, and a line for each that is not the version declared.

    :raises UnknownProviderError: a provider given with ``--provider`` has no snapshot at all.
    """
    wanted: dict[str, Declaration] = {}
    for declaration in declarations:
        wanted.setdefault(declaration.package, declaration)
    known: dict[str, list[Snapshot]] = {}
    for snapshot in snapshots():
        known.setdefault(snapshot.package, []).append(snapshot)
    for package, declaration in wanted.items():
        if package not in known and declaration.source == "--provider":
            raise UnknownProviderError(f"no snapshot of {_distribution(package)}: {_advice(declaration)}")
    chosen, notes = [], []
    for package, candidates in known.items():
        snapshot, note = _choose(candidates, wanted.get(package))
        chosen.append(snapshot)
        if note:
            notes.append(note)
    return chosen, notes


def _choose(candidates: list[Snapshot], wanted: Declaration | None) -> tuple[Snapshot, str | None]:
    default = next((each for each in candidates if each.version == DEFAULTS.get(each.package)), None)
    default = default or max(candidates, key=lambda each: version_key(each.version))
    if wanted is None or not wanted.constraint:
        return default, None
    for snapshot in [default, *sorted(candidates, key=lambda each: version_key(each.version), reverse=True)]:
        if _satisfies(snapshot, wanted):
            return snapshot, None
    nearest = _nearest(candidates, wanted)
    name = _distribution(wanted.package)
    what = f"Terraform provider {wanted.constraint}" if wanted.terraform else f"{name}{wanted.constraint}"
    return nearest, f"{wanted.source} wants {what}: no snapshot; using {nearest.version} ({_advice(wanted)})"


def _nearest(candidates: list[Snapshot], wanted: Declaration) -> Snapshot:
    """The candidate of the same major version that is nearest, or the nearest of all where that major has none."""
    number = _NUMBER.search(wanted.constraint)
    target = version_key(number[0]) if number else (0, 0, 0)

    def distance(snapshot: Snapshot) -> tuple[int, ...]:
        version = version_key(
            str(snapshot.about["terraform"] or snapshot.version) if wanted.terraform else snapshot.version
        )
        return tuple(abs(a - b) for a, b in zip(version, target))

    return min(candidates, key=distance)


def _satisfies(snapshot: Snapshot, wanted: Declaration) -> bool:
    version = snapshot.about["terraform"] if wanted.terraform else snapshot.version
    if version is None:
        return False
    if wanted.constraint.startswith("==") and _NUMBER.fullmatch(wanted.constraint[2:]):
        return version_key(wanted.constraint[2:]) == version_key(version)
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return version in SpecifierSet(wanted.constraint)
    except InvalidSpecifier:
        return False


def _distribution(package: str) -> str:
    return package.replace("_", "-")


def _advice(wanted: Declaration) -> str:
    number = _NUMBER.search(wanted.constraint)
    version = f"=={number[0]}" if number and not wanted.terraform else "==VERSION"
    return f"cdktf-fix schema add {_distribution(wanted.package)}{version}"


def _read(path: Path, reader: Any) -> list[tuple[str, str]]:
    if not path.is_file():
        return []
    try:
        return [(name, constraint.strip()) for name, constraint in reader(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _packages_of_lock(text: str) -> Iterator[tuple[str, str]]:
    import tomllib

    for package in tomllib.loads(text).get("package", []):
        if "version" in package:
            yield package["name"], f"=={package['version']}"


def _packages_of_pipfile_lock(text: str) -> Iterator[tuple[str, str]]:
    lock = json.loads(text)
    for section in ("default", "develop"):
        for name, package in lock.get(section, {}).items():
            yield name, package.get("version", "")


def _packages_of_requirements(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if found := _REQUIREMENT.match(line):
            yield found[1], found[2]


def _packages_of_pyproject(text: str) -> Iterator[tuple[str, str]]:
    import tomllib

    project = tomllib.loads(text)
    tables = project.get("project", {})
    lists = [tables.get("dependencies", []), *tables.get("optional-dependencies", {}).values()]
    lists += project.get("dependency-groups", {}).values()
    for requirements in lists:
        for requirement in requirements:
            if isinstance(requirement, str) and (found := _REQUIREMENT.match(requirement)):
                yield found[1], found[2]
    poetry = project.get("tool", {}).get("poetry", {})
    groups = [poetry, *poetry.get("group", {}).values()]
    for group in groups:
        for name, value in {**group.get("dependencies", {}), **group.get("dev-dependencies", {})}.items():
            yield name, _poetry(_version_of(value))


def _packages_of_pipfile(text: str) -> Iterator[tuple[str, str]]:
    import tomllib

    pipfile = tomllib.loads(text)
    for section in ("packages", "dev-packages"):
        for name, value in pipfile.get(section, {}).items():
            yield name, _version_of(value).replace("*", "", 1) if _version_of(value) == "*" else _version_of(value)


def _providers_of_cdktf_json(text: str) -> Iterator[tuple[str, str]]:
    """``"aws@~> 6.0"``, ``"hashicorp/aws@6.0"`` or ``{"name": "aws", "version": "~> 6.0"}``.

    Source: the CDKTF documentation, "Configuration file", ``terraformProviders``.
    """
    for provider in json.loads(text).get("terraformProviders", []):
        if isinstance(provider, str):
            name, _, constraint = provider.partition("@")
        else:
            name, constraint = provider.get("source", provider["name"]), provider.get("version", "")
        yield name.rpartition("/")[2], ",".join(_terraform(part) for part in constraint.split(",") if part.strip())


def _version_of(value: Any) -> str:
    return str(value.get("version", "") if isinstance(value, dict) else value)


def _poetry(constraint: str) -> str:
    """Poetry's caret in PEP 440: ``^21.9`` → ``>=21.9,<22``; a bare version is exact."""
    if constraint in ("", "*"):
        return ""
    if constraint[0] == "^" and (number := _NUMBER.search(constraint)):
        parts = [int(part) for part in number[0].split(".")]
        lead = next((at for at, part in enumerate(parts) if part), len(parts) - 1)
        return f">={number[0]},<{'.'.join(map(str, [*parts[:lead], parts[lead] + 1]))}"
    if constraint[0] == "~" and constraint[1:2] != "=":
        return f"~={constraint[1:]}" if "." in constraint else f"=={constraint[1:]}.*"
    return constraint if constraint[0] in "<>=!~" else f"=={constraint}"


def _terraform(constraint: str) -> str:
    """Terraform's constraint in PEP 440: ``~> 6.0`` → ``~=6.0``, ``~> 6`` → ``==6.*``, ``= 6.1`` → ``==6.1``."""
    operator, version = re.match(r"\s*([~<>=!]*)\s*v?([\w.+-]*)", constraint).groups()  # type: ignore[union-attr]
    if operator == "~>":
        return f"~={version}" if "." in version else f"=={version}.*"
    return f"{operator if operator not in ('', '=') else '=='}{version}"

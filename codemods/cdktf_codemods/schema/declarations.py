"""What a project's files say of the versions that it is for: locks, requirements, manifests, ``cdktf.json``.

Nothing is executed: ``setup.py`` is read for its literals. Sources of the formats: PEP 508, 621, 735 and 751, and the
documentation of pip, uv, Poetry, PDM, Pipenv, setuptools and conda.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ..reading import exists, is_file, matching, text

NUMBER = re.compile(r"\d+(?:\.\d+)*")
_REQUIREMENT = re.compile(r"^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^]]*\])?\s*\(?([^;#)]*)")
_INCLUDE = re.compile(r"^\s*(?:-[rc]\s*|--(?:requirement|constraint)[\s=]+)(\S+)")
_CONDA = re.compile(
    r"""^\s*-\s*["']?(?:[\w.-]+::)?([A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?\s*([^"'#;\s][^"'#;]*)?["']?\s*(?:[#;].*)?$"""
)
_CONDA_INCLUDE = re.compile(r"^\s*-\s+(-[rc]\s*\S+)")

Pair = tuple[str, str]
"""A distribution and what is said of its version, in PEP 440's syntax; empty where any will do."""


@dataclass(frozen=True)
class Declaration:
    """What somebody says of a package's version.

    ``package`` is the import name; ``constraint`` is in the syntax of PEP 440, empty where any will do; ``source`` is
    the file, or ``--provider``; ``level`` counts the folders from the project's up to the file's.
    """

    package: str
    constraint: str
    source: str
    level: int = 0


@dataclass(frozen=True)
class Binding:
    """A Terraform provider that ``cdktf.json`` has bindings generated for; ``name`` is ``aws`` or ``hashicorp/aws``."""

    name: str
    constraint: str
    source: str

    @property
    def module(self) -> str:
        """What the bindings are called: ``google-beta`` → ``google_beta``."""
        return self.name.rpartition("/")[2].replace("-", "_")


@dataclass
class Declared:
    """All that a project declares, the nearest first. ``problems`` are files that cannot be read, a line each."""

    versions: list[Declaration]
    bindings: list[Binding]
    outputs: tuple[str, ...]
    problems: list[str]


def import_name(distribution: str) -> str:
    """``cdktf-cdktf-provider-aws`` → ``cdktf_cdktf_provider_aws``."""
    return re.sub(r"[-.]+", "_", distribution.lower())


def declared(root: Path, top: Path | None = None) -> Declared:
    """What the project at *root* declares, in its folder and those above it up to the repository's root.

    Outside of a repository, folders are searched up to *top*, the one that was asked for. Within a folder the most
    exact come first: locks, requirements, manifests.
    """
    found = Declared([], [], (), [])
    for path, shown, level, reader in _files(root, top or root):
        if reader is not None:
            pairs = _read(path, shown, reader, found.problems)
            found.versions += (Declaration(import_name(name), said.strip(), shown, level) for name, said in pairs)
        elif not found.bindings and not found.outputs:
            _read_cdktf_json(path, shown, found)
    return found


def declaring_files(root: Path, top: Path | None = None) -> Iterator[Path]:
    """The files that say of which versions the project at *root* is, and those that they include, each once."""
    seen: set[Path] = set()
    for path, _, _, _ in _files(root, top or root):
        yield from _with_included(path, seen)


def _with_included(path: Path, seen: set[Path]) -> Iterator[Path]:
    resolved = path.resolve()
    if resolved in seen or not is_file(path):
        return
    seen.add(resolved)
    yield path
    if path.suffix in (".txt", ".in"):
        try:
            lines = _text(path).splitlines()
        except (OSError, ValueError):
            return
        for included in filter(None, map(_INCLUDE.match, lines)):
            yield from _with_included(path.parent / included[1].strip("\"'"), seen)


def _files(root: Path, top: Path) -> Iterator[tuple[Path, str, int, _Reader | None]]:
    """Where versions may be declared: path, what it is called, the level, and what reads it; nothing ``cdktf.json``."""
    for level, folder in enumerate(_folders(root, top)):
        for pattern, reader in _READERS:
            for path in _matching(folder, pattern):
                yield path, "../" * level + path.relative_to(folder).as_posix(), level, reader
        yield folder / "cdktf.json", "../" * level + "cdktf.json", level, None


def _matching(folder: Path, pattern: str) -> list[Path]:
    return matching(folder, pattern) if "*" in pattern else [folder / pattern]


def _folders(root: Path, top: Path) -> list[Path]:
    above = [root, *root.parents]
    repository = next((at for at, folder in enumerate(above) if exists(folder / ".git")), None)
    if repository is not None:
        return above[: repository + 1]
    return [folder for folder in above if folder == root or folder.is_relative_to(top)]


def _read(path: Path, shown: str, reader: _Reader, problems: list[str]) -> list[Pair]:
    if not is_file(path):
        return []
    try:
        return list(reader(path))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SyntaxError, RecursionError) as error:
        problems.append(f"{shown} cannot be read: {_reason(error)}")
        return []


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, (ValueError, SyntaxError)):
        return " ".join(str(error).split())
    return f"it is not laid out as such a file is ({error!r})"


_Reader = Callable[[Path], Iterator[Pair]]


def _text(path: Path) -> str:
    return text(path, "utf-8-sig")


def _toml(path: Path) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(_text(path))


def _packages_of_lock(key: str, path: Path) -> Iterator[Pair]:
    for package in _toml(path).get(key, []):
        if "version" in package:
            yield package["name"], f"=={package['version']}"


def _packages_of_pipfile_lock(path: Path) -> Iterator[Pair]:
    lock = json.loads(_text(path))
    for section in ("default", "develop"):
        for name, package in lock.get(section, {}).items():
            yield name, package.get("version", "")


def _packages_of_requirements(path: Path, seen: set[Path] | None = None) -> Iterator[Pair]:
    """The lines of a requirements file and of those that it includes, each file once."""
    seen = set() if seen is None else seen
    resolved = path.resolve()
    if resolved in seen or not is_file(path):
        return
    seen.add(resolved)
    for line in re.sub(r"\\\r?\n", " ", _text(path)).splitlines():
        if included := _INCLUDE.match(line):
            yield from _packages_of_requirements(path.parent / included[1].strip("\"'"), seen)
        else:
            yield from pairs_of([re.sub(r"(?:^|\s)(?:#.*|--.*)", "", line)])


def pairs_of(lines: Any) -> Iterator[Pair]:
    """Requirements in PEP 508's syntax; what is no text (an included group) is passed over."""
    for line in lines:
        if isinstance(line, str) and (found := _REQUIREMENT.match(line)):
            yield found[1], found[2]


def _packages_of_pyproject(path: Path) -> Iterator[Pair]:
    document = _toml(path)
    project, tools = document.get("project", {}), document.get("tool", {})
    yield from pairs_of(project.get("dependencies", []))
    tables = [project.get("optional-dependencies", {}), document.get("dependency-groups", {})]
    tables.append(tools.get("pdm", {}).get("dev-dependencies", {}))
    for requirements in (each for table in tables for each in table.values()):
        yield from pairs_of(requirements)
    yield from pairs_of(tools.get("uv", {}).get("dev-dependencies", []))
    for environment in tools.get("hatch", {}).get("envs", {}).values():
        yield from pairs_of([*environment.get("dependencies", []), *environment.get("extra-dependencies", [])])
    poetry = tools.get("poetry", {})
    for group in (poetry, *poetry.get("group", {}).values()):
        for name, value in {**group.get("dependencies", {}), **group.get("dev-dependencies", {})}.items():
            yield name, poetry_constraint(_version_of(value))


def _packages_of_setup_cfg(path: Path) -> Iterator[Pair]:
    from configparser import ConfigParser
    from configparser import Error as ConfigError

    parser = ConfigParser(interpolation=None)
    try:
        parser.read_string(_text(path))
    except ConfigError as error:
        raise ValueError(str(error)) from error
    lists = [parser.get("options", "install_requires", fallback="")]
    if parser.has_section("options.extras_require"):
        lists += parser["options.extras_require"].values()
    for each in lists:
        yield from pairs_of(each.splitlines())


def _packages_of_setup_py(path: Path) -> Iterator[Pair]:
    """The literals given to ``setup(…)``, directly or by a name of the module."""
    import ast

    tree = ast.parse(_text(path))
    names = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }

    def strings(node: ast.AST, depth: int = 8) -> Iterator[str]:
        if isinstance(node, ast.Name) and node.id in names and depth:
            yield from strings(names[node.id], depth - 1)
        elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            for element in node.elts:
                yield from strings(element, depth)
        elif isinstance(node, ast.Dict):
            for value in node.values:
                yield from strings(value, depth)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            yield from strings(node.left, depth)
            yield from strings(node.right, depth)
        elif isinstance(node, ast.Starred):
            yield from strings(node.value, depth)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from node.value.splitlines()

    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == "setup":
            for keyword in call.keywords:
                if keyword.arg in ("install_requires", "extras_require", "tests_require", "setup_requires"):
                    yield from pairs_of(strings(keyword.value))


def _packages_of_pipfile(path: Path) -> Iterator[Pair]:
    pipfile = _toml(path)
    for section in ("packages", "dev-packages"):
        for name, value in pipfile.get(section, {}).items():
            version = _version_of(value)
            yield name, "" if version == "*" else version


def _packages_of_environment(path: Path) -> Iterator[Pair]:
    """The entries of conda's lists and of the pip list in them, a line each; ``=1.2`` is any ``1.2.*``."""
    for line in _text(path).splitlines():
        if included := _CONDA_INCLUDE.match(line):
            if file := _INCLUDE.match(included[1]):
                yield from _packages_of_requirements(path.parent / file[1])
        elif found := _CONDA.match(line):
            yield found[1], conda_constraint((found[2] or "").strip())


def conda_constraint(constraint: str) -> str:
    """Conda's constraint in PEP 440: ``=1.2`` → ``==1.2.*``."""
    if not constraint.startswith("=") or constraint.startswith("=="):
        return constraint
    version, _, build = constraint[1:].partition("=")
    return f"=={version}" if build or version.endswith("*") else f"=={version}.*"


def _read_cdktf_json(path: Path, shown: str, found: Declared) -> None:
    """``terraformProviders`` and ``codeMakerOutput``. Source: the CDKTF documentation, "Configuration file"."""
    if not is_file(path):
        return
    try:
        document = json.loads(_text(path))
        found.bindings = [_binding(each, shown) for each in document.get("terraformProviders") or []]
        output = re.sub(r"[/\\]+", ".", str(document.get("codeMakerOutput") or "imports")).strip(".")
        found.outputs = (output,)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        found.problems.append(f"{shown} cannot be read: {_reason(error)}")


def _binding(provider: Any, shown: str) -> Binding:
    """``"aws@~> 6.0"``, ``"hashicorp/aws@6.0"`` or ``{"name": "aws", "version": "~> 6.0"}``."""
    if isinstance(provider, str):
        name, _, said = provider.partition("@")
    else:
        name, said = provider.get("source", provider["name"]), provider.get("version") or ""
    name = "/".join(name.strip().split("/")[-2:])
    return Binding(name, terraform_constraint(said), shown)


def _version_of(value: Any) -> str:
    """The version in a table of Poetry's or Pipenv's; of a package from elsewhere, where from, which is no version."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        origin = next((f"{key} {value[key]}" for key in ("git", "path", "url", "file") if key in value), "")
        return str(value.get("version", "")) or origin
    return str(value)


def poetry_constraint(constraint: str) -> str:
    """Poetry's constraints in PEP 440: ``^21.9`` → ``>=21.9,<22``; a bare version is exact."""
    return ",".join(_poetry_part(part.strip()) for part in constraint.split(",") if part.strip() not in ("", "*"))


def _poetry_part(constraint: str) -> str:
    if constraint[0] == "^" and (number := NUMBER.search(constraint)):
        parts = [int(part) for part in number[0].split(".")]
        lead = next((at for at, part in enumerate(parts) if part), len(parts) - 1)
        return f">={number[0]},<{'.'.join(map(str, [*parts[:lead], parts[lead] + 1]))}"
    if constraint[0] == "~" and constraint[1:2] != "=":
        return f"~={constraint[1:]}" if "." in constraint else f"=={constraint[1:]}.*"
    return f"=={constraint}" if constraint[0].isdigit() else constraint


def terraform_constraint(constraint: str) -> str:
    """Terraform's constraint in PEP 440: ``~> 6.0`` → ``~=6.0``, ``~> 6`` → ``==6.*``, ``= 6.1`` → ``==6.1``."""
    return ",".join(_terraform_part(part) for part in constraint.split(",") if part.strip())


def _terraform_part(constraint: str) -> str:
    operator, version = re.match(r"\s*([~<>=!]*)\s*v?([\w.+-]*)", constraint).groups()  # type: ignore[union-attr]
    if operator == "~>":
        return f"~={version}" if "." in version else f"=={version}.*"
    return f"{operator if operator not in ('', '=') else '=='}{version}"


_READERS: tuple[tuple[str, _Reader], ...] = (
    ("uv.lock", partial(_packages_of_lock, "package")),
    ("poetry.lock", partial(_packages_of_lock, "package")),
    ("pdm.lock", partial(_packages_of_lock, "package")),
    ("Pipfile.lock", _packages_of_pipfile_lock),
    ("pylock.toml", partial(_packages_of_lock, "packages")),
    ("pylock.*.toml", partial(_packages_of_lock, "packages")),
    ("*requirements*.txt", _packages_of_requirements),
    ("requirements/*.txt", _packages_of_requirements),
    ("*requirements*.in", _packages_of_requirements),
    ("requirements/*.in", _packages_of_requirements),
    ("pyproject.toml", _packages_of_pyproject),
    ("setup.cfg", _packages_of_setup_cfg),
    ("setup.py", _packages_of_setup_py),
    ("Pipfile", _packages_of_pipfile),
    ("environment.yml", _packages_of_environment),
    ("environment.yaml", _packages_of_environment),
)
LOCKS = frozenset(("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml"))

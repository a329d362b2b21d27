"""Where files that are not Python say which version of a package they want, and what they say for another one.

What is written anew is the version alone: layout, comments and quotes stay. A version that stands in no form known
here, or is pinned by the hashes of its files, is left, and said to be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..schema.declarations import LOCKS, import_name
from ..schema.raising import DIALECTS, Target, raised

_CLAUSES = r"(?:===|[=~!<>]=|[<>])\s*[\w.*+!-]+"
_LIST = rf"{_CLAUSES}(?:\s*,\s*{_CLAUSES})*"
_HEADER = re.compile(r"(?m)^\[+([^\]\n]*)\]+")
_PROVIDERS = re.compile(r'"terraformProviders"\s*:\s*\[([^\]]*)\]')
_SOURCE = re.compile(r'"(?:name|source)"\s*:\s*"([^"]*)"')
_VERSION = re.compile(r'"version"\s*:\s*"([^"]*)"')


@dataclass(frozen=True)
class Pin:
    """A constraint in a text: whose it is, as it is written, where it stands, and in which dialect."""

    name: str
    start: int
    end: int
    dialect: str = "python"


@dataclass(frozen=True)
class Raise:
    """What a pin says and what it is to say; ``new`` is None where it cannot be written, and ``why`` tells why."""

    pin: Pin
    old: str
    new: str | None
    why: str = ""


def raises(path: Path, text: str, targets: Mapping[str, Target], providers: Mapping[str, str]) -> Iterator[Raise]:
    """What is to be raised in a file, in order.

    :param targets: by import name.
    :param providers: the versions of Terraform providers, by short name, for ``cdktf.json``.
    """
    if path.name in LOCKS:
        return
    if path.name == "cdktf.json":
        known = {name: Target(version) for name, version in providers.items()}
        found = _of_cdktf_json(text)
    else:
        known = dict(targets)
        found = _FINDERS.get(path.name, _of_requirements if path.suffix in (".txt", ".in") else _none)(text, known)
    for pin in sorted(found, key=lambda each: each.start):
        target = known.get(pin.name)
        old = text[pin.start : pin.end]
        if target is None or target.is_met(DIALECTS[pin.dialect](old)):
            continue
        hashed = "--hash" in _logical_line(text, pin.end)
        new = None if hashed else raised(old, target, pin.dialect)
        yield Raise(pin, old, new, "it is pinned by hashes" if hashed else "" if new else "its form is not known")


def _logical_line(text: str, start: int) -> str:
    """The rest of a line, with the lines that continue it."""
    found = re.compile(r"(?:[^\\\n]|\\\r?\n|\\.)*").match(text, start)
    return found[0] if found is not None else ""


def _none(text: str, names: Mapping[str, Target]) -> Iterator[Pin]:
    yield from ()


def _any_of(names: Mapping[str, Target]) -> str:
    """Matches one of some distributions by any of its spellings (PEP 503), and is the group of it."""
    return rf"(?<![\w.-]){_one_of(names)}(?![\w.-])"


def _one_of(names: Mapping[str, Target]) -> str:
    spelled = (re.escape(name).replace("_", "[-_.]+") for name in sorted(names, key=len, reverse=True))
    return f"({'|'.join(spelled)})"


def _pin(found: re.Match[str], name: int = 1, constraint: int = 2, dialect: str = "python") -> Pin:
    said = found[constraint]
    start = found.start(constraint) + len(said) - len(said.lstrip())
    return Pin(import_name(found[name]), start, start + len(said.strip()), dialect)


def _of_requirements(text: str, names: Mapping[str, Target]) -> Iterator[Pin]:
    for found in re.finditer(rf"(?mi)^[ \t]*{_any_of(names)}[ \t]*(?:\[[^]\n]*\])?[ \t]*\(?[ \t]*({_LIST})", text):
        yield _pin(found)


def _of_strings(text: str, names: Mapping[str, Target]) -> Iterator[Pin]:
    """Requirements in PEP 508's form in strings and in lists of lines, outside of comments."""
    for found in re.finditer(rf"(?mi)(?<=[\"'\s]){_any_of(names)}\s*(?:\[[^]\n]*\])?\s*\(?\s*({_LIST})", text):
        if not _is_comment(text, found.start()):
            yield _pin(found)


def _is_comment(text: str, at: int) -> bool:
    """Whether a place is behind the mark of a comment on its line."""
    quote = ""
    for character in text[text.rfind("\n", 0, at) + 1 : at]:
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "#;":
            return True
    return False


def _of_tables(text: str, names: Mapping[str, Target], dialect: str, is_table: Callable[[str], bool]) -> Iterator[Pin]:
    """``name = "^9.0"``, ``name = {version = "^9.0"}`` and a table of its own, of Poetry's and Pipenv's files."""
    name = rf"[\"']?{_any_of(names)}[\"']?"
    row = re.compile(rf"(?mi)^[ \t]*{name}[ \t]*=[ \t]*(?:\{{[^}}\n#]*?\bversion[ \t]*=[ \t]*)?[\"']([^\"'\n]*)[\"']")
    own = re.compile(rf"(?i)(.*)\.[\"']?{_one_of(names)}[\"']?")
    version = re.compile(r"(?m)^[ \t]*version[ \t]*=[ \t]*[\"']([^\"'\n]*)[\"']")
    headers = list(_HEADER.finditer(text))
    for header, following in zip(headers, [*headers[1:], None]):
        end = following.start() if following is not None else len(text)
        if is_table(header[1].strip()):
            yield from (_pin(found, dialect=dialect) for found in row.finditer(text, header.end(), end))
        elif (table := own.fullmatch(header[1].strip())) is not None and is_table(table[1]):
            for found in version.finditer(text, header.end(), end):
                yield Pin(import_name(table[2]), found.start(1), found.end(1), dialect)


def _of_pyproject(text: str, names: Mapping[str, Target]) -> Iterator[Pin]:
    yield from _of_strings(text, names)
    yield from _of_tables(
        text, names, "poetry", lambda name: name.startswith("tool.poetry.") and name.endswith("dependencies")
    )


def _of_pipfile(text: str, names: Mapping[str, Target]) -> Iterator[Pin]:
    yield from _of_tables(text, names, "python", lambda name: name in ("packages", "dev-packages"))


def _of_environment(text: str, names: Mapping[str, Target]) -> Iterator[Pin]:
    said = r"[=~!<>]=?[^\"'#;\s][^\"'#;\n]*"
    for found in re.finditer(rf"(?mi)^[ \t]*-[ \t]*[\"']?(?:[\w.-]+::)?{_any_of(names)}[ \t]*({said})", text):
        yield _pin(found, dialect="conda")


def _of_cdktf_json(text: str) -> Iterator[Pin]:
    """The versions in ``terraformProviders``: ``"hashicorp/aws@~> 5.0"``, or an object with ``version``."""
    listed = _PROVIDERS.search(text)
    if listed is None:
        return
    for each in re.compile(r"\{[^{}]*\}").finditer(text, *listed.span(1)):
        version, sources = _VERSION.search(each[0]), _SOURCE.findall(each[0])
        if version is not None and sources:
            start = each.start() + version.start(1)
            yield Pin(_provider(max(sources, key=len)), start, start + len(version[1]), "terraform")
    for each in re.compile(r'"([^"@{}:]+)@([^"]*)"').finditer(text, *listed.span(1)):
        yield Pin(_provider(each[1]), *each.span(2), "terraform")


def _provider(source: str) -> str:
    return source.rpartition("/")[2].replace("-", "_")


_FINDERS: dict[str, Callable[[str, Mapping[str, Target]], Iterator[Pin]]] = {
    "pyproject.toml": _of_pyproject,
    "setup.cfg": _of_strings,
    "setup.py": _of_strings,
    "Pipfile": _of_pipfile,
    "environment.yml": _of_environment,
    "environment.yaml": _of_environment,
}

"""A file of which repairs were accepted and which rejected: it replays to the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from cdktf_codemods import Finding, Site

_VERSION = 1
_WORDS = {"accept": True, "reject": False}


class DecisionsError(Exception):
    """Decisions that cannot be read or written; the message is one line that names the file."""


class Decided(NamedTuple):
    """The finding that a decision is about: its rule's code, and its place, from 1, in the text before the repair.

    ``path`` is absolute; sources in a response or a row are below it: ``answer.md/main.py``, ``a.jsonl:7/main.py``.
    """

    path: Path
    line: int
    column: int
    rule: str

    @classmethod
    def of(cls, finding: Finding, root: Path) -> Decided:
        """What a finding in the project at *root* is called here."""
        return cls(absolute(root / finding.path), finding.line, finding.column, finding.code)


@dataclass(frozen=True)
class Decisions:
    """Which findings' repairs are made (True) or left (False), and the SHA-256 of each text that they are about."""

    made: Mapping[Decided, bool]
    texts: Mapping[Path, str]
    source: Path
    """The file that they are read from, or will be."""

    @classmethod
    def read(cls, path: Path) -> Decisions:
        """Read decisions; the paths in them are seen from this folder.

        :raises DecisionsError: there are none, or they are none.
        """
        try:
            given = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise DecisionsError(f"{path}: cannot read: {(error.strerror or str(error)).lower()}") from error
        except (ValueError, RecursionError) as error:
            raise DecisionsError(f"{path}: no decisions: {error}") from error
        try:
            return cls(*_understood(given), path)
        except ValueError as error:
            raise DecisionsError(f"{path}: {error}") from error

    def write(self, path: Path) -> None:
        """Write them as :meth:`read` reads them, in one step.

        :raises DecisionsError: they cannot be written.
        """
        rows = [
            {
                "rule": each.rule,
                "path": _relative(each.path),
                "line": each.line,
                "column": each.column,
                "decision": "accept" if accepted else "reject",
            }
            for each, accepted in sorted(self.made.items())
        ]
        files = {_relative(each): f"sha256:{digest}" for each, digest in sorted(self.texts.items())}
        text = json.dumps({"version": _VERSION, "decisions": rows, "files": files}, indent=2) + "\n"
        unfinished = path.with_name(f".{path.name}-{os.getpid()}")
        try:
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(path)
        except OSError as error:
            raise DecisionsError(f"{path}: cannot write: {(error.strerror or str(error)).lower()}") from error

    def sites(self, root: Path, files: Iterable[Path], accepted: bool) -> frozenset[Site]:
        """The findings in a project's files whose repairs are made, or those that are left."""
        from cdktf_codemods import Site

        names = {absolute(file): file.relative_to(root).as_posix() for file in files}
        return frozenset(
            Site(each.rule, names[each.path], each.line, each.column)
            for each, is_made in self.made.items()
            if is_made == accepted and each.path in names
        )


def digest_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as hexadecimal digits; its line endings count."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def absolute(path: Path | str) -> Path:
    """A path as decisions name it: whole, links left as they are."""
    return Path(os.path.abspath(path))


def _relative(path: Path) -> str:
    """A path below this folder as it is seen from here, any other whole; ``/`` between the parts."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _understood(given: Any) -> tuple[dict[Decided, bool], dict[Path, str]]:
    """What a parsed file says.

    :raises ValueError: it says something else; the message names the entry.
    """
    if not isinstance(given, dict) or given.get("version") != _VERSION:
        raise ValueError(f"no decisions of version {_VERSION}")
    files, rows = given.get("files"), given.get("decisions")
    if not isinstance(files, dict) or not isinstance(rows, list):
        raise ValueError("no decisions: it takes a list `decisions` and a table `files`")
    texts = {}
    for path, digest in files.items():
        kind, _, digits = digest.partition(":") if isinstance(digest, str) else ("", "", "")
        if kind != "sha256" or len(digits) != 64:
            raise ValueError(f"files[{json.dumps(path)}] is no `sha256:…`")
        texts[absolute(path)] = digits.lower()
    made: dict[Decided, bool] = {}
    for number, row in enumerate(rows):
        try:
            each, accepted = _decision(row)
        except ValueError as error:
            raise ValueError(f"decisions[{number}]: {error}") from error
        if made.setdefault(each, accepted) != accepted:
            place = f"{row['path']}:{each.line}:{each.column}"
            raise ValueError(f"decisions[{number}]: {each.rule} at {place} is accepted and rejected")
        if each.path not in texts:
            raise ValueError(f"decisions[{number}]: {json.dumps(row['path'])} is not in `files`")
    return made, texts


def _decision(row: Any) -> tuple[Decided, bool]:
    from cdktf_codemods.rules import all_rules

    if not isinstance(row, dict):
        raise ValueError("no table")
    for key in ("rule", "path", "decision"):
        if not isinstance(row.get(key), str) or not row[key]:
            raise ValueError(f"`{key}` is no text")
    for key in ("line", "column"):
        if type(row.get(key)) is not int or row[key] < 1:
            raise ValueError(f"`{key}` is no number from 1")
    if all(rule.code != row["rule"] for rule in all_rules()):
        raise ValueError(f"no rule {json.dumps(row['rule'])}")
    if row["decision"] not in _WORDS:
        raise ValueError("`decision` is `accept` or `reject`")
    return Decided(absolute(row["path"]), row["line"], row["column"], row["rule"]), _WORDS[row["decision"]]

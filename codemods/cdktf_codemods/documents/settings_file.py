"""What people say of their project in ``[tool.cdktf-fix]`` of a pyproject.toml."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ..reading import exists, is_file
from ..syntax.constraints import is_constraint
from . import disk
from .disk import DocumentError

NAME = "pyproject.toml"
SECTION = "tool.cdktf-fix"
_HEADER = re.compile(r"""(?m)^\s*\[\s*tool\s*\.\s*["']?cdktf-fix["']?\s*[\].]""")
_MENTION = re.compile(rb"(?i)cdktf[-_]?fix")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a settings file: where, if that is known, and what, in one line."""

    path: Path
    line: int | None
    reason: str


class SettingsError(Exception):
    """A settings file that cannot be followed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


@dataclass(frozen=True)
class FileSettings:
    """What one file says; selectors as they are written there. Patterns are git's, seen from the file's folder."""

    path: Path | None = None
    text: str = field(default="", repr=False)
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    unsafe_fixes: bool | None = None
    terraform: str | None = None
    line_length: int | None = None

    def excludes(self, path: str) -> bool:
        """Whether a file or folder is left out; *path* is absolute."""
        return bool(self.exclude) and self._matches(self._excluded, path)

    def ignored_in(self, path: str) -> Iterable[str]:
        """The selectors that ``per-file-ignores`` has for a file; *path* is absolute."""
        for spec, codes in self._ignored:
            if self._matches(spec, path):
                yield from codes

    def problem(self, key: str, reason: str) -> Problem:
        """Something wrong with the value of a key."""
        assert self.path is not None
        return Problem(self.path, _line_of(self.text, key), f"`{key}` in [{SECTION}]: {reason}")

    @cached_property
    def _excluded(self) -> Any:
        return _spec(self.exclude)

    @cached_property
    def _ignored(self) -> list[tuple[Any, tuple[str, ...]]]:
        return [(_spec([pattern]), codes) for pattern, codes in self.per_file_ignores]

    def _matches(self, spec: Any, path: str) -> bool:
        assert self.path is not None
        top = os.path.join(self.path.parent, "")
        return path.startswith(top) and bool(spec.match_file(path[len(top) :].replace(os.sep, "/")))


def _spec(patterns: Iterable[str]) -> Any:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


class SettingsFiles:
    """Finds the settings of files; each settings file is read once."""

    def __init__(self) -> None:
        self._known: dict[Path, FileSettings | SettingsError | None] = {}

    def of(self, folder: Path) -> FileSettings:
        """What the nearest pyproject.toml with a ``[tool.cdktf-fix]`` says, in a folder or above it in its repository.

        :param folder: a real path.
        :raises SettingsError: it cannot be followed.
        """
        above = []
        while folder not in self._known:
            above.append(folder)
            self._known[folder] = own = self._own(folder)
            if own is not None:
                break
            folder = folder.parent
        found = self._known[folder]
        # Each folder on the way says what the one above it says.
        self._known |= dict.fromkeys(above, found)
        if isinstance(found, SettingsError):
            raise found
        assert found is not None
        return found

    def _own(self, folder: Path) -> FileSettings | SettingsError | None:
        """What a folder says itself; None if it leaves it to the one above it."""
        try:
            own = read(folder / NAME)
        except SettingsError as error:
            return error
        last = folder == folder.parent or exists(folder / ".git")
        return FileSettings() if own is None and last else own


def read(path: Path) -> FileSettings | None:
    """What a pyproject.toml says; None where there is none, or it says nothing to cdktf-fix.

    :raises SettingsError: it cannot be followed.
    """
    if not is_file(path):
        return None
    try:
        data = disk.read_bytes(path)
    except DocumentError as error:
        raise SettingsError([Problem(path, None, str(error))]) from error
    if not _MENTION.search(data):
        return None
    text = data.decode("utf-8-sig", "replace")
    table = _table(path, text)
    return None if table is None else _checked(path, text, table)


def _table(path: Path, text: str) -> dict[str, Any] | None:
    import tomllib

    try:
        table = tomllib.loads(text.replace("\r\n", "\n"))
    except ValueError as error:
        found = _AT_LINE.search(str(error))
        reason = f"not TOML: {_AT_LINE.sub('', str(error))}"
        raise SettingsError([Problem(path, int(found[1]) if found else None, reason)]) from error
    for name in SECTION.split("."):
        if name not in table:
            _refuse_near(path, text, table, name)
            return None
        table = table[name]
        if not isinstance(table, dict):
            raise SettingsError([Problem(path, None, f"`{name}` has to be a table, not {_said(table)}")])
    return table


def _refuse_near(path: Path, text: str, table: dict[str, Any], name: str) -> None:
    """Refuse a section whose name is that of cdktf-fix's but for its spelling.

    :raises SettingsError: there is one.
    """
    for other in table:
        if re.sub(r"[-_]", "", other.lower()) == name.replace("-", ""):
            at = re.search(rf"(?m)^.*\b{re.escape(other)}\b", text)
            line = text.count("\n", 0, at.start()) + 1 if at is not None else None
            raise SettingsError([Problem(path, line, f"`{other}`: no such section; did you mean [{SECTION}]?")])


def _checked(path: Path, text: str, table: dict[str, Any]) -> FileSettings:
    values: dict[str, Any] = {}
    problems = []
    for key, value in table.items():
        try:
            if key not in _READERS:
                from difflib import get_close_matches

                near = get_close_matches(key.lower().replace("_", "-"), _READERS, 1, 0.5)
                raise ValueError("no such setting" + (f"; did you mean `{near[0]}`?" if near else ""))
            values[key.replace("-", "_")] = _READERS[key](value)
        except ValueError as error:
            problems.append(FileSettings(path, text).problem(key, str(error)))
    if problems:
        raise SettingsError(problems)
    return FileSettings(path, text, **values)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"has to be a list of texts, not {_said(value)}")
    for each in value:
        if not isinstance(each, str):
            raise ValueError(f"has to be a list of texts, and has {_said(each)}")
    return tuple(value)


def _patterns(value: object) -> tuple[str, ...]:
    patterns = _texts(value)
    for each in patterns:
        try:
            _spec([each])
        except ValueError as error:
            raise ValueError(f"`{each}` is no pattern: {' '.join(str(error).split())}") from error
    return patterns


def _by_pattern(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise ValueError(f"has to be a table of patterns and lists of codes, not {_said(value)}")
    for pattern, codes in value.items():
        _patterns([pattern])
        if not isinstance(codes, list):
            raise ValueError(f"`{pattern}` has to have a list of codes, not {_said(codes)}")
    return tuple((pattern, _texts(codes)) for pattern, codes in value.items())


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"has to be true or false, not {_said(value)}")
    return value


def _version(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f'has to be a text such as "1.11", not {_said(value)}')
    if not is_constraint(value):
        raise ValueError(f'has to be a version such as "1.11", not {_said(value)}')
    return value


def _length(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"has to be a number of characters, not {_said(value)}")
    return value


_READERS: dict[str, Callable[[object], Any]] = {
    "select": _texts,
    "extend-select": _texts,
    "ignore": _texts,
    "per-file-ignores": _by_pattern,
    "exclude": _patterns,
    "unsafe-fixes": _yes_or_no,
    "terraform": _version,
    "line-length": _length,
}


def _said(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'the text "{value}"'
    if isinstance(value, (int, float)):
        return f"the number {value}"
    return "a list" if isinstance(value, list) else "a table" if isinstance(value, dict) else "a date or a time"


def _line_of(text: str, key: str) -> int | None:
    """The line of a key in the section, or of the section itself."""
    section = _HEADER.search(text)
    if section is None:
        return None
    name = rf"""["']?{re.escape(key)}["']?"""
    at = re.compile(rf"(?m)^\s*(?:{name}\s*[=.]|\[.*\.\s*{name}\s*\])").search(text, section.start())
    found = at if at is not None else section
    return text.count("\n", 0, found.end()) + 1

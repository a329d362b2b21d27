"""Unified diffs that ``git apply`` and ``patch -p1`` take."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

_NO_NEWLINE = "\n\\ No newline at end of file\n"
_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_ESCAPES = dict(zip('"\\\a\b\t\n\v\f\r', '"\\abtnvfr'))


def unified_diff(path: str, before: str, after: str) -> str:
    """The change of one file. *path* is what the diff calls it, ``/`` between the parts.

    The headers are those of a plain diff, which ``git apply`` reads from the folder it is run in.
    """
    # Of a name without quotes that holds a space, patch would else read only the part before it.
    end = "\t" if " " in path else ""
    old, new = (name if name.startswith('"') else name + end for name in (quoted(f"a/{path}"), quoted(f"b/{path}")))
    lines = difflib.unified_diff(git_lines(before), git_lines(after), old, new)
    return "".join(line if line.endswith("\n") else line + _NO_NEWLINE for line in lines)


@dataclass(frozen=True)
class Statistics:
    """How large a diff is, in files and lines."""

    files: int
    added: int
    removed: int


def statistics(diff: str) -> Statistics:
    """Count what unified diffs, one after the other, change."""
    files = added = removed = 0
    old = new = 0
    for line in git_lines(diff):
        if found := _HUNK.match(line):
            old, new = (1 if length is None else int(length) for length in found.groups())
        elif old <= 0 and new <= 0:
            files += line.startswith("+++ ")
        elif line[0] != "\\":
            old -= line[0] != "+"
            new -= line[0] != "-"
            added += line[0] == "+"
            removed += line[0] == "-"
    return Statistics(files, added, removed)


def git_lines(text: str) -> list[str]:
    """Lines as git sees them: only a line feed ends one."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def quoted(name: str) -> str:
    """A file name as git spells it: in quotes if it holds a control character, a quote or a backslash."""
    if not any(character in _ESCAPES or ord(character) < 32 or ord(character) == 127 for character in name):
        return name
    return '"' + "".join(map(_escaped, name)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return f"\\{_ESCAPES[character]}"
    return f"\\{ord(character):03o}" if ord(character) < 32 or ord(character) == 127 else character

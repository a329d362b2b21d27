"""Unified diffs that ``git apply`` and ``patch -p1`` take."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

_NO_NEWLINE = "\n\\ No newline at end of file\n"


def unified_diff(path: str, before: str, after: str) -> str:
    """The change of one file. *path* is what the diff calls it, ``/`` between the parts.

    The headers are those of a plain diff, which ``git apply`` reads from the folder it is run in.
    """
    name = path + ("\t" if " " in path else "")
    lines = difflib.unified_diff(_lines(before), _lines(after), _quoted(f"a/{name}"), _quoted(f"b/{name}"))
    return "".join(line if line.endswith("\n") else line + _NO_NEWLINE for line in lines)


@dataclass(frozen=True)
class Statistics:
    """How large a diff is, in files and lines."""

    files: int
    added: int
    removed: int


def statistics(diff: str) -> Statistics:
    """Count what a unified diff changes."""
    from unidiff.patch import PatchSet

    patch = PatchSet(_lines(diff))
    return Statistics(len(patch), patch.added, patch.removed)


def _lines(text: str) -> list[str]:
    """Lines as git sees them: only a line feed ends one."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _quoted(name: str) -> str:
    """A file name as git spells it: in quotes if it holds a control character, a quote or a backslash."""
    plain = name.removesuffix("\t")
    if not any(character in '"\\' or ord(character) < 32 for character in plain):
        return name
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'

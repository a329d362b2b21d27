"""Unified diffs that ``git apply`` and ``patch -p1`` take."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..syntax.splices import Splice

_NO_NEWLINE = "\n\\ No newline at end of file\n"
_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_ESCAPES = dict(zip('"\\\a\b\t\n\v\f\r', '"\\abtnvfr'))


_Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Region:
    """Lines that a change is in, from 0: from ``start`` to ``end`` before it, from ``begin`` to ``stop`` after it."""

    start: int
    end: int
    begin: int
    stop: int


def regions(before: str, edits: Iterable[Splice]) -> list[Region]:
    """The lines that edits of a text are in; the edits are in order."""
    found: list[Region] = []
    line = at = shift = 0
    for start, end, new in edits:
        line += before.count("\n", at, start)
        at, removed, added = start, before.count("\n", start, end), new.count("\n")
        region = Region(line, line + removed + 1, line + shift, line + shift + added + 1)
        if found and found[-1].end > line:
            last = found.pop()
            region = Region(last.start, max(last.end, region.end), last.begin, max(last.stop, region.stop))
        found.append(region)
        shift += added - removed
    return found


def unified_diff(path: str, before: str, after: str, changed: Sequence[Region] = ()) -> str:
    """The change of one file. *path* is what the diff calls it, ``/`` between the parts.

    The headers are those of a plain diff, which ``git apply`` reads from the folder it is run in.

    :param changed: the lines that are known to be all that differ, so that nobody has to look for them.
    """
    # Of a name without quotes that holds a space, patch would else read only the part before it.
    end = "\t" if " " in path else ""
    old, new = (name if name.startswith('"') else name + end for name in (quoted(f"a/{path}"), quoted(f"b/{path}")))
    lines = [f"--- {old}\n", f"+++ {new}\n"]
    ours, theirs = git_lines(before), git_lines(after)
    for opcodes in _Matcher(ours, theirs, changed).get_grouped_opcodes():
        lines += _hunk(opcodes, ours, theirs)
    return "".join(line if line.endswith("\n") else line + _NO_NEWLINE for line in lines) if len(lines) > 2 else ""


class _Matcher(difflib.SequenceMatcher[str]):
    """Looks for what differs only where something was changed.

    The standard library's looks through all that is left for each change anew, which takes minutes where there are
    thousands.
    """

    def __init__(self, before: Sequence[str], after: Sequence[str], changed: Sequence[Region]) -> None:
        super().__init__(None, before, after, autojunk=not changed)
        self._before, self._after = before, after
        self._changed = changed if self._is_all(changed) else ()

    def _is_all(self, changed: Sequence[Region]) -> bool:
        """Whether the lines between the regions are the same."""
        ends = [(0, 0), *((each.end, each.stop) for each in changed)]
        starts = [*((each.start, each.begin) for each in changed), (len(self._before), len(self._after))]
        return all(
            self._before[end:start] == self._after[stop:begin] for (end, stop), (start, begin) in zip(ends, starts)
        )

    def get_opcodes(self) -> list[_Opcode]:  # type: ignore[override]
        if not self._changed:
            return super().get_opcodes()  # type: ignore[return-value]
        found: list[_Opcode] = []
        for opcode in self._all_opcodes():
            _append(found, opcode)
        return found

    def _all_opcodes(self) -> Iterator[_Opcode]:
        end = stop = 0
        for each in self._changed:
            yield "equal", end, each.start, stop, each.begin
            matcher = difflib.SequenceMatcher(
                None, self._before[each.start : each.end], self._after[each.begin : each.stop], autojunk=False
            )
            for tag, i1, i2, j1, j2 in matcher.get_opcodes():
                yield tag, each.start + i1, each.start + i2, each.begin + j1, each.begin + j2
            end, stop = min(each.end, len(self._before)), min(each.stop, len(self._after))
        yield "equal", end, len(self._before), stop, len(self._after)


def _append(opcodes: list[_Opcode], new: _Opcode) -> None:
    """Add what follows; what differs right after what differs, or is equal after what is equal, makes one of it."""
    tag, i1, i2, j1, j2 = new
    if i1 == i2 and j1 == j2:
        return
    if opcodes and (opcodes[-1][0] == "equal") == (tag == "equal"):
        _, i1, _, j1, _ = opcodes.pop()
        if tag != "equal":
            tag = "replace" if i1 < i2 and j1 < j2 else "delete" if i1 < i2 else "insert"
    opcodes.append((tag, i1, i2, j1, j2))


def _hunk(opcodes: Sequence[_Opcode], before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    first, last = opcodes[0], opcodes[-1]
    yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@\n"
    for tag, i1, i2, j1, j2 in opcodes:
        if tag == "equal":
            yield from (f" {line}" for line in before[i1:i2])
        else:
            yield from (f"-{line}" for line in before[i1:i2])
            yield from (f"+{line}" for line in after[j1:j2])


def _range(start: int, end: int) -> str:
    """Lines from 0 as a hunk's header counts them."""
    if end - start == 1:
        return str(end)
    return f"{start + (end > start)},{end - start}"


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

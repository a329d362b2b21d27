"""Comments that silence findings, put where :mod:`.suppressions` takes them for what they are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..rules.comments.unused_suppression import UnusedSuppression
from ..syntax.logical_lines import LogicalLines

_OWN = re.compile(r"(?i)#\s*cdktf-fix\s*:\s*ignore\s*\[([^\]#]*)\]")
_HEAD = re.compile(r"#!|[ \t\f]*#.*?coding[:=]")
"""What has to stay in the first or second line of a file (PEP 263)."""
Noticed = tuple[str, int, int]
"""Of a finding the code, and the first and the last line of what it is about, from 1."""


class Ignoring:
    """Writes comments into one text, round by round, for what is found in it.

    What is silenced is not repaired: in the next round more may be found, and a comment may turn out to be for nothing
    because something else is silenced. Such a one is taken back, if it was written here, and from then on its line gets
    one code a round, the first one first and the next time the last.
    """

    def __init__(self, text: str, reason: str = "") -> None:
        """
        :param reason: what new comments say behind ``--``; one line without ``#``.
        """
        self.text = text
        self.left: list[int] = []
        """The lines of findings for which there is no place that a comment could stand at."""
        self._why = f" -- {reason}" if reason else ""
        self._was: dict[str, str] = {}
        """What lines were that have a comment now; nothing for those that are one."""
        self._taken_back: Counter[str] = Counter()

    @property
    def count(self) -> int:
        """How many comments were written, or got another code."""
        return sum(line in self._was for line in LogicalLines(self.text).lines)

    def silence(self, findings: Iterable[Noticed], take_back: bool = True) -> None:
        """Have a comment for each finding in the text, one a line, with all codes."""
        lines = LogicalLines(self.text)
        idle: set[int] = set()
        behind: dict[int, list[str]] = {}
        above: dict[int, list[str]] = {}
        self.left = []
        for code, first, last in sorted(set(findings)):
            if code == UnusedSuppression.code and take_back and lines.lines[first - 1] in self._was:
                if first not in idle:
                    idle.add(first)
                    self._taken_back[self._was[lines.lines[first - 1]]] += 1
            elif (place := _place(lines, code, first, last)) is None:
                self.left.append(first)
            else:
                codes = (above if place[0] else behind).setdefault(place[1], [])
                codes += [code] * (code not in codes)
        for number, codes in behind.items():
            if times := self._taken_back[lines.lines[number - 1]]:
                codes[:] = codes[:1] if times % 2 else codes[-1:]
        self.text = "".join(self._written(lines, idle, behind, above))

    def _written(
        self, lines: LogicalLines, idle: set[int], behind: dict[int, list[str]], above: dict[int, list[str]]
    ) -> Iterator[str]:
        end = next((each[len(each.rstrip("\r\n")) :] for each in lines.lines if each.endswith("\n")), "\n")
        for number, line in enumerate([*lines.lines, ""], 1):
            if number in above:
                indent = line[: len(line) - len(line.lstrip(" \t\f"))]
                yield self._new(f"{indent}{self._comment(above[number])}{end}", "")
            if number in idle:
                yield self._was[line]
            elif number in behind:
                yield self._new(self._with_codes(line, behind[number]), self._was.get(line, line))
            else:
                yield line

    def _new(self, line: str, was: str) -> str:
        self._was[line] = was
        return line

    def _with_codes(self, line: str, codes: list[str]) -> str:
        found = _OWN.search(line)
        if found is None:
            newline = line[len(line.rstrip("\r\n")) :]
            return f"{line.rstrip()}  {self._comment(codes)}{newline}"
        named = [each.strip() for each in found[1].split(",") if each.strip()]
        return f"{line[: found.start(1)]}{', '.join([*named, *codes])}{line[found.end(1) :]}"

    def _comment(self, codes: list[str]) -> str:
        return f"# cdktf-fix: ignore[{', '.join(codes)}]{self._why}"


def _place(lines: LogicalLines, code: str, first: int, last: int) -> tuple[bool, int] | None:
    """Where a comment goes that is about what stands in some lines: whether above, and which line."""
    named = (place for place in _places(lines, first, last) if place[0] or code not in _named(lines.text_of(place[1])))
    return next(named, None)


def _places(lines: LogicalLines, first: int, last: int) -> Iterator[tuple[bool, int]]:
    """All that come into question, the best first."""
    if not lines.has_code(first):
        # It is about the file.
        yield True, next(number for number in (1, 2, 3) if number > 2 or not _HEAD.match(lines.text_of(number)))
        return
    start, end, is_header = lines.around(first)
    behind = [first, last, start] if is_header else [first, last, start, end]
    yield from ((False, line) for line in dict.fromkeys(behind) if line not in lines.open)
    # Above all code, it would be for the whole file.
    yield from ((True, line) for line in (start, first) if line > lines.code and line - 1 not in lines.open)


def _named(line: str) -> set[str]:
    """The codes that a line's comment has."""
    found = _OWN.search(line)
    return {each.strip().upper() for each in found[1].split(",")} if found is not None else set()

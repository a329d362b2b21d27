"""What comments silence: those of cdktf-fix, and those for other tools that check the same."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import libcst as cst

from ..meaning import Source
from ..rules import all_rules
from ..rules.comments.malformed_suppression import MalformedSuppression
from ..rules.comments.unused_suppression import UnusedSuppression
from ..rules.rule import Rule
from ..rules.settings import ALL, covers
from ..syntax.comments import END, Blocks, Comment, comments
from ..syntax.spans import COMPOUND
from .selection import UnknownRuleError, selector

_WORDS = re.compile(r"(?i)noqa|nosec|pylint\s*:|fmt\s*:|cdktf-fix\s*:")
"""A text without any of these has nothing to be read."""
_OWN = re.compile(r"(?i)#\s*cdktf-fix\s*:\s*([^#]*)")
_IGNORE = re.compile(r"(?i)ignore(-file)?\s*(?:\[([^\]]*)\].*|(?:--.*)?)")
_NOQA = re.compile(r"(?i)#\s*(?P<file>(?:flake8|ruff)\s*:\s*)?noqa\b(?P<rest>\s*:(?P<codes>[\s,A-Z0-9]*))?")
_PYLINT = re.compile(
    r"#\s*pylint\s*:\s*(disable-next|disable|enable|skip-file)\b(?:\s*=\s*([\w-]+(?:\s*,\s*[\w-]+)*))?"
)
_NOSEC = re.compile(r"(?i)#\s*nosec\b\s*:?\s*(?P<codes>B\d+(?:[\s,]+B\d+\b)*)?")
_PASSWORDS = frozenset(("B105", "B106", "B107"))
"""Of what bandit checks, all that a rule checks too: a comment without codes is about these."""
_FMT = re.compile(r"#\s*fmt\s*:\s*(skip|off|on)\b")
_CODE = re.compile(r"(?i)[A-Z]+\d+")
_MESSAGE = re.compile(r"[CEFIRW]\d{4}")
_STYLE = ("K", "L")
"""Families that a comment silences which names no check. What fails when it runs goes on failing, said or not."""
_FORMAT = frozenset(("fmt",))
_X = "X"
"""The family that is about the comments themselves."""


@dataclass(frozen=True)
class Problem:
    """A comment of cdktf-fix that is no good: where it begins, and why."""

    offset: int
    reason: str


@dataclass(frozen=True)
class _Own:
    """A comment of cdktf-fix, for the lines from ``first`` to ``last``; its selectors, ``ALL`` where it has none."""

    offset: int
    first: int
    last: int
    codes: tuple[str, ...]
    bare: bool

    def hides(self, rule: type[Rule]) -> list[str]:
        """Those of its selectors that a rule falls under; what is said of comments, only a comment's code silences."""
        return [code for code in self.codes if covers(code, rule.code) and (code != ALL or rule.code[0] != _X)]


@dataclass
class _Other:
    """A comment for another tool, for the lines from ``first`` to ``last``; no ``names`` are all of its checks."""

    first: int
    last: int
    names: frozenset[str]

    def hides(self, rule: type[Rule]) -> bool:
        return self.is_about(rule.equivalents) if self.names else rule.code.startswith(_STYLE)

    def is_about(self, checks: Iterable[str]) -> bool:
        """Whether it names one of some checks."""
        return any(_means(name, check) for name in self.names for check in checks)


def _means(name: str, check: str) -> bool:
    """Whether a name in a comment is that of a check, the beginning of its code, or pylint's letter for its kind."""
    if name == check:
        return True
    is_message = _MESSAGE.fullmatch(check) is not None
    if len(name) == 1:
        return is_message and check.startswith(name)
    return not is_message and _CODE.fullmatch(name) is not None and check.startswith(name)


class Suppressions:
    """The comments of one text that silence something."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._own: list[_Own] = []
        self._others: list[_Other] = []
        self._used: set[tuple[_Own, str]] = set()
        self.malformed: list[Problem] = []
        """The comments of cdktf-fix that cannot be read."""
        if _WORDS.search(source.text.code):
            self._comments = comments(source.text.code)
            for comment in self._comments.found:
                self._read(comment)

    def hide(self, rule: type[Rule], node: cst.CSTNode) -> bool:
        """Whether a finding of a rule at a node is silenced; the comments that do it are in use from then on."""
        return bool(self._own or self._others) and self._hide_at(rule, self._lines(node))

    def _hide_at(self, rule: type[Rule], lines: list[range]) -> bool:
        used = [(each, code) for each in self._own if _is_at(each, lines) for code in each.hides(rule)]
        self._used.update(used)
        return bool(used) or any(_is_at(each, lines) and each.hides(rule) for each in self._others)

    def name(self, checks: Collection[str], node: cst.CSTNode) -> bool:
        """Whether a comment for another tool names one of some checks at a node."""
        lines = self._lines(node) if self._others else []
        return any(_is_at(each, lines) and each.is_about(checks) for each in self._others)

    def problems(self, rules: Collection[type[Rule]]) -> Iterator[tuple[type[Rule], Problem]]:
        """What there is to say of the comments of cdktf-fix themselves, once all findings are known.

        :param rules: those that have looked at the file with all that they need; of others nothing can be said.
        """
        found = {MalformedSuppression: self.malformed, UnusedSuppression: list(self._unused(rules))}
        for rule, problems in found.items():
            for problem in problems if rule in rules else ():
                line, _ = self._source.spans.line_and_column(problem.offset)
                if not self._hide_at(rule, [range(line, line + 1)]):
                    yield rule, problem

    def _unused(self, rules: Collection[type[Rule]]) -> Iterator[Problem]:
        """The comments that silence nothing, or of which a code does not."""
        for own in self._own:
            idle = [code for code in own.codes if (own, code) not in self._used and _is_looked_for(code, rules)]
            if idle:
                named = "" if own.bare else f" of {', '.join(f'`{code}`' for code in idle)}"
                yield Problem(own.offset, f"this comment silences nothing{named}")

    # Reading

    def _read(self, comment: Comment) -> None:
        for given in _OWN.finditer(comment.text):
            self._read_own(comment, self._offset(comment, given), given[1].strip())
        for noqa in _NOQA.finditer(comment.text):
            self._read_noqa(comment, noqa)
        for nosec in _NOSEC.finditer(comment.text):
            names = frozenset(code.upper() for code in _CODE.findall(nosec["codes"] or ""))
            self._others.append(_Other(comment.line, comment.line, names or _PASSWORDS))
        for pragma in _PYLINT.finditer(comment.text):
            names = frozenset(each.strip() for each in (pragma[2] or "").split(",") if each.strip())
            self._read_pylint(comment, pragma[1], names)
        for pragma in _FMT.finditer(comment.text):
            self._read_fmt(comment, pragma[1])

    def _read_own(self, comment: Comment, offset: int, said: str) -> None:
        read = _IGNORE.fullmatch(said)
        if read is None:
            self._complain(
                offset, f"`{said}` is not `ignore`, `ignore[CODES]` or `ignore-file[CODES]`, with `-- reason`"
            )
            return
        codes = (ALL,) if read[2] is None else self._selectors(offset, read[2])
        if read[1] and not (comment.alone and comment.line < self._comments.code):
            self._complain(offset, "`ignore-file` belongs above all code, in a line of its own")
        elif codes:
            first, last = self._meant(comment, bool(read[1]))
            self._own.append(_Own(offset, first, last, codes, read[2] is None))

    def _meant(self, comment: Comment, whole: bool) -> tuple[int, int]:
        """The lines that a comment is for."""
        if whole or (comment.alone and comment.line < min(self._comments.docstring, self._comments.code)):
            return 1, END
        line = self._comments.below(comment) or 0 if comment.alone else comment.line
        return line, line

    def _selectors(self, offset: int, given: str) -> tuple[str, ...]:
        found = []
        for name in filter(None, map(str.strip, given.split(","))):
            try:
                found.append(selector(name))
            except UnknownRuleError as error:
                self._complain(offset, str(error))
        if not given.strip(" \t,"):
            self._complain(offset, "there is no code between the brackets")
        return tuple(dict.fromkeys(found))

    def _complain(self, offset: int, reason: str) -> None:
        self.malformed.append(Problem(offset, reason))

    def _read_noqa(self, comment: Comment, noqa: re.Match[str]) -> None:
        names = frozenset(code.upper() for code in _CODE.findall(noqa["codes"] or ""))
        if noqa["rest"] is not None and not names:
            return
        if noqa["file"] is None:
            self._others.append(_Other(comment.line, comment.line, names))
        elif comment.alone:
            self._others.append(_Other(1, END, names))

    def _read_pylint(self, comment: Comment, verb: str, names: frozenset[str]) -> None:
        everything = verb == "skip-file" or "all" in names
        if not names and not everything:
            return
        names = frozenset() if everything else names
        if verb == "skip-file":
            self._others.append(_Other(1, END, names))
        elif verb == "enable":
            self._end(comment.line, names)
        elif verb == "disable-next":
            self._others.append(_Other(comment.line + 1, comment.line + 1, names))
        elif comment.alone:
            self._others.append(_Other(*self._blocks.around(comment.line), names))
        else:
            self._others.append(_Other(comment.line, self._blocks.headed(comment.line), names))

    def _read_fmt(self, comment: Comment, verb: str) -> None:
        if verb == "skip":
            self._others.append(_Other(comment.line, comment.line, _FORMAT))
        elif verb == "on":
            self._end(comment.line, _FORMAT)
        elif comment.alone:
            self._others.append(_Other(comment.line, self._blocks.around(comment.line)[1], _FORMAT))

    def _end(self, line: int, names: frozenset[str]) -> None:
        """Let what comments have silenced be heard again from a line on."""
        for each in list(self._others):
            if each.first < line <= each.last and (not names or each.names & names):
                rest = each.names - names if names else frozenset[str]()
                if rest:
                    self._others.append(_Other(line, each.last, rest))
                each.last = line - 1

    # Places

    @cached_property
    def _blocks(self) -> Blocks:
        return Blocks(self._source.text.code)

    def _offset(self, comment: Comment, within: re.Match[str]) -> int:
        return self._source.spans.lines[comment.line - 1] + comment.column + within.start()

    def _lines(self, node: cst.CSTNode) -> list[range]:
        """The lines where a comment is about a finding at a node.

        Its own first and last, those of the statement that it is in, and the first of that statement's decorators;
        where it is a statement itself, or a statement's header, all of its lines.
        """
        if node is self._source.module:
            return [range(1, 2)]
        statement = self._source.spans.line_of(node)
        first, last = self._of(statement)
        if isinstance(node, (cst.SimpleStatementLine, *COMPOUND)):
            found = [range(first, last + 1)]
        else:
            found = [range(line, line + 1) for line in {first, last, *self._of(node)}]
        if isinstance(statement, cst.Decorator):
            statement = self._source.names.parents[id(statement)]
        if decorators := getattr(statement, "decorators", ()):
            above, _ = self._of(decorators[0])
            found.append(range(above, above + 1))
        return found

    def _of(self, node: cst.CSTNode) -> tuple[int, int]:
        """The first and the last line of a node."""
        start = self._source.spans.start(node)
        place = self._source.spans.of(node) or (start, start)
        lines = self._source.spans.lines
        return bisect_right(lines, place[0]), bisect_right(lines, max(place[0], place[1] - 1))


def _is_looked_for(selector: str, rules: Collection[type[Rule]]) -> bool:
    """Whether all that a selector stands for was looked for; by ``ALL``, all that is by default."""
    meant = [rule for rule in all_rules() if covers(selector, rule.code) and rule.code[0] != _X]
    return bool(meant) and all(rule in rules for rule in meant if rule.default or selector != ALL)


def _is_at(comment: _Own | _Other, lines: Iterable[range]) -> bool:
    return any(comment.first < each.stop and each.start <= comment.last for each in lines)

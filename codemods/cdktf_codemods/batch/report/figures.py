"""What a batch comes to, counted record by record."""

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

STAGES = ("parses", "imports", "synthesises", "loses nothing", "validates")
_RAN = ("code", "synthesis", "exit", "entry")
"""Kinds of failure that come after everything was imported."""
_NAMED = re.compile(r"`[^`]*`|'[^']*'|\"[^\"]*\"|\d+")
_LONGEST = 200


class Stage(NamedTuple):
    """How many outputs get this far, before and after; None where nobody asked."""

    name: str
    before: int | None
    after: int | None


class Repairs(NamedTuple):
    """What a rule found, and how much of that was repaired."""

    code: str
    found: int
    fixed: int


@dataclass
class Figures:
    """The counts; add records one after the other, and memory stays flat."""

    verified: bool
    terraform: bool
    outputs: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    stages: dict[str, Counter[str]] = field(default_factory=lambda: {"before": Counter(), "after": Counter()})
    found: Counter[str] = field(default_factory=Counter)
    fixed: Counter[str] = field(default_factory=Counter)
    remaining: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: dict[str, Counter[str]] = field(default_factory=lambda: {"before": Counter(), "after": Counter()})

    def add(self, record: dict[str, Any], before: Mapping[str, str], repaired: Mapping[str, str]) -> None:
        """Count an output by its record, its sources by path, and those that were repaired."""
        self.outputs += 1
        self.statuses[record["status"]] += 1
        rest = parse(text for path, text in before.items() if path not in repaired)
        own = {path: text for path, text in before.items() if path in repaired}
        for when, texts in (("before", own), ("after", repaired)):
            self.stages[when]["parses"] += bool(before) and rest and parse(texts.values())
            self.stages[when].update(reached(record.get(when)))
            if failure := (record.get(when) or {}).get("failure"):
                said = ": ".join(part for part in (failure["type"], failure["message"]) if part)
                self.failures[when][kind_of(said or failure["kind"])] += 1
        for finding in record["findings"]:
            self.found[finding["code"]] += 1
            self.fixed[finding["code"]] += finding["fixed"]
            if not finding["fixed"]:
                self.remaining[finding["code"], kind_of(finding["text"])] += 1
        for text in record["errors"].values():
            self.remaining["", kind_of(text)] += 1
        for problem in record["problems"]:
            if problem["error"]:
                self.remaining["", kind_of(problem["text"])] += 1

    def shares(self) -> list[Stage]:
        """How far outputs get, stage by stage."""
        return [Stage(name, self._stage(name, "before"), self._stage(name, "after")) for name in STAGES]

    def _stage(self, name: str, when: str) -> int | None:
        is_known = name == "parses" or (self.verified and (self.terraform or name != "validates"))
        return self.stages[when][name] if is_known else None

    def repairs(self) -> list[Repairs]:
        """The rules that found something, the busiest first."""
        return [Repairs(code, found, self.fixed[code]) for code, found in self.found.most_common()]

    def frequent(self) -> list[tuple[str, int, int]]:
        """The failures that are most frequent before, with how often each is there before and after."""
        before, after = self.failures["before"], self.failures["after"]
        return [(said, before[said], after[said]) for said, _ in (before | after).most_common(15)]


def reached(answer: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The stages after parsing that an output gets through, by what its synthesis said."""
    if answer is None:
        return ()
    if answer["failure"]:
        return STAGES[1:2] if answer["failure"]["kind"] in _RAN else ()
    if answer["dropped"]:
        return STAGES[1:3]
    return STAGES[1:4] if answer["complaints"] else STAGES[1:]


def parse(texts: Iterable[str]) -> bool:
    """Whether this Python can parse all of them. Records do not tell: what is not about CDKTF is never parsed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            for text in texts:
                ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


def kind_of(message: str) -> str:
    """A message without what differs from one output to the next: names in quotes, and numbers."""
    lines = message.strip().splitlines() or [""]
    return _NAMED.sub("…", lines[0])[:_LONGEST]

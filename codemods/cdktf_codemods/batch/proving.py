"""Outputs before the real cdktf, as they are and as they were repaired; fixes that make one worse are left out."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from ..documents.carriers.declaring import declared_in
from ..documents.repairing import Result
from ..engine.findings import Finding, Site
from ..oracle import Answer, Failure, Limits, Oracle, OracleError, SandboxError
from ..oracle.blame import Search, why_worse
from ..schema import Schema
from ..schema.declarations import declared
from ..schema.versions import asked, choose
from .inputs import Item, OnDisk
from .result import Repaired, SettingsFor, repaired

_TRIALS = 30
"""Syntheses that the search for what makes an output worse may take."""
_SHARE = 0.5
"""Of the time that an output may take, what has to be left for another one."""

_Repair = tuple[Result, Repaired]


@dataclass(frozen=True)
class Proof:
    """Proves the repair of one output; ``seconds`` is what it may take in all, from when this was made."""

    item: Item
    providers: tuple[str, ...]
    settings: SettingsFor | None
    seconds: float
    _start: float = field(default_factory=time.perf_counter)

    def of(self, result: Result, done: Repaired) -> Repaired:
        """What became of the output, with what the oracle says before and after."""
        before = self._answer({})
        after = self._answer(done.texts) if done.texts else before
        if after.is_worse_than(before):
            return self._without_worse(before, (result, done), after)
        return _with(done, before, after)

    def _without_worse(self, before: Answer, first: _Repair, after: Answer) -> Repaired:
        best = Search(before, (first, after), self._again, _findings, self._may_try).best()
        if best is not None:
            notes = [f"{site} made it worse ({why}); it is left out" for site, why in best.dismissed.items()]
            return _with(best.repair[1], before, best.after, notes)
        done = first[1]
        codes = sorted({each["code"] for each in done.record["findings"] if each["fixed"]})
        note = f"{', '.join(codes)} made it worse ({why_worse(before, after)}); nothing is repaired"
        findings = [{**each, "fixed": False, "safety": "shown"} for each in done.record["findings"]]
        nothing = Repaired({**done.record, "status": "unchanged", "findings": findings}, {})
        return _with(nothing, before, before, [note])

    def _again(self, without: frozenset[Site]) -> tuple[_Repair, Answer]:
        made = repaired(self.item, self.providers, self.settings, without)
        return made, self._answer(made[1].texts)

    def _may_try(self, tried: int) -> bool:
        return tried <= _TRIALS and time.perf_counter() - self._start < _SHARE * self.seconds

    def _answer(self, texts: dict[str, str]) -> Answer:
        """What becomes of the output with other texts in some of its files."""
        item, output = self.item, self.item.output
        found = declared_in(output.content.resources) if item.root is None else declared(item.root, item.top)
        try:
            choice = choose([*map(asked, self.providers), *found.versions])
            if choice.missing:
                return Answer(Failure("oracle", "", choice.missing[0].line))
            oracle = _oracle(Schema(choice.snapshots), self.seconds)
        except (OracleError, SandboxError) as error:
            return Answer(Failure("oracle", "", str(error)))
        documents = output.content.documents if isinstance(output.content, OnDisk) else {}
        changes = {
            path: documents[path].encoded(text) if path in documents else text.encode("utf-8", "surrogatepass")
            for path, text in texts.items()
        }
        if item.root is not None:
            return oracle.synthesize(item.root, changed=changes, files=list(output.files))
        return oracle.synthesize_files({**output.data, **changes})


def _findings(made: _Repair) -> Iterable[Finding]:
    return made[0].findings


def _with(done: Repaired, before: Answer, after: Answer, notes: Iterable[str] = ()) -> Repaired:
    problems = [*done.record["problems"], *({"text": each, "line": 1, "error": False} for each in notes)]
    return Repaired({**done.record, "problems": problems, "before": _said(before), "after": _said(after)}, done.texts)


def _said(answer: Answer) -> dict[str, Any]:
    said = answer.as_json()
    # It differs from run to run; times lie beside the records.
    said.pop("seconds", None)
    return said


_ORACLES: dict[tuple[str, ...], Oracle] = {}
_OPEN = ExitStack()


def _oracle(schema: Schema, seconds: float) -> Oracle:
    """This process's oracle for some versions."""
    key = tuple(f"{each.package}@{each.version}" for each in schema.snapshots.values())
    if key not in _ORACLES:
        _ORACLES[key] = _OPEN.enter_context(Oracle(schema, 1, Limits(seconds=min(60.0, seconds))))
    return _ORACLES[key]

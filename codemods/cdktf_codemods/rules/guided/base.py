"""What the rules share that are led by evidence: they are told where a run failed, and look there."""

from __future__ import annotations

from typing import ClassVar

import libcst as cst

from ...editing.safety import SAFE, SHOWN, UNSAFE, Safety
from ...knowledge.evidence import Evidence, Kind
from ...meaning import Source
from ...meaning.stacks import Stack, stack_made_by
from ...schema import ApiClass
from ..rule import Rule


class Guided(Rule):
    """Base of the rules that are led by evidence of one kind."""

    guided = True
    default = False
    kind: ClassVar[Kind]

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        for evidence in self.context.evidence:
            if evidence.kind == self.kind:
                self.heed(evidence)
        return updated_node

    def heed(self, evidence: Evidence) -> None:
        """Repair what a failure is evidence of, or show it."""
        raise NotImplementedError

    def finds(
        self,
        node: cst.CSTNode,
        what: str,
        evidence: Evidence,
        safety: Safety = UNSAFE,
        source: Source | None = None,
    ) -> bool:
        """Record what is wrong, with its evidence; True where the fix is then open for edits."""
        note = " (unsafe)" if safety == UNSAFE else ""
        return self.found(node, f"{what}{note}; when it was run: {evidence.text}", safety=safety, source=source)

    def shows(self, node: cst.CSTNode, what: str, evidence: Evidence) -> None:
        """Record what is wrong where it is not certain what is meant."""
        self.finds(node, what, evidence, SHOWN)

    def calls_at(self, evidence: Evidence) -> list[cst.Call]:
        """The calls that may be the one that failed: those that begin at its place; else those on its line."""
        names, spans = self.source.names, self.source.spans
        calls = [(call, *spans.line_and_column(spans.start(call))) for call in names.calls]
        exact = [call for call, line, column in calls if (line, column) == (evidence.line, evidence.column)]
        return exact or [call for call, line, _ in calls if line == evidence.line]

    def made_at(self, evidence: Evidence) -> tuple[cst.Call, ApiClass] | None:
        """The one call of a construct or struct that may be the one that failed, and what it makes."""
        calls = [(call, self.source.called(call)) for call in self.calls_at(evidence)]
        made = [(call, described) for call, described in calls if described is not None]
        return made[0] if len(made) == 1 else None

    def stack_at(self, evidence: Evidence) -> Stack | None:
        """The stack that a call at the place of the evidence makes."""
        found = (stack_made_by(self.source, call) for call in self.calls_at(evidence))
        return next((each for each in found if each is not None), None)


__all__ = ["SAFE", "SHOWN", "UNSAFE", "Guided"]

"""``apply --verify --guided``: repairs led by what the run shows, until it shows nothing more that is known."""

from __future__ import annotations

from collections.abc import Callable

from cdktf_codemods.knowledge.evidence import Evidence
from cdktf_codemods.oracle import Answer, evidence_of

from .options import Done
from .output import first_line

_STEPS = 10
Shown = tuple[tuple[Evidence, ...], ...]
"""What each run has shown, one after the other."""


def led(
    done: Done, answer: Answer, repair: Callable[[Shown], Done], synthesize: Callable[[Done], Answer]
) -> tuple[Done, Answer]:
    """A repair taken further step by step, and what becomes of it; a step that does not help is undone.

    :param answer: what becomes of the project as it is repaired so far.
    :param repair: repairs it by what the runs have shown.
    """
    shown: Shown = ()
    for _ in range(_STEPS):
        evidence = evidence_of(answer)
        if not evidence or evidence in shown:
            break
        next_done = repair((*shown, evidence))
        if _texts(next_done) == _texts(done):
            # What nothing could be done about is still said.
            return next_done, answer
        result = synthesize(next_done)
        if (reason := _hindrance(result, answer, evidence)) is not None:
            done.dismissed.append(f"a step that was led by the run ({evidence[0].text}) is undone: {reason}")
            break
        shown, done, answer = (*shown, evidence), next_done, result
    return done, answer


def _texts(done: Done) -> dict[str, str]:
    return {repaired.path: repaired.after for _, repaired in done.changed}


def _hindrance(result: Answer, before: Answer, evidence: tuple[Evidence, ...]) -> str | None:
    """Why a step does not help; None where it does."""
    reason = first_line(result.failure) if result.failure is not None else ""
    if result.is_worse_than(before):
        return reason or "there is less than there was"
    after = evidence_of(result)
    if after and {each.text for each in after} >= {each.text for each in evidence} and len(after) >= len(evidence):
        if {(each.path, each.line) for each in after} == {(each.path, each.line) for each in evidence}:
            return "it says the same"
    if result.failure is None:
        more = before.failure is None and len(result.complaints) > len(before.complaints)
        return "Terraform has more against it" if more else None
    place = result.failure.place
    if not after and place is not None and (place.path, place.line) in {(each.path, each.line) for each in evidence}:
        return reason
    return None

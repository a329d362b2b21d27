"""Which fixes make a project worse: it is repaired and run without some of them until it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from ..engine.findings import Finding, Site
from .answer import Answer
from .culprits import TooManyTrialsError, culprits

_Repair = TypeVar("_Repair")


class Best(NamedTuple, Generic[_Repair]):
    """A repair that does not make its project worse, what becomes of it, and why which fixes are left out."""

    repair: _Repair
    after: Answer
    dismissed: dict[Site, str]


class Search(Generic[_Repair]):
    """Looks for the fixes that make a project worse; what was tried is not tried again.

    :param before: what becomes of the project as it is.
    :param first: the repair that makes it worse, and what becomes of that.
    :param again: repairs it without some fixes, and runs it.
    :param findings: those of a repair.
    :param may_try: whether so many trials more are still to be made than have been.
    """

    def __init__(
        self,
        before: Answer,
        first: tuple[_Repair, Answer],
        again: Callable[[frozenset[Site]], tuple[_Repair, Answer]],
        findings: Callable[[_Repair], Iterable[Finding]],
        may_try: Callable[[int], bool],
    ) -> None:
        self._before = before
        self._again = again
        self._findings = findings
        self._may_try = may_try
        self._tried: dict[frozenset[Site], tuple[_Repair, Answer]] = {frozenset(): first}

    def best(self) -> Best[_Repair] | None:
        """The repair without what makes the project worse; None where nothing that was tried helps."""
        reasons: dict[Site, str] = {}
        try:
            without = self._without(reasons)
        except TooManyTrialsError:
            # Whatever was seen to work is better than nothing, though some that it leaves out may be right.
            works = [each for each, (_, after) in self._tried.items() if not after.is_worse_than(self._before)]
            without = min(works, key=len, default=None)
        if without is None:
            return None
        usual = why_worse(self._before, self._tried[frozenset()][1])
        return Best(*self._tried[without], {site: reasons.get(site, usual) for site in sorted(without)})

    def _without(self, reasons: dict[Site, str]) -> frozenset[Site] | None:
        """What to leave out so that the project is not worse, and why each; None where nothing helps.

        :raises TooManyTrialsError: it was tried too often.
        """
        without: frozenset[Site] = frozenset()
        while not self._works(without, frozenset()):
            findings = self._findings(self._try(without)[0])
            sites = list(dict.fromkeys(finding.site for finding in findings if finding.fixed))
            if not sites:
                return None
            # What is left out may let other fixes be made, so these are looked at in turn.
            found = culprits(sites, partial(self._works, without))
            for site, why in found.items():
                reasons[site] = why_worse(self._before, self._try(without | why)[1])
            without = without.union(found)
        return without

    def _works(self, without: frozenset[Site], more: frozenset[Site]) -> bool:
        return not self._try(without | more)[1].is_worse_than(self._before)

    def _try(self, without: frozenset[Site]) -> tuple[_Repair, Answer]:
        """The repair without some fixes.

        :raises TooManyTrialsError: it was tried too often.
        """
        if without not in self._tried:
            if not self._may_try(len(self._tried)):
                raise TooManyTrialsError
            self._tried[without] = self._again(without)
        return self._tried[without]


def why_worse(before: Answer, after: Answer) -> str:
    """What is worse about a repair that is, in a few words."""
    if after.failure is not None:
        return str(after.failure).partition("\n")[0].rstrip() or after.failure.kind
    lost = len(after.dropped) - len(before.dropped)
    gone = before.resources - after.resources
    if lost > 0:
        return f"{lost} more keys lost"
    return f"{gone} resources fewer" if gone > 0 else f"Terraform: {after.complaints[0].message}"

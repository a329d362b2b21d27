"""The state of a review: what is decided, what is asked next, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..decisions import Decided, Decisions
from ..options import Options
from .proposals import ProjectReview, Proposal, place_of


@dataclass
class Session:
    """Decisions over the proposals of all projects.

    A repair may need another one. So a project where something was rejected is repaired anew without it, before
    anything is asked that may need it, and at the end: what was accepted and is not proposed any more is taken back,
    and what shows itself only now is asked about.
    """

    projects: list[ProjectReview]
    options: Options
    say: Callable[[str], None]
    """Told, in a line each, what is taken back."""
    made: dict[Decided, bool] = field(default_factory=dict)
    _history: list[list[Decided]] = field(default_factory=list)
    """What was decided in each step."""

    def resume(self, made: Mapping[Decided, bool]) -> None:
        """Go on from earlier decisions."""
        self.made = dict(made)
        self._changed(each for each, accepted in made.items() if not accepted)

    def next(self) -> tuple[ProjectReview, Proposal] | None:
        """The first proposal that nothing is decided about; None at the end."""
        while True:
            found = next(self._open(), None)
            if found is not None and not (found[0].is_stale and found[0].needs_others(found[1], self.options)):
                return found
            stale = [project for project in self.projects if project.is_stale]
            if not stale:
                return found
            for project in stale if found is None else [found[0]]:
                self._renew(project)

    def counted(self) -> tuple[int, int]:
        """How many proposals are decided about, and how many there are."""
        return len(self.made), len(self.made) + sum(1 for _ in self._open())

    def decide(self, accepted: bool, about: Callable[[Proposal], bool]) -> int:
        """Accept or reject all open proposals of a kind; the result is how many."""
        step = [each.decided for _, each in self._open() if about(each)]
        self.made |= dict.fromkeys(step, accepted)
        self._history.append(step)
        if not accepted:
            self._changed(step)
        return len(step)

    def undo(self) -> bool:
        """Take the last step back; False where there is none."""
        if not self._history:
            return False
        step = self._history.pop()
        rejected = {each for each in step if self.made.get(each) is False}
        self._changed(rejected)
        for each in step:
            self.made.pop(each, None)
        proposed = {each.decided for project in self.projects for each in project.proposals}
        if not rejected <= proposed:
            self._settle()
        return True

    def finish(self) -> int:
        """Take back what cannot be made without what is still open, as that stays; the result is how many are."""
        left = [each.decided for _, each in self._open()]
        for project in self.projects:
            accepted = any(self.made.get(each.decided) for each in project.proposals)
            if accepted and (project.is_stale or not project.paths.isdisjoint(each.path for each in left)):
                self._renew(project, left)
        return len(left)

    def _settle(self) -> None:
        """Propose anew wherever something is rejected, or not any more."""
        for project in self.projects:
            if project.is_stale:
                self._renew(project)

    def _open(self) -> Iterator[tuple[ProjectReview, Proposal]]:
        for project in self.projects:
            for each in project.proposals:
                if each.decided not in self.made:
                    yield project, each

    def _changed(self, rejected: Iterable[Decided]) -> None:
        """Something is rejected, or not any more."""
        paths = {each.path for each in rejected}
        for project in self.projects:
            project.is_stale |= not paths.isdisjoint(project.paths)

    def _renew(self, project: ProjectReview, left: Iterable[Decided] = ()) -> None:
        """Propose anew in a project, without what is rejected and what is *left* as it is."""
        before = list(project.proposals)
        project.renew(Decisions(self.made | dict.fromkeys(left, False), {}, Path()), self.options)
        still = {each.decided for each in project.proposals}
        for proposal in before:
            if self.made.get(proposal.decided) and proposal.decided not in still:
                del self.made[proposal.decided]
                self.say(f"{place_of(proposal)}: taken back, for it needs a repair that is not made")

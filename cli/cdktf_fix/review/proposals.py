"""What a review asks about: the repairs of each project, as they are once some of them are rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from .. import carried
from ..apply import repair_one
from ..decisions import Decided, Decisions, absolute, digest_of
from ..formats.result import Checked, Result
from ..options import Done, Options
from ..output import shown_path
from ..projects import Work


@dataclass(frozen=True)
class Proposal:
    """The repairs at one place, which are accepted or rejected together: mostly one."""

    decided: Decided
    results: tuple[Result, ...]
    shared: int
    """How many other findings have a part in the same edits."""
    edited: frozenset[Path]
    """The files that the repairs change, each absolute."""

    @property
    def rule(self) -> str:
        return self.decided.rule

    @property
    def is_unsafe(self) -> bool:
        return any(each.safety == "unsafe" for each in self.results)


@dataclass
class ProjectReview:
    """One project: its proposals in the order of the text, and what else there is to say of it."""

    work: Work
    proposals: list[Proposal] = field(default_factory=list)
    left: int = 0
    """Findings that have no repair."""
    texts: dict[str, str] = field(default_factory=dict)
    """The files that the proposals are about, by the path that results have."""
    sources: dict[Path, str] = field(default_factory=dict)
    """The same as decisions name them; of a response, the sources in it."""
    is_stale: bool = False
    """Whether other repairs are rejected than when the proposals were made."""
    _first: frozenset[Decided] | None = None
    _alone: dict[Decided, Proposal] = field(default_factory=dict)

    @classmethod
    def of(cls, work: Work, done: Done) -> ProjectReview:
        """What there is to review in a project that was repaired with everything that it allows."""
        found = cls(work)
        found._take(done)
        return found

    @property
    def paths(self) -> frozenset[Path]:
        """The files that may change, as decisions name them."""
        return frozenset(map(absolute, self.work.files))

    def renew(self, rejected: Decisions, options: Options) -> None:
        """Propose what is left to repair once some repairs are not made: others may need them."""
        self._take(repair_one(self.work, options, rejected.sites(self.work.root, self.work.files, accepted=False)))
        self.is_stale = False

    def needs_others(self, proposal: Proposal, options: Options) -> bool:
        """Whether a repair is only found once others are made."""
        if self._first is None:
            every = Decisions(dict.fromkeys((each.decided for each in self.proposals), False), {}, Path())
            done = repair_one(self.work, options, every.sites(self.work.root, self.work.files, accepted=False))
            self._first = frozenset(Decided.of(each, self.work.root) for each in done.findings)
        return proposal.decided not in self._first

    def alone(self, proposal: Proposal, options: Options) -> Proposal:
        """A proposal with the edits that it makes by itself; as it is, where it cannot be made without others."""
        if not proposal.shared:
            return proposal
        if proposal.decided not in self._alone:
            only = Decisions({proposal.decided: True}, {}, Path())
            files = [file for file in self.work.files if absolute(file) in proposal.edited]
            done = repair_one(replace(self.work, files=files), replace(options, decisions=only))
            found = _proposals(self.work, done, _checked(done))
            self._alone[proposal.decided] = replace(found[0], shared=0) if len(found) == 1 else proposal
        return self._alone[proposal.decided]

    def _take(self, done: Done) -> None:
        if done.output is not None:
            self.sources |= {absolute(self.work.root / path): text for path, text in done.output.files.items()}
        else:
            self.sources |= {absolute(done.root / path): text for path, text in done.texts.items()}
        checked = _checked(done)
        self.texts |= checked.texts
        self.left = sum(not each.fixed for each in done.findings)
        self.proposals = _proposals(self.work, done, checked)


def _checked(done: Done) -> Checked:
    if done.output is not None:
        carried.put_back(done, done.output)
    checked = Checked()
    checked.add(done)
    return checked


def _proposals(work: Work, done: Done, checked: Checked) -> list[Proposal]:
    """The repairs that were made, those at one place together."""
    users = Counter(change for result in checked.results for change in set(result.changes))
    found: dict[Decided, Proposal] = {}
    for finding, origin, result in zip(done.findings, done.origins or done.findings, checked.results, strict=True):
        if not finding.fixed:
            continue
        decided = Decided.of(origin, work.root)
        known = found.get(decided, Proposal(decided, (), 0, frozenset()))
        found[decided] = replace(
            known,
            results=(*known.results, result),
            shared=max(known.shared, *(users[each] - 1 for each in result.changes), 0),
            edited=known.edited.union(absolute(work.root / path) for path, _ in origin.edits),
        )
    return list(found.values())


def recorded(
    projects: list[ProjectReview], made: Mapping[Decided, bool], source: Path, known: Mapping[Path, str]
) -> Decisions:
    """Decisions with the texts that they are about: those of the findings, and those that accepted repairs change.

    :param known: the digests of texts that earlier decisions are about.
    """
    paths = {each.path for each in made}
    sources: dict[Path, str] = {}
    for project in projects:
        sources |= project.sources
        for each in project.proposals:
            if made.get(each.decided):
                paths |= each.edited
    return Decisions(made, {**known, **{path: digest_of(sources[path]) for path in paths & sources.keys()}}, source)


def place_of(proposal: Proposal) -> str:
    """Where a proposal stands, and whose it is, in a few words."""
    decided = proposal.decided
    return f"{shown_path(decided.path)}:{decided.line}:{decided.column}: {decided.rule}"

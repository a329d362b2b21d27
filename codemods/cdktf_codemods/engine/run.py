"""Runs the rules over a project until nothing changes, and keeps one failure from costing another."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import PurePath

import libcst as cst

from ..editing.fix import Fix
from ..editing.imports import Plan
from ..editing.layout import LET_BE, Layout
from ..editing.safety import SHOWN
from ..knowledge.evidence import Evidence
from ..meaning import Project, Source
from ..rules.rule import Context, Note, Rule
from ..rules.settings import Settings, SettingsOf
from ..schema import Schema
from ..schema.uncollected import uncollected
from ..syntax.deep import with_deep_stack
from .findings import Failure, FileRepair, Finding, Repair, Site
from .looked import Looked
from .offer import Offer
from .places import Places
from .pointless import Pointless
from .round import Made, Round, by_path
from .selection import Alarm, Stage, node_kinds, selected, selected_anywhere, stage_of
from .suppressions import Suppressions

_ROUNDS = 25
_RESTARTS = 20
_GROWTH, _SMALL = 20, 5_000
"""What a text grows to at most: so many times its length and these characters together."""


@dataclass(frozen=True)
class _Told:
    """What a run is told that no text says: which fixes to leave out or make alone, what runs have shown."""

    without: frozenset[Site]
    only: frozenset[Site] | None
    evidence: tuple[Collection[Evidence], ...]


Banned = set[tuple[type[Rule], str]]
"""Rules that are left out, each in one file."""


def repair(
    files: Mapping[str, str],
    schema: Schema,
    settings: Settings | SettingsOf | None = None,
    editable: Iterable[str] | None = None,
    resources: Mapping[str, bytes] | None = None,
    without: Collection[Site] = (),
    evidence: Sequence[Collection[Evidence]] = (),
    only: Collection[Site] | None = None,
) -> Repair:
    """Repair the Python files of one project.

    :param files: text by path below the project's root, ``/`` between the parts; read when first needed.
    :param settings: those of all files, or what gives those of each by its path.
    :param editable: the paths that may change; all, if not given. The others are only asked what their names mean.
    :param resources: the project's files that are not Python, by path; rules that ask for them are silent without.
    :param without: the findings whose fixes are left out.
    :param only: the findings whose fixes are made, all others left out; every one's, if not given. What shows itself
        only once another's fix is made needs that one too.
    :param evidence: what running the project has shown, one run after the other: each is about the text that is there
        once everything before it is repaired. Rules that are led by evidence look only then.
    """
    settings_of = settings if callable(settings) else _same(settings or Settings())
    paths = frozenset(files if editable is None else editable)
    kinds = node_kinds(selected_anywhere(settings_of, paths))

    def project(editable: frozenset[str]) -> Project:
        return Project(files, schema, editable, kinds, resources)

    told = _Told(frozenset(without), None if only is None else frozenset(only), tuple(evidence))
    return with_deep_stack(lambda: _repaired(project, paths, settings_of, told))


def _repaired(
    project: Callable[[frozenset[str]], Project],
    paths: frozenset[str],
    settings_of: SettingsOf,
    told: _Told,
) -> Repair:
    """Try again without the rules that do not come to rest."""
    banned: Banned = set()
    failures: list[Failure] = []
    for _ in range(_RESTARTS):
        try:
            with uncollected(), closing(project(paths)) as opened:
                return _Run(opened, settings_of, banned, told).repair(failures)
        except _NoRestError as unrest:
            for rule, path in sorted(unrest.culprits - banned, key=lambda each: (each[1], each[0].code)):
                failures.append(Failure(path, rule.code, "it does not come to rest"))
            banned |= unrest.culprits
    with closing(project(frozenset())) as opened:
        return _Run(opened, settings_of, banned, told).repair(failures)


def _same(settings: Settings) -> SettingsOf:
    return lambda path: settings


def _bug(error: Exception, said: str) -> str:
    """Where the tool itself has failed, in one line."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"a bug in cdktf-fix ({type(error).__name__} at {PurePath(frame.filename).name}:{frame.lineno}: {said})"


def _said_once(notes: list[Note]) -> list[Note]:
    """Findings without those that another rule says of the same line, if theirs repeats that rule's."""
    said = {(note.rule.code, note.source.path, note.line) for note in notes}
    return [
        note for note in notes if not any((code, note.source.path, note.line) in said for code in note.rule.repeats)
    ]


class _NoRestError(Exception):
    def __init__(self, culprits: Banned) -> None:
        super().__init__()
        self.culprits = culprits


class _Run:
    """One attempt, from the texts as they are."""

    def __init__(self, project: Project, settings_of: SettingsOf, banned: Banned, told: _Told) -> None:
        self.project = project
        self.settings_of = settings_of
        self.banned = banned
        self.told = told
        self.evidence: Collection[Evidence] = ()
        """What running the text as it is now has shown."""
        self.failures: list[Failure] = []
        self.places = Places(project)
        self.pointless = Pointless(project, self.places)
        self.created: dict[str, bytes] = {}
        self.alarm = Alarm(
            selected_anywhere(settings_of, project.editable), settings_of, project.schema.marks, project.main
        )
        self.read: dict[str, tuple[Source, Suppressions]] = {}
        self.notes: dict[tuple[str, Stage], list[Note]] = {}
        self.stale = {stage: set(project.editable) for stage in Stage}
        self.seen: dict[str, list[str]] = {}
        self.made: dict[str, list[Banned]] = {}
        """By file, whose fixes each of its changes was made of."""
        self.latest: Banned = set()
        """Whose fixes the last round was made of."""

    def repair(self, earlier: list[Failure]) -> Repair:
        for path in self.project.editable:
            self.alarm.hear(path, self.project.code(path))
        self._round(Stage.NAMES)
        self._come_to_rest()
        for evidence in self.told.evidence:
            self._heed(evidence)
            self._come_to_rest()
        return self._result(earlier)

    def _come_to_rest(self) -> None:
        for _ in range(_ROUNDS):
            main = self._round(Stage.NAMES, Stage.MAIN)
            if not main and not self._round(Stage.LAST) and not self._tidy():
                return
        raise _NoRestError(self.latest)

    def _heed(self, evidence: Collection[Evidence]) -> None:
        """Have the rules that are led by evidence look, once: where it points changes with the text."""
        for path, stage in list(self.notes):
            if stage is Stage.GUIDED:
                del self.notes[path, stage]
        self.evidence = evidence
        self.stale[Stage.GUIDED] = {each.path for each in evidence} & self.project.editable
        self._round(Stage.GUIDED)

    def _round(self, *stages: Stage) -> bool:
        """Look at what is new to the rules of some stages with these, and make their fixes."""
        stale = {stage: self.stale[stage] for stage in stages}
        self.stale |= {stage: set() for stage in stages}
        plans: dict[str, Plan] = {}
        waiting: list[Note] = []
        for path in sorted(set().union(*stale.values())):
            new = [stage for stage in stages if path in stale[stage]]
            notes = self._look(path, new, plans)
            for stage in new:
                self.notes[path, stage] = [note for note in notes if stage_of(note.rule) is stage]
            waiting += (note for note in notes if note.fix is not None and not self._is_made(note))
        if not waiting:
            return False
        made = Round(self.project, plans, self._layout, self._failed, self._is_let_be).make(waiting)
        for note in made.accepted:
            assert note.fix is not None
            self.created = note.fix.created | self.created
            self.places.fixed(note)
            self.pointless.fixed(note)
        for note in made.waiting:
            self.stale[stage_of(note.rule)].add(note.asker)
        self.latest = {(note.rule, note.asker) for note in made.accepted}
        self._change(made)
        return bool(made.splices)

    def _tidy(self) -> bool:
        """Take out what others were told to let pass, where the repair leaves nothing to let pass."""
        changes = self.pointless.splices()
        texts = {path: self.project.splice(path, splices) for path, splices in changes.items()}
        self._change(Made(splices=changes, texts=texts))
        return bool(changes)

    def _is_made(self, note: Note) -> bool:
        """Whether all that a fix does is to make files that are made already: rules see the project without them."""
        fix = note.fix
        return fix is not None and bool(fix.created) and not fix.paths and fix.created.keys() <= self.created.keys()

    def _look(self, path: str, stages: Collection[Stage], plans: dict[str, Plan]) -> list[Note]:
        """Offer every node of a file to the rules of some stages that are awake for it."""
        awake = [rule for rule in self.alarm.awake(path, stages) if (rule, path) not in self.banned]
        source = self.project.source(path) if awake else None
        if source is None:
            return []
        notes: list[Note] = []

        def plan(source: Source) -> Plan:
            return plans.setdefault(source.path, Plan())

        shown = tuple(each for each in self.evidence if each.path == path)
        context = Context(source, self.settings_of(path), notes.append, lambda: Fix(plan), self._is_silenced, shown)
        offer = Offer([rule(context) for rule in awake])
        for node in source.names.order:
            for rule, method in offer.to(source, node):
                rule.fix = None
                try:
                    result = method(node, node)
                    if result is not node:
                        rule.edits_of(source).replace(node, result)
                except Exception as error:
                    offer.without(rule)
                    self._leave_out(type(rule), path, error)
        heard = (note for note in notes if (note.rule, path) not in self.banned and self._is_heard(note))
        return [replace(note, fix=None, safety=SHOWN) if self._is_without(note) else note for note in heard]

    def _is_without(self, note: Note) -> bool:
        """Whether the fix of a finding is to be left out."""
        without, only = self.told.without, self.told.only
        if note.fix is None or (only is None and not without):
            return False
        site = self.places.site(note)
        return site in without or (only is not None and site not in only)

    def _is_heard(self, note: Note) -> bool:
        """Whether neither the settings of the file where a finding is nor a comment in it silences the finding."""
        runs = note.rule in selected(self.settings_of(note.source.path))
        return runs and not self._is_silenced(note.rule, note.source, note.node)

    def _is_silenced(self, rule: type[Rule], source: Source, node: cst.CSTNode) -> bool:
        return self._suppressions(source).hide(rule, node)

    def _suppressions(self, source: Source) -> Suppressions:
        read = self.read.get(source.path)
        if read is None or read[0].text is not source.text:
            read = self.read[source.path] = source, Suppressions(source)
        return read[1]

    def _is_let_be(self, source: Source, statement: cst.CSTNode) -> bool:
        return self._suppressions(source).name(LET_BE, statement)

    def _layout(self, path: str) -> Layout:
        return self.settings_of(path).layout

    def _failed(self, note: Note, error: Exception) -> None:
        self._leave_out(note.rule, note.asker, error)

    def _leave_out(self, rule: type[Rule], path: str, error: Exception) -> None:
        """Leave a rule out in one file, where it has failed."""
        self.banned.add((rule, path))
        said = " ".join(str(error).split())
        self.failures.append(Failure(path, rule.code, _bug(error, said)))

    def _change(self, made: Made) -> None:
        """Put the new texts of a round in place; what was read from the old ones is looked at again."""
        before = {path: self.project.code(path) for path in made.texts}
        stale = self.project.change(made.texts) & self.project.editable
        for each in self.stale.values():
            each |= stale
        concerned = by_path(made.accepted)
        for path, code in before.items():
            self.places.moved(path, code, made.splices[path])
            self.alarm.hear(path, self.project.code(path))
            self._grow(path, code, {(note.rule, note.asker) for note in concerned.get(path, ())})

    def _grow(self, path: str, before: str, rules: Banned) -> None:
        """Take in what a file became by the fixes of some rules.

        :raises _NoRestError: it was so before, or grows without end.
        """
        code = self.project.code(path)
        self.made.setdefault(path, []).append(rules)
        seen = self.seen.setdefault(path, [before])
        if len(code) > _GROWTH * (len(seen[0]) + _SMALL):
            raise _NoRestError(rules)
        if code in seen:
            raise _NoRestError(set().union(*self.made[path][seen.index(code) :]))
        seen.append(code)

    def _is_left(self, note: Note) -> bool:
        return note.fix is None or ((note.rule, note.asker) not in self.banned and not note.fix)

    def _result(self, earlier: list[Failure]) -> Repair:
        left = _said_once([note for notes in self.notes.values() for note in notes if self._is_left(note)])
        files = [
            FileRepair(path, self.project.files[path], self.project.code(path), self.places.edits(path))
            for path in sorted(self.seen)
            if self.project.code(path) != self.project.files[path]
        ]
        failures = (*earlier, *self.failures)
        findings = sorted((*self.places.findings(left), *self._comments()), key=Finding.order)
        return Repair(files, findings, dict(self.project.errors), self.created, failures)

    def _comments(self) -> Iterator[Finding]:
        """What is wrong with the comments of cdktf-fix, now that everything else is known."""
        looked = Looked(self.project, self.settings_of, self.banned)
        for path in sorted(self.project.editable):
            if "cdktf-fix" in self.project.code(path) and (source := self.project.source(path)) is not None:
                for rule, problem in self._suppressions(source).problems(looked.at(path)):
                    yield Finding(rule.code, self.places.at(path, problem.offset), problem.reason, rule.safety, False)

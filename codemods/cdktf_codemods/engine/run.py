"""Runs the rules over a project until nothing changes, and keeps one failure from costing another."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

import libcst as cst

from ..editing.fix import Fix
from ..editing.imports import Plan
from ..meaning import Project, Source
from ..rules.rule import Context, Note, Rule
from ..rules.settings import Settings
from ..schema import Schema
from ..syntax.deep import with_deep_stack
from .findings import Failure, FileRepair, Repair
from .places import Places
from .round import Made, Round
from .selection import Alarm, Stage, methods, node_kinds, selected

_ROUNDS = 25
_RESTARTS = 20

Banned = set[tuple[type[Rule], str]]
"""Rules that are left out, each in one file."""


def repair(
    files: Mapping[str, str],
    schema: Schema,
    settings: Settings | None = None,
    editable: Iterable[str] | None = None,
    resources: Mapping[str, bytes] | None = None,
) -> Repair:
    """Repair the Python files of one project.

    :param files: text by path below the project's root, ``/`` between the parts; read when first needed.
    :param editable: the paths that may change; all, if not given. The others are only asked what their names mean.
    :param resources: the project's files that are not Python, by path; rules that ask for them are silent without.
    """
    chosen = settings or Settings()
    paths = frozenset(files if editable is None else editable)

    def project(editable: frozenset[str]) -> Project:
        return Project(files, schema, editable, node_kinds(selected(chosen)), resources)

    return with_deep_stack(lambda: _repaired(project, paths, chosen))


def _repaired(project: Callable[[frozenset[str]], Project], paths: frozenset[str], settings: Settings) -> Repair:
    """Try again without the rules that do not come to rest."""
    banned: Banned = set()
    failures: list[Failure] = []
    for _ in range(_RESTARTS):
        try:
            with _no_collection():
                return _Run(project(paths), settings, banned).repair(failures)
        except _NoRestError as unrest:
            for rule, path in sorted(unrest.culprits - banned, key=lambda each: (each[1], each[0].code)):
                failures.append(Failure(path, rule.code, "it does not come to rest"))
            banned |= unrest.culprits
    return _Run(project(frozenset()), settings, banned).repair(failures)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Trees are kept until the end of a run, and looking through them for garbage in between costs a fifth of it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _bug(error: Exception, said: str) -> str:
    """Where the tool itself has failed, in one line."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"a bug in cdktf-fix ({type(error).__name__} at {PurePath(frame.filename).name}:{frame.lineno}: {said})"


class _NoRestError(Exception):
    def __init__(self, culprits: Banned) -> None:
        super().__init__()
        self.culprits = culprits


class _Run:
    """One attempt, from the texts as they are."""

    def __init__(self, project: Project, settings: Settings, banned: Banned) -> None:
        self.project = project
        self.settings = settings
        self.banned = banned
        self.failures: list[Failure] = []
        self.places = Places(project)
        self.created: dict[str, bytes] = {}
        self.alarm = Alarm(selected(settings), settings, project.main)
        self.notes: dict[tuple[str, Stage], list[Note]] = {}
        self.stale = {stage: set(project.editable) for stage in Stage}
        self.seen: dict[str, list[str]] = {}
        self.made: dict[str, list[Banned]] = {}
        """By file, whose fixes each of its changes was made of."""

    def repair(self, earlier: list[Failure]) -> Repair:
        for path in self.project.editable:
            self.alarm.hear(path, self.project.code(path))
        self._round(Stage.NAMES)
        for _ in range(_ROUNDS):
            if not self._round(Stage.MAIN) and not self._round(Stage.LAST):
                return self._result(earlier)
        raise _NoRestError(set().union(*(rounds[-1] for rounds in self.made.values())))

    def _round(self, stage: Stage) -> bool:
        """Look at what is new with the rules of a stage, and make their fixes."""
        paths = sorted(self.stale[stage])
        self.stale[stage].clear()
        plans: dict[str, Plan] = {}
        for path in paths:
            self.notes[path, stage] = self._look(path, stage, plans)
        waiting = [note for path in paths for note in self.notes[path, stage] if note.fix is not None]
        if not waiting:
            return False
        made = Round(self.project, plans, self.settings.layout, self._failed).make(waiting)
        for note in made.accepted:
            assert note.fix is not None
            self.created = note.fix.created | self.created
            self.places.fixed(note)
        self.stale[stage] |= {note.asker for note in made.waiting}
        for path in made.splices:
            self._change(path, made)
        return bool(made.splices)

    def _look(self, path: str, stage: Stage, plans: dict[str, Plan]) -> list[Note]:
        """Offer every node of a file to the rules awake for it."""
        awake = [rule for rule in self.alarm.awake(path, stage) if (rule, path) not in self.banned]
        source = self.project.source(path) if awake else None
        if source is None:
            return []
        notes: list[Note] = []

        def plan(source: Source) -> Plan:
            return plans.setdefault(source.path, Plan())

        context = Context(source, self.settings, notes.append, lambda: Fix(plan))
        offer = _Offer([rule(context) for rule in awake])
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
        return [note for note in notes if (note.rule, path) not in self.banned]

    def _failed(self, note: Note, error: Exception) -> None:
        self._leave_out(note.rule, note.asker, error)

    def _leave_out(self, rule: type[Rule], path: str, error: Exception) -> None:
        """Leave a rule out in one file, where it has failed."""
        self.banned.add((rule, path))
        said = " ".join(str(error).split())
        self.failures.append(Failure(path, rule.code, _bug(error, said)))

    def _change(self, path: str, made: Made) -> None:
        before = self.project.code(path)
        stale = self.project.change(path, made.texts[path])
        self.places.moved(path, made.splices[path])
        code = self.project.code(path)
        self.alarm.hear(path, code)
        rules = {(note.rule, note.asker) for note in made.accepted if note.fix is not None and path in note.fix.paths}
        self.made.setdefault(path, []).append(rules)
        seen = self.seen.setdefault(path, [before])
        if code in seen:
            raise _NoRestError(set().union(*self.made[path][seen.index(code) :]))
        seen.append(code)
        for each in self.stale.values():
            each |= stale & self.project.editable

    def _is_left(self, note: Note) -> bool:
        return note.fix is None or ((note.rule, note.asker) not in self.banned and not note.fix)

    def _result(self, earlier: list[Failure]) -> Repair:
        looked = [notes for (_, stage), notes in self.notes.items() if stage is not Stage.NAMES]
        left = [note for notes in looked for note in notes if self._is_left(note)]
        files = [
            FileRepair(path, self.project.files[path], self.project.code(path))
            for path in sorted(self.seen)
            if self.project.code(path) != self.project.files[path]
        ]
        failures = (*earlier, *self.failures)
        return Repair(files, self.places.findings(left), dict(self.project.errors), self.created, failures)


Offered = list[tuple[Rule, Callable[..., Any]]]


class _Offer:
    """Which methods of which rules are offered a node: by its class, and calls by what they make."""

    def __init__(self, rules: list[Rule]) -> None:
        self._rules = rules
        self._by_kind: dict[type[cst.CSTNode], Offered] = {}
        self._calls: dict[str, Offered] = {}
        for rule in rules:
            for kind, name in methods(type(rule)):
                self._by_kind.setdefault(kind, []).append((rule, getattr(rule, name)))

    def to(self, source: Source, node: cst.CSTNode) -> Offered:
        """The methods that take a node."""
        kind = type(node)
        if kind is not cst.Call:
            return self._by_kind.get(kind, [])
        made = source.called(node)  # type: ignore[arg-type]
        module = made.submodule if made is not None else ""
        if module not in self._calls:
            every = self._by_kind.get(kind, [])
            self._calls[module] = [each for each in every if _takes(each[0].makes, module)]
        return self._calls[module]

    def without(self, rule: Rule) -> None:
        """Offer a rule nothing more."""
        self.__init__([each for each in self._rules if each is not rule])  # type: ignore[misc]


def _takes(makes: frozenset[str] | None, module: str) -> bool:
    """Whether a rule takes the calls that make something of a module; of none, where it is empty."""
    return makes is None or (bool(module) and (not makes or module in makes))

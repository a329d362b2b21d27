"""Runs the rules over a project until nothing changes."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import libcst as cst

from ..editing.edits import Edits
from ..editing.imports import Imports
from ..editing.layout import Layout, is_long, tidied
from ..meaning import Names, Project, Source
from ..rules import all_rules
from ..rules.rule import SAFE, Context, Finding, Note, Rule, Safety
from ..schema import Schema
from ..syntax.positions import positions
from ..syntax.walk import children

_PASSES = 25


class RepairError(Exception):
    """The rules do not come to rest, or made something that does not parse; nothing of the file is changed."""


@dataclass(frozen=True)
class Settings:
    """``select`` and ``ignore`` hold codes, or prefixes of codes; an empty ``select`` is every rule on by default.

    ``terraform`` is the version of Terraform that the project runs, where the user or the project says so.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    unsafe: bool = False
    terraform: str | None = None
    layout: Layout = field(default_factory=Layout)

    def rules(self) -> tuple[type[Rule], ...]:
        """The rules that run."""
        return tuple(rule for rule in all_rules() if self._runs(rule))

    def _runs(self, rule: type[Rule]) -> bool:
        chosen = rule.code.startswith(tuple(self.select)) if self.select else rule.default
        return chosen and not (self.ignore and rule.code.startswith(tuple(self.ignore)))


@dataclass(frozen=True)
class FileRepair:
    """One file before and after."""

    path: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Repair:
    """What was done to a project: its changed files, the findings in the order of the text, and the files not read.

    ``created`` are the new files that are not Python, by path. ``errors`` has, by path, why a file could not be parsed
    or repaired, as ``line:column: reason``.
    """

    files: list[FileRepair]
    findings: list[Finding]
    errors: dict[str, str]
    created: dict[str, bytes] = field(default_factory=dict)


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
    settings = settings or Settings()
    paths = frozenset(files if editable is None else editable)
    return _Run(Project(files, schema, paths, _node_types(settings.rules()), resources), settings).repair()


class _Run:
    def __init__(self, project: Project, settings: Settings) -> None:
        self.project = project
        self.settings = settings
        self.rules = settings.rules()
        self.originals: dict[str, Source] = {}
        self.ancestry: dict[int, tuple[cst.CSTNode, cst.CSTNode]] = {}
        self.fixed: list[Note] = []
        self.created: dict[str, bytes] = {}

    def repair(self) -> Repair:
        seen: dict[str, set[str]] = {}
        for _ in range(_PASSES):
            notes, changed = self._pass(last=False)
            if not changed:
                more, changed = self._pass(last=True)
                notes += more
            if not changed:
                return self._result(notes)
            for path in changed:
                text = self.project.text(path)
                if text in seen.setdefault(path, {self.project.files[path]}):
                    raise RepairError(f"{path}: {self._culprits(notes)} keep changing it back and forth")
                seen[path].add(text)
        raise RepairError(f"{', '.join(seen)}: {self._culprits(notes)} do not come to rest")

    def _pass(self, last: bool) -> tuple[list[Note], list[str]]:
        """One walk over every file with the rules that come last or with the others: what they note, what changed."""
        notes, edits, imports = self._look([rule for rule in self.rules if rule.last is last])
        self.fixed += [note for note in notes if note.fixed]
        return notes, self._make(edits, imports)

    def _look(self, rules: list[type[Rule]]) -> tuple[list[Note], dict[str, Edits], dict[str, Imports]]:
        """Offer every node of every file to the rules awake for it."""
        notes: list[Note] = []
        edits: dict[str, Edits] = {}
        imports: dict[str, Imports] = {}

        def edits_of(source: Source) -> Edits:
            return edits.setdefault(source.path, Edits(source.names))

        def imports_of(source: Source) -> Imports:
            return imports.setdefault(source.path, Imports(source, edits_of(source)))

        for path in sorted(self.project.editable):
            awake = [rule for rule in rules if self._wakes(rule, path)]
            source = self.project.source(path) if awake else None
            if source is None:
                continue
            self.originals.setdefault(path, source)
            context = Context(source, self.settings, notes.append, self._may_fix, edits_of, imports_of, self._create)
            self._offer(source, [rule(context) for rule in awake], edits_of(source))
        return notes, edits, imports

    def _wakes(self, rule: type[Rule], path: str) -> bool:
        if rule.once and path != self.project.main:
            return False
        everywhere = rule.across or rule.once
        texts = (self.project.text(each) for each in ((path, *self.project.editable) if everywhere else (path,)))
        return any(rule.wants(text, self.settings) for text in texts)

    def _create(self, path: str, data: bytes) -> None:
        self.created.setdefault(path, data)

    def _may_fix(self, rule: type[Rule], safety: Safety) -> bool:
        return safety == SAFE or self.settings.unsafe

    @staticmethod
    def _offer(source: Source, rules: list[Rule], edits: Edits) -> None:
        methods = {kind: [] for kind in _node_types(tuple(map(type, rules)))}  # type: ignore[var-annotated]
        for rule in rules:
            for kind, name in _methods(type(rule)):
                methods[kind].append(getattr(rule, name))
        for node in source.names.order:
            for method in methods.get(type(node), ()):
                updated = edits.current(node)
                if not isinstance(updated, cst.CSTNode):
                    break
                result = method(node, updated)
                if result is not updated:
                    edits.replace(node, result)

    def _make(self, edits: dict[str, Edits], imports: dict[str, Imports]) -> list[str]:
        changed = []
        for path, gathered in edits.items():
            if not gathered and not imports.get(path):
                continue
            source = self.project.source(path)
            assert source is not None
            self.originals.setdefault(path, source)
            module = gathered.made(source.module)
            names = Names(module, self.project.wanted)
            settled = (imports.get(path) or Imports(source, gathered)).settle(module, names)
            code = settled.code
            if is_long(code, self.settings.layout.line_length):
                settled, formatted = tidied(source.module, settled, gathered.ancestry, self.settings.layout)
                gathered.ancestry.extend(formatted)
                code = settled.code if formatted else code
            for new, old in gathered.ancestry:
                self.ancestry.setdefault(id(new), (new, old))
            if code == self.project.text(path):
                continue
            try:
                ast.parse(code)
            except (SyntaxError, ValueError) as error:
                raise RepairError(f"{path}: the repaired code does not parse: {error}") from error
            self.project.replace(path, settled, code, names if settled is module else None)
            changed.append(path)
        return changed

    def _culprits(self, notes: list[Note]) -> str:
        return ", ".join(sorted({note.rule.code for note in notes if note.fixed})) or "no rule"

    def _result(self, last: list[Note]) -> Repair:
        notes = [*self.fixed, *(note for note in last if not note.fixed)]
        files = [
            FileRepair(path, self.project.files[path], self.project.text(path))
            for path in sorted(self.originals)
            if self.project.text(path) != self.project.files[path]
        ]
        findings = sorted(set(self._findings(notes)), key=lambda each: (each.path, each.line, each.column, each.code))
        return Repair(files, findings, dict(self.project.errors), self.created)

    def _findings(self, notes: list[Note]) -> Iterable[Finding]:
        wanted: dict[str, list[tuple[Source, cst.CSTNode]]] = {}
        for note in notes:
            for source, node in ((note.source, note.node), *note.also):
                wanted.setdefault(source.path, []).append((source, node))
        places: dict[tuple[str, int], tuple[int, int]] = {}
        for path, nodes in wanted.items():
            lineages = {id(node): list(self._lineage(source, node)) for source, node in nodes}
            original = self.originals.get(path) or nodes[0][0]
            every = [node for lineage in lineages.values() for node in lineage]
            known = positions(original.module, self.project.files[path], original.names, every)
            for key, lineage in lineages.items():
                places[path, key] = next((known[id(node)] for node in lineage if id(node) in known), (1, 1))
        for note in notes:
            line, column = places[note.source.path, id(note.node)]
            also = ", ".join(f"{source.path}:{places[source.path, id(node)][0]}" for source, node in note.also)
            message = f"{note.message}: {also}" if also else note.message
            yield Finding(note.rule.code, note.source.path, line, column, message, note.safety, note.fixed)

    def _lineage(self, source: Source, node: cst.CSTNode) -> Iterable[cst.CSTNode]:
        """The node, its parts, what they stood for before each pass, and then the same of the nodes around it."""
        for each in (node, *source.names.ancestors(node)):
            for part in (each, *children(each)) if not isinstance(each, cst.Module) else ():
                yield part
                while id(part) in self.ancestry:
                    part = self.ancestry[id(part)][1]
                    yield part


@cache
def _methods(rule: type[Rule]) -> tuple[tuple[type[cst.CSTNode], str], ...]:
    """The node classes that a rule wants, with the method that takes each."""
    names = (name for base in rule.__mro__ if issubclass(base, Rule) for name in vars(base))
    return tuple((getattr(cst, name[6:]), name) for name in dict.fromkeys(names) if name.startswith("leave_"))


@cache
def _node_types(rules: tuple[type[Rule], ...]) -> frozenset[type[cst.CSTNode]]:
    return frozenset(kind for rule in rules for kind, _ in _methods(rule))

"""Which snapshots a project is repaired for: of what it imports and declares, in the version asked for or declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, NamedTuple

from .declarations import LOCKS, NUMBER, Binding, Declaration, import_name
from .store import Snapshot, snapshots, version_key

DEFAULTS = {"cdktf": "0.21.0", "cdktf_cdktf_provider_aws": "21.9.1"}
_COMMON = "constructs"
_PROVIDER = re.compile(r"(?:cdktf_cdktf|cdktf|cdktn)_provider_\w+")
"""Import names of pre-built providers: those of cdktf, of others for it, and of its successor."""
_EXACT = re.compile(r"===?\s*(\d+(?:\.\d+)*)")
_LOWER = re.compile(r"(?:===?|~=|>=?)\s*(\d+(?:\.\d+)*)")
_LAST = 9999
"""Stands for the last minor version of a major one."""
_ASKED = "--provider"


@dataclass(frozen=True)
class Missing:
    """A package that the project uses and of whose version nothing is known here.

    ``requirement`` is what ``schema add`` needs to add it; empty where that cannot be told. ``package`` is what the
    project's code calls it.
    """

    line: str
    requirement: str
    package: str = ""


class Choice(NamedTuple):
    """The snapshots in force, what to note of them, and what there is no snapshot of; lines for people."""

    snapshots: list[Snapshot]
    notes: list[str]
    missing: list[Missing]


class UnknownProviderError(ValueError):
    """A provider that was asked for and of which no version is known here."""

    def __init__(self, line: str, requirement: str) -> None:
        super().__init__(line)
        self.requirement = requirement


def asked(text: str) -> Declaration:
    """Read ``aws@21.9.1`` or ``cdktf-cdktf-provider-aws==21.9.1``, as given on the command line.

    :raises ValueError: the text names no version.
    """
    name, _, version = text.replace("==", "@").partition("@")
    if not name or not NUMBER.fullmatch(version):
        raise ValueError(f"{text!r} is not NAME@VERSION, as in aws@21.9.1")
    return Declaration(provider_package(name), f"=={version}", _ASKED)


def provider_package(name: str) -> str:
    """Import name of a provider's short name or of a distribution: ``aws`` → ``cdktf_cdktf_provider_aws``."""
    name = import_name(name)
    return name if name.startswith(("cdktf", "cdktn", _COMMON)) else f"cdktf_cdktf_provider_{name}"


def lacking(declarations: Iterable[Declaration], snapshots: Iterable[Snapshot]) -> set[str]:
    """The providers that a project declares and that none of the snapshots chosen for it is of."""
    known = {each.package for each in snapshots}
    return {each.package for each in declarations if _PROVIDER.fullmatch(each.package)} - known


def short_name(package: str) -> str:
    """The provider of a package or of bindings, by the import name: ``aws``, of ``imports.aws`` as well."""
    return re.split(r"_provider_|\.", package)[-1]


def choose(
    declarations: Iterable[Declaration],
    imported: Collection[str] | None = None,
    bindings: Sequence[Binding] = (),
    outputs: Sequence[str] = (),
) -> Choice:
    """The snapshots for a project.

    :param declarations: what is asked for, then what the project declares, the nearest first.
    :param imported: full names of the modules that the code imports; None: whatever the defaults are, and what is
        declared.
    :param bindings: the providers that ``cdktf.json`` has bindings generated for.
    :param outputs: the modules that they are generated into, beside ``imports`` and ``gen``.
    :raises UnknownProviderError: a provider given with ``--provider`` has no snapshot at all.
    """
    return _Chooser(list(declarations), imported, bindings, outputs).choose()


@dataclass
class _Pick:
    """One snapshot of several. ``why`` is what is declared where it is not that version; no snapshot: none will do."""

    snapshot: Snapshot | None
    exact: bool = True


@dataclass
class _Chooser:
    declarations: list[Declaration]
    imported: Collection[str] | None
    bindings: Sequence[Binding]
    outputs: Sequence[str]
    known: dict[str, list[Snapshot]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    needed: dict[str, str] = field(default_factory=dict)
    """What the packages that are asked for need of others, which counts more than what is declared of these."""

    def choose(self) -> Choice:
        for snapshot in snapshots():
            self.known.setdefault(snapshot.package, []).append(snapshot)
        self._check_asked()
        for wanted in self.declarations:
            if wanted.source == _ASKED:
                self.needed |= next((each.requires for each in self.known[wanted.package] if _is(each, wanted)), {})
        chosen = [each for name in self._packages() if (each := self._of_package(name)) is not None]
        chosen = self._with_cores(chosen)
        core = next((each.package for each in chosen if each.is_core), "cdktf")
        mounted = [
            bound for name, short in self._generated() if (bound := self._of_bindings(name, short, core)) is not None
        ]
        mounted += self._only_declared([each.name for each in mounted], core)
        for unknown in sorted(self._heads() - self.known.keys()):
            if _PROVIDER.fullmatch(unknown):
                self._lack(unknown)
        return Choice([*chosen, *mounted], list(dict.fromkeys(self.notes)), self.missing)

    def _check_asked(self) -> None:
        """What is asked for by a short name is the package of that name that the project imports."""
        for at, each in enumerate(self.declarations):
            if each.source != _ASKED:
                continue
            successor = each.package.replace("cdktf_cdktf_provider_", "cdktn_provider_")
            if each.package not in self._heads() and successor in self._heads():
                self.declarations[at] = each = replace(each, package=successor)
            if each.package not in self.known:
                requirement = f"{distribution(each.package)}{each.constraint}"
                raise UnknownProviderError(
                    f"no snapshot of {distribution(each.package)}: cdktf-fix schema add {requirement}", requirement
                )

    def _heads(self) -> set[str]:
        return {name.partition(".")[0] for name in self.imported or ()}

    def _packages(self) -> list[str]:
        """The packages in force that are known here, those that the code imports first."""
        first = list(DEFAULTS) if self.imported is None else sorted(self._heads())
        every = [*first, _COMMON, *(each.package for each in self.declarations)]
        return [name for name in dict.fromkeys(every) if name in self.known]

    def _with_cores(self, chosen: list[Snapshot]) -> list[Snapshot]:
        """With the core packages that the others derive from; the one that the code imports comes first."""
        present = {each.package for each in chosen}
        needed = [each.core for each in chosen if each.core]
        if not needed:
            needed = ["cdktf"]
        for name in dict.fromkeys(needed):
            if name not in present and name in self.known and (core := self._of_package(name)) is not None:
                chosen = [*chosen, core]
        return chosen

    # One package

    def _of_package(self, name: str) -> Snapshot | None:
        wanted = self._settled(name)
        if wanted is None:
            return self._default(self.known[name])
        picked = _pick(self.known[name], wanted.constraint, lambda each: each.version, self._default(self.known[name]))
        said = f"{wanted.source} wants {distribution(name)}{wanted.constraint}"
        if picked.snapshot is None:
            if self._is_used(name) or wanted.source == _ASKED:
                self._lack(name, wanted)
            return None
        if not picked.exact and name != _COMMON:
            advice = f"cdktf-fix schema add {_requirement(name, wanted.constraint)}"
            self.notes.append(f"{said}: no snapshot; using {picked.snapshot.version} ({advice})")
        return picked.snapshot

    def _is_used(self, name: str) -> bool:
        return self.imported is None or name in self._heads()

    def _default(self, candidates: list[Snapshot]) -> Snapshot:
        preferred = next((each for each in candidates if each.version == DEFAULTS.get(each.package)), None)
        return preferred or max(candidates, key=lambda each: version_key(each.version))

    def _lack(self, name: str, wanted: Declaration | None = None) -> None:
        """Say that nothing is known of a package, or of the major version of it that is declared."""
        wanted = wanted or self._settled(name)
        if wanted is None:
            advice, requirement = f"{distribution(name)}==VERSION", distribution(name)
            what = f"no version of {distribution(name)}, which the code imports, is known here"
        else:
            advice = _requirement(name, wanted.constraint)
            requirement = advice if _EXACT.fullmatch(wanted.constraint) else distribution(name) + wanted.constraint
            what = f"{wanted.source} wants {distribution(name)}{wanted.constraint}, which is not known here"
        self.missing.append(
            Missing(f"{what}; its code is left alone: cdktf-fix schema add {advice}", requirement, name)
        )

    # What is declared

    def _settled(self, name: str) -> Declaration | None:
        """What counts of what is declared of a package: the nearest, and at one level the lock file.

        What is declared farther up and is more exact counts where the nearer agrees with it.
        """
        said = [each for each in self.declarations if each.package == name and each.constraint]
        for each in said:
            if _specifier(each.constraint) is None:
                self.notes.append(f"{each.source}: `{distribution(name)} {each.constraint}` is no version; left aside")
        said = [each for each in said if _specifier(each.constraint) is not None]
        needed = self.needed.get(name)
        if said and needed and said[0].source != _ASKED and not agree(said[0].constraint, needed):
            return Declaration(name, needed, _ASKED)
        if not said or said[0].source == _ASKED:
            return said[0] if said else None
        against = next((each for each in said if not agree(said[0].constraint, each.constraint)), None)
        if against is not None:
            one, other = (f"{each.source} ({each.constraint})" for each in (said[0], against))
            locked = _is_lock(said[0]) and not _is_lock(against)
            why = "the lock file counts" if locked else "the first counts"
            why = "the nearest counts" if against.level != said[0].level else why
            self.notes.append(f"{one} and {other} disagree on {distribution(name)}: {why}")
        exact = (each for each in said if _EXACT.fullmatch(each.constraint))
        return next((each for each in exact if agree(said[0].constraint, each.constraint)), said[0])

    # Generated bindings

    def _generated(self) -> Iterator[tuple[str, str]]:
        """The bindings that the code imports: what they are called, and the provider's short name."""
        outputs = "|".join(re.escape(each) for each in dict.fromkeys((*self.outputs, "imports", "gen")))
        pattern = re.compile(rf"((?:\w[\w.]*\.)?(?:{outputs})(?:\.providers)?\.(\w+))(?:\..*)?")
        found = (pattern.fullmatch(name) for name in sorted(self.imported or ()))
        names = dict.fromkeys((each[1], each[2]) for each in found if each)
        listed = {each.module for each in self.bindings}
        yield from (pair for pair in names if pair[1] in listed or (not listed and self._providers(pair[1])))

    def _only_declared(self, mounted: list[str], core: str) -> Iterator[Snapshot]:
        """The bindings that are declared and that the code does not import; of those not known here nothing is said."""
        package = self.outputs[0] if self.outputs else "imports"
        beside = {
            name.split(".")[package.count(".") + 1] for name in self.imported or () if name.startswith(f"{package}.")
        }
        if self.imported is None or not beside <= {each.module for each in self.bindings}:
            # Modules of another kind in there say that the package is the project's own.
            return
        used = {*map(short_name, (*mounted, *self._heads(), *(each.package for each in self.declarations)))}
        said = len(self.notes), len(self.missing)
        for binding in self.bindings:
            if binding.module not in used:
                name = f"{package}.{binding.module}"
                if (bound := self._of_bindings(name, binding.module, core)) is not None:
                    yield bound
        del self.notes[said[0] :], self.missing[said[1] :]

    def _providers(self, short: str) -> list[Snapshot]:
        """The snapshots of a Terraform provider, by its short name in Python's spelling."""
        ending = f"_provider_{short}"
        return [each for package, every in self.known.items() if package.endswith(ending) for each in every]

    def _of_bindings(self, name: str, short: str, core: str) -> Snapshot | None:
        binding = next((each for each in self.bindings if each.module == short), Binding(short, "", "cdktf.json"))
        every = [each for each in self._providers(short) if _is_of(each, binding.name)]
        every.sort(key=lambda each: (each.core != core, *(-part for part in version_key(each.version))))
        package = f"cdktf-cdktf-provider-{short.replace('_', '-')}"
        wanted = next((each for each in self.declarations if each.source == _ASKED), None)
        if wanted is not None and wanted.package.endswith(f"_provider_{short}"):
            picked = _pick(every, wanted.constraint, lambda each: each.version, every[0] if every else None)
        else:
            default = next((each for each in every if DEFAULTS.get(each.package) == each.version), None)
            default = default if every and default is not None and every[0].core == default.core else None
            valid = _specifier(binding.constraint) is not None
            if not valid:
                self.notes.append(f"{binding.source}: `{binding.name}@{binding.constraint}` is no version; left aside")
            constraint = binding.constraint if valid else ""
            first = default or (every[0] if every else None)
            picked = _pick(every, constraint, lambda each: str(each.about["terraform"] or "0"), first)
        said = f"{binding.source} wants Terraform provider {binding.name} {binding.constraint}".rstrip()
        if picked.snapshot is None:
            advice = f"cdktf-fix schema add {package}==VERSION"
            line = f"{said}, which is not known here; `{name}` is left alone: {advice}"
            self.missing.append(Missing(line, "" if every else package, name))
            return None
        if not picked.exact:
            version = picked.snapshot.about["terraform"]
            self.notes.append(f"{said}: no snapshot; using {version} (cdktf-fix schema add {package}==VERSION)")
        return picked.snapshot.as_name(name, core)


def _pick(
    candidates: list[Snapshot], constraint: str, version_of: Callable[[Snapshot], str], default: Snapshot | None
) -> _Pick:
    """The snapshot that a constraint calls for: the default or newest that satisfies it, else the nearest of its major.

    The nearest carries ``beside`` the other one that the version is between, or the next on the same side.
    """
    if not constraint or default is None:
        return _Pick(default)
    newest = sorted(candidates, key=lambda each: version_key(version_of(each)), reverse=True)
    for snapshot in (default, *(each for each in newest if each.package == default.package), *newest):
        if satisfies(version_of(snapshot), constraint):
            return _Pick(snapshot)
    target = _anchor(constraint)
    same = [each for each in candidates if version_key(version_of(each))[0] == target[0]]
    if not same:
        return _Pick(None)

    def distance(snapshot: Snapshot) -> tuple[int, ...]:
        return tuple(abs(a - b) for a, b in zip(version_key(version_of(snapshot)), target))

    nearest = min(same, key=distance)
    below = version_key(version_of(nearest)) < target
    others = [each for each in same if version_of(each) != version_of(nearest)]
    opposite = [each for each in others if (version_key(version_of(each)) < target) != below]
    beside = min(opposite or others, key=distance, default=None)
    return _Pick(replace(nearest, beside=beside), exact=False)


def _anchor(constraint: str) -> tuple[int, ...]:
    """The version that a constraint is about: its lower bound, else what is just below its upper bound."""
    if found := _LOWER.search(constraint):
        return version_key(found[1])
    number = NUMBER.search(constraint)
    major, *rest = version_key(number[0] if number else "0")
    return (major - 1, _LAST, 0) if "<" in constraint and not any(rest) else (major, *rest)


def agree(one: str, other: str) -> bool:
    """Whether one version may satisfy both constraints, as far as their lower bounds tell."""
    if one == other:
        return True
    first, second = (".".join(map(str, _anchor(each))) for each in (one, other))
    return (satisfies(first, other) and satisfies(first, one)) or (satisfies(second, one) and satisfies(second, other))


def satisfies(version: str, constraint: str) -> bool:
    """Whether a version is one that a constraint in PEP 440's syntax allows."""
    if exact := _EXACT.fullmatch(constraint):
        return version_key(exact[1]) == version_key(version)
    specifier = _specifier(constraint)
    return bool(specifier is not None and specifier.contains(version, prereleases=True))


@cache
def _specifier(constraint: str) -> Any:
    """The constraint as ``packaging`` reads it, None where it is none; exact ones need no reading."""
    if not constraint or _EXACT.fullmatch(constraint):
        return constraint
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return SpecifierSet(constraint)
    except InvalidSpecifier:
        return None


def _is(snapshot: Snapshot, wanted: Declaration) -> bool:
    """Whether a snapshot is of the version that is asked for."""
    return satisfies(snapshot.version, wanted.constraint)


def _is_of(snapshot: Snapshot, provider: str) -> bool:
    return "/" not in provider or "/" not in snapshot.provider or snapshot.provider == provider


def _is_lock(declaration: Declaration) -> bool:
    return declaration.source.rpartition("/")[2] in LOCKS


def distribution(package: str) -> str:
    """The name on the package index: ``cdktf_cdktf_provider_aws`` → ``cdktf-cdktf-provider-aws``."""
    return package.replace("_", "-")


def _requirement(package: str, constraint: str) -> str:
    """What to add for a constraint: the version that it is about."""
    found = _LOWER.search(constraint)
    return f"{distribution(package)}=={found[1] if found else 'VERSION'}"

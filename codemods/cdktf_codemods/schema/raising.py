"""What a version constraint becomes that is to allow another version: the same form, at the same precision."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .declarations import NUMBER, Declaration, conda_constraint, poetry_constraint, terraform_constraint
from .store import Snapshot, version_key
from .versions import agree, satisfies

_CLAUSE = re.compile(r"(\s*)(===|==|~=|!=|<=|>=|~>|[<>^~=])?(\s*v?)(\d+(?:\.\d+)*)(\.\*)?((?:=\w+)?\s*)")
_UPPER = ("<", "<=")
_EXACT = ("===", "==", "=", "")


def _plain(constraint: str) -> str:
    return constraint


DIALECTS: dict[str, Callable[[str], str]] = {
    "python": _plain,
    "poetry": poetry_constraint,
    "conda": conda_constraint,
    "terraform": terraform_constraint,
}
"""How a constraint is read in each kind of file, as PEP 440 has it."""


@dataclass(frozen=True)
class Target:
    """The version that a package is to have; where another package wants it, ``within`` what that one takes."""

    version: str
    within: str = ""

    def is_met(self, constraint: str) -> bool:
        """Whether a constraint in PEP 440 allows the version, or one that will do."""
        return (
            not constraint
            or satisfies(self.version, constraint)
            or bool(self.within and agree(constraint, self.within))
        )


def raised(constraint: str, target: Target, dialect: str) -> str | None:
    """The constraint for another version; None where it allows that already, or cannot be written anew for certain.

    ``==9.0.0`` → ``==21.9.1``, ``~=9.0`` → ``~=21.9``, ``>= 9.0, < 10`` → ``>= 21.9, < 22``.
    """
    read = DIALECTS[dialect]
    if target.is_met(read(constraint)):
        return None
    parts = constraint.split(",")
    clauses = [_CLAUSE.fullmatch(part) for part in parts]
    if not all(clauses):
        return None
    lower = next((each[4] for each in clauses if each is not None and each[2] not in (*_UPPER, "!=")), None)
    new = ",".join(_clause(each, lower, target.version) for each in clauses if each is not None)
    return new if target.is_met(read(new)) else None


def _clause(clause: re.Match[str], lower: str | None, version: str) -> str:
    before, operator, space, number, wildcard, after = (each or "" for each in clause.groups())
    if operator == "!=":
        return clause[0]
    if operator == "<":
        number = _bound(number, lower, version)
    elif operator in _EXACT and not wildcard:
        number, after = version, re.sub(r"=\w+", "", after)
    else:
        number = _cut(version, number.count(".") + 1)
        operator = ">=" if operator == ">" else operator
    return f"{before}{operator}{space}{number}{wildcard}{after}"


def _cut(version: str, length: int) -> str:
    """As many parts of a version."""
    return ".".join(version.split(".")[:length])


def _bound(upper: str, lower: str | None, version: str) -> str:
    """The bound behind a version that stands to it as *upper* does to *lower*."""
    length = upper.count(".") + 1
    old = version_key(upper)
    below = version_key(lower) if lower is not None else (0, 0, 0)
    at = next((place for place, (one, other) in enumerate(zip(old, below)) if one != other), 0)
    if lower is None:
        at = max((place for place, part in enumerate(old) if part), default=0)
    parts = list(version_key(version))
    new = [*parts[:at], parts[at] + 1, 0, 0]
    return ".".join(map(str, new[: max(length, at + 1)]))


def targets(asked: Declaration, snapshots: Iterable[Snapshot]) -> dict[str, Target]:
    """What has to be raised for a package that is asked for: it, and what it and its core package need.

    :param snapshots: those in force; where none is of that version, its needs are not known.
    """
    version = asked.constraint.removeprefix("==")
    found = {asked.package: Target(version)}
    known = {each.package: each for each in snapshots}
    this = known.get(asked.package)
    if this is None or this.version != version:
        return found
    needs = [this.requires]
    core, needed = known.get(this.core), this.requires.get(this.core)
    if core is not None and needed and satisfies(core.version, needed):
        needs.append(core.requires)
    for name in dict.fromkeys(name for each in needs for name in each):
        within = ",".join(each[name] for each in needs if name in each)
        lower = max((NUMBER.search(each[name]) for each in needs if name in each), key=_key)
        if lower is not None and satisfies(lower[0], within):
            found[name] = Target(lower[0], within)
    return found


def _key(number: re.Match[str] | None) -> tuple[int, ...]:
    return version_key(number[0]) if number is not None else ()

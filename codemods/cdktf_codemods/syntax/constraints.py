"""What a constraint on a version allows, as Terraform and the tools that install it write one."""

from __future__ import annotations

import re

Version = tuple[int, ...]

_CLAUSE = re.compile(r"(>=|<=|!=|~>|>|<|=|\^|~|latest:\^)?\s*v?(\d+(?:\.(?:\d+|[x*]))*)([\w.+-]*)")
_END = (10**6,)


def reaches(constraint: str, version: Version) -> bool | None:
    """Whether all that a constraint allows is at least *version*; None where some is and some is not.

    ``1.9.8`` · ``>= 1.5, < 2.0`` · ``~> 1.11`` · ``1.9.*`` · ``latest``. What contradicts itself says nothing.
    """
    low, high = _bounds(constraint)
    if not is_constraint(constraint) or low >= high:
        return None
    if not _CLAUSE.search(constraint):
        return True
    return True if low >= version else False if high <= version else None


def is_constraint(text: str) -> bool:
    """Whether a text says anything of a version."""
    return text.strip() == "latest" or _CLAUSE.search(text) is not None


def contradicts(constraint: str) -> bool:
    """Whether no version is allowed by all of a constraint."""
    low, high = _bounds(constraint)
    return low >= high


def _bounds(constraint: str) -> tuple[Version, Version]:
    """The first version that is allowed, and the first behind it that is not."""
    low: Version = ()
    high: Version = _END
    for clause in _CLAUSE.finditer(constraint):
        from_, to = _range(clause[1] or "", clause[2])
        low, high = max(low, from_), min(high, to)
    return low, high


def _range(operator: str, written: str) -> tuple[Version, Version]:
    """The first version that a clause allows, and the first behind it that it does not."""
    parts = tuple(int(part) for part in written.split(".") if part.isdigit())
    loose = len(parts) < 3 or len(parts) < written.count(".") + 1
    if operator in (">=", ">"):
        return parts, _END
    if operator == "!=":
        return (), _END
    if operator == "<":
        return (), parts
    if operator == "<=":
        return (), _next(parts)
    if operator == "~>":
        return parts, _next(parts[:-1]) if len(parts) > 1 else _END
    if operator in ("^", "latest:^"):
        return parts, _next(parts[:1])
    if operator == "~":
        return parts, _next(parts[:2])
    return parts, _next(parts) if loose else (*parts, 0)


def _next(parts: Version) -> Version:
    return (*parts[:-1], parts[-1] + 1)

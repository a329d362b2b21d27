"""What a run is told: which rules, which repairs, and what the project says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..editing.layout import Layout


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

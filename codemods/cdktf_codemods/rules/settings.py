"""What a run is told: which rules, which repairs, and what the project says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ..editing.layout import Layout

ALL = "ALL"
"""The selector of every rule."""


@dataclass(frozen=True)
class Settings:
    """``select``, ``extend_select`` and ``ignore`` hold selectors: codes, beginnings of codes, or ``ALL``.

    An empty ``select`` is every rule on by default. Of two selectors that a rule falls under the longer decides, and
    ``ignore`` where they are as long. ``terraform`` is the version of Terraform that the project runs, where the user
    or the project says so.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    unsafe: bool = False
    terraform: str | None = None
    layout: Layout = field(default_factory=Layout)
    extend_select: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in ("select", "ignore", "extend_select"):
            object.__setattr__(self, name, frozenset(getattr(self, name)))

    def runs(self, code: str, default: bool) -> bool:
        """Whether a rule runs, which does or does not by default."""
        chosen = max(_length(self.select, code), _length(self.extend_select, code))
        if chosen < 0 and (self.select or not default):
            return False
        return chosen > _length(self.ignore, code) or _length(self.ignore, code) < 0

    def names(self, code: str) -> bool:
        """Whether a rule was asked for by itself, not only as one of many."""
        return code in self.select or code in self.extend_select


SettingsOf = Callable[[str], Settings]
"""The settings of a file, by its path below the project's root."""


def covers(selector: str, code: str) -> bool:
    """Whether a rule's code falls under a selector."""
    return selector == ALL or code.startswith(selector)


def _length(selectors: Iterable[str], code: str) -> int:
    """How many letters of a code the longest selector that it falls under gives; -1 if there is none."""
    return max((0 if each == ALL else len(each) for each in selectors if covers(each, code)), default=-1)

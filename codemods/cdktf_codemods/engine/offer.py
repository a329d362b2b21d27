"""Which rules are offered a node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libcst as cst

from ..meaning import Source
from ..rules.rule import Rule
from .selection import methods

_NOTHING = ("", "")
Offered = list[tuple[Rule, Callable[..., Any]]]


class Offer:
    """Which methods of which rules are offered a node: by its class, and calls by what they make."""

    def __init__(self, rules: list[Rule]) -> None:
        self._rules = rules
        self._by_kind: dict[type[cst.CSTNode], Offered] = {}
        self._calls: dict[tuple[str, str], Offered] = {}
        for rule in rules:
            for kind, name in methods(type(rule)):
                self._by_kind.setdefault(kind, []).append((rule, getattr(rule, name)))

    def to(self, source: Source, node: cst.CSTNode) -> Offered:
        """The methods that take a node."""
        kind = type(node)
        if kind is not cst.Call:
            return self._by_kind.get(kind, [])
        made = source.called(node)  # type: ignore[arg-type]
        of = (made.provider, made.submodule) if made is not None else _NOTHING
        if of not in self._calls:
            self._calls[of] = [each for each in self._by_kind.get(kind, []) if _takes(each[0], *of)]
        return self._calls[of]

    def without(self, rule: Rule) -> None:
        """Offer a rule nothing more."""
        self.__init__([each for each in self._rules if each is not rule])  # type: ignore[misc]


def _takes(rule: Rule, provider: str, module: str) -> bool:
    """Whether a rule takes the calls that make something of a provider's module; of none, where both are empty."""
    if rule.makes is None:
        return True
    return bool(module) and rule.provider in ("", provider) and (not rule.makes or module in rule.makes)

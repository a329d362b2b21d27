"""Which rules are offered a node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libcst as cst

from ..meaning import Source
from ..rules.rule import Rule
from .selection import methods

Offered = list[tuple[Rule, Callable[..., Any]]]


class Offer:
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

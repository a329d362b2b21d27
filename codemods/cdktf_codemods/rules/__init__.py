"""The rules, one file a failure, in families. A rule is found by being here: nothing else lists it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from .rule import Rule


@cache
def all_rules() -> tuple[type[Rule], ...]:
    """Every rule class, by its code."""
    return tuple(sorted(_found(), key=lambda rule: rule.code))


def _found() -> Iterator[type[Rule]]:
    for module in walk_packages(__path__, f"{__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Rule) and "code" in vars(value):
                if value.__module__ == module.name:
                    yield value

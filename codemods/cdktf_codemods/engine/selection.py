"""Which rules run, and which of them look at a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from enum import Enum
from functools import cache

import libcst as cst

from ..rules import all_rules
from ..rules.rule import Rule
from ..rules.settings import ALL, Settings, SettingsOf

Kinds = frozenset[type[cst.CSTNode]]


class UnknownRuleError(ValueError):
    """No rule has such a code or name; the message is one line, and says what is near."""


def selector(text: str) -> str:
    """The selector that a code in any case, the beginning of one, a rule's name or ``all`` stands for.

    :raises UnknownRuleError: no rule has it.
    """
    named = {rule.name: rule.code for rule in all_rules()}
    code = named.get(text.lower(), text.upper())
    if code and (code == ALL or any(each.startswith(code) for each in named.values())):
        return code
    near = get_close_matches(text.lower(), named, 1, 0.7) or get_close_matches(code, named.values(), 1)
    raise UnknownRuleError(f"no rule is called `{text}`" + (f"; did you mean `{near[0]}`?" if near else ""))


@cache
def selected(settings: Settings) -> tuple[type[Rule], ...]:
    """The rules that run."""
    return tuple(rule for rule in all_rules() if settings.runs(rule.code, rule.default))


def selected_anywhere(settings_of: SettingsOf, paths: Iterable[str]) -> tuple[type[Rule], ...]:
    """The rules that run in any of some files."""
    chosen = {rule for settings in {settings_of(path) for path in paths} for rule in selected(settings)}
    return tuple(rule for rule in all_rules() if rule in chosen)


@cache
def methods(rule: type[Rule]) -> tuple[tuple[type[cst.CSTNode], str], ...]:
    """The node classes that a rule wants, with the method that takes each."""
    names = (name for base in rule.__mro__ if issubclass(base, Rule) for name in vars(base))
    return tuple((getattr(cst, name[6:]), name) for name in dict.fromkeys(names) if name.startswith("leave_"))


@cache
def node_kinds(rules: tuple[type[Rule], ...]) -> Kinds:
    """The node classes that any of the rules wants."""
    return frozenset(kind for rule in rules for kind, _ in methods(rule))


class Stage(Enum):
    """Names settle before arguments are judged, whole statements are laid out when nothing else changes them, and what
    running the project has shown is heeded when everything else is done."""

    NAMES = 1
    MAIN = 2
    LAST = 3
    GUIDED = 4


def stage_of(rule: type[Rule]) -> Stage:
    """The stage that a rule looks in; with the main one, names are looked at again where they may have changed."""
    if rule.guided:
        return Stage.GUIDED
    return Stage.NAMES if rule.first else Stage.LAST if rule.last else Stage.MAIN


class Alarm:
    """Which rules look at which file, by the words in the texts; each text is read once, and again when it changes."""

    def __init__(
        self, rules: tuple[type[Rule], ...], settings_of: SettingsOf, marks: tuple[str, ...], main: str | None
    ) -> None:
        self._rules = rules
        self._settings_of = settings_of
        self._marks = marks
        self._main = main
        self._heard: dict[str, frozenset[type[Rule]]] = {}
        self._anywhere: dict[type[Rule], int] = dict.fromkeys(rules, 0)

    def hear(self, path: str, code: str) -> None:
        """Take in the text of an editable file as it now stands."""
        settings = self._settings_of(path)
        before = self._heard.get(path, frozenset())
        now = frozenset(rule for rule in self._rules if rule.wants(code, settings, self._marks))
        for rule in before ^ now:
            self._anywhere[rule] += 1 if rule in now else -1
        self._heard[path] = now

    def awake(self, path: str, stages: Collection[Stage]) -> list[type[Rule]]:
        """The rules that look at a file in some stages."""
        here = selected(self._settings_of(path))
        return [rule for rule in self._rules if stage_of(rule) in stages and self._wakes(rule, path, here)]

    def _wakes(self, rule: type[Rule], path: str, here: tuple[type[Rule], ...]) -> bool:
        if rule.once:
            return path == self._main and self._anywhere[rule] > 0
        return rule in here and (rule in self._heard[path] or (rule.across and self._anywhere[rule] > 0))

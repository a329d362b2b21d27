"""Which rules have looked at a file with all that they need, so that what they did not find there is not there."""

from __future__ import annotations

from ..meaning import Project
from ..rules.rule import BY_SCHEMA, Rule
from ..rules.settings import SettingsOf
from ..schema.versions import short_name
from .selection import selected

_FOLLOWING = frozenset("ABKSTV")
"""Families of rules that follow values, and so find what is wrong in one file when they look at another."""


class Looked:
    """Answers for one run, once it is at rest."""

    def __init__(self, project: Project, settings_of: SettingsOf, banned: set[tuple[type[Rule], str]]) -> None:
        self._project = project
        self._settings_of = settings_of
        self._banned = banned
        self._kept_away: dict[type[Rule], frozenset[str]] = {}

    def at(self, path: str) -> list[type[Rule]]:
        """The rules that have looked at a file, and at every other from where they might have come to it."""
        return [rule for rule in selected(self._settings_of(path)) if self._has_looked(rule, path)]

    def _has_looked(self, rule: type[Rule], path: str) -> bool:
        if (rule, path) in self._banned or self._is_blind(rule):
            return False
        return rule.code[0] not in _FOLLOWING or not self._from(rule) - {path}

    def _is_blind(self, rule: type[Rule]) -> bool:
        """Whether the project uses a package that the rule has to know, and of which nothing is known here."""
        lacking = self._project.schema.lacking
        if rule.provider:
            return rule.provider in map(short_name, lacking)
        return bool(lacking) and rule.code[0] in BY_SCHEMA

    def _from(self, rule: type[Rule]) -> frozenset[str]:
        """The files with something for a rule that it has not looked at: they do not belong to the run, or cannot be
        parsed, or their settings leave the rule out."""
        if rule not in self._kept_away:
            marks = self._project.schema.marks
            self._kept_away[rule] = frozenset(
                path
                for path in self._project.files
                if not self._is_offered(rule, path)
                and rule.wants(self._project.code(path), self._settings_of(path), marks)
            )
        return self._kept_away[rule]

    def _is_offered(self, rule: type[Rule], path: str) -> bool:
        project = self._project
        runs = path in project.editable and rule in selected(self._settings_of(path))
        return runs and (rule, path) not in self._banned and path not in project.errors

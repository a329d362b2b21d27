"""What the command line and the projects' settings files come to, for each file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cdktf_codemods.documents.project_settings import line_length, terraform_version
from cdktf_codemods.documents.settings_file import FileSettings, SettingsError, SettingsFiles

if TYPE_CHECKING:
    from cdktf_codemods import Settings


@dataclass(frozen=True)
class Choice:
    """What the command line says of rules: selectors, and whether unsafe fixes are made (None: as the project says)."""

    select: frozenset[str] = frozenset()
    extend_select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    unsafe: bool | None = None

    def read(self) -> Choice:
        """The same, with codes for names.

        :raises ValueError: no rule has one of them.
        """
        return Choice(_codes(self.select), _codes(self.extend_select), _codes(self.ignore), self.unsafe)

    def with_family(self, letter: str) -> Choice:
        """The same, and the rules of a family that have to be asked for, but for what is ignored."""
        return replace(self, extend_select=self.extend_select | {letter})


class Configuration:
    """The settings of the files of one project, by their path below its root."""

    def __init__(self, root: Path, choice: Choice) -> None:
        self._root = root
        self._choice = choice
        self._files = SettingsFiles()
        self._known: dict[str, Settings] = {}
        self._made: dict[tuple[Path | None, frozenset[str]], Settings] = {}

    def __call__(self, path: str) -> Settings:
        if path not in self._known:
            self._known[path] = self._of(path)
        return self._known[path]

    def chooses(self, path: str) -> bool:
        """Whether rules are chosen for a file, so that some may run that do not by default."""
        said = self._said(os.path.join(self._root, path))
        return bool(self._choice.select or self._choice.extend_select or said.select or said.extend_select)

    def _said(self, full: str) -> FileSettings:
        try:
            return self._files.of(Path(full).parent)
        except SettingsError:
            # Only files that are not to be repaired have such ones.
            return FileSettings()

    def _of(self, path: str) -> Settings:
        full = os.path.join(self._root, path)
        said = self._said(full)
        ignored = frozenset(said.ignored_in(full))
        key = said.path, ignored
        if key not in self._made:
            self._made[key] = self._settings(said, ignored)
        return self._made[key]

    def _settings(self, said: FileSettings, ignored: frozenset[str]) -> Settings:
        from cdktf_codemods import Settings
        from cdktf_codemods.editing.layout import Layout

        chosen = _together(said, self._choice)
        return Settings(
            select=chosen.select,
            extend_select=chosen.extend_select,
            ignore=chosen.ignore | _rules(ignored),
            unsafe=bool(said.unsafe_fixes if self._choice.unsafe is None else self._choice.unsafe),
            terraform=said.terraform or self._terraform,
            layout=Layout(said.line_length or self._line_length),
        )

    @cached_property
    def _terraform(self) -> str | None:
        return terraform_version(self._root)

    @cached_property
    def _line_length(self) -> int:
        return line_length(self._root)


def _together(said: FileSettings, choice: Choice) -> Choice:
    """What a file says, overruled by the command line."""
    if choice.select:
        return choice
    select = _without(_codes(said.select), choice.ignore)
    extend_select = _without(_codes(said.extend_select), choice.ignore) | choice.extend_select
    ignore = _without(_codes(said.ignore), choice.extend_select) | choice.ignore
    if said.select and not select:
        ignore |= {"ALL"}
    return Choice(select, extend_select, ignore)


def _without(selectors: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """The selectors that do not fall under others."""
    from cdktf_codemods.rules.settings import covers

    return frozenset(each for each in selectors if not any(covers(other, each) for other in others))


def _codes(given: Iterable[str]) -> frozenset[str]:
    if not given:
        return frozenset()
    from cdktf_codemods.engine.selection import selector

    return frozenset(map(selector, given))


def _rules(given: Iterable[str]) -> frozenset[str]:
    """The codes of all rules that fall under selectors."""
    if not given:
        return frozenset()
    from cdktf_codemods.rules import all_rules
    from cdktf_codemods.rules.settings import covers

    return frozenset(rule.code for each in _codes(given) for rule in all_rules() if covers(each, rule.code))

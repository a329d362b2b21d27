"""What a project's own files say of how it is run and laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..reading import is_file, text
from .declared_terraform import declared, up_to_repository
from .settings_file import FileSettings, Problem

_LINE_LENGTH = re.compile(r"(?m)^\s*max-line-length\s*[=:]\s*(\d+)")
DEFAULT_LINE_LENGTH = 120
"""Characters; the limit of the pylint settings that the documented failures were found with."""


def terraform_version(root: Path) -> str | None:
    """The version of Terraform that the project declares, as a constraint, or None.

    ``terraform`` in ``[tool.cdktf-fix]`` of pyproject.toml, else what the project's other files say.
    """
    settings = (_tool(folder, "cdktf-fix").get("terraform") for folder in up_to_repository(root))
    return next((version for version in settings if isinstance(version, str)), None) or declared(root)


def line_length(root: Path) -> int:
    """The longest line that the project allows, in characters: its formatter's word, then its linter's."""
    for tool in ("cdktf-fix", "black", "ruff"):
        if isinstance(length := _tool(root, tool).get("line-length"), int):
            return length
    length = _tool(root, "pylint").get("format", {}).get("max-line-length")
    if isinstance(length, int):
        return length
    for name in (".pylintrc", "pylintrc", "setup.cfg", "tox.ini", ".flake8"):
        if found := _LINE_LENGTH.search(_text(root / name)):
            return int(found[1])
    return DEFAULT_LINE_LENGTH


def _tool(root: Path, name: str) -> dict[str, Any]:
    text = _text(root / "pyproject.toml")
    if f"tool.{name}" not in text:
        return {}
    import tomllib

    try:
        table = tomllib.loads(text)["tool"][name]
    except (ValueError, KeyError):
        return {}
    return table if isinstance(table, dict) else {}


def _text(path: Path) -> str:
    try:
        return text(path, "utf-8", "replace") if is_file(path) else ""
    except OSError:
        return ""


def problems_of(settings: FileSettings) -> Iterator[Problem]:
    """The codes in a settings file that no rule has."""
    from ..engine.selection import selector

    given = {"select": settings.select, "extend-select": settings.extend_select, "ignore": settings.ignore}
    given["per-file-ignores"] = tuple(code for _, codes in settings.per_file_ignores for code in codes)
    for key, codes in given.items():
        for code in codes:
            try:
                selector(code)
            except ValueError as error:
                yield settings.problem(key, str(error))

"""How findings are printed: one module a format, which imports what it needs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .result import Checked

FORMATS = {
    "full": "full",
    "concise": "concise",
    "json": "plain_json",
    "json-lines": "json_lines",
    "github": "github",
    "gitlab": "gitlab",
    "sarif": "sarif",
    "junit": "junit",
    "rdjson": "rdjson",
}
"""The names that ``--output-format`` takes, each with its module."""


def formatted(checked: Checked, name: str) -> str:
    """Findings in a format; what is returned ends with a line feed, or is empty."""
    text: str = import_module(f".{FORMATS[name]}", __name__).text(checked)
    return text

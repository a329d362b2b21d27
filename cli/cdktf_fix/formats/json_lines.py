"""A line of JSON a finding."""

from __future__ import annotations

from ..output import json_line
from .result import Checked


def text(checked: Checked) -> str:
    return "".join(json_line(each.as_json()) + "\n" for each in checked.results)

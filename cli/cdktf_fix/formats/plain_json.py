"""One JSON list of all findings."""

from __future__ import annotations

import json

from .result import Checked


def text(checked: Checked) -> str:
    return json.dumps([each.as_json() for each in checked.results], indent=2) + "\n"

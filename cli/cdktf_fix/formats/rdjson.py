"""Reviewdog's diagnostics, with the edits as suggestions: lines from 1, columns in bytes of UTF-8 from 1.

Source: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .result import Change, Checked, Result


def text(checked: Checked) -> str:
    lines = {path: code.split("\n") for path, code in checked.texts.items()}
    diagnostics = [_diagnostic(each, lines) for each in checked.results]
    diagnostics += [other for each in checked.results for other in _elsewhere(each, lines)]
    source = {"name": "cdktf-fix", "url": "https://pypi.org/project/cdktf-fix/"}
    return json.dumps({"source": source, "diagnostics": diagnostics}, indent=2) + "\n"


def _diagnostic(result: Result, lines: dict[str, list[str]]) -> dict[str, Any]:
    here = lines.get(result.path, [])
    suggestions = [_suggestion(each, here) for each in result.changes if each.path == result.path]
    found: dict[str, Any] = {
        "message": result.message,
        "location": {"path": result.path, "range": _range((result.line, result.column, *result.end), here)},
        "severity": result.severity.upper(),
        "code": {"value": result.code},
    }
    return found | ({"suggestions": suggestions} if suggestions else {})


def _elsewhere(result: Result, lines: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """What a repair changes in other files, for a suggestion is about the file of its diagnostic."""
    for path in dict.fromkeys(each.path for each in result.changes if each.path != result.path):
        changes = [each for each in result.changes if each.path == path]
        here = lines[path]
        yield {
            "message": f"this belongs to the repair of {result.path}:{result.line} ({result.message})",
            "location": {"path": path, "range": _range(changes[0].range, here)},
            "severity": "INFO",
            "code": {"value": result.code},
            "suggestions": [_suggestion(each, here) for each in changes],
        }


def _suggestion(change: Change, lines: list[str]) -> dict[str, Any]:
    return {"range": _range(change.range, lines), "text": change.text}


def _range(given: tuple[int, int, int, int], lines: list[str]) -> dict[str, dict[str, int]]:
    line, column, end_line, end_column = given
    return {
        "start": {"line": line, "column": _in_bytes(lines, line, column)},
        "end": {"line": end_line, "column": _in_bytes(lines, end_line, end_column)},
    }


def _in_bytes(lines: list[str], line: int, column: int) -> int:
    code = lines[line - 1] if line <= len(lines) else ""
    return len(code[: column - 1].encode("utf-8", "surrogatepass")) + 1

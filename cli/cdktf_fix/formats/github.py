"""Annotations of a GitHub workflow.  GitHub shows ten errors and ten warnings a step, so what loses data comes first.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions (the escapes are those of
@actions/core).
"""

from __future__ import annotations

from .result import Checked, Result, losing_first


def text(checked: Checked) -> str:
    return "".join(_command(each) for each in losing_first(checked.results))


def _command(result: Result) -> str:
    # Columns are only taken where both are on one line.
    columns = f",col={result.column},endColumn={result.end[1]}" if result.end[0] == result.line else ""
    place = f"file={_property(result.path)},line={result.line},endLine={result.end[0]}{columns}"
    title = _property(f"cdktf-fix ({result.code})")
    return f"::{result.severity} title={title},{place}::{_data(f'{result.code} {result.message}')}\n"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")

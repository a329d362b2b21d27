"""What a notebook is as JSON: its cells, and the text of each.

It is read as JSON and not by nbformat, which writes a notebook anew, with its keys sorted and in its own layout.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .output import CarrierError

_FORMAT = 4
"""The major version that has its cells at the top, since 2015."""


def is_notebook(value: Any) -> bool:
    """Whether a value is a notebook, or the text of one."""
    if isinstance(value, str):
        if not value.lstrip("\ufeff \t\r\n").startswith("{") or '"nbformat"' not in value:
            return False
        try:
            value = json.loads(value.removeprefix("\ufeff"))
        except (ValueError, RecursionError):
            return False
    return isinstance(value, Mapping) and "nbformat" in value and isinstance(value.get("cells"), list)


def cells_of(value: str | Mapping[str, Any]) -> list[Any]:
    """The cells of a notebook in Python; none of one in another language.

    :raises CarrierError: it is no notebook, or of a format that is not known here.
    """
    try:
        given = json.loads(value.removeprefix("\ufeff")) if isinstance(value, str) else value
    except RecursionError as error:
        raise CarrierError("nested too deeply") from error
    except ValueError as error:
        raise CarrierError(f"no JSON: {error}") from error
    if not isinstance(given, Mapping) or "nbformat" not in given:
        raise CarrierError("no notebook: it lacks `nbformat`")
    if given["nbformat"] != _FORMAT:
        more = f"`jupyter nbconvert --to notebook` makes it one of {_FORMAT}"
        raise CarrierError(f"a notebook of format {given['nbformat']}; {more}")
    if not isinstance(given.get("cells"), list):
        raise CarrierError("no notebook: it lacks `cells`")
    return given["cells"] if _language(given.get("metadata")) == "python" else []


def _language(metadata: Any) -> str:
    for key, name in (("language_info", "name"), ("kernelspec", "language")):
        about = metadata.get(key) if isinstance(metadata, Mapping) else None
        if isinstance(about, Mapping) and isinstance(about.get(name), str):
            return str(about[name]).lower()
    return "python"


def source_of(cell: Any) -> str | None:
    """The text of a cell; None where it has none."""
    source = cell.get("source") if isinstance(cell, Mapping) else None
    if isinstance(source, list) and all(isinstance(each, str) for each in source):
        return "".join(source)
    return source if isinstance(source, str) else None

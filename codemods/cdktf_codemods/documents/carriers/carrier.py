"""Which carrier a file is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .arrow_table import ArrowTable
from .json_lines import JsonLines
from .markdown import Markdown
from .notebook import Notebook
from .output import Content
from .record import Carrier
from .whole_file import WholeFile

_WHOLE: dict[str, Callable[[str], Content]] = {".md": Markdown, ".markdown": Markdown, ".ipynb": Notebook}


def carrier(path: Path, field: str | None = None, name: str | None = None) -> Carrier | None:
    """The carrier that a file is by its name; None where it is none."""
    name = name or path.as_posix()
    kinds = [each.lower() for each in path.suffixes]
    if kinds and kinds[-1] in _WHOLE:
        return WholeFile(path, name, _WHOLE[kinds[-1]])
    if kinds[-1:] in ([".parquet"], [".arrow"]):
        return ArrowTable(path, name, field)
    if kinds[-1:] in ([".gz"], [".zst"]):
        kinds.pop()
    return JsonLines(path, name, field) if kinds[-1:] in ([".jsonl"], [".ndjson"]) else None

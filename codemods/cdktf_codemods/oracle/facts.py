"""What an exception knows beyond its text: the value that was refused, the names that an object has.

Runs in the project's process.
"""

from __future__ import annotations

import linecache
import traceback
from typing import Any

_LONGEST = 400
_MOST = 600
_PLAIN = (str, int, float, bool, list, tuple, dict, type(None))


def facts_of(error: BaseException) -> dict[str, Any]:
    """The facts, as they are sent to the host."""
    try:
        if isinstance(error, AttributeError):
            return _attributes(error.obj)
        if isinstance(error, TypeError):
            return {"given": _refused(error)}
    except Exception:
        # The object is the project's, and may do anything when it is asked.
        return {}
    return {}


def column_of(frame: traceback.FrameSummary) -> int:
    """The column, from 1, at which what failed begins in its line; 0 where it is not known."""
    offset = getattr(frame, "colno", None)
    if offset is None or frame.lineno is None:
        return 0
    line = linecache.getline(frame.filename, frame.lineno).encode("utf-8", "surrogateescape")
    return len(line[:offset].decode("utf-8", "ignore")) + 1


def _attributes(owner: object) -> dict[str, Any]:
    made = owner if isinstance(owner, type) else type(owner)
    names = sorted(str(name) for name in dir(owner) if not str(name).startswith("_"))
    return {"owner": f"{made.__module__}.{made.__qualname__}", "known": names[:_MOST]}


def _refused(error: TypeError) -> str:
    """The value that the check of an argument was called with, as Python writes it; empty where there is none."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        found = frame.f_locals
        if str(found.get("argname", "")).startswith("argument ") and isinstance(found.get("value"), _PLAIN):
            written = repr(found["value"])
            return written if len(written) <= _LONGEST else ""
    return ""

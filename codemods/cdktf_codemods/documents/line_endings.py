"""Line endings that Python reads and its tools do not: the carriage return alone, as on an old Mac."""

from __future__ import annotations

import re

_LONE = re.compile(r"\r(?!\n)")


def readable(text: str) -> str:
    """*text* with a line feed for each carriage return that stands alone; Python reads the two alike."""
    return _LONE.sub("\n", text) if "\r" in text else text


def restored(after: str, original: str) -> str:
    """A repaired text with the carriage returns of the *original*, whose :func:`readable` form was repaired.

    A line that the repair left keeps its ending; a new one has that of the line that it replaces or follows.
    """
    if "\r" not in original or not _LONE.search(original):
        return after
    old, new = _lines(original), _lines(after)
    ends = [end for _, end in old]
    result: list[str] = []
    for (line, end), place in zip(new, _places([readable("".join(each)) for each in old], ["".join(i) for i in new])):
        if end == "\n" and (ends[place] == "\r" or (not line and result and result[-1].endswith("\r"))):
            end = "\r"
        result.append(line + end)
    return "".join(result)


def _places(old: list[str], new: list[str]) -> list[int]:
    """For each new line the old one that it is, replaces or follows."""
    from difflib import SequenceMatcher

    places: list[int] = []
    for _, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        lowest = max(start - (start == end), 0)
        places += [min(start + at, max(end - 1, lowest)) if start < end else lowest for at in range(last - first)]
    return places


def _lines(text: str) -> list[tuple[str, str]]:
    """Lines and their endings."""
    parts = re.split(r"(\r\n?|\n)", text)
    lines = list(zip(parts[::2], parts[1::2]))
    return [*lines, (parts[-1], "")] if parts[-1] else lines

"""Each finding in its context, with the repair beside it, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.cells import cell_len
from rich.text import Text

from ..output import plain
from ..terminal import on_standard_output
from .result import Change, Checked, Result

_AROUND = 2
"""Lines of context above and below."""
_LONGEST = 12
"""Lines of a place or of a repair that are shown; of a longer one, so many."""


def text(checked: Checked) -> str:
    lines = {path: [each.rstrip("\r") for each in code.split("\n")] for path, code in checked.texts.items()}
    return "".join(
        on_standard_output(list(shown(each, lines, checked.texts, _verdict(each)))) for each in checked.results
    )


def shown(
    result: Result, lines: dict[str, list[str]], texts: dict[str, str], verdict: Text, cut: bool = True
) -> Iterator[Text]:
    """A finding in its context, and its repair under the *verdict*.

    :param lines: those of each file, without what ends them; *texts*: the same files, whole.
    :param cut: whether the repair is cut at the terminal's width, as the context is; else it wraps.
    """
    yield Text.assemble((result.code, "bold red"), f" ({result.name}) ", (plain(result.message), "bold"))
    here = lines.get(result.path, [])
    last = min(result.end[0], result.line + _LONGEST, len(here))
    edge = len(str(max(last + _AROUND, result.line)))
    yield Text.assemble(" " * edge, ("--> ", "blue"), plain(f"{result.path}:{result.line}:{result.column}"))
    yield _row(edge, "", "")
    for number in range(max(result.line - _AROUND, 1), min(last + _AROUND, len(here)) + 1):
        yield _row(edge, number, here[number - 1])
        if result.line <= number <= last and (marked := _underlined(result, number, here[number - 1])):
            yield _row(edge, "", marked, "red")
    yield _row(edge, "", "")
    yield Text.assemble(" " * edge, (" = ", "blue"), verdict)
    for path, changes in groupby(result.changes, key=lambda each: each.path):
        if path != result.path:
            yield Text.assemble(" " * edge, ("::: ", "blue"), plain(path))
        for group in _together(list(changes)):
            for row in _repaired(group, texts[path], edge):
                row.no_wrap = cut
                yield row
    yield Text("")


def _row(edge: int, number: int | str, code: str, style: str = "") -> Text:
    if not code:
        return Text(f"{number:>{edge}} |", "blue")
    row = Text.assemble((f"{number:>{edge}} | ", "blue"), (_visible(code), style))
    row.no_wrap = True
    return row


def _visible(code: str) -> str:
    return plain(code.expandtabs(4))


def _underlined(result: Result, number: int, code: str) -> str:
    first = result.column - 1 if number == result.line else len(code) - len(code.lstrip())
    stop = result.end[1] - 1 if number == result.end[0] else len(code.rstrip())
    left = cell_len(_visible(code[:first]))
    return (
        " " * left + "^" * max(cell_len(_visible(code[:stop])) - left, 1)
        if stop > first or number == result.line
        else ""
    )


def _verdict(result: Result) -> Text:
    if result.fixable:
        colon = ":" if result.changes else ""
        return Text.assemble((f"{result.safety} repair", "green"), f", made by `cdktf-fix apply`{colon}")
    if result.safety == "unsafe":
        return Text.assemble(("unsafe repair", "yellow"), ", shown and made with --unsafe-fixes")
    return Text("no repair: a person has to decide")


def _together(changes: list[Change]) -> list[list[Change]]:
    """Changes by the lines that they are in, those that meet in one line together."""
    found: list[list[Change]] = []
    for each in changes:
        if found and found[-1][-1].range[2] >= each.range[0]:
            found[-1].append(each)
        else:
            found.append([each])
    return found


def _repaired(changes: list[Change], text: str, edge: int) -> Iterator[Text]:
    start = text.rfind("\n", 0, changes[0].start) + 1
    end = text.find("\n", changes[-1].end)
    end = len(text) if end < 0 else end
    parts: list[str] = []
    at = start
    for each in changes:
        parts += text[at : each.start], each.text
        at = each.end
    old, new = text[start:end].split("\n"), "".join([*parts, text[at:end]]).split("\n")
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    for sign, style, code in (("-", "red", old), ("+", "green", new)):
        for line in code[:_LONGEST]:
            yield Text.assemble(f"{'':>{edge}} ", (f"{sign} {_visible(line.rstrip(chr(13)))}", style))
        if len(code) > _LONGEST:
            yield Text(f"{'':>{edge}} {sign} … {len(code) - _LONGEST} more lines", style)

"""The fenced blocks of a Markdown text, and what stands before each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .output import lines

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})[ \t]*([^`\r\n]*)")
_MARKDOWN = re.compile(r"(?:markdown|md|mdx)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Fence:
    """A block: the line that its code begins at, from 0, and for each line of it what Markdown has before the code."""

    info: str
    start: int
    prefixes: tuple[str, ...]
    code: tuple[str, ...]
    near: str
    near_is_heading: bool
    heading: str
    """The heading that it stands under; empty if another block stood there before it."""


def fences(text: str) -> Iterator[Fence]:
    """The blocks that are fenced, but for those in a block of Markdown."""
    from markdown_it import MarkdownIt

    raw = lines(text)
    shown = _masked(raw)
    near, near_is_heading, heading = "", False, ""
    last = ""
    for token in MarkdownIt("commonmark").parse("".join(shown)):
        if token.type == "inline":
            near, near_is_heading = token.content, last == "heading_open"
            heading = token.content if near_is_heading else heading
        elif token.type == "fence" and token.map is not None and not _MARKDOWN.match(token.info.strip()):
            code = token.content.split("\n")[:-1] if token.content.endswith("\n") else token.content.split("\n")
            start = token.map[0] + 1
            found = _fence(token.info.strip(), start, code, raw)
            if found is not None:
                yield Fence(*found, near, near_is_heading, heading)
                is_shell = re.match(r"(?:bash|sh|shell|console|text|plaintext)?\b\s*$", token.info.strip())
                heading = heading if is_shell else ""
            near, near_is_heading = "", False
        last = token.type


def _fence(
    info: str, start: int, code: list[str], raw: list[str]
) -> tuple[str, int, tuple[str, ...], tuple[str, ...]] | None:
    """A block by its own lines; None where they cannot be found in the text (a tab that Markdown counts as spaces)."""
    prefixes, found = [], []
    for stripped, line in zip(code, raw[start : start + len(code)]):
        bare = line.rstrip("\r\n")
        if not bare.endswith(stripped):
            return None
        prefixes.append(bare[: len(bare) - len(stripped)])
        found.append(stripped + line[len(bare) :])
    return info, start, tuple(prefixes), tuple(found)


def _masked(raw: list[str]) -> list[str]:
    """The lines with those of blocks of Markdown blank, whose own fences Markdown would take for the end of them.

    Which fence closes which is told by what leaves the fewest open, or opened inside of another.
    """
    marks = [(at, found[2].strip()) for at, line in enumerate(raw) if (found := _FENCE.match(line))]
    if not any(_MARKDOWN.match(info) for _, info in marks):
        return raw
    if not any(re.match(r"[ ]{0,3}(?:```|~~~)(?![`~])[ \t]*(?:markdown|mdx?)\b", raw[at], re.I) for at, _ in marks):
        return raw
    ways: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for _, info in marks:
        new: dict[int, tuple[int, tuple[int, ...]]] = {}
        for state, (cost, path) in ways.items():
            for after, more in _next(state, info):
                if after not in new or cost + more < new[after][0]:
                    new[after] = cost + more, (*path, after)
        ways = new
    _, (_, states) = min(ways.items(), key=lambda each: (each[1][0] + (each[0] != 0) + (each[0] > 1), each[0]))
    result = list(raw)
    before = 0
    for number, (at, _) in enumerate(marks):
        end = marks[number + 1][0] if number + 1 < len(marks) else len(raw)
        inside = before in (2, 3)
        for line in range(at, end):
            if states[number] in (2, 3) or (inside and line == at):
                result[line] = "\n"
        before = states[number]
    return result


def _next(state: int, info: str) -> Iterator[tuple[int, int]]:
    """The states (0 text, 1 block, 2 block of Markdown, 3 block in that) after a fence, and what each costs."""
    if state == 0:
        yield (2 if _MARKDOWN.match(info) else 1), 0
    elif state == 1:
        yield (1, 1) if info else (0, 0)
    elif state == 2:
        if info:
            yield 3, 0
        else:
            yield 0, 0
            yield 3, 0
    else:
        yield (3, 1) if info else (2, 0)

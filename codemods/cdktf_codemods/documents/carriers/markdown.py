"""A Markdown response: its fenced files are one project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from . import names
from .fences import Fence, fences
from .output import CarrierError, Problem, Where, lines, safe_path
from .source_root import placed

_PYTHON = re.compile(r"\{?\.?(?:python3?|py3?|ipython)\b(?!-)|[^\s]+\.py\b", re.IGNORECASE)
_IMPORTS = re.compile(r"(?m)^(?:import|from)[ \t]+\w")
_CDKTF = re.compile(r"(?m)^[ \t]*(?:import|from)[ \t]+(?:cdktf|cdktn|constructs|imports)\b")
_RUNS = re.compile(r"\.synth\(\)")


@dataclass(frozen=True)
class _Block:
    fence: Fence
    name: str | None

    @property
    def text(self) -> str:
        return "".join(self.fence.code)

    @property
    def line(self) -> int:
        """The first line of its code, from 1."""
        return self.fence.start + 1

    @property
    def is_python(self) -> bool:
        if self.fence.info and self.name is None:
            return bool(_PYTHON.match(self.fence.info))
        return self.name.endswith(".py") if self.name else bool(_IMPORTS.search(self.text))


class Markdown:
    """A response in Markdown; ``value`` is its text."""

    def __init__(self, value: str) -> None:
        self.value = value
        self._problems: list[Problem] = []
        blocks = [_Block(fence, _name(fence)) for fence in fences(value)]
        chosen = self._chosen(blocks)
        paths = placed({name: block.text for name, block in chosen.items() if block.is_python})
        self._blocks = {paths[name]: block for name, block in chosen.items() if name in paths}
        self.files: Mapping[str, str] = {path: block.text for path, block in self._blocks.items()}
        self.resources = {
            name: block.text.encode("utf-8", "surrogatepass") for name, block in chosen.items() if name not in paths
        }
        self.problems = tuple(self._problems)

    def _chosen(self, blocks: list[_Block]) -> dict[str, _Block]:
        """The blocks that are files, by name; of several of one name the longest, the first of equals."""
        found: dict[str, _Block] = {}
        for block in blocks:
            name = safe_path(block.name) if block.name is not None else None
            if block.name is not None and name is None:
                self._problems.append(Problem(f"{block.name!r} is no path below the project's root", block.line))
            if name is None or name.endswith(".md"):
                continue
            other = found.get(name)
            if other is None or len(other.text) < len(block.text):
                found[name] = block
            if other is not None and block.is_python and not _agree(other.text, block.text):
                taken = found[name].line
                note = f"{name} is there twice, and differs; the longer is taken, of line {taken}"
                self._problems.append(Problem(note, block.line, error=False))
        python = any(name.endswith(".py") for name in found)
        unnamed = [block for block in blocks if block.name is None and block.is_python]
        return {**found, **_unnamed(unnamed, python, found)}

    def where(self, path: str, line: int, column: int) -> Where:
        fence = self._blocks[path].fence
        at = min(line - 1, len(fence.prefixes) - 1)
        return Where(fence.start + line, column + (len(fence.prefixes[at]) if at >= 0 else 0))

    def edit(self, path: str, start: int, end: int, text: str) -> tuple[int, int, str]:
        """An edit of a source, in characters from 0, as the edit of the Markdown that does the same."""
        fence = self._blocks[path].fence
        begin = _offset(self.value, fence, start)
        stop = _offset(self.value, fence, end)
        usual = _usual(fence)
        new = lines(text)
        at_end = end == len(self._blocks[path].text) and (start == 0 or self._blocks[path].text[start - 1] == "\n")
        if at_end and start < end:
            begin -= len(fence.prefixes["".join(fence.code)[:start].count("\n")])
        spelled = [
            (usual if line.strip() else usual.rstrip()) + line if at or at_end else line for at, line in enumerate(new)
        ]
        if not at_end and text.endswith("\n"):
            spelled.append(usual)
        return begin, stop, "".join(spelled)

    def with_files(self, texts: Mapping[str, str]) -> Markdown:
        raw = lines(self.value)
        for path in sorted(texts, key=lambda path: -self._blocks[path].line):
            fence = self._blocks[path].fence
            raw[fence.start : fence.start + len(fence.code)] = _prefixed(fence, lines(texts[path]))
        after = Markdown("".join(raw))
        if after.files != {**self.files, **texts}:
            raise CarrierError("the repaired code would not be read back from the Markdown as it is; left alone")
        return after


def _name(fence: Fence) -> str | None:
    """What a block is called; of two names of which one ends with the other, the longer."""
    comment = names.of_comment(fence.code)
    near = names.of_text(fence.near, fence.near_is_heading) if fence.near else None
    heading = names.of_text(fence.heading, True) if fence.heading else None
    info = names.of_info(fence.info)
    said = [name for name in (info, comment, near, heading) if name is not None and _fits(name, fence)]
    if not said:
        return None
    return max((name for name in said if name == said[0] or name.endswith(f"/{said[0]}")), key=len)


def _fits(name: str, fence: Fence) -> bool:
    """Whether a block in its language may be a file of that name."""
    return not fence.info or bool(_PYTHON.match(fence.info)) == name.endswith(".py")


def _unnamed(blocks: list[_Block], named: bool, found: Mapping[str, _Block]) -> dict[str, _Block]:
    """Blocks without a name that are programs: one is ``main.py``; beside named files, only what builds the stacks."""
    programs = [block for block in blocks if _CDKTF.search(block.text) or len(blocks) == 1]
    if named:
        programs = [block for block in programs if _RUNS.search(block.text)] if "main.py" not in found else []
        programs = [] if any(_RUNS.search(each.text) for each in found.values()) else programs[:1]
    programs.sort(key=lambda block: not _RUNS.search(block.text))
    return {"main.py" if not at else f"block_{at + 1}.py": block for at, block in enumerate(programs)}


def _agree(one: str, other: str) -> bool:
    """Whether the shorter of two texts says nothing that the longer does not."""
    shorter, longer = sorted(({line.strip() for line in text.splitlines()} for text in (one, other)), key=len)
    return shorter <= longer


def _offset(value: str, fence: Fence, at: int) -> int:
    """Where a character of a block's code stands in the Markdown, from 0."""
    offset = sum(map(len, lines(value)[: fence.start]))
    for prefix, line in zip(fence.prefixes, fence.code):
        if at < len(line):
            return offset + len(prefix) + at
        offset += len(prefix) + len(line)
        at -= len(line)
    return offset


def _usual(fence: Fence) -> str:
    """What Markdown has before most lines of a block."""
    return max(fence.prefixes, key=lambda each: (len(each), each), default="")


def _prefixed(fence: Fence, new: list[str]) -> Iterator[str]:
    """New lines of a block, each with what Markdown has before it there."""
    usual = _usual(fence)
    ending = next((line[len(line.rstrip("\r\n")) :] for line in fence.code if line.endswith("\n")), "\n")
    if new and not new[-1].endswith(("\n", "\r")) and (not fence.code or fence.code[-1].endswith("\n")):
        new = [*new[:-1], new[-1] + ending]
    if not usual:
        yield from new
        return
    for tag, i1, _, j1, j2 in SequenceMatcher(None, list(fence.code), new, autojunk=False).get_opcodes():
        for at in range(j1, j2):
            prefix = fence.prefixes[i1 + at - j1] if tag == "equal" else usual
            yield (prefix if new[at].strip() or tag == "equal" else prefix.rstrip()) + new[at]

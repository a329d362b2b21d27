"""The page of each rule: its docstring, with what its metadata says, and its examples as files."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

from ..rules.rule import Rule

_SECTION = re.compile(r"(?m)^(Before|After|Reported|Error)::\n\n((?:    .*\n?|\n)+)")
_FILE = re.compile(r"(?m)^# (\S+\.\w+)\n")
DEFAULT_PATH = "main.py"


@dataclass(frozen=True)
class Page:
    """What a rule's docstring says.

    ``before`` and ``after`` are the files of its example, by path; of a rule that only shows, or that makes a file that
    is not text, ``after`` is None. ``error`` is what running ``before`` says, of a rule that is led by it.
    """

    rule: type[Rule]
    summary: str
    text: str
    before: dict[str, str]
    after: dict[str, str] | None
    error: str = ""


def page(rule: type[Rule]) -> Page:
    """Read the docstring of a rule."""
    text = inspect.getdoc(rule) or ""
    sections = {name: inspect.cleandoc(code) for name, code in _SECTION.findall(text + "\n")}
    examples = {name: _files(code) for name, code in sections.items()}
    summary = " ".join(text.split("\n\n")[0].split())
    described = _SECTION.sub("", text + "\n").strip()
    before = examples.get("Before") or examples["Reported"]
    return Page(rule, summary, described, before, examples.get("After"), sections.get("Error", ""))


def _files(code: str) -> dict[str, str]:
    """The files of an example: each begins with a comment that is its path; without one it is all of ``main.py``."""
    parts = _FILE.split(code + "\n")
    files = {DEFAULT_PATH: parts[0]} if parts[0].strip() else {}
    files |= dict(zip(parts[1::2], parts[2::2]))
    return {path: text.strip("\n") + "\n" for path, text in files.items()}


def markdown(rule: type[Rule]) -> str:
    """The page in Markdown."""
    read = page(rule)
    rows = f"catalogue {', '.join(rule.catalogue)}" if rule.catalogue else "beyond the catalogue"
    off = "" if rule.default else ", off by default"
    parts = [f"# {rule.code} {rule.name}", f"*{rule.safety}{off}; {rows}*", read.text.replace("``", "`")]
    if checks := [f"`{each}`" for each in rule.equivalents if each != "fmt"]:
        parts.append(f"Silenced by a comment that silences {', '.join(checks)} for another tool.")
    if read.error:
        parts += ["## Error", f"```\n{read.error}\n```"]
    if read.after is None:
        parts += ["## Example", _fenced(read.before)]
    else:
        parts += ["## Before", _fenced(read.before), "## After", _fenced(read.after)]
    return "\n\n".join(parts) + "\n"


def _fenced(files: dict[str, str]) -> str:
    blocks = []
    for path, text in files.items():
        head = f"`{path}`\n\n" if len(files) > 1 else ""
        language = "python" if path.endswith(".py") else ""
        blocks.append(f"{head}```{language}\n{text}```")
    return "\n\n".join(blocks)

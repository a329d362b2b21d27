"""How a review looks: each proposal in its context, the question under it, and the keys that answer it."""

from __future__ import annotations

import sys

from rich.text import Text

from ..formats.full import shown
from ..formats.result import Result
from ..output import plain, shown_path
from ..terminal import on_standard_output
from .proposals import ProjectReview, Proposal

KEYS = {
    "y": "make this repair",
    "n": "do not make it",
    "ry": "make every repair of this rule that is still open (unsafe ones only if this one is)",
    "rn": "make none of them",
    "fy": "make every repair in this file that is still open (unsafe ones only if this one is)",
    "fn": "make none of them",
    "u": "undo the last answer",
    "e": "explain the rule",
    "q": "quit: keep what is decided, leave the rest as it is",
    "?": "show these keys",
}


def draw(project: ProjectReview, proposal: Proposal) -> None:
    """Print a proposal: place, rule, message, and the repair as a small diff."""
    lines = {path: [each.rstrip("\r") for each in text.split("\n")] for path, text in project.texts.items()}
    printed: list[Text] = []
    for result in proposal.results:
        printed += shown(result, lines, project.texts, _verdict(result, proposal.shared), cut=False)
    sys.stdout.write(on_standard_output(printed))


def ask(proposal: Proposal, done: int, total: int) -> str | None:
    """Ask about a proposal; the answer in small letters, None at the end of the input."""
    if proposal.is_unsafe:
        question = Text.assemble("Make this ", ("unsafe", "yellow"), " repair?")
    else:
        question = Text("Make this repair?")
    line = Text.assemble((f"({done + 1}/{total}) ", "bold"), question, (f" [{','.join(KEYS)}] ", "blue"))
    print(on_standard_output([line]).rstrip("\n"), end="", flush=True)
    try:
        answer = sys.stdin.readline()
    except KeyboardInterrupt:
        print(flush=True)
        raise
    if not sys.stdin.isatty() or not answer:
        print(flush=True)
    return answer.strip().lower() if answer else None


def say(line: str, style: str = "") -> None:
    """Print a line on standard output."""
    sys.stdout.write(on_standard_output([Text(plain(line), style)]))


def help_on_keys() -> None:
    """Print what each key does."""
    width = max(map(len, KEYS))
    rows = [Text.assemble((f"  {key:<{width}}", "bold blue"), f"  {said}") for key, said in KEYS.items()]
    sys.stdout.write(
        on_standard_output([*rows, Text("Each is followed by Enter; Ctrl-C leaves everything as it was.")])
    )


def rule_of(proposal: Proposal) -> str:
    """What a proposal's rule is called."""
    return f"{proposal.rule} ({proposal.results[0].name})"


def file_of(proposal: Proposal) -> str:
    return shown_path(proposal.decided.path)


def _verdict(result: Result, shared: int) -> Text:
    style, said = ("yellow", "unsafe repair") if result.safety == "unsafe" else ("green", "safe repair")
    rest = ", look at what it means:" if result.safety == "unsafe" else ":"
    if shared:
        rest = f" (in lines that {shared} other repair{' has' if shared == 1 else 's have'} a part in){rest}"
    if not result.changes:
        rest = ", which no lines here show"
    return Text.assemble((said, style), rest)

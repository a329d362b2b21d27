"""``cdktf-fix completion``: what a shell needs to complete command lines, made from the parsers themselves."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

SHELLS = ("bash", "zsh", "fish")
_CODES = ("--select", "--extend-select", "--ignore", "CODE")


def script(shell: str, parsers: Mapping[str, argparse.ArgumentParser], summaries: Mapping[str, str]) -> str:
    """The completion script for one of :data:`SHELLS`.

    :param parsers: those of the commands by name; one below another is called ``schema add``.
    :param summaries: what each command does, in a line.
    """
    import shtab

    program = argparse.ArgumentParser("cdktf-fix")
    program.add_argument("--version", action="store_true", help="Print the version.")
    groups = {"": program.add_subparsers(dest="command")}
    for name, parser in parsers.items():
        outer, _, own = name.rpartition(" ")
        if outer not in groups:
            above = groups[""].add_parser(outer, help=summaries[outer])
            groups[outer] = above.add_subparsers(dest="subcommand")
        said = parser.description or ""
        added = groups[outer].add_parser(own, parents=[parser], add_help=False, description=said, help=said)
        for action in added._actions:
            _complete(action, shtab.FILE)
    return str(shtab.complete(program, shell))


def _complete(action: argparse.Action, files: object) -> None:
    """Say what an argument may be, where its parser does not: files, or codes of rules."""
    names = {*action.option_strings, action.metavar}
    if names & {*_CODES}:
        from cdktf_codemods.rules import all_rules

        action.choices = [rule.code for rule in all_rules()]
    elif getattr(action.type, "__name__", "") == "_path":
        action.complete = files  # type: ignore[attr-defined]

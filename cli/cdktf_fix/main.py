"""Where the program begins: what needs nothing is answered at once, and whatever ends a command ends it in one line."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from . import __version__

_HELP = """\
Usage: cdktf-fix [--version] [--help] COMMAND ...

Repair CDKTF Python by what the provider version at hand accepts.

Commands:
  apply        Repair files in place, or show how.
  check        Say what is wrong, and edit nothing: for people, CI and other programs.
  review       Show each repair, and make what you accept.
  verify       Synthesise projects with the real cdktf, locked up, and say what becomes of them.
  server       Answer an editor by the Language Server Protocol.
  batch        Repair many outputs into a folder, resumable.
  report       Make one page of a finished batch, to look at in a browser.
  rules        List the rules.
  explain      Say what a rule finds, what it does, and why that is safe or not.
  completion   Print what bash, zsh or fish needs to complete command lines.
  schema       The provider versions known here: list, show, add.
  cache        What is kept of earlier runs: dir, clear.

`cdktf-fix COMMAND --help` says more of each.
"""


def app() -> NoReturn:
    """Run the program on the arguments that it was started with, and end the process."""
    from . import stopping

    try:
        try:
            stopping.listen()
            _open_streams()
            code = run(sys.argv[1:])
            sys.stdout.flush()
            stopping.leave(code)
        except BaseException as error:
            code = _explained(error)
            stopping.end_workers()
    except KeyboardInterrupt:
        code = stopping.exit_code()
    stopping.leave(code)


def _explained(error: BaseException) -> int:
    """The exit code of a run that was cut short; why is printed, unless whoever would read it did it."""
    from . import stopping

    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 2
    if stopping.was_received() or isinstance(error, KeyboardInterrupt):
        return stopping.exit_code()
    if isinstance(error, BrokenPipeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        return 141
    if isinstance(error, OSError):
        print(f"error: {(error.strerror or str(error)).lower()}", file=sys.stderr)
    else:
        sys.excepthook(type(error), error, error.__traceback__)
    return 2


def run(arguments: list[str]) -> int:
    """Carry out one command line; the result is the exit code."""
    first = arguments[0] if arguments else ""
    if first == "--version":
        print(f"cdktf-fix {__version__}")
        return 0
    if first in ("", "-h", "--help"):
        print(_HELP, end="", file=sys.stdout if first else sys.stderr)
        return 0 if first else 2
    from .commands import run_command

    return run_command(arguments)


def _open_streams() -> None:
    """Have something to print on, and nothing that it cannot print."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number:
                os.dup2(handle, number)
            setattr(sys, name, open(number, mode))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")

"""Colour and width of what is printed on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text


def has_colour() -> bool:
    """Whether standard output takes colour: NO_COLOR, then FORCE_COLOR (neither if empty), then what it is.

    Source: https://no-color.org, https://force-color.org.
    """
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def on_standard_output(lines: Sequence[Text]) -> str:
    """Lines as standard output takes them; on a terminal those that are not to wrap are cut at its width."""
    from shutil import get_terminal_size

    width = get_terminal_size().columns if sys.stdout.isatty() else None
    for line in lines:
        if width and line.no_wrap:
            line.truncate(width, overflow="ellipsis")
    if not has_colour():
        # A console would come to the same, and take ten times as long.
        return "".join(f"{line.plain}\n" for line in lines)
    from rich.console import Console

    written = StringIO()
    console = Console(
        file=written,
        force_terminal=True,
        color_system="standard",
        width=width or 100_000,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for line in lines:
        console.print(line, soft_wrap=True)
    return written.getvalue()

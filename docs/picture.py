"""Draws the README's picture: what a terminal shows of the first command, run for real.

Run it where cdktf and Node.js are (``tests/run`` makes such an environment): ``.venv/bin/python docs/picture.py``.
"""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "images" / "first-command.svg"
COMMAND = ["apply", "--dry-run", "--verify"]
WIDTH = 120
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def shown(folder: Path) -> str:
    """What the command prints on a terminal, in a folder."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "cdktf_fix", *COMMAND]
    with subprocess.Popen(command, cwd=folder, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        data = b""
        while part := _read(ours):
            data += part
    os.close(ours)
    if process.returncode != 1:  # which says that there is something to repair
        raise SystemExit(f"the command ended with {process.returncode}: {data.decode()}")
    spec = find_spec("cdktf")
    assert spec is not None
    assert spec.origin is not None
    return data.decode().replace("\r\n", "\n").replace(f"{Path(spec.origin).parents[2]}/", "…/")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # how Linux says that nobody writes to it any more
        return b""


def drawn(text: str) -> str:
    """A picture of a terminal, without the web fonts that rich asks for: a picture in a README loads nothing."""
    console = Console(record=True, width=WIDTH, file=open(os.devnull, "w"), force_terminal=True, highlight=False)
    console.print(Text(f"$ cdktf-fix {' '.join(COMMAND)}", "bold"))
    console.print(Text.from_ansi(text.rstrip()))
    picture = console.export_svg(title="hello-web", theme=SVG_EXPORT_THEME, unique_id="first")
    head, _, rest = picture.partition("@font-face")
    rest = rest[rest.rindex("@font-face") :].partition("}")[2]
    return (head + rest.lstrip()).replace("font-family: Fira Code, monospace", f"font-family: {FONTS}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "hello-web"
        shutil.copytree(ROOT / "corpus" / "hello-web" / "before", project)
        text = shown(project)
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(drawn(text), encoding="utf-8")


if __name__ == "__main__":
    main()

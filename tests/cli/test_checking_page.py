"""Every command of docs/checking.md does what the page says, in a project of the corpus."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
FENCE = re.compile(r"(?ms)^```(\w*)\n(.*?)^```$")


def test_the_commands_of_the_page_run_and_print_what_it_shows(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus" / "claims-portal" / "before", tmp_path, dirs_exist_ok=True)
    blocks = FENCE.findall(PAGE)
    commands = [line.partition(" #")[0] for language, text in blocks if language == "sh" for line in text.splitlines()]
    printed = ""
    assert len(commands) > 10
    for command in commands:
        assert command.startswith("cdktf-fix ")
        command, _, given = command.partition(" < ")
        text = (tmp_path / given).read_bytes() if given else b""
        line = [sys.executable, "-m", "cdktf_fix", *shlex.split(command)[1:]]
        done = subprocess.run(line, cwd=tmp_path, input=text, capture_output=True)
        silent = "--baseline" in command or "--exit-zero" in command
        assert done.returncode == (0 if silent else 1), (command, done.stderr)
        printed += done.stdout.decode()
    for language, text in blocks:
        if not language:
            assert text in printed

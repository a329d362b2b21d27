"""``-``: a text from standard input goes to standard output repaired, and nothing else does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .test_apply import BROKEN, FIXED


def given(text: bytes, *options: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "cdktf_fix", *options], input=text, cwd=cwd, capture_output=True)


def test_the_repaired_text_is_all_there_is(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("# what is on disk is not what is repaired\n")
    crlf = BROKEN.replace("\n", "\r\n").encode()
    done = given(crlf, "apply", "-", "--stdin-filename", "main.py", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, FIXED.replace("\n", "\r\n").encode())
    assert done.stderr.startswith(b"main.py:")
    assert (tmp_path / "main.py").read_text() == "# what is on disk is not what is repaired\n"
    for right in (FIXED.encode(), b"x = 1", b""):
        assert given(right, "apply", "-", cwd=tmp_path).stdout == right


def test_the_project_goes_by_the_name(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.cdktf-fix]\nignore = ["A101"]\n')
    silent = given(BROKEN.encode(), "apply", "-q", "-", "--stdin-filename", "lib/not_there.py", cwd=tmp_path)
    assert (silent.returncode, silent.stdout) == (0, BROKEN.encode())
    (tmp_path / "pyproject.toml").write_text("[tool.cdktf-fix]\n")
    found = given(BROKEN.encode(), "check", "--output-format=concise", "-", "--stdin-filename=lib/a.py", cwd=tmp_path)
    assert found.returncode == 1
    assert found.stdout.startswith(b"lib/a.py:")
    diff = given(BROKEN.encode(), "apply", "--diff", "-", "--stdin-filename", "lib/a.py", cwd=tmp_path)
    assert diff.stdout.startswith(b"--- a/lib/a.py\n+++ b/lib/a.py\n")


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (b"import cdktf\nx = (\n", ["-"], "error: stdin.py:2:"),
        (b"\0", ["-"], "error: stdin.py: binary, not Python"),
        (b"", ["-", "main.py"], "`-` is standard input, and goes with no other path"),
        (b"", ["--stdin-filename", "a.py"], "--stdin-filename is for the text that `-` reads"),
        (b"", ["-", "--verify"], "--verify runs what is on disk: not with `-`"),
    ],
)
def test_what_cannot_be_repaired_gives_nothing(text: bytes, options: list[str], said: str, tmp_path: Path) -> None:
    done = given(text, "apply", *options, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert said in line

"""``completion``: the scripts complete command lines in the real shells."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cdktf_fix.commands import run_command

from .test_apply import cdktf_fix

LINES = {
    "rev": ["review"],
    "apply --dry": ["--dry-run"],
    "check --output-format j": ["json", "json-lines", "junit"],
    "check --select A11": ["A110", "A111", "A112", "A113", "A114", "A117", "A118", "A119"],
    "explain V10": ["V101", "V102", "V103", "V104", "V105", "V106"],
    "schema ": ["add", "list", "show"],
    "schema add --v": ["--verify"],
    "apply mai": ["main.py"],
    "completion z": ["zsh"],
}
BASH = """
source completion
function=$(complete -p cdktf-fix | sed 's/.*-F \\([^ ]*\\).*/\\1/')
while IFS= read -r line; do
    read -r -a COMP_WORDS <<< "cdktf-fix $line"
    [[ $line == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
    $function cdktf-fix "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "${COMPREPLY[*]}"
done
"""
FISH = "source completion; while read line; echo (complete -C \"cdktf-fix $line\" | cut -f1 | string join ' '); end"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "main.py").write_text("")
    return tmp_path


def written(shell: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The script for a shell, which has to be here and to understand it."""
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    assert run_command(["completion", shell]) == 0
    path = folder / "completion"
    path.write_text(capsys.readouterr().out)
    subprocess.run([shell, "-n", path], check=True)
    return path


@pytest.mark.parametrize(("shell", "script"), [("bash", BASH), ("fish", FISH)])
def test_bash_and_fish(shell: str, script: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(shell, folder, capsys)
    asked = "".join(f"{line}\n" for line in LINES)
    own = os.environ | {"HOME": str(folder)}
    done = subprocess.run([shell, "-c", script], cwd=folder, input=asked, capture_output=True, text=True, env=own)
    completed = [sorted(line.split()) for line in done.stdout.splitlines()]
    assert dict(zip(LINES, completed, strict=True)) == LINES, done.stderr


def test_zsh(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pexpect = pytest.importorskip("pexpect")
    written("zsh", folder, capsys).rename(folder / "_cdktf-fix")
    own = os.environ | {"HOME": str(folder), "PS1": "ready> ", "TERM": "dumb", "ZDOTDIR": str(folder)}
    child = pexpect.spawn("zsh", ["-f", "-i"], cwd=str(folder), env=own, encoding="utf-8", timeout=30)
    child.expect_exact("ready> ")
    child.sendline("unsetopt zle_bracketed_paste; fpath=($PWD $fpath); autoload -U compinit; compinit -u; print do''ne")
    child.expect_exact("done")
    child.expect_exact("ready> ")
    for line, expected in LINES.items():
        if len(expected) == 1:
            child.send(f"\x15cdktf-fix {line}\t")
            child.expect_exact(expected[0].removeprefix(line.rpartition(" ")[2]))
    child.close(force=True)


def test_no_such_shell(tmp_path: Path) -> None:
    done = cdktf_fix("completion", "tcsh", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)

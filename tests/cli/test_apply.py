"""The program as a user runs it."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
SOURCES = os.pathsep.join(str(ROOT / folder) for folder in ("codemods", "cli"))
"""So that the program that is run is this one, whichever is installed."""
ENVIRONMENT = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": SOURCES}
BROKEN = 'from cdktf_cdktf_provider_aws.eip import Eip\nEip(self, "e", vpc=True)\n'
FIXED = 'from cdktf_cdktf_provider_aws.eip import Eip\nEip(self, "e", domain="vpc")\n'


def environment() -> dict[str, str]:
    """What the program sees, with what a test has set for it: where its schemas are, what it imports first."""
    own = {name: value for name, value in os.environ.items() if name.startswith("CDKTF_FIX_")}
    path = os.pathsep.join(filter(None, [own.get("CDKTF_FIX_TEST_SITE"), SOURCES]))
    return {**ENVIRONMENT, **own, "PYTHONPATH": path}


def cdktf_fix(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "cdktf_fix", *arguments], cwd=cwd, capture_output=True, env=environment()
    )


def git(*arguments: str, cwd: Path, data: bytes = b"") -> None:
    subprocess.run(["git", *arguments], cwd=cwd, input=data, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "net.py").write_text(BROKEN)
    (tmp_path / "right.py").write_text(FIXED)
    return tmp_path


def test_in_place_then_nothing_left(project: Path) -> None:
    first = cdktf_fix("apply", cwd=project)
    assert first.returncode == 0, first.stderr
    assert (project / "lib" / "net.py").read_text() == FIXED
    assert b"lib/net.py:2:16: A101 [*]" in first.stderr
    assert first.stdout == b""
    second = cdktf_fix("apply", "--dry-run", cwd=project)
    assert (second.returncode, second.stdout) == (0, b"")


def test_dry_run_writes_nothing_and_says_so_by_its_exit_code(project: Path) -> None:
    done = cdktf_fix("apply", "--dry-run", cwd=project)
    assert done.returncode == 1
    assert (project / "lib" / "net.py").read_text() == BROKEN
    assert b"+++ b/lib/net.py" in done.stdout


@pytest.mark.parametrize("tool", ["git", "patch"])
@pytest.mark.parametrize("folder", [".", "lib", "elsewhere"])
def test_the_diff_applies_from_any_folder(project: Path, folder: str, tool: str) -> None:
    if tool == "patch" and shutil.which("patch") is None:
        pytest.skip("no patch here")
    git("init", "-q", cwd=project)
    (project / "elsewhere").mkdir()
    there = project / folder
    done = cdktf_fix("apply", "--dry-run", str(project), cwd=there)
    where = there if folder != "elsewhere" else project
    if tool == "git":
        git("apply", cwd=where, data=done.stdout)
    else:
        subprocess.run(["patch", "-p1", "--quiet"], cwd=where, input=done.stdout, check=True)
    assert (project / "lib" / "net.py").read_text() == FIXED


def test_the_diff_of_the_corpus_applies(tmp_path: Path) -> None:
    shutil.copytree(CORPUS, tmp_path / "corpus")
    git("init", "-q", cwd=tmp_path)
    done = cdktf_fix("apply", "--dry-run", "corpus", cwd=tmp_path)
    assert done.returncode == 1
    git("apply", "--check", cwd=tmp_path, data=done.stdout)
    git("apply", cwd=tmp_path, data=done.stdout)
    again = cdktf_fix("apply", "--dry-run", "corpus", cwd=tmp_path)
    assert again.stdout == b""


BYTES = {
    "crlf": BROKEN.replace("\n", "\r\n").encode(),
    "no newline at the end": BROKEN.rstrip("\n").encode(),
    "bom": b"\xef\xbb\xbf" + BROKEN.encode(),
    "latin-1": b"# -*- coding: latin-1 -*-\n# caf\xe9\n" + BROKEN.encode(),
    "form feed and tabs": b"\x0c\n" + BROKEN.encode() + b"if x:\n\tpass  \n\n\n",
    "mixed endings": BROKEN.encode() + b"a = 1\r\nb = 2\n",
    "non-ascii": ("# Größe – ✓\n" + BROKEN).encode(),
}


@pytest.mark.parametrize("data", BYTES.values(), ids=BYTES)
def test_bytes_survive(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a file.py"
    file.write_bytes(data)
    git("init", "-q", cwd=tmp_path)
    expected = data.replace(b"vpc=True", b'domain="vpc"')
    done = cdktf_fix("apply", "--dry-run", cwd=tmp_path)
    assert "(+1 −1 lines)" in done.stderr.decode()
    git("apply", cwd=tmp_path, data=done.stdout)
    assert file.read_bytes() == expected
    file.write_bytes(data)
    assert cdktf_fix("apply", cwd=tmp_path).returncode == 0
    assert file.read_bytes() == expected


def test_mode_and_links_are_kept(project: Path) -> None:
    file = project / "lib" / "net.py"
    file.chmod(0o754)
    (project / "link.py").symlink_to("lib/net.py")
    assert cdktf_fix("apply", cwd=project).returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o754
    assert (project / "link.py").is_symlink()
    assert file.read_text() == FIXED
    assert sorted(each.name for each in (project / "lib").iterdir()) == ["net.py"]


def test_what_git_and_convention_leave_out_is_left_out(project: Path) -> None:
    (project / ".gitignore").write_text("ignored/\n*_gen.py\n!kept_gen.py\n")
    (project / "cdktf.json").write_text("{}")
    left = ["ignored/a.py", "x_gen.py", ".venv/a.py", "cdktf.out/a.py", ".gen/a.py", "env/lib/a.py", "imports/a.py"]
    for name in [*left, "kept_gen.py"]:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(BROKEN)
    (project / "env" / "pyvenv.cfg").write_text("")
    (project / "imports" / "_jsii").mkdir()
    cdktf_fix("apply", cwd=project)
    assert [name for name in left if (project / name).read_text() != BROKEN] == []
    assert (project / "kept_gen.py").read_text() == FIXED
    cdktf_fix("apply", "x_gen.py", cwd=project)
    assert (project / "x_gen.py").read_text() == FIXED


def test_rules_can_be_chosen(project: Path) -> None:
    assert cdktf_fix("apply", "--dry-run", "--ignore", "A1", cwd=project).returncode == 0
    assert cdktf_fix("apply", "--dry-run", "--select", "N,B", cwd=project).returncode == 0
    assert cdktf_fix("apply", "--dry-run", "--select", "A101", cwd=project).returncode == 1
    wrong = cdktf_fix("apply", "--select", "Q9", cwd=project)
    assert wrong.returncode == 2
    assert wrong.stderr.decode().strip() == "error: no rule is called `Q9`"
    assert cdktf_fix("apply", "--dry-run", "--ignore", "eip-vpc", cwd=project).returncode == 0
    assert cdktf_fix("apply", "--dry-run", "--select", "a1", cwd=project).returncode == 1


def test_quiet(project: Path) -> None:
    done = cdktf_fix("apply", "--dry-run", "--quiet", cwd=project)
    assert done.stderr == b""
    assert b"+++" in done.stdout


def test_processes_say_the_same(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "main.py").write_text(BROKEN)
    one = cdktf_fix("apply", "--dry-run", "--jobs", "1", cwd=tmp_path)
    two = cdktf_fix("apply", "--dry-run", "--jobs", "2", cwd=tmp_path)
    assert (one.stdout, one.stderr, one.returncode) == (two.stdout, two.stderr, two.returncode)


def test_version_from_the_command_line_and_the_project(project: Path) -> None:
    assert cdktf_fix("apply", "--dry-run", "--provider", "aws@20.1.0", cwd=project).returncode == 0
    (project / "requirements.txt").write_text("cdktf-cdktf-provider-aws==20.1.0\n")
    assert cdktf_fix("apply", "--dry-run", cwd=project).returncode == 0
    (project / "requirements.txt").write_text("cdktf-cdktf-provider-aws==21.11.0\n")
    done = cdktf_fix("apply", "--dry-run", cwd=project)
    assert done.returncode == 1
    (note,) = [line for line in done.stderr.decode().splitlines() if line.startswith("note:")]
    assert "21.11.0" in note
    assert "using 21.9.1" in note
    wrong = cdktf_fix("apply", "--provider", "aws", cwd=project)
    assert wrong.returncode == 2
    assert len(wrong.stderr.splitlines()) == 1

"""The command line: what is asked of it, and what it loads to answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .test_apply import BROKEN, ENVIRONMENT, FIXED, cdktf_fix

HEAVY = {"argparse", "black", "libcst", "pathspec", "rich", "sqlite3", "cdktf_codemods"}


def loaded(arguments: list[str], cwd: Path) -> set[str]:
    """The modules that a run of the program has at its end."""
    code = (
        "import sys\\n"
        "from cdktf_fix import main, stopping\\n"
        "def leave(code): print(*sys.modules, file=sys.stderr)\\n"
        "stopping.leave = leave\\n"
        f"sys.argv[1:] = {arguments!r}\\n"
        "main.app()\\n"
    ).replace("\\n", "\n")
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, env=ENVIRONMENT)
    return {name for line in done.stderr.decode().splitlines()[-1:] for name in line.split()}


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_what_needs_nothing_loads_nothing(tmp_path: Path, argument: str) -> None:
    modules = loaded([argument], tmp_path)
    assert "cdktf_fix.main" in modules
    assert modules & HEAVY == set()


def test_text_that_no_rule_can_want_does_without_libcst(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text("import os\n\nprint(os.name, Path(1))\n")
    assert "libcst" not in loaded(["apply", "shop.py"], tmp_path)
    assert "libcst" in loaded(["apply", "shop.py", "--select", "L102"], tmp_path)
    (tmp_path / "shop.py").write_text("import cdktf\n")
    assert "libcst" in loaded(["apply", "shop.py"], tmp_path)


def test_documents_do_without_libcst(tmp_path: Path) -> None:
    code = (
        "import sys, cdktf_fix.apply, cdktf_codemods.documents; print('libcst' in sys.modules, 'rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, env=ENVIRONMENT)
    assert done.stdout == b"False False\n"


def test_a_name_of_the_package_is_found_when_asked_for() -> None:
    import cdktf_codemods

    assert all(getattr(cdktf_codemods, name) for name in cdktf_codemods.__all__)
    assert set(cdktf_codemods.__all__) <= set(dir(cdktf_codemods))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = cdktf_codemods.nonsense


def test_version_and_help(tmp_path: Path) -> None:
    assert cdktf_fix("--version", cwd=tmp_path).stdout.startswith(b"cdktf-fix ")
    for arguments in (["--help"], ["-h"], ["schema", "--help"], ["apply", "-h"], ["schema", "show", "--help"]):
        done = cdktf_fix(*arguments, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.lower().startswith(b"usage: cdktf-fix")
    for arguments in ([], ["schema"]):
        done = cdktf_fix(*arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.startswith(b"Usage: cdktf-fix")


WRONG = {
    "aply": "no command 'aply'; near: apply",
    "schema shwo": "no command 'shwo'; near: show",
    "apply --nonsense": "unrecognized arguments: --nonsense",
    "apply --jobs 0": "argument --jobs/-j: '0' is not a number from 1",
    "verify --timeout soon": "argument --timeout: 'soon' is not a number of seconds from 0.1",
    "apply --env X": "argument --env: 'X' is not NAME=VALUE",
    "apply --dry": "unrecognized arguments: --dry",
    "explain": "the following arguments are required: CODE",
}


@pytest.mark.parametrize(("line", "says"), WRONG.items(), ids=WRONG)
def test_a_wrong_command_line_is_one_line(tmp_path: Path, line: str, says: str) -> None:
    done = cdktf_fix(*line.split(), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().startswith(f"error: {says}")
    assert done.stderr.count(b"\n") == 1


def test_options_stand_anywhere(tmp_path: Path) -> None:
    for name in ("a.py", "b.py", "-c.py"):
        (tmp_path / name).write_text(BROKEN)
    done = cdktf_fix("apply", "a.py", "-qv", "b.py", "--jobs=1", "--ignore", "L", "--", "-c.py", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert all((tmp_path / name).read_text() == FIXED for name in ("a.py", "b.py", "-c.py"))

"""Settings files, exit codes, and what is said at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_apply import BROKEN, FIXED, cdktf_fix

LONG = f"call('{'a' * 50}', '{'b' * 50}', '{'c' * 50}')\n"
SECRET = 'import os\n\npassword = os.environ.get("DB_PASSWORD", "ChangeMe123!")\n'


def write(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def codes(stderr: bytes) -> list[str]:
    """Path and code of each finding."""
    lines = [line.split(":", 3) for line in stderr.decode().splitlines()]
    return [f"{line[0]} {line[3].split()[0]}" for line in lines if len(line) == 4 and line[1].isdigit()]


def test_a_right_project_is_silent(tmp_path: Path) -> None:
    write(tmp_path, {"main.py": FIXED})
    for options in (["apply"], ["apply", "--dry-run"]):
        done = cdktf_fix(*options, cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert b"Nothing to repair." in cdktf_fix("apply", "--verbose", cwd=tmp_path).stderr


def test_style_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path, {"main.py": "import cdktf\n" + LONG})
    assert cdktf_fix("apply", "--dry-run", cwd=tmp_path).returncode == 0
    for options in (["--select", "L"], ["--extend-select", "long-line"], ["--select", "ALL"]):
        done = cdktf_fix("apply", "--dry-run", *options, cwd=tmp_path)
        assert done.returncode == 1
        assert "main.py L102" in codes(done.stderr)


def test_exit_codes_and_summary(tmp_path: Path) -> None:
    write(tmp_path, {"main.py": BROKEN + SECRET})
    dry = cdktf_fix("apply", "--extend-select", "S102", "--dry-run", cwd=tmp_path)
    last = dry.stderr.decode().splitlines()[-1]
    assert dry.returncode == 1
    assert last == "Would repair 1 failure in 1 file (+1 −1 lines); 1 left: 1 fixable with --unsafe-fixes."
    done = cdktf_fix("apply", "--extend-select", "S102", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-1] == (
        "Repaired 1 failure in 1 file; 1 left: 1 fixable with --unsafe-fixes."
    )
    assert cdktf_fix("apply", "--extend-select", "S102", "--exit-zero", cwd=tmp_path).returncode == 0
    assert cdktf_fix("apply", "--extend-select", "S102", "--exit-zero", "none.py", cwd=tmp_path).returncode == 2
    assert cdktf_fix("apply", "--extend-select", "S102", "--unsafe-fixes", cwd=tmp_path).returncode == 0
    assert cdktf_fix("apply", "--extend-select", "S102", "--unsafe-fixes", cwd=tmp_path).stderr == b""


def test_what_is_left_stands_where_it_is_after_the_repair(tmp_path: Path) -> None:
    write(tmp_path, {"main.py": f"# cdktf\n{LONG}{SECRET}x = '{'x' * 130}'\n"})
    before = cdktf_fix("apply", "--dry-run", "--select", "L102,S102", cwd=tmp_path).stderr.decode()
    after = cdktf_fix("apply", "--select", "L102,S102", cwd=tmp_path).stderr.decode()
    assert "main.py:2:1: L102 [*]" in before
    assert "main.py:6:1: L102 the line" in before
    assert "main.py:2:1: L102 [*]" in after
    line = 1 + (tmp_path / "main.py").read_text().splitlines().index(f"x = '{'x' * 130}'")
    assert line > 6
    assert f"main.py:{line}:1: L102 the line" in after


def test_the_nearest_settings_count(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "cdktf.json": "{}",
            "pyproject.toml": '[tool.cdktf-fix]\nignore = ["eip-vpc"]\n',
            "a/main.py": BROKEN,
            "b/pyproject.toml": "[tool.cdktf-fix]\n",
            "b/main.py": BROKEN,
            "c/pyproject.toml": '[project]\nname = "c"\n',
            "c/lib/main.py": BROKEN,
        },
    )
    assert cdktf_fix("apply", cwd=tmp_path).returncode == 0
    assert {each: (tmp_path / each).read_text() == FIXED for each in ("a/main.py", "b/main.py", "c/lib/main.py")} == {
        "a/main.py": False,
        "b/main.py": True,
        "c/lib/main.py": False,
    }


def test_all_settings(tmp_path: Path) -> None:
    settings = """
    [tool.cdktf-fix]
    extend-select = ["L102", "secret-default"]
    exclude = ["generated/", "*_old.py"]
    unsafe-fixes = true
    line-length = 60

    [tool.cdktf-fix.per-file-ignores]
    "tests/*" = ["a1"]
    """
    files = ["main.py", "generated/x/main.py", "main_old.py", "tests/test_main.py"]
    write(tmp_path, {"pyproject.toml": settings, **dict.fromkeys(files, BROKEN)})
    write(tmp_path, {"secret.py": SECRET, "long.py": "import cdktf\n" + LONG})
    done = cdktf_fix("apply", "--dry-run", cwd=tmp_path)
    assert sorted(codes(done.stderr)) == ["long.py L102", "main.py A101", "secret.py S102"]
    named = cdktf_fix("apply", "--dry-run", "main_old.py", cwd=tmp_path)
    assert "main_old.py A101" in codes(named.stderr)
    safe = cdktf_fix("apply", "--dry-run", "--no-unsafe-fixes", "secret.py", cwd=tmp_path)
    assert b"S102 [unsafe]" in safe.stderr


@pytest.mark.parametrize(
    ("said", "options", "found"),
    [
        ('select = ["N"]', ["--select", "A101"], ["A101"]),
        ('ignore = ["A101"]', ["--select", "A"], ["A101"]),
        ('ignore = ["A101"]', ["--extend-select", "A1"], ["A101"]),
        ('ignore = ["A101"]', ["--ignore", "N"], []),
        ('select = ["A101"]', ["--ignore", "A"], []),
        ('select = ["A101", "N"]', [], ["A101"]),
    ],
)
def test_the_command_line_goes_over_the_file(said: str, options: list[str], found: list[str], tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": f"[tool.cdktf-fix]\n{said}\n", "main.py": BROKEN})
    done = cdktf_fix("apply", "--dry-run", *options, cwd=tmp_path)
    assert codes(done.stderr) == [f"main.py {code}" for code in found]


WRONG = {
    "unknown key": ('slect = ["A"]', ":2: `slect` in [tool.cdktf-fix]: no such setting; did you mean `select`?"),
    "underscore": ("unsafe_fixes = true", ":2: `unsafe_fixes` in [tool.cdktf-fix]: no such setting; did you mean `unsafe-fixes`?"),
    "nothing near": ("xyzzy = 1", ":2: `xyzzy` in [tool.cdktf-fix]: no such setting"),
    "type": ('\nselect = "A"', ':3: `select` in [tool.cdktf-fix]: has to be a list of texts, not the text "A"'),
    "type in a list": ("ignore = [1]", ":2: `ignore` in [tool.cdktf-fix]: has to be a list of texts, and has the number 1"),
    "number": ("terraform = 1.11", ':2: `terraform` in [tool.cdktf-fix]: has to be a text such as "1.11", not the number 1.11'),
    "truth": ('unsafe-fixes = "yes"', ':2: `unsafe-fixes` in [tool.cdktf-fix]: has to be true or false, not the text "yes"'),
    "length": ("line-length = true", ":2: `line-length` in [tool.cdktf-fix]: has to be a number of characters, not true"),
    "code": ('ignore = ["Q1"]', ":2: `ignore` in [tool.cdktf-fix]: no rule is called `Q1`"),
    "name": ('select = ["wrong-shap"]', ":2: `select` in [tool.cdktf-fix]: no rule is called `wrong-shap`; did you mean `wrong-shape`?"),
    "code for files": (
        '[tool.cdktf-fix.per-file-ignores]\n"tests/*" = ["Q1"]',
        ":2: `per-file-ignores` in [tool.cdktf-fix]: no rule is called `Q1`",
    ),
    "version": ('terraform = "newest"', ':2: `terraform` in [tool.cdktf-fix]: has to be a version such as "1.11", not the text "newest"'),
    "no TOML": ("select = [", ":"),
}  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), WRONG.values(), ids=WRONG)
def test_a_wrong_settings_file_is_an_error_and_the_rest_goes_on(said: str, expected: str, tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "bad/pyproject.toml": f"[tool.cdktf-fix]\n{said}\n",
            "bad/main.py": BROKEN,
            "good/pyproject.toml": "[tool.cdktf-fix]\n",
            "good/main.py": BROKEN,
        },
    )
    done = cdktf_fix("apply", "--exit-zero", cwd=tmp_path)
    errors = [line for line in done.stderr.decode().splitlines() if line.startswith("error: ")]
    assert done.returncode == 2
    assert len(errors) == 1, errors
    assert errors[0].startswith("error: bad/pyproject.toml" + expected)
    assert "Traceback" not in done.stderr.decode()
    assert (tmp_path / "bad/main.py").read_text() == BROKEN
    assert (tmp_path / "good/main.py").read_text() == FIXED


def test_every_mistake_in_a_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": '[tool.cdktf-fix]\nselct = 1\nignore = ["Q"]\nexclude = 1\n', "main.py": BROKEN})
    done = cdktf_fix("apply", cwd=tmp_path)
    assert [line.split(":")[2] for line in done.stderr.decode().splitlines()] == ["2", "4"]


@pytest.mark.parametrize("section", ["cdktf_fix", "CDKTF-fix", "cdktffix.per-file-ignores"])
def test_a_section_that_is_spelled_otherwise_is_an_error(section: str, tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": f"# cdktf-fix\n[tool.{section}]\n", "main.py": BROKEN})
    done = cdktf_fix("apply", cwd=tmp_path)
    name = section.partition(".")[0]
    said = f"error: pyproject.toml:2: `{name}`: no such section; did you mean [tool.cdktf-fix]?\n"
    assert (done.returncode, done.stderr.decode()) == (2, said)
    assert (tmp_path / "main.py").read_text() == BROKEN

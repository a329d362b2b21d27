"""``check --baseline``: what is known is not said, wherever it moves; what is new or gone is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .test_apply import BROKEN, cdktf_fix

OTHER = 'import os\n\ntoken = os.environ.get("DB_PASSWORD", "ChangeMe123!")\n'


def baseline(root: Path, *options: str) -> tuple[int, str, list[str]]:
    done = cdktf_fix("check", "--output-format", "concise", "--baseline", "known.json", *options, cwd=root)
    return done.returncode, done.stdout.decode(), done.stderr.decode().splitlines()


def test_what_is_known_is_not_said_again(tmp_path: Path) -> None:
    main = tmp_path / "main.py"
    main.write_text(BROKEN)
    assert baseline(tmp_path, "--write-baseline") == (0, "", ["Recorded 1 finding in known.json."])
    (row,) = json.loads((tmp_path / "known.json").read_text())["findings"]
    assert (row["path"], row["code"], row["count"]) == ("main.py", "A101", 1)
    assert row["where"].startswith("Eip(")
    assert row["where"].endswith("> vpc")
    main.write_text("# a line above\n\n" + BROKEN)
    assert baseline(tmp_path) == (0, "", [])
    (tmp_path / "other.py").write_text(OTHER)
    code, found, _ = baseline(tmp_path)
    assert code == 1
    assert [line.split(":")[0] for line in found.splitlines()] == ["other.py"]
    # Of two that are told alike, one is known.
    main.write_text(BROKEN + BROKEN.splitlines()[-1] + "\n")
    code, found, _ = baseline(tmp_path, "main.py")
    assert code == 1
    assert len([line for line in found.splitlines() if " A101 " in line]) == 1


def test_what_is_gone_is_said(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(BROKEN)
    (tmp_path / "other.py").write_text(BROKEN)
    baseline(tmp_path, "--write-baseline")
    cdktf_fix("apply", "-q", "main.py", cwd=tmp_path)
    code, found, said = baseline(tmp_path)
    assert (code, found) == (0, "")
    assert [line.split(" at ")[0] for line in said] == ["note: known.json: gone: main.py: A101"]
    assert baseline(tmp_path, "other.py") == (0, "", [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "error: known.json: no such baseline; --write-baseline makes it"),
        ("[]", "error: known.json: no baseline; --write-baseline makes one"),
        ("{", "error: known.json: no baseline; --write-baseline makes one"),
        ('{"version": 7}', "error: known.json: no baseline of version 1"),
    ],
)
def test_a_baseline_that_is_none(text: str | None, said: str, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(BROKEN)
    if text is not None:
        (tmp_path / "known.json").write_text(text)
    assert baseline(tmp_path) == (2, "", [said])


def test_no_baseline_is_written_of_half_a_project(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("import cdktf\nx = (\n")
    code, _, said = baseline(tmp_path, "--write-baseline")
    assert code == 2
    assert said[-1] == "error: known.json: not written: not every file could be looked at"
    assert not (tmp_path / "known.json").exists()

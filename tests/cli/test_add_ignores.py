"""``cdktf-fix check --add-ignores``: afterwards nothing is said, and a second time changes nothing."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cdktf_fix.commands import run_command

from .test_apply import BROKEN, CORPUS, FIXED

NAMES = ("edge-fleet", "tenant-vault")
"""In these, what one comment silences makes others idle; lines hold several findings; texts go over lines."""


@pytest.fixture
def say(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, bytes, bytes]]:
    def say(*arguments: str) -> tuple[int, bytes, bytes]:
        capfdbinary.readouterr()
        return run_command([*arguments, "--jobs", "1"]), *capfdbinary.readouterr()

    return say


@pytest.mark.parametrize("name", NAMES)
def test_all_is_silenced(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, say: Callable[..., tuple[int, bytes, bytes]]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(CORPUS / name / "before", tmp_path, dirs_exist_ok=True)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.py")}
    code, out, _ = say("check", "--add-ignores=known since May")
    assert (code, out) == (0, b"")
    after = {path: path.read_bytes() for path in before}
    assert any(b"] -- known since May\n" in text for text in after.values())
    assert not any(b"X101" in text for text in after.values())
    for path, text in before.items():
        assert ast.dump(ast.parse(after[path])) == ast.dump(ast.parse(text))
    assert say("check")[:2] == (0, b"")
    code, _, errors = say("check", "--add-ignores")
    assert (code, errors) == (0, b"Added 0 comments in 0 files.\n")
    assert {path: path.read_bytes() for path in before} == after


def test_what_cannot_be_read_is_said_and_the_rest_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, say: Callable[..., tuple[int, bytes, bytes]]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.py").write_bytes(BROKEN.encode("latin-1") + b"\r\n# coding\r\n")
    (tmp_path / "torn.py").write_text("from cdktf import (\n")
    (tmp_path / "right.py").write_text(FIXED)
    (tmp_path / "answer.md").write_text(f"```python\n{BROKEN}```\n")
    code, _, errors = say("check", "--add-ignores", ".", "answer.md")
    assert code == 2
    assert b"error: torn.py:" in errors
    assert b"error: answer.md: left alone: comments are added to Python files only" in errors
    assert b"Added 1 comment in 1 file." in errors
    assert (tmp_path / "right.py").read_text() == FIXED
    assert (tmp_path / "broken.py").read_bytes() == (
        BROKEN[:-1].encode() + b"  # cdktf-fix: ignore[A101]\n\r\n# coding\r\n"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        ("--add-ignores=a # b",),
        ("--add-noqa",),
        ("--add-ignores", "--statistics"),
        ("--add-ignores", "--output-format", "json"),
    ],
)
def test_what_does_not_go_together(
    wrong: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    say: Callable[..., tuple[int, bytes, bytes]],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.py").write_text(BROKEN)
    try:
        code, _, errors = say("check", *wrong)
        assert errors.count(b"\n") == 1
    except SystemExit as error:
        code = int(error.code or 0)
    assert code == 2
    assert (tmp_path / "broken.py").read_text() == BROKEN

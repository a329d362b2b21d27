"""``apply --decisions``: what was accepted is made, and nothing else, in the texts that were decided on."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from cdktf_fix.commands import run_command

from .test_apply import BROKEN, CORPUS, FIXED

TWICE = BROKEN + 'Eip(self, "f", vpc=True)\n'
FIRST = {"rule": "A101", "path": "main.py", "line": 2, "column": 16, "decision": "accept"}


def run(*arguments: str) -> int:
    """Carry out a command line in this process; the result is its exit code."""
    try:
        return run_command(list(arguments))
    except SystemExit as end:
        return int(end.code or 0)


def digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def decide(folder: Path, rows: list[dict[str, Any]], texts: dict[str, str]) -> str:
    given = {"version": 1, "decisions": rows, "files": {path: digest(text) for path, text in texts.items()}}
    (folder / "decisions.json").write_text(json.dumps(given))
    return "decisions.json"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "main.py").write_text(TWICE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Every finding with a repair, safe or not, as a row of decisions."""
    run("check", "--unsafe-fixes", "--output-format", "json", str(folder))
    rows = {
        (each["code"], each["path"], each["line"], each["column"]): None
        for each in json.loads(capsys.readouterr().out)
        if each["fixable"]
    }
    return [dict(zip(("rule", "path", "line", "column"), row)) for row in rows]


def test_one_of_two_is_made_and_the_other_is_left(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    second = FIRST | {"line": 3, "decision": "reject"}
    file = decide(project, [FIRST, second], {"main.py": TWICE})
    assert run("apply", "--decisions", file, "--check") == 1
    assert (project / "main.py").read_text() == TWICE
    assert run("apply", "--decisions", file) == 0
    assert (project / "main.py").read_text() == FIXED + 'Eip(self, "f", vpc=True)\n'
    assert "main.py:3" not in capsys.readouterr().err


def test_everything_accepted_is_apply_and_half_of_it_is_the_same_half_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = CORPUS / "claims-portal" / "before"
    every, first, again = (tmp_path / name for name in ("every", "first", "again"))
    texts = {}
    for folder in (every, first, again):
        shutil.copytree(before, folder)
    monkeypatch.chdir(every)
    rows = found(Path(), capsys)
    texts = {row["path"]: (every / row["path"]).read_text() for row in rows}
    assert len(rows) > 50
    picked = random.Random(7)
    halves = [row | {"decision": picked.choice(("accept", "reject"))} for row in rows]
    for folder in (first, again):
        monkeypatch.chdir(folder)
        run("apply", "--decisions", decide(folder, halves, texts), "--quiet")
    monkeypatch.chdir(every)
    file = decide(every, [row | {"decision": "accept"} for row in rows], texts)
    assert run("apply", "--decisions", file) == 0
    applied = tmp_path / "applied"
    shutil.copytree(before, applied)
    run("apply", "--unsafe-fixes", "--quiet", str(applied))
    for path in texts:
        assert (every / path).read_bytes() == (applied / path).read_bytes()
        assert (first / path).read_bytes() == (again / path).read_bytes()
    assert any(text != (first / path).read_text() != (every / path).read_text() for path, text in texts.items())


def test_what_needs_a_repair_that_was_not_accepted_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (CORPUS / "claims-portal" / "before" / "lib" / "monitoring.py").read_text()
    (project / "main.py").write_text(text)
    rows = found(project, capsys)
    named, later = (next(row for row in rows if row["line"] == line) for line in (8, 71))
    assert (named["rule"], later["rule"]) == ("N102", "A102")
    file = decide(project, [named | {"decision": "reject"}, later | {"decision": "accept"}], {"main.py": text})
    assert run("apply", "--decisions", file) == 2
    assert (project / "main.py").read_text() == text
    assert capsys.readouterr().err.splitlines()[0] == (
        "error: main.py:71:32: A102 was accepted, and is not found there unless other repairs are made"
    )


@pytest.mark.parametrize("changed", ["a file", "two files", "a file that is gone"])
def test_where_a_text_has_changed_nothing_is_written(
    changed: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "other.py").write_text(BROKEN)
    file = decide(project, [FIRST, FIRST | {"path": "other.py"}], {"main.py": TWICE, "other.py": BROKEN})
    if changed == "a file that is gone":
        (project / "other.py").unlink()
    else:
        (project / "other.py").write_text("#\n" + BROKEN)
    if changed == "two files":
        (project / "main.py").write_text("#\n" + TWICE)
    before = (project / "main.py").read_text()
    assert run("apply", "--decisions", file) == 2
    assert (project / "main.py").read_text() == before
    said = capsys.readouterr().err.splitlines()
    what = {
        "a file": ["other.py: changed since decisions.json was written; nothing is changed"],
        "two files": [
            "main.py: changed since decisions.json was written; nothing is changed",
            "other.py: changed since decisions.json was written; nothing is changed",
        ],
        "a file that is gone": ["other.py: no such file, and decisions.json decides on it; nothing is changed"],
    }[changed]
    assert said == [f"error: {each}" for each in what]


def test_sources_in_a_response_and_in_a_row(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fenced = f"Here it is:\n\n`main.py`\n\n```python\n{TWICE}```\n"
    (project / "answer.md").write_text(fenced)
    (project / "rows.jsonl").write_text(2 * (json.dumps({"text": fenced}) + "\n"))
    places = ("answer.md/main.py", "rows.jsonl:2/main.py")
    file = decide(project, [FIRST | {"path": place} for place in places], dict.fromkeys(places, TWICE))
    assert run("apply", "--decisions", file, "answer.md", "rows.jsonl") == 0, capsys.readouterr().err
    half = fenced.replace("vpc=True", 'domain="vpc"', 1)
    assert (project / "answer.md").read_text() == half
    rows = (project / "rows.jsonl").read_text().splitlines()
    assert [json.loads(row)["text"] for row in rows] == [fenced, half]
    assert (project / "main.py").read_text() == TWICE


def test_line_endings_and_encodings_stay(project: Path) -> None:
    text = "# -*- coding: latin-1 -*-\r\n# Stra\xdfe\r\n" + BROKEN.replace("\n", "\r\n")
    (project / "main.py").write_bytes(text.encode("latin-1"))
    assert run("apply", "--decisions", decide(project, [FIRST | {"line": 4}], {"main.py": text})) == 0
    assert (project / "main.py").read_bytes() == text.replace("vpc=True", 'domain="vpc"').encode("latin-1")


GOOD = {"version": 1, "decisions": [FIRST], "files": {"main.py": digest(TWICE)}}
WRONG = {
    "{": "no decisions: Expecting property name",
    "[" * 100_000: "no decisions: ",
    "[]": "no decisions of version 1",
    json.dumps(GOOD | {"version": 2}): "no decisions of version 1",
    json.dumps(GOOD | {"decisions": {}}): "no decisions: it takes a list `decisions` and a table `files`",
    json.dumps(GOOD | {"files": {"main.py": "md5:1"}}): 'files["main.py"] is no `sha256:…`',
    json.dumps(GOOD | {"files": {}}): 'decisions[0]: "main.py" is not in `files`',
    json.dumps(GOOD | {"decisions": [FIRST, 7]}): "decisions[1]: no table",
    json.dumps(GOOD | {"decisions": [FIRST | {"rule": "A999"}]}): 'decisions[0]: no rule "A999"',
    json.dumps(GOOD | {"decisions": [FIRST | {"line": True}]}): "decisions[0]: `line` is no number from 1",
    json.dumps(GOOD | {"decisions": [FIRST | {"column": 0}]}): "decisions[0]: `column` is no number from 1",
    json.dumps(GOOD | {"decisions": [FIRST | {"path": ""}]}): "decisions[0]: `path` is no text",
    json.dumps(
        GOOD | {"decisions": [FIRST | {"decision": "maybe"}]}
    ): "decisions[0]: `decision` is `accept` or `reject`",
    json.dumps(GOOD | {"decisions": [FIRST, FIRST | {"decision": "reject"}]}): (
        "decisions[1]: A101 at main.py:2:16 is accepted and rejected"
    ),
}


@pytest.mark.parametrize(("text", "said"), WRONG.items(), ids=[str(number) for number in range(len(WRONG))])
def test_decisions_that_are_none(text: str, said: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "decisions.json").write_text(text)
    assert run("apply", "--decisions", "decisions.json") == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert printed.err.startswith(f"error: decisions.json: {said}")
    assert (project / "main.py").read_text() == TWICE


@pytest.mark.parametrize("option", ["--select=A", "--ignore=A101", "--unsafe-fixes", "--no-unsafe-fixes"])
def test_what_contradicts_decisions_is_refused(option: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = decide(project, [FIRST], {"main.py": TWICE})
    assert run("apply", "--decisions", file, option) == 2
    assert "--decisions says itself which repairs are made" in capsys.readouterr().err
    assert run("apply", "--decisions", "nowhere.json") == 2
    assert capsys.readouterr().err == "error: nowhere.json: cannot read: no such file or directory\n"

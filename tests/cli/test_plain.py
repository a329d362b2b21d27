"""What is printed of a project shows what it says, and is neither a command to a CI system nor to a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cdktf_codemods.oracle import Answer, Complaint, Dropped, Failure, Place
from cdktf_fix.output import Report, json_line, plain

from .test_apply import cdktf_fix

COMMANDS = ["::error file=a.py::boom", "::set-output name=a::b", "##vso[task.setvariable variable=a]b", "##[error]x"]
MOVES = ["\r", "\n", "\x1b[2K", "\x1b]0;title\x07", "\x7f", "\x9b2K", "\u202e", "\u2028", "\udc9b"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("before", ["", "  ", "x ", "x\n", "x\r", "x: ", "#", '"'])
def test_commands_are_escaped(command: str, before: str) -> None:
    shown = plain(before + command)
    assert command[:4] not in shown
    assert shown.isprintable()
    assert shown.encode().decode("unicode_escape") == before + command


@pytest.mark.parametrize("text", ["arn:aws:iam::aws:policy/x", "arn:aws:s3:::bucket", "Foo::Bar", "a ## heading", "x[::2]", "`tags`: é – “…”"])  # fmt: skip
def test_what_is_no_command_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("text", [*COMMANDS, *MOVES])
def test_json_means_the_same(text: str) -> None:
    record = {"message": f"x {text} y", text: [text]}
    line = json_line(record)
    assert line.isprintable()
    assert line.isascii()
    assert not any(command[:4] in line for command in COMMANDS)
    assert json.loads(line) == record


@pytest.mark.parametrize("text", [*COMMANDS, *(f"x{move}{command}" for move in MOVES for command in COMMANDS)])
def test_every_line_about_a_project(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    place = Place(f"{text}.py", 1)
    report = Report(quiet=False, verbose=True, dry_run=False)
    failed = Answer(Failure("code", text, text, place))
    other = Answer(
        stacks={text: {}},
        dropped=(Dropped(text, text, text, place), Dropped(text, text, text)),
        refused=(text,),
        complaints=(Complaint(text, text), Complaint("s", text, text), Complaint("s", text, text, place)),
        notes=(text,),
    )
    for answer in (failed, other):
        report.answer(Path(text), answer)
        report.verified(Path(text), answer, answer)
    report.error(text)
    report.note(text)
    report.detail(text)
    report.dismissed(text)
    said = capsys.readouterr()
    for line in f"{said.out}\n{said.err}".split("\n"):
        assert line.isprintable()
        assert not any(command[:4] in line for command in COMMANDS)


def test_a_failure_that_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Report(quiet=False, verbose=False, dry_run=False).answer(Path("p"), Answer(Failure("died", "", "")))
    assert capsys.readouterr().out == "p: fails: died\n"


def test_findings_that_quote_a_project(tmp_path: Path) -> None:
    folder = tmp_path / "::error file=x::y"
    folder.mkdir()
    code = 'from cdktf_cdktf_provider_aws.eip import Eip\nEip(self, "e", **{"##vso[x]\\r": 1, "vpc": True}, **{"::error ::\\x1b[2K": 1})\n'
    (folder / "main.py").write_text(code)
    done = cdktf_fix("apply", "--dry-run", "--unsafe-fixes", "-v", folder.name, cwd=tmp_path)
    lines = done.stderr.decode().splitlines()
    assert any("main.py:" in line for line in lines)
    assert all(line.isprintable() and not line.lstrip().startswith("::") for line in lines)
    assert not any("##vso[" in line for line in lines)


@pytest.mark.parametrize("command", [["verify"], ["apply", "--dry-run"], ["apply", "--dry-run", "--verify"]])
@pytest.mark.parametrize("path", ["", "nowhere", "nowhere/main.py"])
def test_a_path_that_is_not_there_is_no_other_folder(command: list[str], path: str, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text('from cdktf_cdktf_provider_aws.eip import Eip\nEip(self, "e", vpc=True)\n')
    done = cdktf_fix(*command, path, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("error: ")

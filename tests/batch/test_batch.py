"""A batch by the program: killed and gone on with, mixed and bad input, and what one output may cost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from cdktf_codemods.batch.inputs import Projects
from cdktf_codemods.batch.shards import held

from ..batches import command, compared, killed, run, table
from ..cli.test_apply import BROKEN, FIXED
from ..cli.test_verify import CAN_LOCK_UP, WORSE
from ..documents.carriers.test_arrow import load, saved

SHARDS = ("--shard-size", 5)


def records(output: Path) -> list[dict[str, Any]]:
    return [json.loads(each) for each in (output / "records.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A table, and what a batch that nothing disturbed makes of it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    table(folder / "t.jsonl", 60)
    assert run(folder / "out", folder / "t.jsonl", *SHARDS).returncode == 1
    return folder / "t.jsonl", compared(folder / "out")


def test_killed_it_ends_with_the_same_bytes(tmp_path: Path, undisturbed: tuple[Path, dict[str, bytes]]) -> None:
    source, same = undisturbed
    assert killed(tmp_path / "out", 3, 1.5, source, *SHARDS) > 0
    assert compared(tmp_path / "out") == same
    found = records(tmp_path / "out")
    assert [each["position"] for each in found] == list(range(60))
    assert len({each["id"] for each in found}) == 60


def test_mixed_and_bad_input(tmp_path: Path) -> None:
    lines = [
        json.dumps({"code": BROKEN}),
        "{not json",
        '{"code": null}',
        '{"x": 1}',
        json.dumps({"code": {"../../etc/x.py": BROKEN}}),
    ]
    (tmp_path / "t.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "a.md").write_text(f"```python\n{BROKEN}```\n", "utf-8")
    project = tmp_path / "p"
    project.mkdir()
    (project / "main.py").write_text(BROKEN, "utf-8")
    (tmp_path / "one.py").write_text(BROKEN, "utf-8")
    cell = {"cell_type": "code", "source": BROKEN.splitlines(keepends=True)}
    notebook = json.dumps({"nbformat": 4, "cells": [cell]})
    (tmp_path / "n.ipynb").write_text(notebook, "utf-8")
    saved(tmp_path / "d")
    output = tmp_path / "out"
    names = ("t.jsonl", "a.md", "p", "one.py", "n.ipynb", "d")
    done = run(output, *(tmp_path / each for each in names), "--field", "code")
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    found = records(output)
    assert [each["status"] for each in found] == (
        ["repaired"] + ["unreadable"] * 4 + ["repaired"] * 4 + ["unreadable"] * 4
    )
    assert all(each["problems"] for each in found[1:5])
    written = (output / "outputs" / "t.jsonl").read_text("utf-8").splitlines()
    assert json.loads(written[0])["code"] == FIXED
    assert written[1:] == lines[1:]
    assert (output / "outputs" / "a.md").read_text("utf-8") == f"```python\n{FIXED}```\n"
    assert (output / "outputs" / "p" / "main.py").read_text("utf-8") == FIXED
    assert (output / "outputs" / "one.py").read_text("utf-8") == FIXED
    assert (project / "main.py").read_text("utf-8") == BROKEN
    fixed = json.loads((output / "outputs" / "n.ipynb").read_text("utf-8"))["cells"][0]["source"]
    assert fixed == FIXED.splitlines(keepends=True)


def test_the_folder_of_another_job_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "one.py"
    source.write_text(BROKEN, "utf-8")
    run(tmp_path / "out", source)
    before = compared(tmp_path / "out")
    source.write_text(FIXED, "utf-8")
    done = run(tmp_path / "out", source)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "another job" in done.stderr
    assert compared(tmp_path / "out") == before


def test_a_dataset_is_written_whole_with_another_fingerprint(tmp_path: Path) -> None:
    given, made = saved(tmp_path / "d"), tmp_path / "out" / "outputs" / "d"
    assert run(tmp_path / "out", given).returncode == 0
    assert [each["status"] for each in records(tmp_path / "out")] == ["unchanged"] * 3 + ["repaired"]
    names = {each.relative_to(given) for each in given.rglob("*") if each.is_file()}
    assert {each.relative_to(made) for each in made.rglob("*") if each.is_file()} == names
    differs = sorted(each.as_posix() for each in names if (given / each).read_bytes() != (made / each).read_bytes())
    assert differs == ["train/data-00000-of-00002.arrow", "train/state.json"]
    assert load(made / differs[0]).to_pylist() == [{"out": FIXED, "n": 1}]


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path, undisturbed: tuple[Path, dict[str, bytes]]) -> None:
    with held(tmp_path / "out"):
        second = run(tmp_path / "out", undisturbed[0])
    assert second.returncode == 2
    assert second.stderr == f"error: {tmp_path / 'out'}: another run is at it\n"
    assert list((tmp_path / "out").iterdir()) == []


def test_interrupted_it_says_so_and_goes_on(tmp_path: Path, undisturbed: tuple[Path, dict[str, bytes]]) -> None:
    source, same = undisturbed
    output = tmp_path / "out"
    process = subprocess.Popen(
        command(output, source, *SHARDS), stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while not (output / "shards" / "000001.jsonl").exists():
        time.sleep(0.01)
    # As a terminal does it: to all processes of the group.
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert (process.returncode, said) == (130, "Interrupted; the same command goes on where it was.\n")
    assert not (output / "records.jsonl").exists()
    assert run(output, source, *SHARDS).returncode == 1
    assert compared(output) == same


def environment(folder: Path) -> dict[str, str]:
    """One in which an output with a certain word kills the process that reads it, or never ends."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import os, time\n"
        "from cdktf_codemods.documents.carriers import values\n"
        "real = values.Files.__init__\n"
        "def read(self, given, value):\n"
        "    if 'KILL' in str(value):\n"
        "        os.abort()\n"
        "    while 'HANG' in str(value):\n"
        "        time.sleep(1)\n"
        "    real(self, given, value)\n"
        "values.Files.__init__ = read\n"
    )
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}


@pytest.mark.parametrize(
    ("word", "said"), [("KILL", "the process died (exit code -6)"), ("HANG", "not done within 5 seconds")]
)
def test_an_output_that_crashes_or_never_ends_costs_itself_alone(tmp_path: Path, word: str, said: str) -> None:
    source = tmp_path / "t.jsonl"
    rows = [json.dumps({"code": each}) + "\n" for each in (BROKEN, f"{BROKEN}# {word}\n", BROKEN)]
    source.write_text("".join(rows))
    given = command(tmp_path / "out", source, "--time-limit", 5)
    done = subprocess.run(given, capture_output=True, text=True, env=environment(tmp_path / "site"))
    assert done.returncode == 2, done.stderr
    found = records(tmp_path / "out")
    assert [each["status"] for each in found] == ["repaired", "unreadable", "repaired"]
    assert [each["text"] for each in found[1]["problems"]] == [said]
    assert (tmp_path / "out" / "outputs" / "t.jsonl").read_text().splitlines(keepends=True)[1] == rows[1]


def test_an_output_of_50_megabytes(tmp_path: Path) -> None:
    source = tmp_path / "t.jsonl"
    rows = [json.dumps({"code": each}) + "\n" for each in (BROKEN, "x = 1 # " * 6_300_000, BROKEN)]
    source.write_text("".join(rows))
    assert source.stat().st_size > 50_000_000
    assert run(tmp_path / "out", source, "--field", "code").returncode == 0
    assert [each["status"] for each in records(tmp_path / "out")] == ["repaired", "unchanged", "repaired"]
    same = (tmp_path / "out" / "outputs" / "t.jsonl").read_text() == "".join(rows).replace(
        "vpc=True", 'domain=\\"vpc\\"'
    )
    assert same


def test_settings_hold(tmp_path: Path) -> None:
    project = tmp_path / "p"
    for name in ("main.py", "old/main.py", "bad/main.py"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(BROKEN)
    (project / "pyproject.toml").write_text("[tool.cdktf-fix]\nexclude = ['old/']\n")
    (project / "bad" / "pyproject.toml").write_text("[tool.cdktf-fix]\nignore = ['nonsense']\n")
    done = run(tmp_path / "out", project)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    good, bad = records(tmp_path / "out")
    assert (good["status"], [each["path"] for each in good["findings"]]) == ("repaired", ["main.py"])
    assert "bad/pyproject.toml: `ignore` in [tool.cdktf-fix]" in bad["problems"][0]["text"]


@pytest.mark.parametrize("name", ["pyproject.toml", "cdktf.json", "requirements.txt", "../requirements.txt", "x.tf"])
def test_another_file_that_the_answer_depends_on_is_another_input(tmp_path: Path, name: str) -> None:
    project = tmp_path / "p"
    project.mkdir()
    (tmp_path / ".git").mkdir()
    (project / "main.py").write_text(BROKEN)
    before = Projects(project, "p").fingerprint()
    assert Projects(project, "p").fingerprint() == before
    (project / name).write_text("[tool.cdktf-fix]\n")
    assert Projects(project, "p").fingerprint() != before


def test_an_output_folder_in_what_is_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(BROKEN)
    done = run(tmp_path / "out", tmp_path)
    assert done.returncode == 2
    assert done.stderr == f"error: {tmp_path / 'out'}: inside of {tmp_path}, which is read; give another --output\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(not CAN_LOCK_UP, reason="no sandbox can be made here")
def test_verified_only_the_fix_that_makes_an_output_worse_is_left_out(tmp_path: Path) -> None:
    project = tmp_path / "p"
    project.mkdir()
    long_line = f"names = ['{'a' * 50}', '{'b' * 50}', '{'c' * 50}']"
    (project / "main.py").write_text(WORSE.format(more=long_line))
    (project / "pyproject.toml").write_text("[tool.cdktf-fix]\nunsafe-fixes = true\nselect = ['S102', 'L102']\n")
    assert run(tmp_path / "out", project, "--verify").returncode == 1
    (found,) = records(tmp_path / "out")
    assert (found["status"], found["before"]["status"], found["after"]["status"]) == ("partly", *["synthesises"] * 2)
    assert {each["code"]: each["fixed"] for each in found["findings"]} == {"S102": False, "L102": True}
    reason = "made it worse (ValueError: DB_PASSWORD environment variable must be set); it is left out"
    assert [each["text"] for each in found["problems"]] == [f"S102 at main.py:6:12 {reason}"]
    written = (tmp_path / "out" / "outputs" / "p" / "main.py").read_text()
    assert 'os.getenv("DB_PASSWORD", "change me")' in written
    assert long_line not in written


def test_what_cannot_be_written_is_said_and_nothing_is_lost(
    tmp_path: Path, undisturbed: tuple[Path, dict[str, bytes]]
) -> None:
    source, same = undisturbed
    shutil.copytree(source.parent / "out", tmp_path / "out")
    (tmp_path / "out" / "outputs.tmp").write_text("in the way")
    done = run(tmp_path / "out", source, *SHARDS)
    assert (done.returncode, done.stderr) == (2, f"error: {tmp_path / 'out'}: not a directory\n")
    (tmp_path / "out" / "outputs.tmp").unlink()
    assert run(tmp_path / "out", source, *SHARDS).returncode == 1
    assert compared(tmp_path / "out") == same

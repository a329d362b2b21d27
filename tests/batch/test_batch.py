"""A batch by the program: killed and gone on with, mixed and bad input, and what one output may cost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..batches import compared, killed, run, table
from ..cli.test_apply import BROKEN, FIXED
from ..documents.carriers.test_arrow import load, saved


def records(output: Path) -> list[dict[str, Any]]:
    return [json.loads(each) for each in (output / "records.jsonl").read_text("utf-8").splitlines()]


def test_killed_it_ends_with_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "t.jsonl"
    table(source, 120)
    assert run(tmp_path / "one", source, "--shard-size", 10).returncode in (0, 1)
    assert killed(tmp_path / "two", 3, 2.0, source, "--shard-size", 10) > 0
    assert compared(tmp_path / "one") == compared(tmp_path / "two")
    found = records(tmp_path / "two")
    assert [each["position"] for each in found] == list(range(120))
    assert len({each["id"] for each in found}) == 120


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


def test_an_output_that_is_huge_and_takes_too_long_costs_itself_alone(tmp_path: Path) -> None:
    source = tmp_path / "t.jsonl"
    rows = [
        json.dumps({"code": each}) for each in (BROKEN, "Words.\n" * 7_500_000 + f"```python\n{BROKEN}```\n", BROKEN)
    ]
    source.write_text("\n".join(rows) + "\n", "utf-8")
    assert source.stat().st_size > 50_000_000
    done = run(tmp_path / "out", source, "--time-limit", 2, "--field", "code")
    assert done.returncode == 2
    found = records(tmp_path / "out")
    assert [each["status"] for each in found] == ["repaired", "unreadable", "repaired"]
    assert [each["text"] for each in found[1]["problems"]] == ["not done within 2 seconds"]
    with (tmp_path / "out" / "outputs" / "t.jsonl").open() as file:
        written = list(file)
    assert written[1] == rows[1] + "\n"
    assert [json.loads(each)["code"] for each in written[::2]] == [FIXED, FIXED]


def test_a_dataset_is_written_whole_with_another_fingerprint(tmp_path: Path) -> None:
    given, made = saved(tmp_path / "d"), tmp_path / "out" / "outputs" / "d"
    assert run(tmp_path / "out", given).returncode == 0
    assert [each["status"] for each in records(tmp_path / "out")] == ["unchanged"] * 3 + ["repaired"]
    names = {each.relative_to(given) for each in given.rglob("*") if each.is_file()}
    assert {each.relative_to(made) for each in made.rglob("*") if each.is_file()} == names
    differs = sorted(each.as_posix() for each in names if (given / each).read_bytes() != (made / each).read_bytes())
    assert differs == ["train/data-00000-of-00002.arrow", "train/state.json"]
    assert load(made / differs[0]).to_pylist() == [{"out": FIXED, "n": 1}]

"""Every project of the corpus before the real cdktf: what fails before, synthesises after, and nothing is lost."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cdktf_codemods import Schema, Settings, repair
from cdktf_codemods.documents import Folder
from cdktf_codemods.oracle import Synthesizer

CORPUS = Path(__file__).parents[1] / "corpus"
CASES = sorted(path.parent for path in CORPUS.glob("*/case.toml"))

pytestmark = pytest.mark.xdist_group("synth")


def case(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))


def texts(folder: Path) -> dict[str, str]:
    return dict(Folder(folder))


def test_there_are_projects() -> None:
    assert len(CASES) >= 12


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
class TestProject:
    def test_before_fails_as_documented(self, folder: Path, synthesizer: Synthesizer) -> None:
        expected = case(folder)
        before = synthesizer.synthesize(folder / "before")
        if "error" in expected:
            assert before.error is not None
            assert re.search(expected["error"], before.error)
        else:
            assert before.error is None
        if "json" in expected:
            assert expected["json"] in json.dumps(before.stacks)
        if "dropped" in expected:
            assert {each.place.rpartition(".")[2] + "." + each.key for each in before.dropped} >= set(
                expected["dropped"]
            )

    def test_after_synthesises_with_nothing_lost(self, folder: Path, synthesizer: Synthesizer) -> None:
        after = synthesizer.synthesize(folder / "after")
        assert after.error is None
        assert after.dropped == ()
        assert after.stacks
        assert "json" not in case(folder) or case(folder)["json"] not in json.dumps(after.stacks)

    def test_the_repair_of_before_is_after(self, folder: Path, schema: Schema) -> None:
        result = repair(Folder(folder / "before"), schema, Settings())
        assert not result.errors
        repaired = texts(folder / "before") | {file.path: file.after for file in result.files}
        assert repaired == texts(folder / "after")
        assert sorted({finding.code for finding in result.findings if finding.fixed}) == case(folder)["rules"]

    def test_after_needs_no_repair(self, folder: Path, schema: Schema) -> None:
        result = repair(Folder(folder / "after"), schema, Settings())
        assert result.files == []
        assert [finding for finding in result.findings if finding.fixed] == []

    def test_a_linter_agrees(self, folder: Path) -> None:
        code = case(folder).get("lint")
        if code is None:
            pytest.skip("no lint failure in this case")
        assert code in lint(folder / "before", code)
        assert code not in lint(folder / "after", code)


def lint(project: Path, code: str) -> str:
    """What ruff says; pylint sees W0622 (A002) only where it cannot see the class that is derived from."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", f"--select={code}", str(project)]
    return subprocess.run(command, capture_output=True, text=True).stdout

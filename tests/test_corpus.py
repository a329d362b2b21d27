"""Every project of the corpus before the real cdktf, and, where its case says so, before pytest, pylint and ruff."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cdktf_codemods import Repair, Schema, Settings, repair
from cdktf_codemods.documents import Folder, Resources
from cdktf_codemods.documents.project_settings import terraform_version
from cdktf_codemods.oracle import Oracle

CORPUS = Path(__file__).parents[1] / "corpus"
CASES = sorted(path.parent for path in CORPUS.glob("*/case.toml"))


def case(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))


def repaired(project: Path, schema: Schema, settings: Settings) -> Repair:
    result = repair(Folder(project), schema, settings, resources=Resources(project))
    assert not result.errors
    return result


def settings_of(folder: Path) -> Settings:
    expected = case(folder)
    return Settings(
        select=frozenset(expected.get("select", ())),
        extend_select=frozenset(expected.get("extend-select", ())),
        unsafe=expected.get("unsafe", False),
        terraform=terraform_version(folder / "before"),
    )


def contents(project: Path) -> dict[str, bytes]:
    left_out = {"__pycache__", "cdktf.out", ".pytest_cache"}
    files = (path for path in project.rglob("*") if path.is_file() and left_out.isdisjoint(path.parts))
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}


def write(result: Repair, project: Path) -> None:
    for file in result.files:
        (project / file.path).write_text(file.after, encoding="utf-8")
    for path, data in result.created.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(data)


def by_hand(result: Repair, folder: Path, project: Path) -> None:
    """What its case says that a person does about what is only shown, in the file of the finding."""
    for act in case(folder).get("by-hand", ()):
        path = project / act["path"]
        text = path.read_text(encoding="utf-8")
        assert text.count(act["old"]) == 1
        shown = [each for each in result.findings if not each.fixed and each.code == act["finding"]]
        assert act["path"] in {each.path for each in shown}
        path.write_text(text.replace(act["old"], act["new"]), encoding="utf-8")


def test_there_are_projects() -> None:
    assert len(CASES) >= 12


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
class TestProject:
    def test_before_fails_as_documented(self, folder: Path, oracle: Oracle) -> None:
        expected = case(folder)
        before = oracle.synthesize(folder / "before")
        if "error" in expected:
            assert before.error is not None
            assert re.search(expected["error"], before.error)
        else:
            assert before.error is None
        if "json" in expected:
            assert expected["json"] in json.dumps(before.stacks)
        if "dropped" in expected:
            assert {each.argument.rpartition(".")[2] + "." + each.key for each in before.dropped} >= set(
                expected["dropped"]
            )

    def test_after_synthesises_with_nothing_lost(self, folder: Path, oracle: Oracle) -> None:
        after = oracle.synthesize(folder / "after")
        assert after.error is None
        assert after.dropped == ()
        assert after.stacks
        assert "json" not in case(folder) or case(folder)["json"] not in json.dumps(after.stacks)

    def test_the_repair_of_before_is_after(self, folder: Path, schema: Schema, tmp_path: Path) -> None:
        result = repaired(folder / "before", schema, settings_of(folder))
        project = tmp_path / "project"
        shutil.copytree(folder / "before", project)
        write(result, project)
        by_hand(result, folder, project)
        assert contents(project) == contents(folder / "after")
        assert sorted({finding.code for finding in result.findings if finding.fixed}) == case(folder)["rules"]
        assert {finding.code for finding in result.findings if not finding.fixed} >= set(case(folder).get("shown", ()))
        assert sorted(result.created) == case(folder).get("created", [])

    def test_after_needs_no_repair(self, folder: Path, schema: Schema) -> None:
        result = repaired(folder / "after", schema, settings_of(folder))
        assert (result.files, result.created) == ([], {})
        assert [finding for finding in result.findings if finding.fixed] == []

    def test_everything_applied_still_synthesises(
        self, folder: Path, schema: Schema, oracle: Oracle, tmp_path: Path
    ) -> None:
        """Unsafe repairs and rules that are off by default included."""
        everything = Settings(select=frozenset("ABKLNSTV"), unsafe=True)
        shutil.copytree(folder / "before", tmp_path / "project")
        write(repaired(folder / "before", schema, everything), tmp_path / "project")
        synthesis = oracle.synthesize(tmp_path / "project")
        assert (synthesis.error, synthesis.dropped) == (None, ())
        assert synthesis.stacks


def cases_with(key: str) -> list[Any]:
    found = []
    for folder in CASES:
        if key in case(folder):
            needs = case(folder).get("needs")
            missing = needs is not None and shutil.which(needs) is None
            marks = [pytest.mark.skipif(missing, reason=f"{needs} is not installed")]
            found.append(pytest.param(folder, id=folder.name, marks=marks))
    return found


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(project), "JSII_RUNTIME_PACKAGE_CACHE": "enabled"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=project, env=environment, capture_output=True, text=True
    )


PYTEST = """\
import sys, pytest
sys.exit(int(pytest.main(["-q", "-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", ".", {test!r}])))
"""


@pytest.mark.parametrize("folder", cases_with("test"))
def test_its_own_tests_fail_before_and_pass_after(folder: Path, oracle: Oracle) -> None:
    runner = {"its_tests.py": PYTEST.format(test=case(folder)["test"]).encode()}
    before, after = (
        oracle.synthesize(folder / which, entry="its_tests.py", changed=runner).failure for which in ("before", "after")
    )
    assert before is not None
    assert (before.kind, before.message) in [("exit", "1"), ("exit", "2")]
    # Where all pass, pytest ends without an error, and leaves no stack behind.
    assert after is not None
    assert (after.kind, after.message[:32]) == ("synthesis", "it ran and synthesised no stack ")


@pytest.mark.slow
@pytest.mark.parametrize("folder", cases_with("pylint"))
def test_pylint_gives_ten_after(folder: Path) -> None:
    message = case(folder)["pylint"]
    options = ("--rcfile=/dev/null", "--disable=all", f"--enable={message}", "--max-line-length=120", "--recursive=y")
    before, after = (run(folder / which, "pylint", *options, ".").stdout for which in ("before", "after"))
    assert f"({message})" in before
    assert "rated at 10.00/10" in after


@pytest.mark.parametrize("folder", cases_with("lint"))
def test_ruff_agrees(folder: Path) -> None:
    """ruff rather than pylint, which sees W0622 (A002) only where it cannot see the class that is derived from."""
    code = case(folder)["lint"]
    before, after = (
        run(folder / which, "ruff", "check", "--isolated", "--no-cache", f"--select={code}", ".").stdout
        for which in ("before", "after")
    )
    assert code in before
    assert code not in after

"""The commands that tell of the rules, and files that a repair makes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cdktf_codemods.rules import all_rules

from .test_apply import CORPUS, cdktf_fix, git


def test_rules_lists_every_rule(tmp_path: Path) -> None:
    done = cdktf_fix("rules", cwd=tmp_path)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    for rule in all_rules():
        assert any(line.split()[:2] == [rule.code, rule.name] for line in lines)


@pytest.mark.parametrize("name", ["A102", "a102", "wrong-shape"])
def test_explain_prints_a_page(name: str, tmp_path: Path) -> None:
    done = cdktf_fix("explain", name, cwd=tmp_path)
    text = done.stdout.decode()
    assert done.returncode == 0
    assert text.startswith("# A102 wrong-shape\n")
    assert "## Before" in text
    assert "SecurityGroupIngress(from_port=80" in text


def test_explain_of_no_rule(tmp_path: Path) -> None:
    done = cdktf_fix("explain", "X999", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1


def test_a_file_that_is_made_is_listed_and_the_diff_still_applies(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(CORPUS / "regional-failover" / "before", project)
    git("init", "-q", cwd=project)
    dry = cdktf_fix("apply", "--dry-run", "--unsafe-fixes", "--extend-select", "L102", cwd=project)
    assert dry.returncode == 1
    assert b"Binary files /dev/null and b/lambda_placeholder.zip differ\n" in dry.stdout
    assert b"would create lambda_placeholder.zip" in dry.stderr
    assert not (project / "lambda_placeholder.zip").exists()
    git("apply", cwd=project, data=dry.stdout)
    done = cdktf_fix("apply", "--unsafe-fixes", cwd=project)
    assert b"created lambda_placeholder.zip" in done.stderr
    made = (project / "lambda_placeholder.zip").read_bytes()
    assert made == (CORPUS / "regional-failover" / "after" / "lambda_placeholder.zip").read_bytes()
    assert b"created" not in cdktf_fix("apply", "--unsafe-fixes", cwd=project).stderr


def test_a_project_is_spoken_of_once(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(CORPUS / "retail" / "after", project)
    done = cdktf_fix("apply", "--select", "K103", cwd=project)
    assert done.stderr.count(b"K103") == 1
    assert b"tap.py:1:1: K103 the project has no unit tests" in done.stderr
    assert done.returncode == 1

"""Projects that are right for an old version of the AWS provider, raised to the default one as a user would."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

from .cli.test_apply import cdktf_fix, git

ROOT = Path(__file__).parents[1]
UPGRADES = ROOT / "tests" / "upgrades"
RESOURCES = {"five": 16, "nine": 14, "twelve": 15, "nineteen": 7}
"""What stands in each project, so that none of it goes by the way."""
COMMAND = ("apply", "--provider", "aws@21.9.1", "--unsafe-fixes", "--ignore", "K,L,S,V")


def texts(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


@pytest.mark.parametrize("name", RESOURCES)
def test_upgrade(name: str, tmp_path: Path, oracle: Oracle) -> None:
    project = tmp_path / name
    shutil.copytree(UPGRADES / name / "before", project)
    git("init", "-q", cwd=project)
    dry = cdktf_fix(*COMMAND, "--dry-run", cwd=project)
    assert texts(project) == texts(UPGRADES / name / "before")
    git("apply", cwd=project, data=dry.stdout)
    assert texts(project) == texts(UPGRADES / name / "after")
    again = cdktf_fix(*COMMAND, cwd=project)
    assert (again.returncode, again.stderr) == (0, b"")
    # What the project declares by now is the version that it was repaired for.
    undirected = cdktf_fix("apply", "--ignore", "K,L,S,V", cwd=project)
    assert (undirected.returncode, undirected.stderr) == (0, b"")
    assert texts(project) == texts(UPGRADES / name / "after")
    answer = oracle.synthesize(project)
    assert answer.status == "synthesises", answer.failure or answer.dropped
    assert answer.resources == RESOURCES[name]


def test_the_page_shows_what_is_printed(tmp_path: Path) -> None:
    shutil.copytree(UPGRADES / "nine" / "before", tmp_path, dirs_exist_ok=True)
    git("init", "-q", cwd=tmp_path)
    done = cdktf_fix(*COMMAND, "--dry-run", cwd=tmp_path)
    printed = (done.stdout + done.stderr).decode()
    page = (ROOT / "docs" / "upgrading.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"(?s)```\n\$ cdktf-fix apply[^\n]*\n(.*?)```", page)
    pieces = example.split("...\n")
    assert len(pieces) > 4
    for piece in pieces:
        assert all(f"\n{line}\n" in f"\n{printed}" for line in piece.splitlines()), piece


def test_without_unsafe_fixes_versions_are_shown_only(tmp_path: Path) -> None:
    shutil.copytree(UPGRADES / "nine" / "before", tmp_path, dirs_exist_ok=True)
    git("init", "-q", cwd=tmp_path)
    done = cdktf_fix("apply", "--provider", "aws@21.9.1", "--ignore", "K,L,S,V", cwd=tmp_path)
    assert done.returncode == 1
    before, after = texts(UPGRADES / "nine" / "before"), texts(tmp_path)
    assert [path for path in after if before[path] != after[path]] == ["infra/platform.py", "infra/storage.py"]
    said = done.stderr.decode()
    assert (
        "requirements.txt:3:25: [unsafe] `cdktf-cdktf-provider-aws ==9.0.0` is another version than the code is "
        "repaired for; it is `==21.9.1`\n"
    ) in said
    assert "3 left: 3 fixable with --unsafe-fixes." in said
    assert "note:" not in said


BROKEN = 'from cdktf_cdktf_provider_aws.eip import Eip\nEip(self, "e", vpc=True)\n'


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_projects_that_share_a_file_raise_it_once(tmp_path: Path) -> None:
    pin = "cdktf-cdktf-provider-aws==20.1.0\n"
    write(tmp_path, **{"a/cdktf.json": "{}", "a/main.py": BROKEN, "b/cdktf.json": "{}", "b/main.py": BROKEN})
    write(tmp_path, **{"requirements.txt": pin})
    git("init", "-q", cwd=tmp_path)
    dry = cdktf_fix(*COMMAND, "--dry-run", "--jobs", "2", cwd=tmp_path)
    assert dry.stdout.count(b"+++ b/requirements.txt") == 1
    assert dry.stderr.count(b"requirements.txt:1:25: [*]") == 1
    git("apply", "--check", cwd=tmp_path, data=dry.stdout)
    done = cdktf_fix(*COMMAND, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "requirements.txt").read_text() == "cdktf-cdktf-provider-aws==21.9.1\n"


def test_what_is_outside_of_what_was_asked_for_is_left(tmp_path: Path) -> None:
    pin = "cdktf-cdktf-provider-aws==20.1.0\n"
    write(tmp_path, **{"a/cdktf.json": "{}", "a/main.py": BROKEN, "requirements.txt": pin})
    git("init", "-q", cwd=tmp_path)
    done = cdktf_fix(*COMMAND, "a", cwd=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "requirements.txt").read_text() == pin
    assert b"the file is outside of what was asked for" in done.stderr


def test_locks_and_hashes_are_left_to_their_tools(tmp_path: Path) -> None:
    lock = '[[package]]\nname = "cdktf-cdktf-provider-aws"\nversion = "20.1.0"\n'
    hashed = "cdktf-cdktf-provider-aws==20.1.0 \\\n    --hash=sha256:00\n"
    write(tmp_path, **{"main.py": BROKEN, "uv.lock": lock, "requirements.txt": hashed})
    done = cdktf_fix(*COMMAND, cwd=tmp_path)
    assert done.returncode == 1
    assert texts(tmp_path)["uv.lock"] == lock
    assert texts(tmp_path)["requirements.txt"] == hashed
    assert b"note: uv.lock is for other versions: make it anew\n" in done.stderr
    assert b"requirements.txt:1:25: `cdktf-cdktf-provider-aws ==20.1.0`" in done.stderr
    assert b"it is pinned by hashes" in done.stderr


def test_a_form_that_is_not_known_is_said(tmp_path: Path) -> None:
    rows = '[tool.poetry.dependencies]\ncdktf-cdktf-provider-aws = [{version = "^19.0", python = ">3.8"}]\n'
    write(tmp_path, **{"main.py": BROKEN, "pyproject.toml": rows})
    done = cdktf_fix(*COMMAND, cwd=tmp_path)
    assert texts(tmp_path)["pyproject.toml"] == rows
    assert b"it is in no form that can be raised" in done.stderr


def test_generated_bindings_are_raised_in_cdktf_json_alone(tmp_path: Path) -> None:
    code = BROKEN.replace("cdktf_cdktf_provider_aws", "imports.aws")
    declared = '{"terraformProviders": ["aws@~> 5.0"]}'
    write(tmp_path, **{"main.py": code, "cdktf.json": declared, "requirements.txt": "cdktf~=0.20.0\n"})
    done = cdktf_fix(*COMMAND, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert texts(tmp_path)["cdktf.json"] == '{"terraformProviders": ["aws@~> 6.11"]}'
    assert texts(tmp_path)["requirements.txt"] == "cdktf~=0.20.0\n"

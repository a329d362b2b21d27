"""Every form in which a project can declare a version, and which of several counts."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cdktf_codemods.schema.declarations import declared
from cdktf_codemods.schema.versions import Choice, asked, choose

AWS = "cdktf_cdktf_provider_aws"
NAME = "cdktf-cdktf-provider-aws"
IMPORTED = {"cdktf", f"{AWS}.eip"}

DECLARED = {
    "requirements": ("requirements.txt", f"cdktf\n{NAME}==20.1.0  # pinned\n", "20.1.0"),
    "requirements of a role": ("requirements-dev.txt", "cdktf_cdktf_provider_aws ~= 20.0\n", "20.1.0"),
    "requirements in a folder": ("requirements/base.txt", f"{NAME}==20.1.0\n", "20.1.0"),
    "requirements with hashes": ("requirements.txt", f"{NAME}==20.1.0 \\\n    --hash=sha256:00 \\\n", "20.1.0"),
    "requirements with a mark": ("requirements.txt", f"\ufeff{NAME}==20.1.0 ; python_version > '3'\n", "20.1.0"),
    "range that the default is in": ("requirements.txt", f"{NAME}>=20,<22\n", "21.9.1"),
    "range above the default": ("requirements.txt", f"{NAME}>=21.10\n", "21.22.1"),
    "wildcard": ("requirements.txt", f"{NAME}==20.*\n", "20.1.0"),
    "any": ("requirements.txt", f"{NAME}\n", "21.9.1"),
    "pyproject": ("pyproject.toml", f'[project]\ndependencies = ["{NAME}==20.1.0"]\n', "20.1.0"),
    "pyproject extra": (
        "pyproject.toml",
        f"[project.optional-dependencies]\niac = [\"{NAME}[x]==20.1.0; python_version > '3'\"]\n",
        "20.1.0",
    ),
    "dependency group": (
        "pyproject.toml",
        f'[dependency-groups]\nall = [{{include-group = "iac"}}]\niac = ["{NAME}==20.1.0"]\n',
        "20.1.0",
    ),
    "uv": ("pyproject.toml", f'[tool.uv]\ndev-dependencies = ["{NAME}==20.1.0"]\n', "20.1.0"),
    "PDM": ("pyproject.toml", f'[tool.pdm.dev-dependencies]\niac = ["{NAME}==20.1.0"]\n', "20.1.0"),
    "poetry": ("pyproject.toml", f'[tool.poetry.dependencies]\n{NAME} = "^20.0"\n', "20.1.0"),
    "poetry, two bounds": ("pyproject.toml", f'[tool.poetry.dependencies]\n{NAME} = ">=20.0, <21"\n', "20.1.0"),
    "poetry table": (
        "pyproject.toml",
        f'[tool.poetry.group.iac.dependencies]\n{NAME} = {{version = "20.1.0"}}\n',
        "20.1.0",
    ),
    "poetry, by Python": (
        "pyproject.toml",
        f'[tool.poetry.dependencies]\n{NAME} = [{{version = "20.1.0", python = ">=3.9"}}]\n',
        "20.1.0",
    ),
    "setup.cfg": ("setup.cfg", f"[options]\ninstall_requires =\n    requests\n    {NAME}==20.1.0\n", "20.1.0"),
    "setup.cfg extra": ("setup.cfg", f"[options.extras_require]\niac =\n    {NAME}==20.1.0\n", "20.1.0"),
    "setup.py": (
        "setup.py",
        f"from setuptools import setup\nsetup(name='x', install_requires=['{NAME}==20.1.0'])\n",
        "20.1.0",
    ),
    "setup.py, by a name": (
        "setup.py",
        f"import setuptools\nBASE = ['{NAME}==20.1.0']\nsetuptools.setup(install_requires=BASE + ['boto3'])\n",
        "20.1.0",
    ),
    "setup.py extra": (
        "setup.py",
        f"from setuptools import setup\nsetup(extras_require={{'iac': ['{NAME}==20.1.0']}})\n",
        "20.1.0",
    ),
    "setup.py is not executed": (
        "setup.py",
        f"from setuptools import setup\nsetup(install_requires=['{NAME}==20.1.0'])\nraise SystemExit(open('gone'))\n",
        "20.1.0",
    ),
    "Pipfile": ("Pipfile", f'[packages]\n{NAME} = "~=20.1"\n', "20.1.0"),
    "Pipfile star": ("Pipfile", f'[packages]\n{NAME} = "*"\n', "21.9.1"),
    "conda": (
        "environment.yml",
        f"name: iac\ndependencies:\n  - python=3.11\n  - pip:\n      - '{NAME}==20.1.0'  # old\n",
        "20.1.0",
    ),
    "conda's own equals sign": ("environment.yaml", f"dependencies:\n  - {NAME}=20.1\n", "20.1.0"),
    "conda's channel": ("environment.yml", f"dependencies:\n  - conda-forge::{NAME}=20.1\n", "20.1.0"),
    "what is compiled": ("requirements.in", f"{NAME}==20.1.0\n", "20.1.0"),
    "requirements by another name": ("dev-requirements.txt", f"{NAME}==20.1.0\n", "20.1.0"),
    "Hatch": ("pyproject.toml", f'[tool.hatch.envs.iac]\ndependencies = ["{NAME}==20.1.0"]\n', "20.1.0"),
    "Pipfile.lock": ("Pipfile.lock", json.dumps({"default": {NAME: {"version": "==20.1.0"}}}), "20.1.0"),
    "poetry.lock": ("poetry.lock", f'[[package]]\nname = "{NAME}"\nversion = "20.1.0"\n', "20.1.0"),
    "uv.lock": ("uv.lock", f'[[package]]\nname = "{NAME}"\nversion = "21.22.1"\n', "21.22.1"),
    "pdm.lock": ("pdm.lock", f'[[package]]\nname = "{NAME}"\nversion = "20.1.0"\n', "20.1.0"),
    "pylock.toml": (
        "pylock.toml",
        f'lock-version = "1.0"\n[[packages]]\nname = "{NAME}"\nversion = "20.1.0"\n',
        "20.1.0",
    ),
}


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def chosen(root: Path, top: Path | None = None) -> Choice:
    return choose(declared(root, top).versions, IMPORTED)


def version(choice: Choice) -> list[str]:
    return [each.version for each in choice.snapshots if each.package == AWS]


@pytest.mark.parametrize(("name", "text", "expected"), DECLARED.values(), ids=DECLARED)
def test_every_form(name: str, text: str, expected: str, tmp_path: Path) -> None:
    write(tmp_path, **{name: text})
    choice = chosen(tmp_path)
    assert version(choice) == [expected]
    assert (choice.notes, choice.missing, declared(tmp_path).problems) == ([], [], [])


def test_included_requirements_are_read_once_however_they_include_each_other(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "app/requirements.txt": f"-r ../base.txt\n{NAME}\n",
            "base.txt": "--requirement=app/requirements.txt\n-c limits/all.txt\n",
            "limits/all.txt": f"-r ../base.txt\n-r missing.txt\n{NAME}==20.1.0\n",
        },
    )
    assert version(chosen(tmp_path / "app")) == ["20.1.0"]


ABOVE = {
    "in the repository": ({".git/HEAD": "", "requirements.txt": f"{NAME}==20.1.0"}, None, "20.1.0"),
    "above it": ({"a/.git/HEAD": "", "requirements.txt": f"{NAME}==20.1.0"}, None, "21.9.1"),
    "no repository, in the folder that was asked for": ({"a/requirements.txt": f"{NAME}==20.1.0"}, "a", "20.1.0"),
    "no repository, above it": ({"requirements.txt": f"{NAME}==20.1.0"}, "a", "21.9.1"),
    "the nearest counts": (
        {".git/HEAD": "", "uv.lock": f'[[package]]\nname="{NAME}"\nversion="20.1.0"', "a/Pipfile": f'[packages]\n{NAME}="==21.22.1"'},
        None,
        "21.22.1",
    ),
    "a name alone says nothing": (
        {".git/HEAD": "", "setup.cfg": f"[options]\ninstall_requires = {NAME}==20.1.0", "a/requirements.txt": NAME},
        None,
        "20.1.0",
    ),
    "the lock of a workspace says which of a member's range": (
        {".git/HEAD": "", "uv.lock": f'[[package]]\nname="{NAME}"\nversion="20.1.0"', "a/requirements.txt": f"{NAME}>=20"},
        None,
        "20.1.0",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "top", "expected"), ABOVE.values(), ids=ABOVE)
def test_folders_above(files: dict[str, str], top: str | None, expected: str, tmp_path: Path) -> None:
    write(tmp_path, **files)
    (tmp_path / "a" / "b").mkdir(parents=True, exist_ok=True)
    assert version(chosen(tmp_path / "a" / "b", tmp_path / top if top else None)) == [expected]


def test_of_two_that_disagree_the_lock_counts_and_both_are_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{"requirements.txt": f"{NAME}==21.9.1", "uv.lock": f'[[package]]\nname = "{NAME}"\nversion = "20.1.0"\n'},
    )
    choice = chosen(tmp_path)
    assert version(choice) == ["20.1.0"]
    (note,) = choice.notes
    assert "uv.lock (==20.1.0)" in note
    assert "requirements.txt (==21.9.1)" in note


def test_of_two_folders_that_disagree_the_nearer_counts_and_both_are_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            ".git/HEAD": "",
            "requirements.txt": f"{NAME}==21.9.1",
            "a/setup.cfg": f"[options]\ninstall_requires = {NAME}==20.1.0",
        },
    )
    choice = chosen(tmp_path / "a")
    assert version(choice) == ["20.1.0"]
    (note,) = choice.notes
    assert note.startswith("setup.cfg (==20.1.0) and ../requirements.txt (==21.9.1) disagree")
    assert note.endswith("the nearest counts")


@pytest.mark.parametrize("other", [">=20", "", "~=20.0", "==20.1.0"])
def test_a_range_that_the_lock_is_in_is_no_disagreement(other: str, tmp_path: Path) -> None:
    lock = f'[[package]]\nname = "{NAME}"\nversion = "20.1.0"\n'
    write(tmp_path, **{"requirements.txt": NAME + other, "poetry.lock": lock})
    assert (version(chosen(tmp_path)), chosen(tmp_path).notes) == (["20.1.0"], [])


NO_VERSION = {
    "requirements.txt": f"{NAME} @ git+https://example.org/x.git",
    "requirements-x.txt": f"{NAME}==latest",
    "pyproject.toml": f'[tool.poetry.dependencies]\n{NAME} = {{git = "https://example.org/x.git"}}\n',
    "Pipfile": f'[packages]\n{NAME} = {{path = "../aws"}}\n',
    "setup.cfg": f"[options]\ninstall_requires = {NAME}~=20\n",
}


@pytest.mark.parametrize("name", NO_VERSION)
def test_what_is_no_version_is_one_line_and_the_rest_counts(name: str, tmp_path: Path) -> None:
    write(tmp_path, **{name: NO_VERSION[name], "environment.yml": f"- {NAME}==20.1.0\n"})
    choice = chosen(tmp_path)
    assert version(choice) == ["20.1.0"]
    (note,) = choice.notes
    assert note.startswith(f"{name}: ")
    assert "is no version" in note


DAMAGED = {
    "uv.lock": "this is no TOML [",
    "poetry.lock": "package = 3",
    "Pipfile.lock": '{"default": ',
    "pylock.toml": "[[packages]]\nversion = '1'",
    "pyproject.toml": "[project]\ndependencies = 3",
    "setup.py": "setup(",
    "setup.cfg": "no section",
    "cdktf.json": "[1, 2",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_one_line_and_the_rest_counts(name: str, tmp_path: Path) -> None:
    write(tmp_path, **{name: DAMAGED[name], "requirements.txt": f"{NAME}==20.1.0"})
    found = declared(tmp_path)
    (problem,) = found.problems
    assert problem.startswith(f"{name} cannot be read: ")
    assert "\n" not in problem
    assert version(choose(found.versions, IMPORTED)) == ["20.1.0"]


def test_what_is_not_text_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_bytes(b"\xff\xfe\x00")
    assert declared(tmp_path).problems == ["requirements.txt cannot be read: it is not UTF-8"]


def test_cdktf_json_says_nothing_of_the_package(tmp_path: Path) -> None:
    write(tmp_path, **{"cdktf.json": json.dumps({"terraformProviders": ["aws@~> 5.0"]})})
    found = declared(tmp_path)
    choice = choose(found.versions, IMPORTED, found.bindings, found.outputs)
    assert version(choice) == ["21.9.1"]


def test_the_command_line_says_more_than_all(tmp_path: Path) -> None:
    write(tmp_path, **{"uv.lock": f'[[package]]\nname = "{NAME}"\nversion = "20.1.0"\n'})
    assert version(choose([asked("aws@21.22.1"), *declared(tmp_path).versions], IMPORTED)) == ["21.22.1"]


def test_a_lock_with_other_constructs_is_nothing_to_note(tmp_path: Path) -> None:
    write(tmp_path, **{"uv.lock": '[[package]]\nname = "constructs"\nversion = "10.4.2"\n'})
    assert chosen(tmp_path).notes == []


def test_a_folder_that_cannot_be_looked_into_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, **{".git/HEAD": "", "a/main.py": "", "requirements.txt": f"{NAME}==20.1.0"})

    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        found = declared(tmp_path / "a")
    assert found.versions == []
    assert found.problems == []

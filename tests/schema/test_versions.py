from __future__ import annotations

import json
from pathlib import Path

import pytest
from cdktf_codemods.schema.versions import UnknownProviderError, asked, choose, declared

AWS = "cdktf_cdktf_provider_aws"

DECLARED = {
    "requirements": ("requirements.txt", "cdktf\ncdktf-cdktf-provider-aws==20.1.0  # pinned\n", "20.1.0"),
    "requirements of a role": ("requirements-dev.txt", "cdktf_cdktf_provider_aws ~= 20.0\n", "20.1.0"),
    "range that the default is in": ("requirements.txt", "cdktf-cdktf-provider-aws>=20,<22\n", "21.9.1"),
    "range above the default": ("requirements.txt", "cdktf-cdktf-provider-aws>=21.10\n", "21.22.1"),
    "any": ("requirements.txt", "cdktf-cdktf-provider-aws\n", "21.9.1"),
    "pyproject": ("pyproject.toml", '[project]\ndependencies = ["cdktf-cdktf-provider-aws==20.1.0"]\n', "20.1.0"),
    "pyproject extra": (
        "pyproject.toml",
        "[project.optional-dependencies]\niac = [\"cdktf-cdktf-provider-aws[x]==20.1.0; python_version > '3'\"]\n",
        "20.1.0",
    ),
    "dependency group": (
        "pyproject.toml",
        '[dependency-groups]\niac = ["cdktf-cdktf-provider-aws==20.1.0"]\n',
        "20.1.0",
    ),
    "poetry": ("pyproject.toml", '[tool.poetry.dependencies]\ncdktf-cdktf-provider-aws = "^20.0"\n', "20.1.0"),
    "poetry table": (
        "pyproject.toml",
        '[tool.poetry.group.iac.dependencies]\ncdktf-cdktf-provider-aws = {version = "20.1.0"}\n',
        "20.1.0",
    ),
    "Pipfile": ("Pipfile", '[packages]\ncdktf-cdktf-provider-aws = "~=20.1"\n', "20.1.0"),
    "Pipfile star": ("Pipfile", '[packages]\ncdktf-cdktf-provider-aws = "*"\n', "21.9.1"),
    "Pipfile.lock": (
        "Pipfile.lock",
        json.dumps({"default": {"cdktf-cdktf-provider-aws": {"version": "==20.1.0"}}}),
        "20.1.0",
    ),
    "poetry.lock": ("poetry.lock", '[[package]]\nname = "cdktf-cdktf-provider-aws"\nversion = "20.1.0"\n', "20.1.0"),
    "uv.lock": ("uv.lock", '[[package]]\nname = "cdktf-cdktf-provider-aws"\nversion = "21.22.1"\n', "21.22.1"),
    "cdktf.json": ("cdktf.json", json.dumps({"terraformProviders": ["aws@~> 5.0"]}), "20.1.0"),
    "cdktf.json with a source": (
        "cdktf.json",
        json.dumps({"terraformProviders": [{"name": "aws", "source": "hashicorp/aws", "version": "~> 6.0"}]}),
        "21.9.1",
    ),
    "cdktf.json, later": ("cdktf.json", json.dumps({"terraformProviders": ["hashicorp/aws@>= 6.20"]}), "21.22.1"),
    "not what its name says": ("pyproject.toml", "this is no TOML [", "21.9.1"),
    "nor this": ("cdktf.json", "[1, 2", "21.9.1"),
}


@pytest.mark.parametrize(("name", "text", "version"), DECLARED.values(), ids=DECLARED)
def test_declared(name: str, text: str, version: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    snapshots, notes = choose(declared(tmp_path))
    assert [each.version for each in snapshots if each.package == AWS] == [version]
    assert notes == []


NEAREST = {"21.11.0": "21.9.1", "21.21.0": "21.22.1", "20.0.0": "20.1.0", "19.65.1": "20.1.0"}


@pytest.mark.parametrize("version", NEAREST)
def test_a_version_without_a_snapshot_uses_the_nearest_and_says_so(version: str) -> None:
    snapshots, notes = choose([asked(f"aws@{version}")])
    assert [each.version for each in snapshots if each.package == AWS] == [NEAREST[version]]
    (note,) = notes
    assert f"using {NEAREST[version]}" in note
    assert f"cdktf-fix schema add cdktf-cdktf-provider-aws=={version}" in note


def test_locks_say_more_than_ranges_and_the_command_line_more_than_all(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("cdktf-cdktf-provider-aws>=20\n")
    (tmp_path / "uv.lock").write_text('[[package]]\nname = "cdktf-cdktf-provider-aws"\nversion = "20.1.0"\n')
    (tmp_path / "cdktf.json").write_text('{"terraformProviders": ["aws@~> 6.0"]}')
    chosen = {each.package: each.version for each in choose(declared(tmp_path))[0]}
    assert chosen[AWS] == "20.1.0"
    chosen = {each.package: each.version for each in choose([asked("aws@21.22.1"), *declared(tmp_path)])[0]}
    assert chosen[AWS] == "21.22.1"


@pytest.mark.parametrize("text", ["aws", "aws@", "@1.0", "aws@latest"])
def test_what_names_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="NAME@VERSION"):
        asked(text)


def test_an_unknown_provider_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CDKTF_FIX_SCHEMAS", str(tmp_path))
    with pytest.raises(UnknownProviderError, match=r"schema add cdktf-cdktf-provider-google==14\.0\.0"):
        choose([asked("google@14.0.0")])

"""Versions in files that are not Python: which are found, and what becomes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.documents.pins import raises
from cdktf_codemods.schema.raising import Target

AWS = "cdktf-cdktf-provider-aws"
TARGETS = {
    "cdktf_cdktf_provider_aws": Target("21.9.1"),
    "cdktf": Target("0.21.0", ">=0.21.0,<0.22.0"),
}


def written(name: str, text: str) -> str:
    for each in reversed(list(raises(Path(name), text, TARGETS, {"aws": "6.11.0", "google_beta": "6.1.0"}))):
        if each.new is not None:
            text = text[: each.pin.start] + each.new + text[each.pin.end :]
    return text


RAISED = {
    "requirements.txt": (
        f"# aws\n{AWS} == 9.0.0  # {AWS}==9.0.0\ncdktf[x]~=0.12.0 ; python_version > '3.7'\ncdktf-other==0.1\n",
        f"# aws\n{AWS} == 21.9.1  # {AWS}==9.0.0\ncdktf[x]~=0.21.0 ; python_version > '3.7'\ncdktf-other==0.1\n",
    ),
    "base.in": ("CDKTF_cdktf.provider-aws>=9.0,<10\r\n", "CDKTF_cdktf.provider-aws>=21.9,<22\r\n"),
    "pyproject.toml": (
        f'dependencies = ["{AWS} >=9, <10", \'cdktf==0.12\'] # "cdktf==0.12"\n# "{AWS}==9"\n',
        f'dependencies = ["{AWS} >=21, <22", \'cdktf==0.21.0\'] # "cdktf==0.12"\n# "{AWS}==9"\n',
    ),
    "Pipfile": (
        f'[packages]\n"{AWS}" = "~=9.0"\ncdktf = {{extras = ["x"], version = "==0.12.0"}}\n[requires]\ncdktf = "9"\n',
        f'[packages]\n"{AWS}" = "~=21.9"\ncdktf = {{extras = ["x"], version = "==0.21.0"}}\n[requires]\ncdktf = "9"\n',
    ),
    "setup.cfg": (
        f"[options]\ninstall_requires =\n    {AWS}==9.0.0\n    # cdktf==0.1\n    cdktf ~= 0.9.0\n",
        f"[options]\ninstall_requires =\n    {AWS}==21.9.1\n    # cdktf==0.1\n    cdktf ~= 0.21.0\n",
    ),
    "setup.py": (
        f'REQUIRES = ["{AWS}==9.0.0"]  # not "cdktf==0.1"\nsetup(install_requires=REQUIRES + ["cdktf<0.13"])\n',
        f'REQUIRES = ["{AWS}==21.9.1"]  # not "cdktf==0.1"\nsetup(install_requires=REQUIRES + ["cdktf<0.22"])\n',
    ),
    "environment.yml": (
        f"dependencies:\n  - conda-forge::cdktf=0.12\n  - pip:\n    - {AWS}==9.0.0 # why\n",
        f"dependencies:\n  - conda-forge::cdktf=0.21.0\n  - pip:\n    - {AWS}==21.9.1 # why\n",
    ),
    "cdktf.json": (
        '{"terraformProviders": ["hashicorp/aws@~> 4.0", {"name": "google-beta", "version": "~>4.5"}, "null@3.1"],\n'
        ' "terraformModules": ["me/vpc/aws@3.0"], "context": {"aws": "aws@1.0"}}',
        '{"terraformProviders": ["hashicorp/aws@~> 6.11", {"name": "google-beta", "version": "~>6.1"}, "null@3.1"],\n'
        ' "terraformModules": ["me/vpc/aws@3.0"], "context": {"aws": "aws@1.0"}}',
    ),
}


@pytest.mark.parametrize("name", RAISED)
def test_raised(name: str) -> None:
    before, after = RAISED[name]
    assert written(name, before) == after
    assert written(name, after) == after


POETRY = {
    "a row": (f'{AWS} = "^9.0"\n', f'{AWS} = "^21.9"\n'),
    "exactly": ("cdktf = '0.12.3'  # why\n", "cdktf = '0.21.0'  # why\n"),
    "an inline table": (
        f'{AWS} = {{ extras = ["x"], version = "~9.0" }}\n',
        f'{AWS} = {{ extras = ["x"], version = "~21.9" }}\n',
    ),
    "a table of its own": (
        f'[tool.poetry.group.dev.dependencies.{AWS}]\noptional = true\nversion = "9.*"\n[other]\nversion = "9"\n',
        f'[tool.poetry.group.dev.dependencies.{AWS}]\noptional = true\nversion = "21.*"\n[other]\nversion = "9"\n',
    ),
    "another tool's": (f'[tool.mine]\n{AWS} = "^9.0"\n', f'[tool.mine]\n{AWS} = "^9.0"\n'),
}


@pytest.mark.parametrize(("before", "after"), POETRY.values(), ids=POETRY)
def test_poetry(before: str, after: str) -> None:
    head = "[tool.poetry.dependencies]\n"
    assert written("pyproject.toml", head + before) == head + after


LEFT = {
    "it allows the version": f"{AWS}>=9\ncdktf<1\n",
    "any will do": f"{AWS}\n",
    "up to the next major version": "cdktf~=0.9\n",
    "a newer core that fits": "cdktf==0.21.3\n",
    "another package": "cdktf-cdktf-provider-aws-extra==9.0\ncdktf-cdktf-provider-awscc==9.0\n",
    "a comment": f"#{AWS}==9.0\n",
}


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_left_alone(text: str) -> None:
    assert list(raises(Path("requirements.txt"), text, TARGETS, {})) == []


def test_what_cannot_be_written_says_why() -> None:
    (hashed,) = raises(Path("requirements.txt"), f"{AWS}==9.0.0 \\\n  --hash=sha256:0\n", TARGETS, {})
    (odd,) = raises(Path("requirements.txt"), f"{AWS}==9.0.0.post1\n", TARGETS, {})
    assert (hashed.new, hashed.why) == (None, "it is pinned by hashes")
    assert (odd.new, odd.why) == (None, "its form is not known")

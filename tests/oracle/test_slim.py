"""Kernels with a part of a package answer as with the whole of it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from cdktf_codemods import Schema
from cdktf_codemods.oracle import Oracle, OracleError
from cdktf_codemods.oracle.parts import parts_of
from cdktf_codemods.schema.versions import asked, choose
from cdktf_fix.schemas import add

from tests.conftest import CAN_LOCK_UP
from tests.slim import PACKAGE, differences, generated, whole

HEAD = "from cdktf import App, TerraformStack\napp = App(skip_validation=True)\nstack = TerraformStack(app, 's')\n"
MADE = ".S3Bucket(stack, 'b', bucket='b')\napp.synth()\n"
UNEXPECTED = {
    "a name that is put together": "import importlib\nimportlib.import_module('cdktf_cdktf_provider_aws.' + '_'.join(['s3', 'bucket']))",
    "getattr": "import cdktf_cdktf_provider_aws as aws\ngetattr(aws, 's3' + '_bucket')",
    "a package that is put together": "import importlib\nimportlib.import_module('_'.join(['cdktf', 'cdktf', 'provider', 'aws']) + '.s3_' + 'bucket')",
    "caught": "import importlib\ntry:\n    found = importlib.import_module('cdktf_cdktf_provider_aws.s3_' + 'bucket')\nexcept BaseException:\n    found = None\nfound",
}  # fmt: skip


@pytest.mark.parametrize("code", UNEXPECTED.values(), ids=UNEXPECTED)
def test_what_is_asked_for_unexpectedly_is_served(code: str, oracle: Oracle, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(HEAD + code + MADE)
    answer = oracle.synthesize(tmp_path)
    assert answer.failure is None, answer.failure
    assert answer.stacks["s"]["resource"]["aws_s3_bucket"]["b"]["bucket"] == "b"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("from cdktf_cdktf_provider_aws import S3Bucket\n", "ImportError: cannot import name 'S3Bucket'"),
        ("import cdktf_cdktf_provider_aws as aws\naws.S3Bucket\n", "AttributeError: module 'cdktf_cdktf_provider_aws' has no"),
        ("import cdktf_cdktf_provider_aws.nothing\n", "ModuleNotFoundError: No module named 'cdktf_cdktf_provider_aws.nothing'"),
        ("from cdktf_cdktf_provider_aws.s3_bucket import Bucket\n", "ImportError: cannot import name 'Bucket'"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_missed_as_ever(code: str, message: str, oracle: Oracle, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(code)
    assert message in str(oracle.synthesize(tmp_path).failure)


def test_everything_at_once_is_the_whole_package(oracle: Oracle, tmp_path: Path) -> None:
    code = (
        "from cdktf_cdktf_provider_aws import *\nfound = len([name for name in globals() if name.startswith('s3_')])\n"
    )
    (tmp_path / "main.py").write_text(f"{HEAD}{code}TerraformStack(app, f's{{found}}')\napp.synth()\n")
    answer = oracle.synthesize(tmp_path)
    assert answer.failure is None, answer.failure
    assert "s0" not in answer.stacks


def test_a_sample_gives_the_terraform_of_the_whole_package(schema: Schema, tmp_path: Path) -> None:
    projects = generated(schema, 10, tmp_path)
    by_whole = whole(projects)
    assert differences(schema, projects, by_whole) == []
    assert sum(error is None and bool(stacks) for error, stacks in by_whole) == len(projects)


def test_every_submodule_has_its_part(schema: Schema) -> None:
    snapshot = schema.snapshots[PACKAGE]
    parts = parts_of(PACKAGE, snapshot.version)
    assert parts is not None
    assert {f"{PACKAGE}.{name}" for name in parts.submodules} == set(snapshot.index) - {PACKAGE}


def test_a_provider_that_is_kept_need_not_be_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of the package index's random provider, as of any: a wheel made here, which is not installed."""
    monkeypatch.setenv("CDKTF_FIX_SCHEMAS", str(tmp_path / "schemas"))
    monkeypatch.setattr("sys.stdout", io.StringIO())
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "main.py").write_text(
        "from cdktf import App, TerraformStack\nfrom cdktf_cdktf_provider_random.pet import Pet\n"
        "from cdktf_cdktf_provider_random.provider import RandomProvider\n"
        "app = App()\nstack = TerraformStack(app, 's')\nRandomProvider(stack, 'r')\nPet(stack, 'p', length=3)\napp.synth()\n"
    )
    random = asked("random@12.0.1")
    with pytest.raises(OracleError, match="not installed"):
        Oracle(Schema(choose([random], {"cdktf_cdktf_provider_random"})[0]))
    if add("cdktf-cdktf-provider-random==12.0.1", verify=True) != 0:
        pytest.skip("the package index cannot be reached")
    schema = Schema(choose([random], {"cdktf", "cdktf_cdktf_provider_random"})[0])
    with Oracle(schema, mode=None if CAN_LOCK_UP else "none") as oracle:
        answer = oracle.synthesize(tmp_path / "project")
    assert answer.failure is None, answer.failure
    assert answer.stacks["s"]["resource"]["random_pet"]["p"]["length"] == 3

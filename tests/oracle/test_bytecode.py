"""Where an environment has no byte code, it is made once, and kernels start with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cdktf_codemods import Schema
from cdktf_codemods.oracle import Oracle, bytecode
from cdktf_codemods.schema.store import user_folder

from tests.conftest import CAN_LOCK_UP

CODE = """
import cdktf, sys
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws import s3_bucket
for module in (cdktf, s3_bucket):
    if not __import__("os").path.exists(module.__cached__):
        raise SystemExit(f"no byte code: {module.__cached__}")
app = cdktf.App()
cdktf.TerraformStack(app, "s")
app.synth()
"""


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """An environment whose packages are where they are, and seem to have no byte code; its cache."""
    (tmp_path / "schemas").mkdir()
    parts = user_folder() / "parts"
    if parts.exists():
        (tmp_path / "schemas" / "parts").mkdir()
        for each in parts.iterdir():
            shutil.copy(each, tmp_path / "schemas" / "parts" / each.name)
    monkeypatch.setenv("CDKTF_FIX_SCHEMAS", str(tmp_path / "schemas"))
    where = bytecode._cached
    monkeypatch.setattr(bytecode, "_cached", lambda source, folder: where(source, folder or Path("/nowhere")))
    bytecode._folder.cache_clear()
    yield tmp_path / "schemas" / "bytecode"
    bytecode._folder.cache_clear()


def test_byte_code_is_made_once(bare: Path, schema: Schema, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "main.py").write_text(CODE)
    times = []
    for _ in range(2):
        with Oracle(schema, mode=None if CAN_LOCK_UP else "none") as oracle:
            assert oracle.synthesize(project).error is None
        times.append({path: path.stat().st_mtime_ns for path in bare.rglob("*.pyc")})
        bytecode._folder.cache_clear()
    assert times[0] == times[1]
    assert len(times[0]) > 100


def test_byte_code_that_only_a_provider_lacks(
    bare: Path, schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = bytecode._cached
    fresh = bytecode._is_fresh
    own = where(Path("x/cdktf/__init__.py"), Path("/nowhere")).name
    monkeypatch.setattr(
        bytecode, "_is_fresh", lambda source, target: source.parent.name == "cdktf" or fresh(source, target)
    )
    project = tmp_path / "project"
    project.mkdir()
    (project / "main.py").write_text(CODE.replace("(cdktf, s3_bucket)", "(s3_bucket,)"))
    with Oracle(schema, mode=None if CAN_LOCK_UP else "none") as oracle:
        assert oracle.synthesize(project).error is None
    made = {path.parent.name for path in bare.rglob(own)}
    assert made == {"s3_bucket"}


def test_stale_byte_code_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "_folder", lambda: None)
    source = tmp_path / "pkg" / "eip" / "__init__.py"
    source.parent.mkdir(parents=True)
    source.write_text("VALUE = 1\n")
    bytecode.compile_submodules(tmp_path / "pkg", ["eip", "missing"], ours=True)
    (made,) = tmp_path.rglob("*.pyc")
    assert bytecode._is_fresh(source, made)
    source.write_text("VALUE = 1  # of another version\n")
    assert not bytecode._is_fresh(source, made)
    bytecode.compile_submodules(tmp_path / "pkg", ["eip"], ours=True)
    assert bytecode._is_fresh(source, made)
    made.write_bytes(b"cut")
    assert not bytecode._is_fresh(source, made)

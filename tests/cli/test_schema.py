from __future__ import annotations

import re
from pathlib import Path

import pytest

from .test_apply import cdktf_fix

CODE = """\
from cdktf_cdktf_provider_random import Password, RandomProvider
RandomProvider(self, "random")
Password(self, "password", length="16", override_specials="!")
"""


def test_another_provider_is_added_by_name_and_then_repaired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDKTF_FIX_SCHEMAS", str(tmp_path / "schemas"))
    (tmp_path / "main.py").write_text(CODE)
    assert cdktf_fix("apply", "main.py", cwd=tmp_path).returncode == 0
    assert (tmp_path / "main.py").read_text() == CODE
    added = cdktf_fix("schema", "add", "cdktf-cdktf-provider-random==12.0.1", cwd=tmp_path)
    assert added.returncode == 0, added.stderr
    listed = cdktf_fix("schema", "list", cwd=tmp_path).stdout.decode()
    assert re.search(r"cdktf-cdktf-provider-random +12\.0\.1", listed)
    assert cdktf_fix("apply", "main.py", cwd=tmp_path).returncode == 0
    repaired = (tmp_path / "main.py").read_text()
    assert "from cdktf_cdktf_provider_random.password import Password" in repaired
    assert 'length=16, override_special="!"' in repaired


def test_list_and_show(tmp_path: Path) -> None:
    listed = cdktf_fix("schema", "list", cwd=tmp_path).stdout.decode()
    assert "21.9.1     6.11.0     shipped (default)" in listed
    shown = cdktf_fix("schema", "show", "S3BucketVersioningA", cwd=tmp_path).stdout.decode()
    assert "resource cdktf_cdktf_provider_aws.s3_bucket_versioning.S3BucketVersioningA" in shown
    assert "bucket: string (required)" in shown
    module = cdktf_fix("schema", "show", "eip", cwd=tmp_path).stdout.decode()
    assert "EipConfig" in module
    older = cdktf_fix("schema", "show", "eip.Eip", "--provider", "aws@20.1.0", cwd=tmp_path).stdout.decode()
    assert "    vpc: boolean" in older


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "S3BuketVersioningA"), "near: S3BucketVersioningA"),
        (("add", "cdktf-cdktf-provider-nothing==0.0.0"), "cdktf-cdktf-provider-nothing==0.0.0:"),
        (("add", "none.whl"), "none.whl: not a wheel"),
        (("add", "json"), "json: not installed here, or not a jsii package"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(arguments: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = cdktf_fix("schema", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert says in line

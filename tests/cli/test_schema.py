from __future__ import annotations

import re
from pathlib import Path

import pytest

from .test_apply import cdktf_fix

CODE = """\
from cdktf_cdktf_provider_local import File, LocalProvider
LocalProvider(self, "local")
File(self, "file", filename="f", file_permissions=644)
"""


def test_another_provider_is_added_by_name_and_then_repaired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDKTF_FIX_SCHEMAS", str(tmp_path / "schemas"))
    (tmp_path / "main.py").write_text(CODE)
    assert cdktf_fix("apply", "main.py", cwd=tmp_path).returncode == 1
    assert (tmp_path / "main.py").read_text() == CODE
    added = cdktf_fix("schema", "add", "cdktf-cdktf-provider-local==11.1.1", cwd=tmp_path)
    assert added.returncode == 0, added.stderr
    listed = cdktf_fix("schema", "list", cwd=tmp_path).stdout.decode()
    assert re.search(r"cdktf-cdktf-provider-local +11\.1\.1 +\d[\d.]* .* hashicorp/local", listed)
    assert cdktf_fix("apply", "main.py", cwd=tmp_path).returncode == 0
    repaired = (tmp_path / "main.py").read_text()
    assert "from cdktf_cdktf_provider_local.file import File" in repaired
    assert 'file_permission="644"' in repaired


def test_list_and_show(tmp_path: Path) -> None:
    listed = cdktf_fix("schema", "list", cwd=tmp_path).stdout.decode()
    assert "21.9.1     6.11.0     shipped (default)" in listed
    shown = cdktf_fix("schema", "show", "S3BucketVersioningA", cwd=tmp_path).stdout.decode()
    assert "resource cdktf_cdktf_provider_aws.s3_bucket_versioning.S3BucketVersioningA" in shown
    assert "bucket: string (required)" in shown
    module = cdktf_fix("schema", "show", "eip", cwd=tmp_path).stdout.decode()
    assert "EipConfig" in module
    generated = cdktf_fix("schema", "show", "imports.aws.eip.Eip", cwd=tmp_path).stdout.decode()
    assert "resource imports.aws.eip.Eip" in generated
    successor = cdktf_fix("schema", "show", "cdktn_provider_aws.eip.Eip", cwd=tmp_path).stdout.decode()
    assert "resource cdktn_provider_aws.eip.Eip" in successor
    other = cdktf_fix("schema", "show", "StorageBucket", cwd=tmp_path).stdout.decode()
    assert "resource cdktf_cdktf_provider_google.storage_bucket.StorageBucket" in other
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

"""Names of a provider in a project that imports none: where what is meant is looked for, and what is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .test_apply import cdktf_fix
from .test_control import write

CODE = "from cdktf import App, TerraformStack\nstack = TerraformStack(App(), 's')\nS3Bucket(stack, 'b', bucket='x')\n"
SHOWN = (
    "main.py:3:1: N103 `S3Bucket` is never imported; `cdktf_cdktf_provider_aws.s3_bucket` has it, but nothing here says "
    "which cdktf-cdktf-provider-aws this is for"
)


def said(folder: Path, *arguments: str) -> list[str]:
    return cdktf_fix("apply", "--dry-run", *arguments, cwd=folder).stderr.decode().splitlines()


def test_where_nothing_says_which_it_is_shown(tmp_path: Path) -> None:
    write(tmp_path, {"main.py": CODE})
    done = cdktf_fix("apply", cwd=tmp_path)
    assert (done.returncode, done.stderr.decode().splitlines()) == (1, [SHOWN, "1 left: 1 only shown."])
    assert (tmp_path / "main.py").read_text() == CODE


@pytest.mark.parametrize(
    ("files", "module"),
    [
        ({"requirements.txt": "cdktf-cdktf-provider-aws\n"}, "cdktf_cdktf_provider_aws"),
        ({"requirements.txt": "cdktf-cdktf-provider-aws==20.1.0\n"}, "cdktf_cdktf_provider_aws"),
        ({"lib/net.py": "from cdktf_cdktf_provider_aws.vpc import Vpc\n", "cdktf.json": "{}"}, "cdktf_cdktf_provider_aws"),
        ({"cdktf.json": json.dumps({"terraformProviders": ["aws@~> 6.0"]})}, "imports.aws"),
        ({"cdktf.json": json.dumps({"terraformProviders": ["aws@~> 5.0"], "codeMakerOutput": "src/gen"})}, "src.gen.aws"),
        (
            {
                "cdktf.json": json.dumps({"terraformProviders": ["aws@~> 6.0"]}),
                "requirements.txt": "cdktf-cdktf-provider-aws==21.9.1\n",
            },
            "cdktf_cdktf_provider_aws",
        ),
    ],
)  # fmt: skip
def test_what_the_project_says_elsewhere_is_meant(files: dict[str, str], module: str, tmp_path: Path) -> None:
    write(tmp_path, {"main.py": CODE, **files})
    expected = f"main.py:3:1: N103 [*] `S3Bucket` is never imported; it is in `{module}.s3_bucket`"
    assert said(tmp_path)[0] == expected
    assert said(tmp_path, "main.py")[0] == expected
    assert cdktf_fix("apply", cwd=tmp_path).returncode == 0
    assert f"from {module}.s3_bucket import S3Bucket\n" in (tmp_path / "main.py").read_text()
    assert said(tmp_path) == []


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"requirements.txt": "cdktf-cdktf-provider-google==16.12.1\n"}, CODE),
        ({"requirements.txt": "cdktf-cdktf-provider-aws==19.65.1\n"}, CODE),
        ({"requirements.txt": "cdktf-cdktf-provider-datadog==12.0.0\n"}, CODE),
        ({"cdktf.json": json.dumps({"terraformProviders": ["aws@~> 4.0", "DataDog/datadog"]})}, "import cdktf\nx = 1\n"),
        ({}, CODE.replace("S3Bucket", "Secret_")),
        ({}, CODE.replace("cdktf", "cdktn").replace("S3Bucket", "StorageBucket")),
        ({}, "from cdktf import *\n" + CODE),
    ],
)  # fmt: skip
def test_nothing_is_said_of_what_another_provider_has(files: dict[str, str], code: str, tmp_path: Path) -> None:
    write(tmp_path, {"main.py": code, **files})
    assert said(tmp_path) == []

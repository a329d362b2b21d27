from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

HEAD = """\
from cdktf import App, Fn, TerraformOutput as Out, TerraformStack, TerraformVariable
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket


class S(TerraformStack):
    def __init__(self, scope, name, region="us-east-1"):
        super().__init__(scope, name)
        self.used = Fn.raw_string
        provider = AwsProvider(self, "aws", region=region)
        self.bucket = bucket = S3Bucket(self, "b", bucket="x")
        variable = TerraformVariable(self, "v", type="string", description="what")
"""
TAIL = "\n\napp = App()\nS(app, 's')\napp.synth()\n"
ARN = "aws_s3_bucket.b.arn"

TRANSFORMED = {
    "a part": ("bucket.arn.split(':')[4]", "Fn.element(Fn.split(':', bucket.arn), 4)", f'${{element(split(":", {ARN}), 4)}}'),
    "of an attribute": ("self.bucket.arn.split(':')[4]", "Fn.element(Fn.split(':', self.bucket.arn), 4)", f'${{element(split(":", {ARN}), 4)}}'),
    "upper": ("bucket.arn.upper()", "Fn.upper(bucket.arn)", f"${{upper({ARN})}}"),
    "strip": ("bucket.arn.strip()", "Fn.trimspace(bucket.arn)", f"${{trimspace({ARN})}}"),
    "replace": ("bucket.arn.replace(':', '-')", "Fn.replace(bucket.arn, ':', '-')", f'${{replace({ARN}, ":", "-")}}'),
    "of a variable": ("variable.string_value.lower()", "Fn.lower(variable.string_value)", "${lower(var.v)}"),
    "a prefix": ("bucket.arn.removeprefix('arn:')", "Fn.trimprefix(bucket.arn, 'arn:')", f'${{trimprefix({ARN}, "arn:")}}'),
    "the start": ("bucket.arn[:8]", "Fn.substr(bucket.arn, 0, 8)", f"${{substr({ARN}, 0, 8)}}"),
    "the end": ("bucket.arn[-4:]", "Fn.substr(bucket.arn, -4, -1)", f"${{substr({ARN}, -4, -1)}}"),
    "the rest": ("bucket.arn[13:]", "Fn.substr(bucket.arn, 13, -1)", f"${{substr({ARN}, 13, -1)}}"),
    "between": ("bucket.arn[4:7]", "Fn.substr(bucket.arn, 4, 3)", f"${{substr({ARN}, 4, 3)}}"),
    "one letter": ("bucket.arn[0]", "Fn.substr(bucket.arn, 0, 1)", f"${{substr({ARN}, 0, 1)}}"),
    "a part of a part": ("bucket.arn.split(':')[4][:2]", "Fn.substr(Fn.element(Fn.split(':', bucket.arn), 4), 0, 2)", f'${{substr(element(split(":", {ARN}), 4), 0, 2)}}'),
    "the last of what is split": ("bucket.arn.split(':')[-1]", "Fn.element(Fn.reverse(Fn.split(':', bucket.arn)), 0)", f'${{element(reverse(split(":", {ARN})), 0)}}'),
    "one after the other": ("bucket.arn.lower().replace(':', '-')", "Fn.replace(Fn.lower(bucket.arn), ':', '-')", f'${{replace(lower({ARN}), ":", "-")}}'),
    "in an f-string": ('f"x-{bucket.arn.upper()}"', 'f"x-{Fn.upper(bucket.arn)}"', f"x-${{upper({ARN})}}"),
}  # fmt: skip
NOOP = {
    "all of it": "bucket.arn[:]",
    "a Python text": "region.upper() + region.split('-')[0] + region[:2]",
    "what a provider was given": "provider.region.upper()",
    "what a construct was given": "bucket.bucket_input.upper()",
    "a description": "variable.description.upper()",
    "whether it is a marker": "'a' if bucket.arn.startswith('${TfToken[') else 'b'",
    "an id in the tree": "self.node.id.split('-')[0]",
    "asked of Terraform": "Fn.element(Fn.split(':', bucket.arn), 4)",
}
SHOWN = {
    "startswith": "'a' if bucket.arn.startswith('arn') else 'b'",
    "up to the end": "bucket.arn[4:-1]",
    "by steps": "bucket.arn[::2]",
    "by a number that is counted": "bucket.arn[len(region):]",
    "in two": "bucket.arn.split(':', 1)[0]",
}


def project(value: str) -> str:
    return f"{HEAD}        Out(self, 'out', value={value})\n{TAIL}"


@pytest.mark.parametrize(("before", "after", "value"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, value: str, fix, oracle: Oracle, tmp_path: Path) -> None:
    fixed = fix(project(before))
    assert fixed == project(after)
    (tmp_path / "main.py").write_text(project(before))
    spoilt = oracle.synthesize(tmp_path)
    assert spoilt.failure is not None or spoilt.stacks["s"]["output"]["out"]["value"] != value
    (tmp_path / "main.py").write_text(fixed)
    answer = oracle.synthesize(tmp_path)
    assert answer.failure is None, answer.failure
    assert answer.stacks["s"]["output"]["out"]["value"] == value


@pytest.mark.parametrize("value", NOOP.values(), ids=NOOP)
def test_left_alone(value: str, run) -> None:
    result = run({"main.py": project(value)})
    assert (result.files, result.findings) == ([], [])


@pytest.mark.parametrize("value", SHOWN.values(), ids=SHOWN)
def test_shown(value: str, run) -> None:
    result = run({"main.py": project(value)})
    assert result.files == []
    assert "T104" in [each.code for each in result.findings]


def test_in_another_file(run) -> None:
    helpers = "def account(arn):\n    parts = arn.split(':')\n    return parts[4]\n"
    code = project("account(bucket.arn)").replace(
        "from cdktf import", "from helpers import account\nfrom cdktf import", 1
    )
    result = run({"helpers.py": helpers, "main.py": code})
    assert "parts = Fn.split(':', arn)\n    return Fn.element(parts, 4)" in result.files[0].after

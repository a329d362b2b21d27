"""Repairs before the real terraform validate, where this machine has Terraform and the provider."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cdktf_codemods import Schema, Settings, repair
from cdktf_codemods.oracle import Answer, Oracle, Terraform, TerraformError

CODE = """\
from cdktf import App, S3Backend, TerraformStack
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAcl
from cdktf_cdktf_provider_aws.wafv2_web_acl_association import Wafv2WebAclAssociation
app = App()
stack = TerraformStack(app, 'stack')
AwsProvider(stack, 'aws', region='us-east-1')
db = DbInstance(stack, 'db', instance_class='db.t3.micro')
{body}
app.synth()
"""
SERVER = "Instance(stack, 'web', ami='ami-1', instance_type='t3.micro', user_data={})"
LINE = 13


@pytest.fixture(scope="module")
def terraform() -> Iterator[Terraform]:
    try:
        made = Terraform()
    except TerraformError as error:
        pytest.skip(str(error))
    with made:
        yield made


def validated(body: str, oracle: Oracle, terraform: Terraform, folder: Path) -> Answer:
    (folder / "main.py").write_text(CODE.format(body=body))
    answer = terraform.checked(oracle.synthesize(folder))
    assert answer.failure is None
    if any("is not validated" in note for note in answer.notes):
        pytest.skip(answer.notes[0])
    return answer


REPAIRED = {
    "T4, a shell's variable": (SERVER.format("'echo ${PORT}'"), "Invalid reference"),
    "T4, a shell's default": (SERVER.format("'echo ${PORT:-80}'"), "Extra characters"),
    "T4, JavaScript beside a token": (SERVER.format("f'`${{req.url}}` {db.endpoint}'"), "undeclared resource"),
    "T4, a directive": (SERVER.format("'curl -w %{http_code}'"), "Invalid template control"),
    "the silent one": ("SecurityGroup(stack, 'web', ingress=[{'from_port': 80, 'to_port': 80, 'protocol': 'tcp'}])", "Missing required argument"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "message"), REPAIRED.values(), ids=REPAIRED)
def test_refused_before_and_taken_after(
    body: str, message: str, schema: Schema, oracle: Oracle, terraform: Terraform, tmp_path: Path
) -> None:
    before = validated(body, oracle, terraform, tmp_path)
    assert any(message in each.message for each in before.complaints), before.complaints
    assert all(each.place is not None and each.place.line == LINE for each in before.complaints)
    (file,) = repair({"main.py": CODE.format(body=body)}, schema, Settings()).files
    (tmp_path / "main.py").write_text(file.after)
    after = terraform.checked(oracle.synthesize(tmp_path))
    assert (after.failure, after.complaints) == (None, ())


ENCODED = {
    "T3, by Python": "LaunchTemplate(stack, 't', user_data='echo ${PORT}')",
    "T3, a token": "LaunchTemplate(stack, 't', user_data=f'echo {db.endpoint}')",
    "T3, a token, quotes and both kinds of braces": "LaunchTemplate(stack, 't', user_data=f'echo \"{db.endpoint}\" ${{PORT}} %{{x}}')",
    "V2": "acl = Wafv2WebAcl(stack, 'acl', name='a', scope='REGIONAL', default_action={'allow': {}}, visibility_config={'cloudwatch_metrics_enabled': True, 'metric_name': 'm', 'sampled_requests_enabled': True})\nWafv2WebAclAssociation(stack, 'w', resource_arn='arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/b', web_acl_arn=acl.id)",
    "B1": "S3Backend(stack, bucket='b', key='k', region='us-east-1')\nstack.add_override('terraform.backend.s3.use_lockfile', True)",
}  # fmt: skip


@pytest.mark.parametrize("body", ENCODED.values(), ids=ENCODED)
def test_taken_after(body: str, schema: Schema, oracle: Oracle, terraform: Terraform, tmp_path: Path) -> None:
    """What Terraform cannot see before it deploys is right at least for all that it sees."""
    (file,) = repair({"main.py": CODE.format(body=body)}, schema, Settings(terraform="1.9")).files
    (tmp_path / "main.py").write_text(file.after)
    after = terraform.checked(oracle.synthesize(tmp_path))
    assert (after.failure, after.complaints) == (None, ())

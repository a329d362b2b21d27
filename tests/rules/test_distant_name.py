"""Names further away than a spelling: the provider in front, a service's other name, lower case, a slip, fewer words."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods import Schema, Settings, repair
from cdktf_codemods.oracle import Oracle
from cdktf_codemods.schema.versions import choose
from cdktf_codemods.syntax.imports import imported

from tests.test_whole_provider import RUN

NAMES = {
    # provider: what is imported from where, and the module and class that it is
    "aws": {
        "lambda_event_source_mapping.LambdEventSourceMapping": "lambda_event_source_mapping.LambdaEventSourceMapping",
        "lambda_event_source_mapping.LamdaEventSorceMapping": "lambda_event_source_mapping.LambdaEventSourceMapping",
        "lambd_function.LambdaFunctoin": "lambda_function.LambdaFunction",
        "AwsS3Bucket": "s3_bucket.S3Bucket",
        "aws_s3_bucket.AwsS3Bucket": "s3_bucket.S3Bucket",
        "AmazonVpc": "vpc.Vpc",
        "DataVpc": "data_aws_vpc.DataAwsVpc",
        "AwsDataVpc": "data_aws_vpc.DataAwsVpc",
        "vpc.VpcSubnet": "subnet.Subnet",
        "s3.Bucket": "s3_bucket.S3Bucket",
        "lambda_.Function": "lambda_function.LambdaFunction",
        "rds.Instance": "db_instance.DbInstance",
        "rds.Cluster": "rds_cluster.RdsCluster",
        "ec2.Instance": "instance.Instance",
        "elbv2.TargetGroup": "lb_target_group.LbTargetGroup",
        "lb.Listener": "lb_listener.LbListener",
        "stepfunctions.StateMachine": "sfn_state_machine.SfnStateMachine",
        "eventbridge_schedule.EventbridgeSchedule": "scheduler_schedule.SchedulerSchedule",
        "eventbridge_rule.EventbridgeRule": "cloudwatch_event_rule.CloudwatchEventRule",
        "eventbridge_pipe.EventbridgePipe": "pipes_pipe.PipesPipe",
        "firehose_delivery_stream.FirehoseDeliveryStream": (
            "kinesis_firehose_delivery_stream.KinesisFirehoseDeliveryStream"
        ),
        "S3BucketPolicies": "s3_bucket_policy.S3BucketPolicy",
    },
    "azurerm": {
        "AzureResourceGroup": "resource_group.ResourceGroup",
        "AzurermResourceGroup": "resource_group.ResourceGroup",
        "azurerm_resource_group.AzurermResourceGroup": "resource_group.ResourceGroup",
        "DataAzureSubscription": "data_azurerm_subscription.DataAzurermSubscription",
        "AzureProvider": "provider.AzurermProvider",
    },
    "google": {
        "GcsBucket": "storage_bucket.StorageBucket",
        "GoogleStorageBucket": "storage_bucket.StorageBucket",
        "gcs_bucket.GcsBucket": "storage_bucket.StorageBucket",
        "GoogleComputeInstance": "compute_instance.ComputeInstance",
        "GceInstance": "compute_instance.ComputeInstance",
        "GkeCluster": "container_cluster.ContainerCluster",
        "CloudSqlDatabaseInstance": "sql_database_instance.SqlDatabaseInstance",
        "DataComputeZones": "data_google_compute_zones.DataGoogleComputeZones",
    },
    "kubernetes": {
        "KubernetesService": "service.Service",
        "K8sService": "service.Service",
        "kubernetes_deployment.KubernetesDeployment": "deployment.Deployment",
    },
    "random": {
        "RandomPassword": "password.Password",
        "random_password.RandomPassword": "password.Password",
        "RandomString": "string_resource.StringResource",
    },
    "null": {"NullResource": "resource.Resource"},
}
CASES = [(provider, before, after) for provider, every in NAMES.items() for before, after in every.items()]
STYLES = {
    "from": ("from {module} import {name}", "{name}"),
    "as": ("from {module} import {name} as Chosen", "Chosen"),
    "module as": ("import {module} as m", "m.{name}"),
    "module": ("import {module}", "{module}.{name}"),
    "from package": ("from {parent} import {last}", "{last}.{name}"),
    "in a function": ("def late():\n    from {module} import {name}\n    return {name}", "late()"),
}


def repaired(code: str, **others: str) -> str:
    files = {"main.py": code, **{f"{name}.py": text for name, text in others.items()}}
    schema = Schema(choose([], imported(code)).snapshots)
    result = repair(files, schema, Settings(ignore=frozenset({"L"})))
    assert result.failures == ()
    after = {**files, **{file.path: file.after for file in result.files}}
    assert repair(after, schema, Settings(ignore=frozenset({"L"}))).files == []
    return after["main.py"]


def named(provider: str, name: str, style: str) -> str:
    package = f"cdktf_cdktf_provider_{provider}"
    parent, _, short = f"{package}.{name}".rpartition(".")
    head, use = STYLES[style]
    last = parent.rpartition(".")[2]
    form = {"module": parent, "name": short, "parent": package, "last": last}
    return f"import {package}\n{head.format(**form)}\nx = {use.format(**form)}(scope, 'x')\n"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("provider", "before", "after"), CASES, ids=lambda each: str(each))
def test_the_class_that_is_meant(provider: str, before: str, after: str, style: str) -> None:
    if "." not in before and style == "from package":
        return
    package = f"cdktf_cdktf_provider_{provider}"
    module, _, short = after.rpartition(".")
    code = repaired(named(provider, before, style))
    assert _imports(code, f"{package}.{module}", short), code
    wrong = before.rpartition(".")[2]
    if wrong != short:
        assert not _imports(code, f"{package}.{before.rpartition('.')[0]}".rstrip("."), wrong), code


def test_a_construct_is_meant_without_its_id() -> None:
    package = "cdktf_cdktf_provider_azurerm"
    code = repaired(f"from {package}.resource_group import AzureResourceGroup\nAzureResourceGroup(scope, name='r')\n")
    assert _imports(code, f"{package}.resource_group", "ResourceGroup"), code


def _imports(code: str, module: str, name: str) -> bool:
    package, _, last = module.rpartition(".")
    ways = (
        f"from {module} import {name}\n",
        f"from {module} import {name} as ",
        f"x = {module}.{name}(",
        f"x = {last}.{name}(" if f"from {package} import {last}\n" in code else "\0",
        f"x = m.{name}(" if f"import {module} as m\n" in code else "\0",
    )
    return any(way in code for way in ways)


LOWER = {
    "of a service": (
        "from AWS import ec2\nec2.instance(scope, 'i')",
        "from AWS.instance import Instance\nInstance(scope, 'i')",
    ),
    "of its module": (
        "from AWS import s3_bucket\ns3_bucket.s3_bucket(scope, 'b')",
        "from AWS import s3_bucket\ns3_bucket.S3Bucket(scope, 'b')",
    ),
    "imported": (
        "from AWS.s3_bucket import s3_bucket\ns3_bucket(scope, 'b')",
        "from AWS.s3_bucket import S3Bucket\nS3Bucket(scope, 'b')",
    ),
    "the module itself": (
        "from AWS import s3_bucket\ns3_bucket(scope, 'b')",
        "from AWS.s3_bucket import S3Bucket\nS3Bucket(scope, 'b')",
    ),
    "the module, in the package": (
        "import AWS as aws\naws.s3_bucket(scope, 'b')",
        "from AWS.s3_bucket import S3Bucket\nS3Bucket(scope, 'b')",
    ),
    "by Terraform's name": (
        "import AWS as aws\naws.aws_s3_bucket(scope, 'b')",
        "from AWS.s3_bucket import S3Bucket\nS3Bucket(scope, 'b')",
    ),
}


@pytest.mark.parametrize(("before", "after"), LOWER.values(), ids=LOWER)
def test_lower_case(before: str, after: str) -> None:
    before, after = (each.replace("AWS", "cdktf_cdktf_provider_aws") + "\n" for each in (before, after))
    assert repaired(before) == after


BY_ARGUMENTS = {
    "aws": (
        "RdsClusterSubnetGroup(scope, 'g', name='n', subnet_ids=['a'])",
        "DbSubnetGroup(scope, 'g', name='n', subnet_ids=['a'])",
    ),
    "google": (
        "Instance(scope, 'i', name='n', machine_type='e2', zone='z', boot_disk={}, network_interface=[])",
        "ComputeInstance(scope, 'i', name='n', machine_type='e2', zone='z', boot_disk={}, network_interface=[])",
    ),
}


@pytest.mark.parametrize("provider", BY_ARGUMENTS)
def test_by_words_and_arguments(provider: str) -> None:
    before, after = BY_ARGUMENTS[provider]
    package = f"cdktf_cdktf_provider_{provider}"
    name = before.partition("(")[0]
    assert repaired(f"from {package} import {name}\n{before}\n").endswith(f"\n{after}\n")


def test_what_is_of_another_provider() -> None:
    aws, random = "cdktf_cdktf_provider_aws", "cdktf_cdktf_provider_random"
    before = f"import {random}\nfrom {aws} import RandomPassword\nRandomPassword(scope, 'p', length=8)\n"
    assert f"from {random}.password import Password\n" in repaired(before)


SHOWN = {
    "two that take the arguments": "from cdktf_cdktf_provider_google import Instance\nInstance(scope, 'i', name='n')\n",
    "not called": "from cdktf_cdktf_provider_google import Instance\nprint(Instance)\n",
    "arguments that cannot be read": "from cdktf_cdktf_provider_google import Instance\nInstance(scope, 'i', **given)\n",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_several_are_shown(code: str) -> None:
    result = repair(
        {"main.py": code}, Schema(choose([], imported(code)).snapshots), Settings(select=frozenset({"N102"}))
    )
    assert result.files == []
    (finding,) = result.findings
    assert "`ComputeInstance`" in finding.message
    assert "`RedisInstance`" in finding.message


@pytest.mark.parametrize("name", ["EksService", "RamPolicy", "S4Bucket"])
def test_another_service_is_no_slip(name: str) -> None:
    code = f"from cdktf_cdktf_provider_aws import {name}\n{name}(scope, 'x', name='n')\n"
    assert repaired(code) == code


LEFT = {
    "a function of the project": "from helpers import instance\ninstance(scope, 'i')\n",
    "a module": "from cdktf_cdktf_provider_aws import s3_bucket\nprint(s3_bucket)\n",
    "another's": "from azure import AzureResourceGroup\nAzureResourceGroup(scope, 'g')\n",
}


@pytest.mark.parametrize("code", LEFT.values(), ids=LEFT)
def test_left_alone(code: str) -> None:
    assert repaired(f"import cdktf_cdktf_provider_aws\n{code}").endswith(code)


def test_before_the_real_package(oracle: Oracle, tmp_path: Path) -> None:
    """The classes that were found can be made: they are where the repair says, and take what is given."""
    calls = {
        "AwsVpc": "cidr_block='10.0.0.0/16'",
        "LambdEventSourceMapping": "function_name='f', event_source_arn='a'",
        "RdsClusterSubnetGroup": "name='n', subnet_ids=['a']",
        "EventbridgeSchedule": "schedule_expression='rate(1 hour)', flexible_time_window={'mode': 'OFF'}, target={'arn': 'a', 'role_arn': 'r'}",
    }
    package = "cdktf_cdktf_provider_aws"
    lines = [f"from {package} import ec2, {', '.join(calls)}"]
    lines += [f"def case_{name}(scope):\n    {name}(scope, 'c', {given})" for name, given in calls.items()]
    lines += ["def case_lower(scope):\n    ec2.instance(scope, 'i', ami='a', instance_type='t')"]
    code = repaired("\n".join(lines) + "\n")
    (tmp_path / "main.py").write_text(code + RUN.format(accepted="True"), encoding="utf-8")
    after = oracle.synthesize(tmp_path)
    assert after.error is None
    assert after.dropped == ()

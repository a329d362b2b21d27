from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest
from cdktf_codemods import Schema, repair
from cdktf_codemods.oracle import Oracle
from cdktf_codemods.schema.declarations import Declaration
from cdktf_codemods.schema.versions import choose

PACKAGE = "cdktf_cdktf_provider_aws"

IMPORTS = {
    "from the root": (f"from {PACKAGE} import S3Bucket", f"from {PACKAGE}.s3_bucket import S3Bucket", "S3Bucket"),
    "under a chosen name": (
        f"from {PACKAGE} import S3Bucket as B",
        f"from {PACKAGE}.s3_bucket import S3Bucket as B",
        "B",
    ),
    "service module": (f"from {PACKAGE}.s3 import S3Bucket", f"from {PACKAGE}.s3_bucket import S3Bucket", "S3Bucket"),
    "another's module": (
        f"from {PACKAGE}.vpc import DataAwsVpc",
        f"from {PACKAGE}.data_aws_vpc import DataAwsVpc",
        "DataAwsVpc",
    ),
    "cdktf's construct": ("from cdktf import Construct", "from constructs import Construct", "Construct"),
    "provider from cdktf": (
        "from cdktf import AwsProvider",
        f"from {PACKAGE}.provider import AwsProvider",
        "AwsProvider",
    ),
    "provider from the root": (
        f"from {PACKAGE} import AwsProvider",
        f"from {PACKAGE}.provider import AwsProvider",
        "AwsProvider",
    ),
    "struct from the root": (
        f"from {PACKAGE} import LaunchTemplateTagSpecifications",
        f"from {PACKAGE}.launch_template import LaunchTemplateTagSpecifications",
        "LaunchTemplateTagSpecifications",
    ),
}


@pytest.mark.parametrize(("before", "after", "name"), IMPORTS.values(), ids=IMPORTS)
def test_import(before: str, after: str, name: str, fix) -> None:
    assert fix(f"{before}\n{name}(self, 'x')\n", select={"N102"}) == f"{after}\n{name}(self, 'x')\n"


SPELLINGS = {
    "DBInstance": ("rds", "db_instance", "DbInstance"),
    "IAMRole": ("iam_role", "iam_role", "IamRole"),
    "CloudWatchLogGroup": ("cloudwatch_log_group", "cloudwatch_log_group", "CloudwatchLogGroup"),
    "EventbridgeRule": ("eventbridge_rule", "cloudwatch_event_rule", "CloudwatchEventRule"),
    "SecretsManagerSecret": ("secrets_manager_secret", "secretsmanager_secret", "SecretsmanagerSecret"),
    "Ec2Instance": ("ec2_instance", "instance", "Instance"),
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_spelling(name: str, fix) -> None:
    module, home, right = SPELLINGS[name]
    before = f"from {PACKAGE}.{module} import {name}\n{name}(self, 'x')\n"
    assert fix(before, select={"N102"}) == f"from {PACKAGE}.{home} import {right}\n{right}(self, 'x')\n"


TRANSFORMED = {
    "a data source whose name no resource has": (
        f"from {PACKAGE}.iam_policy_document import IamPolicyDocument\nIamPolicyDocument(self, 'd', statement=[])\n",
        f"from {PACKAGE}.data_aws_iam_policy_document import DataAwsIamPolicyDocument\n"
        "DataAwsIamPolicyDocument(self, 'd', statement=[])\n",
    ),
    "a namespace above the project's own modules": (
        f"""
        from {PACKAGE} import ec2

        from lib.base import name
        vpc = ec2.Vpc(self, name("v"))
        """,
        f"""
        from {PACKAGE}.vpc import Vpc

        from lib.base import name
        vpc = Vpc(self, name("v"))
        """,
    ),
    "a namespace that begins a group of imports": (
        f"""
        import json

        from {PACKAGE} import ec2
        from {PACKAGE}.iam_role import IamRole
        vpc = ec2.Vpc(self, json.dumps("v"))
        """,
        f"""
        import json

        from {PACKAGE}.iam_role import IamRole
        from {PACKAGE}.vpc import Vpc
        vpc = Vpc(self, json.dumps("v"))
        """,
    ),
    "a namespace whose name is near a module's": (
        f"""
        from {PACKAGE} import elbv2, lakeformation
        elbv2.LoadBalancer(self, "l")
        elbv2.TargetGroup(self, "t")
        lakeformation.Resource(self, "r", arn="a")
        lakeformation.Permissions(self, "p", principal="p", permissions=[])
        """,
        f"""
        from {PACKAGE}.lakeformation_permissions import LakeformationPermissions
        from {PACKAGE}.lakeformation_resource import LakeformationResource
        from {PACKAGE}.lb import Lb
        from {PACKAGE}.lb_target_group import LbTargetGroup
        Lb(self, "l")
        LbTargetGroup(self, "t")
        LakeformationResource(self, "r", arn="a")
        LakeformationPermissions(self, "p", principal="p", permissions=[])
        """,
    ),
    "a construct without its service, in its module": (
        f"""
        from {PACKAGE}.lakeformation_resource import Resource
        Resource(self, "r", arn="a")
        """,
        f"""
        from {PACKAGE}.lakeformation_resource import LakeformationResource
        LakeformationResource(self, "r", arn="a")
        """,
    ),
    "namespaces": (
        f"""
        from {PACKAGE} import ec2, iam, provider
        provider.AwsProvider(self, "p")
        vpc = ec2.Vpc(self, "v")
        iam.IamRole(self, "r", tags={{"Vpc": vpc.id}})
        """,
        f"""
        from {PACKAGE} import provider
        from {PACKAGE}.iam_role import IamRole
        from {PACKAGE}.vpc import Vpc
        provider.AwsProvider(self, "p")
        vpc = Vpc(self, "v")
        IamRole(self, "r", tags={{"Vpc": vpc.id}})
        """,
    ),
    "package under an alias": (
        f"""
        import {PACKAGE} as aws
        aws.S3Bucket(self, "b")
        aws.vpc.Vpc(self, "v")
        """,
        f"""
        import {PACKAGE} as aws
        from {PACKAGE}.s3_bucket import S3Bucket
        S3Bucket(self, "b")
        aws.vpc.Vpc(self, "v")
        """,
    ),
    "modules that do not exist": (
        f"""
        import {PACKAGE}.ec2 as ec2
        import {PACKAGE}.rds
        import {PACKAGE}.vpc
        ec2.Vpc(self, "v")
        {PACKAGE}.vpc.Vpc(self, "w")
        """,
        f"""
        import {PACKAGE}.vpc
        from {PACKAGE}.vpc import Vpc
        Vpc(self, "v")
        {PACKAGE}.vpc.Vpc(self, "w")
        """,
    ),
    "in a try, beside a module": (
        f"""
        try:
            # the provider
            from {PACKAGE} import S3Bucket, vpc
        except ImportError:
            raise
        S3Bucket(self, "b"), vpc.Vpc(self, "v")
        """,
        f"""
        from {PACKAGE}.s3_bucket import S3Bucket
        try:
            # the provider
            from {PACKAGE} import vpc
        except ImportError:
            raise
        S3Bucket(self, "b"), vpc.Vpc(self, "v")
        """,
    ),
    "a module by its service's newer name": (
        f"""
        from {PACKAGE} import eventbridge_rule
        eventbridge_rule.CloudwatchEventRule(self, "r")
        """,
        f"""
        from {PACKAGE} import cloudwatch_event_rule
        from {PACKAGE}.cloudwatch_event_rule import CloudwatchEventRule
        CloudwatchEventRule(self, "r")
        """,
    ),
    "a block whose construct is suffixed": (
        f"""
        from {PACKAGE} import ec2
        ec2.Ec2ManagedPrefixList(self, "p", entry=[ec2.Ec2ManagedPrefixListEntry(cidr="c")])
        """,
        f"""
        from {PACKAGE}.ec2_managed_prefix_list import Ec2ManagedPrefixList, Ec2ManagedPrefixListEntry
        Ec2ManagedPrefixList(self, "p", entry=[Ec2ManagedPrefixListEntry(cidr="c")])
        """,
    ),
    "a construct that is suffixed": (
        f"""
        from {PACKAGE} import ec2
        ec2.Ec2ManagedPrefixListEntry(self, "e", cidr="c", prefix_list_id="p")
        """,
        f"""
        from {PACKAGE}.ec2_managed_prefix_list_entry import Ec2ManagedPrefixListEntryA
        Ec2ManagedPrefixListEntryA(self, "e", cidr="c", prefix_list_id="p")
        """,
    ),
    "never used and never was": (
        f"""
        from {PACKAGE}.cloudfront_distribution import (
            CloudfrontDistribution,
            CloudfrontDistributionDefaultRootObject,  # the root
        )
        CloudfrontDistribution(self, "c")
        """,
        f"""
        from {PACKAGE}.cloudfront_distribution import (
            CloudfrontDistribution,
            # the root
        )
        CloudfrontDistribution(self, "c")
        """,
    ),
    "in a function, beside a right one": (
        f"""
        def f(self):
            from {PACKAGE}.vpc import Vpc
            from {PACKAGE} import Subnet
            return Vpc(self, "v"), Subnet(self, "s")
        """,
        f"""
        def f(self):
            from {PACKAGE}.vpc import Vpc
            from {PACKAGE}.subnet import Subnet
            return Vpc(self, "v"), Subnet(self, "s")
        """,
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    result = fix(before, select={"N102"})
    if "eventbridge" not in before:
        assert result == dedent(after)
    assert "eventbridge" not in result


NOOP = {
    "own module": "from mypackage.s3 import S3Bucket\nS3Bucket()",
    "right": f"from {PACKAGE}.vpc import Vpc\nfrom {PACKAGE} import subnet\nVpc(self, 'v')\nsubnet.Subnet(self, 's')",
    "another provider": "from cdktf_cdktf_provider_google.provider import GoogleProvider\nGoogleProvider(self, 'g')",
    "tried": f"try:\n    from {PACKAGE}.vpc import VpcBlock\n    HAS = True\nexcept ImportError:\n    HAS = False",
    "tried in turn": f"try:\n    import {PACKAGE}.vpc as v\nexcept ImportError:\n    import {PACKAGE}.ec2 as v\nprint(v)",
    "one of two": f"if x:\n    from {PACKAGE}.vpc import Vpc\nelse:\n    from {PACKAGE}.ec2 import Vpc\nprint(Vpc)",
    "suppressed": f"import contextlib\nwith contextlib.suppress(ImportError):\n    from {PACKAGE}.vpc import VpcBlock",
    "a project's own package": "from lib.cdktf import Nothing\nNothing()",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": code}, select={"N102"})
    assert (result.files, result.findings) == ([], [])


TRIED_IN_VAIN = {
    "the program ends": ("try:\n    {}\nexcept ImportError:\n    print(1)\n    raise SystemExit(1)\nprint(Vpc)\n"),
    "another error": ("try:\n    {}\nexcept ValueError:\n    pass\nprint(Vpc)\n"),
    "after an import that cannot succeed": (
        f"try:\n    from {PACKAGE}.vpc import Nothing as Vpc\nexcept ImportError:\n    {{}}\nprint(Vpc)\n"
    ),
}


@pytest.mark.parametrize("code", TRIED_IN_VAIN.values(), ids=TRIED_IN_VAIN)
def test_an_import_that_has_to_succeed(code: str, fix) -> None:
    before, after = (code.format(f"from {PACKAGE}.{module} import Vpc") for module in ("ec2", "vpc"))
    assert fix(before, select={"N102"}) == after


def test_what_no_class_is_meant_by_is_shown(run) -> None:
    code = f"from cdktf import TagManager\nfrom {PACKAGE}.vpc import VpcBlock\nprint(TagManager, VpcBlock)\n"
    result = run({"main.py": code}, select={"N102"})
    assert result.files == []
    assert [(each.safety, each.line) for each in result.findings] == [("shown", 1), ("shown", 2)]


def test_a_data_source_that_does_not_take_what_is_given_is_not_meant(run) -> None:
    code = f"from {PACKAGE}.ami_ids import AmiIds\nAmiIds(self, 'a', bucket='b')\n"
    result = run({"main.py": code}, select={"N102"})
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]


def test_what_is_given_fields_alone_is_no_construct_of_that_name(run) -> None:
    """There is a resource of the name that was made up for a block: it makes no value of an argument."""
    code = (
        f"from {PACKAGE}.sqs_queue import SqsQueue, SqsQueueRedrivePolicy\n"
        "SqsQueue(self, 'q', redrive_policy=SqsQueueRedrivePolicy(dead_letter_target_arn='a', max_receive_count=5))\n"
    )
    result = run({"main.py": code})
    assert result.files == []
    (finding,) = result.findings
    assert (finding.code, finding.safety) == ("N102", "shown")
    assert "`SqsQueueRedrivePolicy` does not exist in" in finding.message


GONE = {
    "a construct": ("rds", "DbSecurityGroup(self, 'g', name='n', ingress=[])", "AWS has ended EC2-Classic"),
    "its block": ("rds", "print(DbSecurityGroupIngress(cidr='c'))", "AWS has ended EC2-Classic"),
    "by what its name begins with": ("opsworks_stack", "OpsworksStack(self, 's')", "AWS has ended OpsWorks Stacks"),
    "a class where a plain value is wanted": (
        "elasticache_replication_group",
        "from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup as G\n"
        "G(self, 'g', cluster_mode=ElasticacheReplicationGroupClusterMode(num_node_groups=2, replicas=1))",
        "does not exist",
    ),
}


@pytest.mark.parametrize(("module", "code", "says"), GONE.values(), ids=GONE)
def test_what_is_gone_is_not_taken_for_another(module: str, code: str, says: str, run) -> None:
    name = next(each for each in re.findall(r"[A-Z]\w+(?=\()", code) if each != "G")
    result = run({"main.py": f"from {PACKAGE}.{module} import {name}\n{code}\n"}, select={"N102"})
    assert result.files == []
    (finding,) = result.findings
    assert says in finding.message
    assert finding.safety == "shown"


def test_an_import_stands_above_what_needs_it_at_once(fix, oracle: Oracle, tmp_path: Path) -> None:
    """Not behind the last import of its package, which may come later."""
    code = (
        "from cdktf import App, TerraformStack\nfrom cdktf_cdktf_provider_aws import elasticache\n\n"
        "CLUSTER = elasticache.ElasticacheCluster\n"
        "from cdktf_cdktf_provider_aws.provider import AwsProvider\n\n\napp = App()\n"
        "stack = TerraformStack(app, 's')\nAwsProvider(stack, 'aws', region='r')\nCLUSTER(stack, 'c', cluster_id='c')\napp.synth()\n"
    )
    (tmp_path / "main.py").write_text(code)
    assert "ImportError" in str(oracle.synthesize(tmp_path).failure)
    fixed = fix(code)
    assert "elasticache_cluster import ElasticacheCluster\n\nCLUSTER = ElasticacheCluster\n" in fixed
    (tmp_path / "main.py").write_text(fixed)
    assert oracle.synthesize(tmp_path).failure is None


def test_a_name_that_the_core_package_has_too() -> None:
    schema = Schema(choose([Declaration("cdktf_cdktf_provider_kubernetes", "", "test")])[0])
    code = "from cdktf_cdktf_provider_kubernetes import DataResource\n\n\ndef pod(scope):\n    return DataResource(scope, 'p', api_version='v1', kind='Pod')\n"
    (file,) = repair({"main.py": code}, schema).files
    assert "import DataKubernetesResource\n" in file.after


def test_what_is_gone_is_there_in_the_version_that_has_it(tmp_path: Path) -> None:
    code = "from cdktf_cdktf_provider_aws import WorklinkFleet\n\n\ndef fleet(scope):\n    return WorklinkFleet(scope, 'f', name='n')\n"
    for version, has in (("20.1.0", True), ("21.9.1", False)):
        schema = Schema(choose([Declaration(PACKAGE, f"=={version}", "test")])[0])
        result = repair({"main.py": code}, schema)
        assert bool(result.files) == has
        assert not has or "worklink_fleet import WorklinkFleet" in result.files[0].after

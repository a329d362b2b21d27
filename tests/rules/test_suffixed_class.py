from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from textwrap import dedent

import pytest
from cdktf_codemods import Schema
from cdktf_codemods.editing.layout import Layout

PACKAGE = "cdktf_cdktf_provider_aws"
SUFFIXED = {
    "AutoscalingGroupTagA": "autoscaling_group_tag",
    "ConnectHoursOfOperationConfigA": "connect_hours_of_operation",
    "DataAwsConnectHoursOfOperationConfigA": "data_aws_connect_hours_of_operation",
    "DynamodbTableReplicaA": "dynamodb_table_replica",
    "Ec2ManagedPrefixListEntryA": "ec2_managed_prefix_list_entry",
    "NetworkInterfaceAttachmentA": "network_interface_attachment",
    "S3BucketLoggingA": "s3_bucket_logging",
    "S3BucketObjectLockConfigurationA": "s3_bucket_object_lock_configuration",
    "S3BucketObjectLockConfigurationRuleA": "s3_bucket_object_lock_configuration",
    "S3BucketObjectLockConfigurationRuleDefaultRetentionA": "s3_bucket_object_lock_configuration",
    "S3BucketReplicationConfigurationA": "s3_bucket_replication_configuration",
    "S3BucketServerSideEncryptionConfigurationA": "s3_bucket_server_side_encryption_configuration",
    "S3BucketServerSideEncryptionConfigurationRuleA": "s3_bucket_server_side_encryption_configuration",
    "S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA": (
        "s3_bucket_server_side_encryption_configuration"
    ),
    "S3BucketVersioningA": "s3_bucket_versioning",
    "VpcPeeringConnectionAccepterA": "vpc_peering_connection_accepter",
    "VpclatticeTargetGroupConfigA": "vpclattice_target_group",
    "Wafv2WebAclAssociationConfigA": "wafv2_web_acl_association",
}
STYLES = {
    "from": ("from {package}.{module} import {name}", "{name}"),
    "from-parenthesised": ("from {package}.{module} import (\n    {name},\n)", "{name}"),
    "as": ("from {package}.{module} import {name} as Chosen", "Chosen"),
    "module-as": ("import {package}.{module} as m", "m.{name}"),
    "module": ("import {package}.{module}", "{package}.{module}.{name}"),
    "from-package": ("from {package} import {module}", "{module}.{name}"),
    "from-package-as": ("from {package} import {module} as m", "m.{name}"),
    "package-as": ("import {package} as aws\nimport {package}.{module}", "aws.{module}.{name}"),
    "in-function": ("def late():\n    from {package}.{module} import {name}\n    return {name}", "late()"),
}


def real_classes(module: str) -> set[str]:
    """The classes of the installed package, read off its own source."""
    spec = importlib.util.find_spec(PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).parent / module / "__init__.py"
    return set(re.findall(r"(?m)^class (\w+)", source.read_text(encoding="utf-8")))


def test_the_list_is_the_schema_s(schema: Schema) -> None:
    found = set()
    for names in schema.snapshots[PACKAGE].index.values():
        for name in names:
            elsewhere = [each for each in schema.locate(name.removesuffix("A")) if name.endswith("A")]
            if elsewhere and not re.search(r"[A-Z]A$", name):
                found.add(name)
    assert found == set(SUFFIXED)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", SUFFIXED)
def test_every_name_in_every_style(name: str, style: str, fix, schema: Schema) -> None:
    module = SUFFIXED[name]
    plain = name.removesuffix("A")
    assert name in real_classes(module)
    exists = plain in real_classes(module)
    if exists and style == "in-function":
        imports, use = "def late():\n    from {package}.{module} import {name}", "    return {name}"
    else:
        imports, use = STYLES[style]
    described = schema.find(f"{PACKAGE}.{module}.{name}")
    assert described is not None
    positional = 'self, "x", ' if described.is_construct else ""
    other = schema.find(f"{PACKAGE}.{module}.{plain}")
    own = [field for field in described.arguments if other is None or field not in other.arguments]
    given = ", ".join(f"{field}=value" for field in [*described.required, *own[:1]])
    target = "" if use.startswith(" ") else "result = "
    code = f"{imports}\n{target}{use}({positional}{given})\n"
    before = code.format(package=PACKAGE, module=module, name=plain)
    expected = code.format(package=PACKAGE, module=module, name=name)
    assert fix(before, select={"N101"}, layout=Layout(1000)) == expected


NOOP = {
    "own class": """
        class S3BucketVersioning:
            pass
        S3BucketVersioning()
    """,
    "own module": """
        from mylib.s3_bucket_versioning import S3BucketVersioning
        S3BucketVersioning(self, "v")
    """,
    "the block's struct where it belongs": """
        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket, S3BucketVersioning
        S3Bucket(self, "b", versioning=S3BucketVersioning(enabled=True))
    """,
    "already right": """
        from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
        S3BucketVersioningA(self, "v", bucket="b")
    """,
    "rebound": """
        from cdktf_cdktf_provider_aws.eip import Eip
        S3BucketVersioning = Eip
        S3BucketVersioning(self, "v")
    """,
    "the construct's own configuration": """
        from cdktf_cdktf_provider_aws.connect_hours_of_operation import ConnectHoursOfOperationConfig
        ConnectHoursOfOperationConfig(instance_id="i", name="n", time_zone="UTC", config=[])
    """,
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": code}, select={"N101"})
    assert (result.files, result.findings) == ([], [])


TRANSFORMED = {
    "called as a construct from the block's module": (
        """
        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket, S3BucketVersioning
        S3Bucket(self, "b")
        S3BucketVersioning(self, "v", bucket="b")
        """,
        """
        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
        from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
        S3Bucket(self, "b")
        S3BucketVersioningA(self, "v", bucket="b")
        """,
    ),
    "the name with A is the user's": (
        """
        from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning
        class S3BucketVersioningA:
            pass
        S3BucketVersioning(self, "v", bucket="b")
        """,
        """
        from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA as S3BucketVersioning
        class S3BucketVersioningA:
            pass
        S3BucketVersioning(self, "v", bucket="b")
        """,
    ),
    "both names imported": (
        """
        from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning, S3BucketVersioningA
        S3BucketVersioning(self, "v", bucket="b")
        S3BucketVersioningA(self, "w", bucket="b")
        """,
        """
        from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
        S3BucketVersioningA(self, "v", bucket="b")
        S3BucketVersioningA(self, "w", bucket="b")
        """,
    ),
    "shadowed by a parameter": (
        """
        from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning
        def f(S3BucketVersioning):
            return S3BucketVersioning()
        S3BucketVersioning(self, "v", bucket="b")
        """,
        """
        from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
        def f(S3BucketVersioning):
            return S3BucketVersioning()
        S3BucketVersioningA(self, "v", bucket="b")
        """,
    ),
    "annotation, comments and odd layout": (
        """
        from cdktf_cdktf_provider_aws.s3_bucket_versioning import ( S3BucketVersioning ,  # versions
          S3BucketVersioningVersioningConfiguration as C )
        def f ( v : S3BucketVersioning ) -> 'str' :
            return S3BucketVersioning( self , "v", # here
                bucket = v.bucket )
        """,
        """
        from cdktf_cdktf_provider_aws.s3_bucket_versioning import ( S3BucketVersioningA ,  # versions
          S3BucketVersioningVersioningConfiguration as C )
        def f ( v : S3BucketVersioningA ) -> 'str' :
            return S3BucketVersioningA( self , "v", # here
                bucket = v.bucket )
        """,
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(before, select={"N101"}) == dedent(after)


def test_a_name_that_others_import_or_patch_keeps_its_name(run) -> None:
    result = run(
        {
            "lib/names.py": "from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning\n",
            "main.py": "from lib.names import S3BucketVersioning\nS3BucketVersioning(self, 'v', bucket='b')\n",
        }
    )
    assert [(file.path, file.after) for file in result.files] == [
        (
            "lib/names.py",
            "from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA as S3BucketVersioning\n",
        )
    ]

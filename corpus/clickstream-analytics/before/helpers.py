# Helpers that build a resource, or a few that belong together, and return the one that others refer to.

import json

from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
)
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning

from settings import PREFIX, TAGS


def service_role(stack, name, service, statements, managed=()):
    """A role for a service, with an inline policy and managed ones."""
    role = IamRole(
        stack,
        f"{name}-role",
        name=f"{PREFIX}-{name}",
        assume_role_policy=json.dumps({
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Allow",
                "Principal": {"Service": f"{service}.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }],
        }),
        tags=TAGS,
    )
    if statements:
        IamRolePolicy(
            stack,
            f"{name}-policy",
            role=role.id,
            policy={"Version": "2012-10-17", "Statement": statements},
        )
    for index, arn in enumerate(managed):
        IamRolePolicyAttachment(stack, f"{name}-managed-{index}", role=role.name, policy_arn=arn)
    return role


def allow(actions, *resources):
    """One statement of a policy."""
    return {"Effect": "Allow", "Action": actions, "Resource": list(resources)}


def expiry(days):
    """Expiration of a lifecycle rule."""
    return {"days": days}


def transitions(archive_after):
    """Transitions to colder storage; none where the data does not live that long."""
    if archive_after is None:
        return []
    return [
        {"days": archive_after, "storage_class": "STANDARD_IA"},
        {"days": archive_after * 4, "storage_class": "GLACIER"},
    ]


def data_bucket(stack, name, account_id, archive_after, expire_after):
    """A private, versioned bucket whose objects age."""
    bucket = S3Bucket(
        stack,
        f"{name}-bucket",
        bucket=f"{PREFIX}-{name}-{account_id}",
        force_destroy=True,
        tags=TAGS,
    )
    S3BucketVersioning(
        stack,
        f"{name}-versioning",
        bucket=bucket.id,
        versioning_configuration={"status": "Enabled"},
    )
    S3BucketPublicAccessBlock(
        stack,
        f"{name}-private",
        bucket=bucket.id,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    S3BucketLifecycleConfiguration(
        stack,
        f"{name}-lifecycle",
        bucket=bucket.id,
        rule=[
            S3BucketLifecycleConfigurationRule(
                id="age",
                status="Enabled",
                filter=[{"prefix": ""}],
                transition=transitions(archive_after),
                expiration=expiry(expire_after),
                noncurrent_version_expiration={"noncurrent_days": 7},
                abort_incomplete_multipart_upload={"days_after_initiation": 2},
            )
        ],
    )
    return bucket

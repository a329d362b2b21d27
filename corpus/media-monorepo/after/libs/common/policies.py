"""Policies of IAM and of buckets, written once."""

import json
from cdktf_cdktf_provider_aws.s3_bucket_cors_configuration import S3BucketCorsConfigurationCorsRule
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
)


def statement(actions: list, *resources: str) -> dict:
    """Allow actions on resources."""
    return {"Effect": "Allow", "Action": actions, "Resource": list(resources)}


def assume_role(service: str) -> str:
    """Let a service take a role."""
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": f"{service}.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ],
        }
    )


def cors_rule(*origins: str) -> dict:
    """Browsers of these origins may read and upload."""
    return S3BucketCorsConfigurationCorsRule(
        allowed_headers=["*"],
        allowed_methods=["GET", "PUT"],
        allowed_origins=list(origins),
        expose_headers=["ETag"],
        max_age_seconds=3600,
    )


def expire(prefix: str, days: int) -> dict:
    """Objects below a prefix go after a while, their old versions a week later."""
    return S3BucketLifecycleConfigurationRule(
        id=f"expire-{prefix.strip('/')}",
        status="Enabled",
        filter=[{"prefix": prefix}],
        expiration=[{"days": days}],
        noncurrent_version_expiration=[
            S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(noncurrent_days=7)
        ],
    )

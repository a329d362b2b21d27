#!/usr/bin/env python
"""Static website hosting with encrypted, versioned buckets."""
from constructs import Construct
from cdktf import App, TerraformStack, TerraformOutput
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_versioning import (
    S3BucketVersioningA,
    S3BucketVersioningVersioningConfiguration,
)
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
)
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock


class StaticSiteStack(TerraformStack):
    """One bucket for content, one for logs."""

    def __init__(self, scope: Construct, construct_id: str, environment: str):
        super().__init__(scope, construct_id)

        AwsProvider(self, "aws", region="us-east-1")

        for purpose in ("content", "logs"):
            bucket = S3Bucket(
                self,
                f"{purpose}_bucket",
                bucket=f"acme-{purpose}-{environment}",
                tags={"Name": f"acme-{purpose}", "Environment": environment},
            )

            # Keep every version of every object
            S3BucketVersioningA(
                self,
                f"{purpose}_versioning",
                bucket=bucket.id,
                versioning_configuration=S3BucketVersioningVersioningConfiguration(
                    status="Enabled"
                ),
            )

            S3BucketServerSideEncryptionConfigurationA(
                self,
                f"{purpose}_encryption",
                bucket=bucket.id,
                rule=[
                    S3BucketServerSideEncryptionConfigurationRuleA(
                        apply_server_side_encryption_by_default=(
                            S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
                                sse_algorithm="AES256",  # SSE-S3
                            )
                        ),
                        bucket_key_enabled=True,
                    )
                ],
            )

            S3BucketPublicAccessBlock(
                self,
                f"{purpose}_access",
                bucket=bucket.id,
                block_public_acls=True,
                block_public_policy=True,
                ignore_public_acls=True,
                restrict_public_buckets=True,
            )

            TerraformOutput(self, f"{purpose}_bucket_arn", value=bucket.arn)


app = App()
StaticSiteStack(app, "static-site", environment="dev")
app.synth()

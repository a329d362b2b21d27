"""Replays in a bucket, assets on a file system, and the function that looks at what is uploaded."""
import json

from cdktf_cdktf_provider_aws.efs_file_system import EfsFileSystem
from cdktf_cdktf_provider_aws.efs_mount_target import EfsMountTarget
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction, LambdaFunctionEnvironment
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionTransition,
)
from cdktf_cdktf_provider_aws.s3_bucket_notification import S3BucketNotification, S3BucketNotificationLambdaFunction

from platform_iac.blocks import named, slug, tagged
from platform_iac.config import ASSETS_LIFECYCLE, REPLAYS


def build_function(stack, config, bucket):
    """Makes a preview of each replay."""
    role = IamRole(
        stack,
        "previews-role",
        name=named(config, "previews"),
        assume_role_policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
                ],
            }
        ),
    )
    function = LambdaFunction(
        stack,
        "previews",
        function_name=named(config, "previews"),
        role=role.arn,
        runtime="python3.12",
        handler="previews.handler",
        s3_bucket=named(config, "skyforge-artifacts"),
        s3_key="previews.zip",
        timeout=120,
        memory_size=1024,
        environment=LambdaFunctionEnvironment(variables={"BUCKET": bucket.bucket}),
        tags=tagged(config, "previews"),
    )
    permission = LambdaPermission(
        stack,
        "previews-permission",
        statement_id="AllowReplays",
        action="lambda:InvokeFunction",
        function_name=function.function_name,
        principal="s3.amazonaws.com",
        source_arn=bucket.arn,
    )
    return function, permission


def build_replays(stack, config):
    """The bucket, how long things stay in it, and what happens when something comes."""
    bucket = S3Bucket(
        stack, "replays", bucket=named(config, "skyforge-replays"), tags=tagged(config, "replays")
    )
    rules = []
    for prefix, days in REPLAYS["expire_after"].items():
        rules.append(
            S3BucketLifecycleConfigurationRule(
                id=f"expire-{slug(prefix)}",
                status="Enabled",
                filter=[{"prefix": prefix}],
                expiration=[{"days": days}],
                noncurrent_version_transition=[
                    S3BucketLifecycleConfigurationRuleNoncurrentVersionTransition(
                        noncurrent_days=7, storage_class="GLACIER"
                    )
                ],
            )
        )
    rules.append(
        S3BucketLifecycleConfigurationRule(
            id="abandoned-uploads",
            status="Enabled",
            filter=[{"prefix": ""}],
            abort_incomplete_multipart_upload=[
                S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(days_after_initiation=2)
            ],
        )
    )
    S3BucketLifecycleConfiguration(stack, "replays-lifecycle", bucket=bucket.id, rule=rules)
    function, permission = build_function(stack, config, bucket)
    S3BucketNotification(
        stack,
        "replays-uploads",
        bucket=bucket.id,
        lambda_function=[
            S3BucketNotificationLambdaFunction(
                lambda_function_arn=function.arn,
                events=["s3:ObjectCreated:*"],
                filter_prefix=prefix,
                filter_suffix=suffix,
            )
            for prefix, suffix in REPLAYS["on_upload"].items()
        ],
        depends_on=[permission],
    )
    return bucket


def build_storage(stack, config, game):
    """What outlives the servers."""
    key = KmsKey(stack, "assets-key", description="Assets of the game", enable_key_rotation=True)
    assets = EfsFileSystem(
        stack,
        "assets",
        encrypted=True,
        kms_key_id=key.arn,
        throughput_mode="elastic",
        lifecycle_policy=ASSETS_LIFECYCLE,
        tags=tagged(config, "assets"),
    )
    for zone, subnet in zip(config["zones"], game["subnets"]["private"]):
        EfsMountTarget(stack, f"assets-{zone}", file_system_id=assets.id, subnet_id=subnet.id)
    return {"replays": build_replays(stack, config), "assets": assets}

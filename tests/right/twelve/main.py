from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket, S3BucketVersioning
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule as Rule,
    S3BucketLifecycleConfigurationRuleExpiration as Expiration,
    S3BucketLifecycleConfigurationRuleFilter as Filter,
)


def archive(scope, name):
    bucket = S3Bucket(scope, name, bucket=f"{name}-archive", versioning=S3BucketVersioning(enabled=True), acl="private")
    S3BucketLifecycleConfiguration(
        scope,
        f"{name}-rules",
        bucket=bucket.id,
        rule=[
            Rule(id="old", status="Enabled", filter=Filter(prefix="logs/"), expiration=Expiration(days=90)),
            Rule(id="tmp", status="Enabled", filter={"prefix": "tmp/"}, expiration={"days": 1}),
        ],
    )
    return bucket


app = App()
stack = TerraformStack(app, "twelve")
AwsProvider(stack, "aws", region="eu-west-1", default_tags=[{"tags": {"Owner": "data"}}])
for each in ("raw", "clean"):
    archive(stack, each)
Eip(stack, "nat", vpc=True)
app.synth()

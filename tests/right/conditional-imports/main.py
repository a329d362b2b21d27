import importlib.util
import sys

try:
    from cdktn import App, TerraformStack
except ImportError:
    from cdktf import App, TerraformStack

try:
    from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA as Versioning
except ImportError:
    from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning as Versioning

try:
    from cdktf_cdktf_provider_aws.s3_bucket import S3BucketConfiguration
    HAS_CONFIGURATION = True
except ImportError:
    HAS_CONFIGURATION = False

try:
    from settings import LocalStack
except ImportError:
    LocalStack = None

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if importlib.util.find_spec("cdktf_cdktf_provider_google") is not None:
    from cdktf_cdktf_provider_google.storage_bucket import StorageBucket
else:
    StorageBucket = None

from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket


class Conditional(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        from cdktf_cdktf_provider_aws.sns_topic import SnsTopic

        AwsProvider(self, "aws", region="eu-west-1")
        bucket = S3Bucket(self, "bucket")
        Versioning(self, "versioning", bucket=bucket.id, versioning_configuration={"status": "Enabled"})
        SnsTopic(self, "topic", name="t" if HAS_CONFIGURATION else "u")


app = App()
(LocalStack or Conditional)(app, "conditional")
print(tomllib.loads("a = 1"), StorageBucket)
app.synth()

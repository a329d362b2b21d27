from abc import abstractmethod

from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.vpc import Vpc
from constructs import Construct


class Tagged:
    """Mixin: the tags of whoever has an ``environment``."""

    environment: str

    @property
    def tags(self) -> dict:
        return {"Environment": self.environment, "Stack": type(self).__name__}


class BaseStack(TerraformStack, Tagged):
    region = "eu-west-1"

    def __init__(self, scope, name, environment="dev", **options):
        super().__init__(scope, name)
        self.environment = environment
        self.options = options
        AwsProvider(self, "aws", region=options.get("region", self.region))
        self.build()
        for key, value in self.outputs().items():
            TerraformOutput(self, key, value=value)

    def build(self):
        raise NotImplementedError

    def outputs(self):
        return {}


class NetworkStack(BaseStack):
    region = "us-east-1"

    def build(self):
        self.vpc = Vpc(self, "vpc", cidr_block=self.options["cidr"], tags=self.tags)

    def outputs(self):
        return {"vpc-id": self.vpc.id}


class Store(Construct):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        self.bucket = self.make()

    @abstractmethod
    def make(self) -> S3Bucket: ...

    @property
    def arn(self):
        return self.bucket.arn


class PrivateBucket(S3Bucket):
    """A bucket that nobody else can see; takes what a bucket takes."""

    def __init__(self, scope, name, *, owner, **kwargs):
        super().__init__(scope, name, tags={"Owner": owner}, **kwargs)
        self.owner = owner
        S3BucketPublicAccessBlock(self, "block", bucket=self.id, block_public_acls=True, block_public_policy=True)

    @property
    def objects(self):
        return f"{self.arn}/*"


class PrivateStore(Store):
    def make(self):
        return PrivateBucket(self, "bucket", owner="data", force_destroy=True)


class StorageStack(BaseStack):
    def build(self):
        self.store = PrivateStore(self, "store")

    def outputs(self):
        return {"objects": self.store.bucket.objects, "owner": self.store.bucket.owner, "arn": self.store.arn}


def report(stack: BaseStack):
    return stack.vpc.id if isinstance(stack, NetworkStack) else stack.store.arn


app = App()
for each in (NetworkStack(app, "network", cidr="10.0.0.0/16"), StorageStack(app, "storage", environment="prod")):
    print(report(each))
app.synth()

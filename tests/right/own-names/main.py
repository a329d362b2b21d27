"""Own classes that are called like the provider's, and own methods that are called like its methods."""
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.eip import Eip as AwsEip
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA, S3BucketVersioningVersioningConfiguration
from constructs import Construct


class Eip(Construct):
    def __init__(self, scope, name, vpc=True, owner=None):
        super().__init__(scope, name)
        self.address = AwsEip(self, "eip", domain="vpc" if vpc else None, tags={"Owner": owner or "nobody"})
        self.overrides = {}

    def get(self, index):
        return [self.address][index]

    def add_override(self, path, value):
        self.overrides[path] = value


class S3BucketVersioning(Construct):
    def __init__(self, scope, name, bucket, enabled):
        super().__init__(scope, name)
        S3BucketVersioningA(
            self,
            "versioning",
            bucket=bucket.id,
            versioning_configuration=S3BucketVersioningVersioningConfiguration(
                status="Enabled" if enabled else "Suspended"
            ),
        )


class Zones:
    """Zones that are known when the program runs."""

    names = ["a", "b", "c"]

    def __init__(self, region):
        self.ids = [f"{region}{name}" for name in self.names]

    def get(self, key, default=None):
        return dict(zip(self.names, self.ids)).get(key, default)


class S3Backend:
    """Something else that has this name."""

    def __init__(self, scope, use_lockfile=False):
        self.use_lockfile = use_lockfile


class Own(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        zones = Zones("eu-west-1")
        for i, zone in enumerate(zones.ids):
            address = Eip(self, zone, vpc=bool(i), owner=zones.names[i])
            address.add_override("terraform.backend.local.path", "x")
            print(address.get(0).public_ip, address.overrides)
        bucket = S3Bucket(self, "bucket")
        S3BucketVersioning(self, "versioned", bucket, enabled=zones.get("a") is not None)
        print(len(zones.names), zones.names[-1], zones.names[0][0], S3Backend(self, use_lockfile=True).use_lockfile)


app = App()
Own(app, "own")
app.synth()

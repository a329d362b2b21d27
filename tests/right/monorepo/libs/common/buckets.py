from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
from constructs import Construct


class Bucket(Construct):
    def __init__(self, scope: Construct, construct_id: str, versioned: bool = True, **kwargs) -> None:
        super().__init__(scope, construct_id)
        self.resource = S3Bucket(self, "bucket", **kwargs)
        if versioned:
            S3BucketVersioningA(
                self, "versioning", bucket=self.resource.id, versioning_configuration={"status": "Enabled"}
            )

    @property
    def id(self) -> str:
        return self.resource.id

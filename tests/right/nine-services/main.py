from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws import AwsProvider, AwsProviderDefaultTags
from cdktf_cdktf_provider_aws.ec2 import Instance
from cdktf_cdktf_provider_aws.lambdafunction import LambdaFunction, LambdaFunctionEnvironment
from cdktf_cdktf_provider_aws.s3 import (
    S3Bucket,
    S3BucketVersioningA,
    S3BucketVersioningVersioningConfiguration,
)
from cdktf_cdktf_provider_aws.vpc import SecurityGroup

from functions import api


class Site(TerraformStack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        AwsProvider(self, "aws", region="us-east-1", default_tags=AwsProviderDefaultTags(tags={"site": name}))
        bucket = S3Bucket(self, "b", bucket=f"{name}-assets")
        S3BucketVersioningA(
            self, "v", bucket=bucket.id,
            versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )
        group = SecurityGroup(self, "sg", name=name)
        Instance(self, "i", ami="ami-1", instance_type="t3.micro", vpc_security_group_ids=[group.id])
        api(self, bucket)


app = App()
Site(app, "site")
app.synth()

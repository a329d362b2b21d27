"""What Python allows: attributes set from outside, annotations that say less than is known."""
from cdktf import App, TerraformOutput, TerraformResource, TerraformStack
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from constructs import Construct, IConstruct


class Base(TerraformStack):
    def __init__(self, scope: Construct, name: str):
        super().__init__(scope, name)
        AwsProvider(self, "aws", region="eu-west-1")


class Data(Base):
    def __init__(self, scope: Construct, name: str):
        super().__init__(scope, name)
        self.bucket = S3Bucket(self, "bucket")
        self.bucket.owner = "data"
        setattr(self.bucket, "cost_center", 42)


class Viewer(Construct):
    def __init__(self, scope: TerraformStack, name: str, source: IConstruct):
        super().__init__(scope, name)
        server = Instance(self, "server", ami="ami-1", instance_type="t3.micro")
        server.nickname = "web"
        TerraformOutput(self, "owner", value=f"{scope.bucket.owner} {scope.bucket.cost_center} {server.nickname}")
        self.source = source.bucket


def described(resource: TerraformResource) -> str:
    if resource.terraform_resource_type == S3Bucket.TF_RESOURCE_TYPE:
        return resource.bucket
    try:
        return resource.instance_type
    except AttributeError:
        return resource.fqn


def stack_bucket(stack: Base) -> str:
    return stack.bucket.arn


app = App()
data = Data(app, "data")
viewer = Viewer(data, "viewer", source=data)
print(described(data.bucket), stack_bucket(data), viewer.source.owner)
app.synth()

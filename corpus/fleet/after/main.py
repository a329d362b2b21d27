from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider

from lib.fleet import Fleet

app = App()
stack = TerraformStack(app, "fleet")
AwsProvider(stack, "aws", region="us-east-2")
Fleet(stack, "workers", subnet_id="subnet-0123", image_id="ami-0123", tags={"Role": "worker", "Stage": "prod"})
app.synth()

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from lib.buckets import UploadSettings, Uploads


class MyStack(TerraformStack):
    def __init__(self, scope, ns):
        super().__init__(scope, ns)
        AwsProvider(self, "AWS", region="us-east-1")
        Uploads(self, "uploads", UploadSettings(prefix="in/"))


app = App()
MyStack(app, "notifications")
app.synth()

"""Written on Windows."""
from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter

TEXT = """two
lines"""


class Crlf(TerraformStack):
    def __init__(self, scope, ns):
        super().__init__(scope, ns)
        AwsProvider(self, "aws", region="eu-west-1")
        SsmParameter(self, "text", name="text", type="String", value=TEXT, \
            description="continued")

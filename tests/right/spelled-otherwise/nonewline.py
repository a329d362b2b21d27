from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider


class NoNewline(TerraformStack):
    def __init__(self, scope, ns):
        super().__init__(scope, ns)
        AwsProvider(self, "aws", region="eu-west-1")


END = NoNewline
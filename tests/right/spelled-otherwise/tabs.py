from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.vpc import Vpc


class Tabs(TerraformStack):
	def __init__(self, scope, ns):
		super().__init__(scope, ns)
		AwsProvider(self, "aws", region="eu-west-1")
		for i in range(2):
			Vpc(self, f"vpc{i}",
				cidr_block=f"10.{i}.0.0/16",
				tags={
					"Name": f"vpc{i}",
				})

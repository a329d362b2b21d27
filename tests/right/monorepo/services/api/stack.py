from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider

from libs.common import Bucket, standard_tags


class ServiceStack(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        self.bucket = Bucket(self, "uploads", bucket="api-uploads", tags=standard_tags("api", stage="prod"))

from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider

from libs.common.buckets import Bucket
from libs.common import tags


class ServiceStack(TerraformStack):
    def __init__(self, scope, construct_id, uploads):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        Bucket(self, "assets", versioned=False, tags={**tags.standard_tags("web"), "Uploads": uploads})

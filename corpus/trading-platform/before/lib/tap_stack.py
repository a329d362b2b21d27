"""Trading platform: one stack a region."""
from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.provider import AwsProvider

from .storage import StorageConstruct


class TradingPlatformStack(TerraformStack):
    def __init__(self, scope, construct_id, region, environment_suffix):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region=region, default_tags=[{"tags": {"Environment": environment_suffix}}])
        key = KmsKey(self, "key", description=f"trading {region}", enable_key_rotation=True)
        storage = StorageConstruct(self, "storage", environment_suffix=environment_suffix, region=region)
        TerraformOutput(self, "archive", value=storage.archive.arn)
        TerraformOutput(self, "key-arn", value=key.arn)

"""Trading platform, one region."""
from cdktf import DataResource, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from constructs import Construct




class Ledger(Construct):
    """Marks what was set up."""

    def __init__(self, scope: Construct, construct_id: str):
        super().__init__(scope, construct_id)
        DataResource(self, "mark")


class TradingPlatformStack(TerraformStack):
    """All of one region."""

    def __init__(self, scope: Construct, construct_id: str, region: str, environment_suffix: str):
        super().__init__(scope, construct_id)
        self.region = region
        self.environment_suffix = environment_suffix
        AwsProvider(self, "aws", region=region)
        Ledger(self, "ledger")
        self._create_key()
        self._create_storage()

    def _create_key(self):
        self.key = KmsKey(self, "key", description="trading")
        KmsAlias(
            self,
            "alias",
            name=f"alias/trading-{self.region}",  # as the prompt says
            target_key_id=self.key.id,
        )

    def _create_storage(self):
        bucket = S3Bucket(self, "data", bucket=f"trading-data-{self.region}-{self.environment_suffix}")
        self.cluster = RdsCluster(
            self,
            "aurora",
            cluster_identifier="trading",
            engine="aurora-postgresql",
            engine_version="15.1",
            master_username="trader",
            master_password="TradingPassword123!",  # in production: Secrets Manager
            skip_final_snapshot=True,
        )
        TerraformOutput(self, "bucket", value=bucket.bucket)

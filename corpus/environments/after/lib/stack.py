"""One environment."""
import os

from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster
from cdktf_cdktf_provider_aws.rds_global_cluster import RdsGlobalCluster


class EnvironmentStack(TerraformStack):
    """Aurora, in two regions one day."""

    def __init__(self, scope, construct_id, *, environment_suffix):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region=os.environ.get("AWS_REGION", "us-east-1"))
        world = RdsGlobalCluster(
            self, "global", global_cluster_identifier=f"world-{environment_suffix}", engine="aurora-postgresql"
        )
        db_password = os.environ.get("DB_PASSWORD")
        if not db_password:
            raise ValueError("DB_PASSWORD environment variable must be set")
        # The primary comes first.
        RdsCluster(
            self,
            "primary",
            cluster_identifier=f"primary-{environment_suffix}",
            engine=world.engine,
            global_cluster_identifier=world.id,
            master_username="postgres",
            master_password=db_password,
        )

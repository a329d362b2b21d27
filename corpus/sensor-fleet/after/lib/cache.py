"""Redis for the sensors' last values."""
from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup
from cdktf_cdktf_provider_aws.provider import AwsProvider
from constructs import Construct


class Cache(Construct):
    """A replication group."""

    def __init__(self, scope: Construct, construct_id: str):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="us-east-1")
        ElasticacheReplicationGroup(
            self,
            "redis",
            replication_group_id="sensors",
            description="Redis cache for IoT sensor data",
            engine="redis",
            num_node_groups=1,
            replicas_per_node_group=1,
            parameter_group_name="default.redis7.cluster.on",
            automatic_failover_enabled=True,
            at_rest_encryption_enabled="true",
            transit_encryption_enabled=True,
        )

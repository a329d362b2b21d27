"""Aurora, Redis, a table of applications and the bucket of documents, each made by a static method."""

from cdktf import Fn, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster
from cdktf_cdktf_provider_aws.rds_cluster_instance import RdsClusterInstance
from cdktf_cdktf_provider_aws.rds_cluster_parameter_group import (
    RdsClusterParameterGroup,
    RdsClusterParameterGroupParameter,
)
from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup
from cdktf_cdktf_provider_aws.elasticache_subnet_group import ElasticacheSubnetGroup
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTableGlobalSecondaryIndex
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
from cdktf_cdktf_provider_aws.s3_bucket_cors_configuration import (
    S3BucketCorsConfiguration,
    S3BucketCorsConfigurationCorsRule,
)
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias


class DataStack(TerraformStack):
    def __init__(self, scope, construct_id, *, region, environment, network):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region=region)
        production = environment == "production"
        self.key = KmsKey(
            self, "key", description="Applications", enable_key_rotation=True, deletion_window_in_days=7
        )
        KmsAlias(self, "alias", name=f"alias/{environment}-origination", target_key_id=self.key.arn)

        self.cluster = self.database(self, environment, network, self.key, production)
        self.cache = self.redis(self, environment, network, production)
        self.applications = self.table(self, environment, self.key)
        self.documents = self.bucket(self, environment)
        TerraformOutput(self, "writer", value=self.cluster.endpoint, description="Where to write")
        TerraformOutput(self, "reader", value=self.cluster.reader_endpoint, sensitive=False)
        TerraformOutput(self, "cache_address", value=Fn.join(":", [self.cache.primary_endpoint_address, "6379"]))

    @staticmethod
    def database(scope, environment, network, key, production):
        group = DbSubnetGroup(
            scope, "subnets", name=f"{environment}-db", subnet_ids=[s.id for s in network.subnets["isolated"]]
        )
        parameters = RdsClusterParameterGroup(
            scope,
            "parameters",
            name=f"{environment}-aurora",
            family="aurora-postgresql16",
            parameter=[
                {"name": "log_min_duration_statement", "value": "500"},
                RdsClusterParameterGroupParameter(name="rds.force_ssl", value="1", apply_method="pending-reboot"),
            ],
        )
        cluster = RdsCluster(
            scope,
            "cluster",
            cluster_identifier=f"{environment}-origination",
            engine="aurora-postgresql",
            engine_mode="provisioned",
            database_name="origination",
            master_username="origination",
            manage_master_user_password=True,
            db_subnet_group_name=group.name,
            vpc_security_group_ids=[network.groups["db"].id],
            db_cluster_parameter_group_name=parameters.name,
            storage_encrypted=True,
            kms_key_id=key.arn,
            backup_retention_period=35 if production else 7,
            preferred_backup_window="02:00-03:00",
            deletion_protection=production,
            enabled_cloudwatch_logs_exports=["postgresql"],
            serverlessv2_scaling_configuration={"min_capacity": 0.5, "max_capacity": 8},
            skip_final_snapshot=not production,
        )
        for index in range(2 if production else 1):
            RdsClusterInstance(
                scope,
                f"instance-{index}",
                cluster_identifier=cluster.id,
                identifier=f"{environment}-origination-{index}",
                engine=cluster.engine,
                instance_class="db.serverless",
                performance_insights_enabled=True,
                monitoring_interval=0,
                publicly_accessible=False,
            )
        return cluster

    @staticmethod
    def redis(scope, environment, network, production):
        group = ElasticacheSubnetGroup(
            scope, "cache-subnets", name=f"{environment}-cache",
            subnet_ids=[s.id for s in network.subnets["isolated"]],
        )
        return ElasticacheReplicationGroup(
            scope,
            "cache",
            replication_group_id=f"{environment}-origination",
            description="Sessions and quotes",
            node_type="cache.t4g.small",
            num_cache_clusters=2,
            automatic_failover_enabled=True,
            multi_az_enabled=production,
            subnet_group_name=group.name,
            security_group_ids=[network.groups["cache"].id],
            at_rest_encryption_enabled="true",
            transit_encryption_enabled=True,
            snapshot_retention_limit=5,
        )

    @staticmethod
    def table(scope, environment, key):
        return DynamodbTable(
            scope,
            "applications",
            name=f"{environment}-applications",
            billing_mode="PAY_PER_REQUEST",
            hash_key="id",
            range_key="version",
            attribute=[
                {"name": "id", "type": "S"},
                {"name": "version", "type": "N"},
                {"name": "applicant", "type": "S"},
            ],
            global_secondary_index=[
                DynamodbTableGlobalSecondaryIndex(name="by-applicant", hash_key="applicant", projection_type="ALL"),
            ],
            server_side_encryption={"enabled": True, "kms_key_arn": key.arn},
            point_in_time_recovery={"enabled": True},
            deletion_protection_enabled=True,
            stream_enabled=True,
            stream_view_type="NEW_AND_OLD_IMAGES",
        )

    @staticmethod
    def bucket(scope, environment):
        bucket = S3Bucket(scope, "documents", bucket_prefix=f"{environment}-documents-", tags={"Retain": "true"})
        S3BucketVersioningA(
            scope, "documents-versions", bucket=bucket.id, versioning_configuration={"status": "Enabled"}
        )
        S3BucketCorsConfiguration(
            scope,
            "documents-cors",
            bucket=bucket.id,
            cors_rule=[
                S3BucketCorsConfigurationCorsRule(
                    allowed_methods=["PUT"],
                    allowed_origins=["https://loans.example.com"],
                    allowed_headers=["*"],
                    max_age_seconds=3000,
                )
            ],
        )
        return bucket

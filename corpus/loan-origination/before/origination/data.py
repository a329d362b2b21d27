"""Aurora, Redis, a table of applications and the bucket of documents, each made by a static method."""

from cdktf import Fn, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster
from cdktf_cdktf_provider_aws.rds_cluster_instance import RdsClusterInstance
from cdktf_cdktf_provider_aws.rds_cluster_parameter_group import RdsClusterParameterGroup
from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup
from cdktf_cdktf_provider_aws.elasticache_subnet_group import ElasticacheSubnetGroup
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTableStreamSpecification
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning
from cdktf_cdktf_provider_aws.s3_bucket_cors_configuration import S3BucketCorsConfiguration
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias


class DataStack(TerraformStack):
    def __init__(self, scope, id, *, region, environment, network):
        super().__init__(scope, id)
        AwsProvider(self, "aws", region=region)
        production = environment == "production"
        self.key = KmsKey(self, "key", description="Applications", key_rotation_enabled=True, deletion_window="7")
        KmsAlias(self, "alias", alias=f"alias/{environment}-origination", target_key_arn=self.key.arn)

        self.cluster = self.database(self, environment, network, self.key, production)
        self.cache = self.redis(self, environment, network, production)
        self.applications = self.table(self, environment, self.key)
        self.documents = self.bucket(self, environment)
        TerraformOutput(self, "writer", value=self.cluster.cluster_endpoint, description="Where to write")
        TerraformOutput(self, "reader", value=self.cluster.reader_endpoint, sensitive="false")
        TerraformOutput(self, "cache_address", value=Fn.join(":", [self.cache.primary_endpoint, "6379"]))

    @staticmethod
    def database(scope, environment, network, key, production):
        group = DbSubnetGroup(
            scope, "subnets", subnet_group_name=f"{environment}-db", subnets=[s.id for s in network.subnets["isolated"]]
        )
        parameters = RdsClusterParameterGroup(
            scope,
            "parameters",
            name=f"{environment}-aurora",
            parameter_group_family="aurora-postgresql16",
            parameters=[
                {"name": "log_min_duration_statement", "value": 500},
                {"name": "rds.force_ssl", "value": 1, "apply_method": "pending-reboot"},
            ],
        )
        cluster = RdsCluster(
            scope,
            "cluster",
            cluster_identifier=f"{environment}-origination",
            engine="aurora-postgresql",
            engine_mode="provisioned",
            db_name="origination",
            username="origination",
            manage_master_user_password="true",
            db_subnet_group=group.name,
            security_group_ids=[network.groups["db"].id],
            parameter_group_name=parameters.name,
            encrypted=True,
            kms_key=key.arn,
            backup_retention_days=35 if production else "7",
            backup_window="02:00-03:00",
            deletion_protection=production,
            cloudwatch_logs_exports="postgresql",
            serverless_v2_scaling_configuration=[{"min_capacity": "0.5", "max_capacity": 8}],
            skip_final_snapshot=not production,
        )
        for index in range(2 if production else 1):
            RdsClusterInstance(
                scope,
                f"instance-{index}",
                cluster=cluster.id,
                identifier=f"{environment}-origination-{index}",
                engine=cluster.engine,
                instance_type="db.serverless",
                performance_insights=True,
                monitoring_interval="0",
                is_publicly_accessible=False,
            )
        return cluster

    @staticmethod
    def redis(scope, environment, network, production):
        group = ElasticacheSubnetGroup(
            scope, "cache-subnets", subnet_group_name=f"{environment}-cache",
            subnet_ids=[s.id for s in network.subnets["isolated"]],
        )
        return ElasticacheReplicationGroup(
            scope,
            "cache",
            replication_group_id=f"{environment}-origination",
            replication_group_description="Sessions and quotes",
            node_type="cache.t4g.small",
            number_cache_clusters=2,
            automatic_failover=True,
            multi_az=production,
            subnet_group_name=group.subnet_group_name,
            security_group_ids=[network.groups["cache"].id],
            at_rest_encryption_enabled=True,
            transit_encryption=True,
            snapshot_retention="5",
        )

    @staticmethod
    def table(scope, environment, key):
        return DynamodbTable(
            scope,
            "applications",
            table_name=f"{environment}-applications",
            billing_mode="PAY_PER_REQUEST",
            partition_key="id",
            range_key="version",
            attributes=[
                {"name": "id", "type": "S"},
                {"name": "version", "type": "N"},
                {"name": "applicant", "type": "S"},
            ],
            global_secondary_indexes=[
                {"name": "by-applicant", "hash_key": "applicant", "projection_type": "ALL"},
            ],
            stream_specification=DynamodbTableStreamSpecification(
                stream_enabled=True, stream_view_type="NEW_AND_OLD_IMAGES"
            ),
            server_side_encryption=[{"enabled": True, "kms_key_arn": key.arn}],
            point_in_time_recovery=[{"enabled": True}],
            deletion_protection="true",
        )

    @staticmethod
    def bucket(scope, environment):
        bucket = S3Bucket(scope, "documents", bucket_prefix=f"{environment}-documents-", tags={"Retain": True})
        S3BucketVersioning(
            scope, "documents-versions", bucket=bucket.id, versioning_configuration=[{"status": "Enabled"}]
        )
        S3BucketCorsConfiguration(
            scope,
            "documents-cors",
            bucket=bucket.id,
            cors_rules=[
                {
                    "allowed_methods": ["PUT"],
                    "allowed_origins": "https://loans.example.com",
                    "allowed_headers": ["*"],
                    "max_age": 3000,
                }
            ],
        )
        return bucket

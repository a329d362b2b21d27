"""Where claims are kept: Aurora, documents, search, events."""
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.cloudwatch_log_resource_policy import CloudwatchLogResourcePolicy
from cdktf_cdktf_provider_aws.data_aws_iam_policy_document import (
    DataAwsIamPolicyDocument,
    DataAwsIamPolicyDocumentStatement,
    DataAwsIamPolicyDocumentStatementPrincipals,
)
from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from cdktf_cdktf_provider_aws.efs_file_system import EfsFileSystem
from cdktf_cdktf_provider_aws.efs_mount_target import EfsMountTarget
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.msk_cluster import (
    MskCluster,
    MskClusterBrokerNodeGroupInfo,
    MskClusterBrokerNodeGroupInfoStorageInfo,
    MskClusterBrokerNodeGroupInfoStorageInfoEbsStorageInfo,
    MskClusterEncryptionInfo,
    MskClusterEncryptionInTransit,
)
from cdktf_cdktf_provider_aws.opensearch_domain import (
    OpensearchDomain,
    OpensearchDomainClusterConfig,
    OpensearchDomainEbsOptions,
    OpensearchDomainEncryptAtRest,
    OpensearchDomainNodeToNodeEncryption,
    OpensearchDomainVpcOptions,
)
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster, RdsClusterServerlessv2ScalingConfiguration
from cdktf_cdktf_provider_aws.rds_cluster_instance import RdsClusterInstance
from cdktf_cdktf_provider_aws.rds_cluster_parameter_group import RdsClusterParameterGroup
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning
from constructs import Construct

from lib.constants import DATABASE_PARAMETERS, KAFKA_BROKERS, LOG_RETENTION_DAYS, ZONES
from lib.network import Network


class DataStores(Construct):
    """All that has to survive a deployment.

    :param id: the construct's id
    :param network: where it is reached
    :param environment: dev, staging or prod
    """

    def __init__(self, scope: Construct, id: str, network: Network, environment: str):
        super().__init__(scope, id)
        self.network = network
        self.environment = environment
        self.key = KmsKey(self, "key", description="Claims data", enable_key_rotation=True)
        self._database()
        self._documents()
        self._search()
        self._events()

    @property
    def is_production(self) -> bool:
        """Whether losing data would matter."""
        return self.environment == "prod"

    def _database(self) -> None:
        subnets = DbSubnetGroup(
            self,
            "database-subnets",
            name=f"claims-{self.environment}",
            subnet_ids=self.network.private_subnet_ids,
        )
        parameters = RdsClusterParameterGroup(
            self,
            "database-parameters",
            name=f"claims-{self.environment}",
            family="aurora-postgresql16",
            parameter=DATABASE_PARAMETERS,
        )
        self.database = RdsCluster(
            self,
            "database",
            cluster_identifier=f"claims-{self.environment}",
            engine="aurora-postgresql",
            engine_mode="provisioned",
            database_name="claims",
            master_username="claims",
            manage_master_user_password=True,
            subnet_group_name=subnets.name,
            db_cluster_parameter_group_name=parameters.name,
            vpc_security_group_ids=[self.network.database_group.id],
            storage_encrypted=True,
            kms_key_id=self.key.arn,
            backup_retention_period=35 if self.is_production else 7,
            skip_final_snapshot=not self.is_production,
            final_snapshot_identifier="claims-final" if self.is_production else None,
            serverlessv2_scaling_configuration=[
                RdsClusterServerlessv2ScalingConfiguration(min_capacity=0.5, max_capacity=16)
            ],
        )
        for number in range(2 if self.is_production else 1):
            RdsClusterInstance(
                self,
                f"database-{number}",
                identifier=f"claims-{self.environment}-{number}",
                cluster_identifier=self.database.id,
                instance_class="db.serverless",
                engine=self.database.engine,
                performance_insights_enabled="true",
            )

    def _documents(self) -> None:
        self.documents = S3Bucket(self, "documents", bucket_prefix=f"claims-documents-{self.environment}-")
        S3BucketVersioning(
            self,
            "documents-versioning",
            bucket=self.documents.id,
            versioning_configuration={"status": "Enabled"},
        )
        # Scans that are being worked on: a shared file system
        self.scans = EfsFileSystem(
            self,
            "scans",
            encrypted=True,
            kms_key_id=self.key.arn,
            throughput_mode="elastic",
            lifecycle_policy=[
                {"transition_to_ia": "AFTER_30_DAYS"},
                {"transition_to_primary_storage_class": "AFTER_1_ACCESS"},
            ],
        )
        for zone, subnet_id in zip(ZONES, self.network.private_subnet_ids):
            EfsMountTarget(
                self,
                f"scans-{zone}",
                file_system_id=self.scans.id,
                subnet_id=subnet_id,
                security_groups=[self.network.storage_group.id],
            )

    def _search(self) -> None:
        logs = CloudwatchLogGroup(
            self, "search-logs", name=f"/claims/{self.environment}/search", retention_in_days=LOG_RETENTION_DAYS
        )
        document = DataAwsIamPolicyDocument(
            self,
            "search-logs-document",
            statement=[
                DataAwsIamPolicyDocumentStatement(
                    actions=["logs:CreateLogStream", "logs:PutLogEvents"],
                    resources=[f"{logs.arn}:*"],
                    principals=DataAwsIamPolicyDocumentStatementPrincipals(
                        type="Service", identifiers=["es.amazonaws.com"]
                    ),
                )
            ],
        )
        CloudwatchLogResourcePolicy(
            self, "search-logs-policy", policy_name=f"claims-search-{self.environment}", policy_document=document.json
        )
        publishing = []
        for log_type in ("INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"):
            publishing.append({"log_type": log_type, "cloudwatch_log_group_arn": logs.arn})
        self.search = OpensearchDomain(
            self,
            "search",
            domain_name=f"claims-{self.environment}",
            engine_version="OpenSearch_2.13",
            cluster_config=OpensearchDomainClusterConfig(
                instance_type="m6g.large.search" if self.is_production else "t3.small.search",
                instance_count=3 if self.is_production else 1,
                zone_awareness_enabled=self.is_production,
            ),
            ebs_options=OpensearchDomainEbsOptions(ebs_enabled=True, volume_type="gp3", volume_size="20"),
            encrypt_at_rest=OpensearchDomainEncryptAtRest(enabled=True, kms_key_id=self.key.key_id),
            node_to_node_encryption=[OpensearchDomainNodeToNodeEncryption(enabled=True)],
            vpc_options=OpensearchDomainVpcOptions(
                subnet_ids=self.network.private_subnet_ids[:1],
                security_group_ids=[self.network.service_group.id],
            ),
            log_publishing_options=publishing,
        )

    def _events(self) -> None:
        self.events = MskCluster(
            self,
            "events",
            cluster_name=f"claims-{self.environment}",
            kafka_version="3.6.0",
            number_of_broker_nodes=KAFKA_BROKERS,
            broker_node_group_info=MskClusterBrokerNodeGroupInfo(
                instance_type="kafka.t3.small",
                client_subnets=self.network.private_subnet_ids,
                security_groups=[self.network.kafka_group.id],
                storage_info=MskClusterBrokerNodeGroupInfoStorageInfo(
                    ebs_storage_info=MskClusterBrokerNodeGroupInfoStorageInfoEbsStorageInfo(volume_size=100)
                ),
            ),
            encryption_info=MskClusterEncryptionInfo(
                encryption_at_rest_kms_key_arn=self.key.id,
                encryption_in_transit=MskClusterEncryptionInTransit(client_broker="TLS", in_cluster=True),
            ),
        )

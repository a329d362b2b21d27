"""Aurora Serverless v2 of the claims portal."""
from typing import List, Optional

from cdktf import Token
from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster, RdsClusterServerlessv2ScalingConfiguration
from cdktf_cdktf_provider_aws.rds_cluster_instance import RdsClusterInstance
from cdktf_cdktf_provider_aws.rds_cluster_parameter_group import RdsClusterParameterGroup
from constructs import Construct


class ClaimsDatabaseProps:
    """Configuration of the database."""

    def __init__(
        self,
        *,
        environment_suffix: str,
        kms_key: KmsKey,
        subnet_ids: List[str],
        security_group_ids: List[str],
        instance_count: Optional[int] = None,
        max_capacity: Optional[float] = None,
    ):
        self.environment_suffix = environment_suffix
        self.kms_key = kms_key
        self.subnet_ids = subnet_ids
        self.security_group_ids = security_group_ids
        self.instance_count = instance_count or 2
        self.max_capacity = max_capacity or 8


class ClaimsDatabase(Construct):
    """One writer and its readers; the password is in Secrets Manager."""

    def __init__(self, scope: Construct, construct_id: str, props: ClaimsDatabaseProps):
        super().__init__(scope, construct_id)
        self.props = props
        self.environment_suffix = props.environment_suffix

        self.subnet_group = DbSubnetGroup(
            self,
            "subnet_group",
            name=f"claims-db-{self.environment_suffix}",
            subnet_ids=props.subnet_ids,
            tags={"Name": f"claims-db-subnets-{self.environment_suffix}"},
        )

        self.parameter_group = RdsClusterParameterGroup(
            self,
            "parameters",
            name=f"claims-aurora-{self.environment_suffix}",
            family="aurora-postgresql16",
            description="Forces TLS and logs slow statements",
            parameter=[
                {"name": "rds.force_ssl", "value": "1", "apply_method": "pending-reboot"},
                {"name": "log_min_duration_statement", "value": "1000", "apply_method": "immediate"},
            ],
        )

        self.cluster = RdsCluster(
            self,
            "cluster",
            cluster_identifier=f"claims-aurora-{self.environment_suffix}",
            engine="aurora-postgresql",
            engine_mode="provisioned",
            database_name="claims",
            username="claims_admin",
            manage_master_user_password=True,
            master_user_secret_kms_key_id=props.kms_key.key_id,
            db_subnet_group_name=self.subnet_group.name,
            db_cluster_parameter_group_name=self.parameter_group.name,
            vpc_security_group_ids=props.security_group_ids,
            storage_encrypted=True,
            kms_key_id=props.kms_key.arn,
            backup_retention_period="14",
            preferred_backup_window="02:00-03:00",
            enabled_cloudwatch_logs_exports="postgresql",
            serverlessv2_scaling_configuration=[
                RdsClusterServerlessv2ScalingConfiguration(min_capacity=0.5, max_capacity=props.max_capacity)
            ],
            deletion_protection=self.environment_suffix == "prod",
            skip_final_snapshot=self.environment_suffix != "prod",
            final_snapshot_identifier=f"claims-aurora-final-{self.environment_suffix}",
            tags={"Name": f"claims-aurora-{self.environment_suffix}", "Backup": "true"},
        )

        self.instances = [
            RdsClusterInstance(
                self,
                f"instance_{i}",
                identifier=f"claims-aurora-{self.environment_suffix}-{i}",
                cluster_identifier=self.cluster.id,
                engine=Token.as_string(self.cluster.engine),
                instance_class="db.serverless",
                performance_insights_enabled=True,
                performance_insights_kms_key_id=props.kms_key.id,
                promotion_tier=i,
            )
            for i in range(props.instance_count)
        ]

    @property
    def secret_arn(self) -> str:
        """The secret that RDS made for the master user."""
        return self.cluster.master_user_secret.get(0).secret_arn

"""Aurora PostgreSQL for the patients' records."""

from __future__ import annotations

from typing import Any, Dict, List

from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.rds_cluster import (
    RdsCluster,
    RdsClusterServerlessv2ScalingConfiguration,
)
from cdktf_cdktf_provider_aws.rds_cluster_instance import RdsClusterInstance
from cdktf_cdktf_provider_aws.rds_cluster_parameter_group import (
    RdsClusterParameterGroup,
    RdsClusterParameterGroupParameter,
)
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.security_group_rule import SecurityGroupRule
from constructs import Construct

from ..config import DatabaseConfig
from .network import ClinicNetwork


class RecordsDatabase(Construct):
    """Encrypted Aurora cluster in the private subnets."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        config: DatabaseConfig,
        network: ClinicNetwork,
        environment: str,
    ) -> None:
        super().__init__(scope, construct_id)
        self.key = KmsKey(
            self,
            "key",
            description=f"Patient records ({environment})",
            enable_key_rotation=True,
            deletion_window_in_days=30,
        )
        KmsAlias(self, "key-alias", name=f"alias/clinical-records-{environment}", target_key_id=self.key.key_id)

        self.security_group = SecurityGroup(
            self,
            "sg",
            name=f"clinical-db-{environment}",
            description="PostgreSQL from the services",
            vpc_id=network.vpc.id,
        )
        subnets = DbSubnetGroup(
            self,
            "subnets",
            name=f"clinical-db-{environment}",
            subnet_ids=network.private_subnet_ids,
        )
        parameters = RdsClusterParameterGroup(
            self,
            "parameters",
            name=f"clinical-pg16-{environment}",
            family="aurora-postgresql16",
            description="Logging and limits of the records database",
            parameter=self._parameters(config),
        )

        encryption: Dict[str, Any] = {
            "storage_encrypted": True,
            "kms_key_id": self.key.arn,
        }
        self.cluster = RdsCluster(
            self,
            "cluster",
            cluster_identifier=f"clinical-records-{environment}",
            engine="aurora-postgresql",
            engine_mode="provisioned",
            database_name=config.database_name,
            master_username=config.master_username,
            manage_master_user_password=True,
            master_user_secret_kms_key_id=self.key.key_id,
            db_subnet_group_name=subnets.name,
            db_cluster_parameter_group_name=parameters.name,
            vpc_security_group_ids=[self.security_group.id],
            backup_retention_period=int(config.backup_retention_period),
            preferred_backup_window="01:00-02:00",
            copy_tags_to_snapshot=True,
            deletion_protection=config.deletion_protection,
            enabled_cloudwatch_logs_exports=["postgresql"],
            serverlessv2_scaling_configuration=RdsClusterServerlessv2ScalingConfiguration(
                min_capacity=config.min_capacity,
                max_capacity=config.max_capacity,
            ),
            final_snapshot_identifier=f"clinical-records-{environment}-final",
            tags={"Backup": "daily", "DataClass": "phi"},
            **encryption,
        )
        self.instances = [
            RdsClusterInstance(
                self,
                f"instance-{index}",
                identifier=f"clinical-records-{environment}-{index}",
                cluster_identifier=self.cluster.cluster_identifier,
                engine=self.cluster.engine,
                instance_class="db.serverless",
                performance_insights_enabled=True,
                performance_insights_kms_key_id=self.key.arn,
                auto_minor_version_upgrade=True,
            )
            for index in range(config.instance_count)
        ]

    @staticmethod
    def _parameters(config: DatabaseConfig) -> List[Dict[str, Any]]:
        """Parameters of the cluster, by name."""
        return [
            RdsClusterParameterGroupParameter(
                name="max_connections", value=str(config.max_connections), apply_method="pending-reboot"
            ),
            {"name": "log_min_duration_statement", "value": str(config.log_min_duration_statement)},
            {"name": "rds.force_ssl", "value": "1"},
        ]

    def allow_from(self, name: str, security_group_id: str) -> None:
        """Let a service in.

        Args:
            name: The service's name.
            security_group_id: The group that its tasks run in.
        """
        SecurityGroupRule(
            self,
            f"from-{name}",
            type="ingress",
            from_port=5432,
            to_port=5432,
            protocol="tcp",
            security_group_id=self.security_group.id,
            source_security_group_id=security_group_id,
        )

    @property
    def endpoint(self) -> str:
        """Writer endpoint."""
        return self.cluster.endpoint

    @property
    def secret_arn(self) -> str:
        """ARN of the secret that RDS keeps the password in."""
        return self.cluster.master_user_secret.get(0).secret_arn

"""The stack that puts the clinical records platform together."""

from __future__ import annotations

from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from constructs import Construct

from .config import PlatformConfig
from .constructs import (
    ClinicCluster,
    ClinicianIdentity,
    ClinicNetwork,
    ContainerService,
    DataProtection,
    RecordsDatabase,
)


class ClinicStack(TerraformStack):
    """One environment of the platform."""

    def __init__(self, scope: Construct, construct_id: str, *, config: PlatformConfig) -> None:
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region=config.region, default_tags=[{"tags": config.tags}])

        network = ClinicNetwork(self, "network", config=config.network, environment=config.environment)
        database = RecordsDatabase(
            self,
            construct_id="database",
            config=config.database,
            network=network,
            environment=config.environment,
        )
        identity = ClinicianIdentity(self, "identity", config=config.identity, environment=config.environment)
        shared = ClinicCluster(
            self,
            "cluster",
            network=network,
            certificate_arn=config.certificate_arn,
            environment=config.environment,
        )
        for service_config in config.services:
            ContainerService(
                self,
                service_config.name,
                config=service_config,
                shared=shared,
                database=database,
                region=config.region,
            )
        protection = DataProtection(
            self,
            "protection",
            **{"config": config.protection, "key": database.key, "environment": config.environment},
        )

        TerraformOutput(self, "load_balancer", value=shared.load_balancer.dns_name)
        TerraformOutput(self, "database_endpoint", value=database.endpoint, sensitive=True)
        TerraformOutput(self, "user_pool_arn", value=identity.pool_arn)
        TerraformOutput(self, "user_pool_client", value=identity.client.id)
        TerraformOutput(self, "backup_vault", value=protection.vault.arn)

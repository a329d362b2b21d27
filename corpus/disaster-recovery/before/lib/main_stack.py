"""Two regions that stand in for each other."""
from cdktf import TerraformStack
from constructs import Construct
from cdktf_cdktf_provider_aws.provider import AwsProvider

from lib.imports.monitoring import MonitoringConstruct
from lib.imports.networking import NetworkingConstruct, PeeringConstruct


class DisasterRecoveryStack(TerraformStack):
    """Main stack."""

    def __init__(self, scope: Construct, id: str):
        super().__init__(scope, id)

        self.primary_provider = AwsProvider(self, "aws_primary", region="us-east-1", alias="primary")
        self.secondary_provider = AwsProvider(self, "aws_secondary", region="us-west-2", alias="secondary")

        primary = NetworkingConstruct(
            self, id="primary_network", cidr_block="10.0.0.0/16", provider=self.primary_provider
        )
        secondary = NetworkingConstruct(
            self, id="secondary_network", cidr_block="10.1.0.0/16", provider=self.secondary_provider
        )
        PeeringConstruct(
            self,
            "peering",
            requester=primary,
            accepter=secondary,
            primary_provider=self.primary_provider,
            secondary_provider=self.secondary_provider,
        )
        MonitoringConstruct(self, id=f"{id}-monitoring", name="dr", provider=self.primary_provider)

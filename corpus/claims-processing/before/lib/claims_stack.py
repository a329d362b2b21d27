"""The stack of the claims platform."""
from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from constructs import Construct

from lib.data_stores import DataStores
from lib.network import Network
from lib.services import Services


class ClaimsStack(TerraformStack):
    """Network, data stores and services of one environment.

    :param id: the stack's id
    :param environment: dev, staging or prod
    :param region: the AWS region
    """

    def __init__(self, scope: Construct, id: str, environment: str = "dev", region: str = "us-west-2"):
        super().__init__(scope, id)
        self.environment = environment
        AwsProvider(
            self,
            "aws",
            region=region,
            default_tags={"tags": {"Application": id, "Environment": environment}},
        )
        self.network = Network(self, id="network", region=region)
        self.stores = DataStores(self, "stores", network=self.network, environment=environment)
        self.services = Services(self, "services", network=self.network, stores=self.stores)

        TerraformOutput(self, "url", value=f"http://{self.services.balancer.dns_name}")
        TerraformOutput(self, "database_endpoint", value=self.stores.database.endpoint)
        TerraformOutput(self, "brokers", value=self.stores.events.bootstrap_brokers_tls, sensitive=True)

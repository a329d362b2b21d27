from constructs import Construct
from cdktf import TerraformProvider
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.vpc_peering_connection import VpcPeeringConnection
from cdktf_cdktf_provider_aws.vpc_peering_connection_accepter import VpcPeeringConnectionAccepter


class NetworkingConstruct(Construct):
    """A VPC.

    :param id: see Construct
    """

    def __init__(
        self,
        scope: Construct,
        id: str,  # unique in its scope
        cidr_block: str,
        provider: TerraformProvider,
    ):
        """Create the network.

        Args:
            scope: the scope
            id: the construct's id
            cidr_block: the addresses
        """
        super().__init__(scope, id)
        self.vpc = Vpc(self, "vpc", cidr_block=cidr_block, provider=provider, tags={"Name": f"{id}-vpc"})


class PeeringConstruct(Construct):
    def __init__(self, scope: Construct, id: str, *, requester, accepter, primary_provider, secondary_provider):
        super().__init__(scope, id)
        self.vpc_peering = VpcPeeringConnection(
            self,
            "vpc_peering",
            vpc_id=requester.vpc.id,
            peer_vpc_id=accepter.vpc.id,
            peer_region="us-west-2",
            auto_accept=False,
            provider=primary_provider,
        )
        self.vpc_peering_accepter = VpcPeeringConnectionAccepter(
            self,
            "vpc_peering_accepter",
            vpc_peering_connection_id=self.vpc_peering.id,
            auto_accept=True,
            provider=secondary_provider,
            tags={"Side": "Accepter"},
        )

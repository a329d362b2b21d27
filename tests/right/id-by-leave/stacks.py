from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.vpc import Vpc
from constructs import Construct


class NetworkStack(TerraformStack):
    def __init__(self, scope: Construct, id: str, cidr: str):  # pylint: disable=redefined-builtin
        super().__init__(scope, id)
        AwsProvider(self, "aws", region="eu-west-1")
        self.network = Network(self, "net", cidr=cidr)
        self.peer = Peer(self, id="peer")
        self.third = Third(self, "third")


class Network(Construct):
    def __init__(self, scope: Construct, id: str, *, cidr: str) -> None:  # noqa: A002
        super().__init__(scope, id)
        self.vpc = Vpc(self, "vpc", cidr_block=cidr, tags={"Name": id})


class Peer(Construct):
    # pylint: disable=redefined-builtin
    def __init__(
        self,
        scope,
        id,
    ):
        super().__init__(scope, id)
        Vpc(self, "vpc", cidr_block="10.1.0.0/16")


class Third(Construct):
    def __init__(
        self,
        scope,
        id,  # noqa
    ):
        super().__init__(scope, id)
        Vpc(self, "vpc", cidr_block="10.2.0.0/16")

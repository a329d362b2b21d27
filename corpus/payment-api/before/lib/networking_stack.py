"""Network of the payment API."""
import json

from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from constructs import Construct


class NetworkingStack(Construct):
    """VPC and its subnets."""

    def __init__(self, scope: Construct, construct_id: str, environment_suffix: str):
        super().__init__(scope, construct_id)
        self.vpc = Vpc(self, "vpc", cidr_block="10.0.0.0/16")
        self.subnets = [
            Subnet(self, f"subnet-{i}", vpc_id=self.vpc.id, cidr_block=f"10.0.{i}.0/24") for i in range(2)
        ]
        IamRole(
            self,
            "flow-logs",
            name=f"flow-logs-{environment_suffix}",
            assume_role_policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [{
                    "Effect": "Allow",
                    "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
                    "Action": "sts:AssumeRole"
                }]
            }),
        )

    @property
    def subnet_ids(self) -> list:
        """Ids of all subnets."""
        return [subnet.id for subnet in self.subnets]

from cdktf import TerraformStack, S3Backend, TerraformOutput
from constructs import Construct
from cdktf_cdktf_provider_aws.provider import AwsProvider
from lib.network import NetworkConstruct
from lib.compute import ComputeConstruct
from lib.database import DatabaseConstruct
from lib.config import DatabaseConfig


class TapStack(TerraformStack):
    def __init__(self, scope: Construct, construct_id: str, **kwargs):
        super().__init__(scope, construct_id)
        environment_suffix = kwargs.get("environment_suffix", "dev")
        default_tags = kwargs.get("default_tags", {})
        AwsProvider(self, "aws", region=kwargs.get("aws_region", "us-east-1"), default_tags=[default_tags])
        S3Backend(
            self, bucket="states", key=f"{environment_suffix}/{construct_id}.tfstate", region="us-east-1", encrypt=True
        )
        network = NetworkConstruct(self, construct_id="network", environment_suffix=environment_suffix)
        compute = ComputeConstruct(
            self, "compute", vpc=network.vpc, subnets=network.public_subnets, security_group=network.security_group
        )
        db = DatabaseConstruct(
            self, "database", config=DatabaseConfig(), subnet_ids=[s.id for s in network.private_subnets]
        )
        TerraformOutput(self, "alb", value=compute.alb.dns_name)
        TerraformOutput(self, "db", value=db.endpoint)

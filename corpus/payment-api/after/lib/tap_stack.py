"""The stack that puts the parts of the payment API together."""
from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from constructs import Construct

from .compute_stack import ComputeStack
from .database_stack import DatabaseStack
from .networking_stack import NetworkingStack
from .security_stack import SecurityStack


class TapStack(TerraformStack):
    """Payment API."""

    def __init__(self, scope: Construct, construct_id: str, **kwargs):
        super().__init__(scope, construct_id)
        environment_suffix = kwargs.get("environment_suffix", "dev")
        default_tags = kwargs.pop("default_tags", [{"tags": {}}])
        AwsProvider(self, "aws", region=kwargs.get("aws_region", "us-east-1"), default_tags=default_tags)

        networking = NetworkingStack(self, "networking", environment_suffix)
        security = SecurityStack(self, "security", environment_suffix)
        database = DatabaseStack(
            self,
            "database",
            vpc_id=networking.vpc.id,
            subnet_ids=networking.subnet_ids,
            environment_suffix=environment_suffix,
            key=security.key,
        )
        compute = ComputeStack(
            self,
            "compute",
            environment_suffix=environment_suffix,
            vpc_id=networking.vpc.id,
            subnet_ids=networking.subnet_ids,
            waf_web_acl_id=security.waf_web_acl_id,
            database=database,
        )
        TerraformOutput(self, "alb_dns_name", value=compute.alb.dns_name)
        TerraformOutput(self, "kms_key_id", value=security.key.id)

"""The base of all stacks."""

from cdktf import S3Backend, TerraformStack
from constructs import Construct

from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags


class GuardedStack(TerraformStack):
    """A stack with its provider and its state."""

    region = "eu-west-1"

    def __init__(self, scope: Construct, construct_id: str, *, environment: str, **kwargs):
        self.owner = kwargs.pop("owner", "platform")
        self.retention = kwargs.pop("retention", 30)
        super().__init__(scope, construct_id, **kwargs)
        self.environment = environment

        AwsProvider(
            self,
            "provider",
            region=self.region,
            default_tags=[AwsProviderDefaultTags(tags={"ManagedBy": "cdktf", "Owner": self.owner})],
        )
        S3Backend(
            self,
            bucket=f"tfstate-{environment}",
            key=f"{construct_id}.tfstate",
            region=self.region,
            encrypt=True,
        )

    def resource_name(self, *parts: str) -> str:
        return "-".join((self.environment, *parts))

"""What every stack of the booking platform has: providers, tags, names, and the order in which it is built."""
from typing import Any, Dict

from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.provider import AwsProvider
from constructs import Construct


class BaseStack(TerraformStack):
    """Template of a stack: subclasses say what they are called, what they build and what they give out."""

    component = "base"
    default_region = "eu-west-1"
    base_tags: Dict[str, str] = {"Project": "booking-platform", "ManagedBy": "cdktf"}

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any):
        super().__init__(scope, construct_id)
        self.stage = kwargs.get("stage", "dev")
        self.region = kwargs.get("region", self.default_region)
        self.owner = kwargs.get("owner", "unknown")
        self.options = kwargs
        self.common_tags = {
            **self.base_tags,
            "Component": self.component,
            "Stage": self.stage,
            "Owner": self.owner,
        }

        AwsProvider(self, "aws", region=self.region, default_tags=[{"tags": self.common_tags}])
        self.configure_providers()
        self.key = self.create_key()
        self.build()
        for name, value in self.outputs().items():
            TerraformOutput(self, name, value=value)

    # Hooks of the subclasses

    def configure_providers(self) -> None:
        """Further providers; most stacks need none."""

    def build(self) -> None:
        raise NotImplementedError

    def outputs(self) -> Dict[str, Any]:
        return {}

    # What they share

    @property
    def is_production(self) -> bool:
        return self.stage == "prod"

    def resource_name(self, name: str) -> str:
        return f"{self.component}-{name}-{self.stage}"

    def tags_for(self, name: str, **extra: str) -> Dict[str, str]:
        return {**self.common_tags, "Name": self.resource_name(name), **extra}

    def create_key(self) -> KmsKey:
        key = KmsKey(
            self,
            "key",
            description=f"Key of {self.component} ({self.stage})",
            enable_key_rotation=True,
            deletion_window_in_days=30 if self.is_production else 7,
            tags=self.tags_for("key"),
        )
        KmsAlias(self, "key-alias", name=f"alias/{self.resource_name('key')}", target_key_id=key.id)
        return key

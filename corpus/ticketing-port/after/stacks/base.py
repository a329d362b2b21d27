"""What the stacks share: the provider, tags, names."""

from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider


class BaseStack(TerraformStack):
    def __init__(self, scope, construct_id, *, env, **kwargs):
        super().__init__(scope, construct_id, **kwargs)
        self.env = env
        self.stage = env["stage"]
        AwsProvider(
            self,
            "aws",
            region=env["region"],
            default_tags=[{"tags": {"Project": "ticketing", "Stage": self.stage}}],
        )

    def name(self, *parts):
        return "-".join(["ticketing", self.stage, *parts])

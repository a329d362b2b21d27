"""Field service backend: AppSync, Cognito, DynamoDB and OpenSearch."""

from dataclasses import dataclass, field
from typing import Dict, Optional

from cdktf import TerraformStack, TerraformOutput
from constructs import Construct
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags

from lib.api import GraphqlApiConstruct
from lib.identity import IdentityConstruct
from lib.tables import TablesConstruct


@dataclass
class TapStackProps:
    """Configuration of the stack."""

    environment_suffix: str = "dev"
    aws_region: str = "us-east-1"
    default_tags: Dict[str, str] = field(default_factory=dict)
    domain_prefix: Optional[str] = None


class TapStack(TerraformStack):
    """Main stack."""

    def __init__(self, scope: Construct, construct_id: str, props: Optional[TapStackProps] = None):
        super().__init__(scope, construct_id)
        props = props or TapStackProps()

        AwsProvider(
            self,
            "aws",
            region=props.aws_region,
            default_tags=AwsProviderDefaultTags(tags=props.default_tags),
        )

        tables = TablesConstruct(self, "Tables", environment_suffix=props.environment_suffix)
        identity = IdentityConstruct(
            self,
            "Identity",
            environment_suffix=props.environment_suffix,
            domain_prefix=props.domain_prefix or f"field-{props.environment_suffix}",
        )
        api = GraphqlApiConstruct(
            self,
            "Api",
            environment_suffix=props.environment_suffix,
            region=props.aws_region,
            user_pool=identity.user_pool,
            tables=tables.tables,
        )

        TerraformOutput(self, "graphql_url", value=api.graphql_api.uris.lookup("GRAPHQL"))
        TerraformOutput(self, "user_pool_id", value=identity.user_pool.user_pool_id)
        TerraformOutput(self, "user_pool_client_id", value=identity.client.client_id)
        TerraformOutput(self, "identity_pool_id", value=identity.identity_pool.identity_pool_id)
        TerraformOutput(self, "api_key", value=api.api_key.key, sensitive=True)

"""The stack that assembles the claims portal from its parts."""
from typing import Dict, Optional

from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags
from constructs import Construct

from lib.compute import ClaimsService, ClaimsServiceProps
from lib.database import ClaimsDatabase, ClaimsDatabaseProps
from lib.monitoring import Monitoring, MonitoringProps
from lib.networking import Networking, NetworkingProps
from lib.security import Security, SecurityProps
from lib.storage import DocumentStorage, DocumentStorageProps


class TapStackProps:
    """Configuration of the stack.

    Attributes:
        environment_suffix: Suffix of every name (dev, staging, prod).
        aws_region: Region that everything is deployed to.
        default_tags: Tags of every resource.
    """

    def __init__(
        self,
        *,
        environment_suffix: Optional[str] = None,
        aws_region: Optional[str] = None,
        default_tags: Optional[Dict[str, str]] = None,
    ):
        self.environment_suffix = environment_suffix or "dev"
        self.aws_region = aws_region or "eu-central-1"
        self.default_tags = default_tags or {}


class TapStack(TerraformStack):
    """Network, security, storage, database, service and monitoring of the claims portal."""

    def __init__(self, scope: Construct, construct_id: str, props: Optional[TapStackProps] = None):
        super().__init__(scope, construct_id)
        self.props = props or TapStackProps()
        self.environment_suffix = self.props.environment_suffix

        self.provider = AwsProvider(
            self,
            "aws",
            region=self.props.aws_region,
            default_tags=AwsProviderDefaultTags(tags=self.props.default_tags),
        )
        self.identity = DataAwsCallerIdentity(self, "identity")

        self.networking = Networking(
            self,
            "networking",
            NetworkingProps(environment_suffix=self.environment_suffix, cidr_block="10.40.0.0/16", max_azs=3),
        )

        self.security = Security(
            self,
            "security",
            SecurityProps(
                environment_suffix=self.environment_suffix,
                vpc_id=self.networking.vpc.id,
                account_id=self.identity.account_id,
                blocked_countries=["KP", "IR"],
            ),
        )

        self.storage = DocumentStorage(
            self,
            "storage",
            DocumentStorageProps(
                environment_suffix=self.environment_suffix,
                kms_key=self.security.kms_key,
                subnet_ids=self.networking.private_subnet_ids,
                security_group_id=self.security.efs_security_group.id,
                account_id=self.identity.account_id,
            ),
        )

        self.database = ClaimsDatabase(
            self,
            "database",
            ClaimsDatabaseProps(
                environment_suffix=self.environment_suffix,
                kms_key=self.security.kms_key,
                subnet_ids=self.networking.private_subnet_ids,
                security_group_ids=[self.security.database_security_group.id],
            ),
        )

        self.service = ClaimsService(
            self,
            "service",
            ClaimsServiceProps(
                environment_suffix=self.environment_suffix,
                aws_region=self.props.aws_region,
                networking=self.networking,
                security=self.security,
                storage=self.storage,
                database=self.database,
            ),
        )

        self.monitoring = Monitoring(
            self,
            "monitoring",
            MonitoringProps(
                environment_suffix=self.environment_suffix,
                kms_key=self.security.kms_key,
                service=self.service,
                database=self.database,
                storage=self.storage,
                alert_email=f"claims-oncall+{self.environment_suffix}@example.com",
            ),
        )

        self._create_outputs()

    def _create_outputs(self) -> None:
        """What other stacks and the pipeline read."""
        TerraformOutput(self, "vpc_id", value=self.networking.vpc.id, description="Id of the VPC")
        TerraformOutput(
            self,
            "load_balancer_dns_name",
            value=self.service.load_balancer.dns_name,
            description="Where the portal answers",
        )
        TerraformOutput(self, "database_endpoint", value=self.database.cluster.endpoint, sensitive=True)
        TerraformOutput(self, "database_secret_arn", value=self.database.secret_arn, sensitive=True)
        TerraformOutput(self, "documents_bucket", value=self.storage.bucket.bucket)
        TerraformOutput(self, "intake_queue_url", value=self.service.intake_queue.url)
        TerraformOutput(self, "web_acl_arn", value=self.security.web_acl.arn)

"""Database of the payment API."""
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from constructs import Construct

ENGINE_VERSION = "15"


class DatabaseStack(Construct):
    """PostgreSQL."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        vpc_id: str,
        subnet_ids: list,
        environment_suffix: str,
        key: KmsKey,
    ):
        super().__init__(scope, construct_id)
        self.vpc_id = vpc_id
        group = DbSubnetGroup(self, "subnets", name=f"payment-db-{environment_suffix}", subnet_ids=subnet_ids)
        self.instance = DbInstance(
            self,
            "postgres",
            identifier=f"payments-{environment_suffix}",
            engine="postgres",
            engine_version=ENGINE_VERSION,
            instance_class="db.t3.medium",
            allocated_storage=20,
            username="payments",
            manage_master_user_password=True,  # TODO: use Secrets Manager
            db_subnet_group_name=group.name,
            storage_encrypted=True,
            kms_key_id=key.arn,
            skip_final_snapshot=True,
        )

    @property
    def endpoint(self) -> str:
        """Address and port."""
        return self.instance.endpoint

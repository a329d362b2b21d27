from constructs import Construct
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from .config import DatabaseConfig


class DatabaseConstruct(Construct):
    def __init__(self, scope: Construct, construct_id: str, config: DatabaseConfig, subnet_ids: list):
        super().__init__(scope, construct_id)
        group = DbSubnetGroup(self, "subnets", name="db", subnet_ids=subnet_ids)
        common = {
            "engine": "postgres",
            "allocated_storage": config.allocated_storage,
            "instance_class": config.instance_class,
            "backup_retention_period": int(config.backup_days),
            "db_subnet_group_name": group.name,
            "username": "app",
            "manage_master_user_password": True,
            "skip_final_snapshot": True,
        }
        self._db = DbInstance(self, "db", identifier="main", multi_az=False, **common)

    @property
    def endpoint(self):
        return self._db.endpoint

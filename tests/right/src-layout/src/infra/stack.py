from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress

from infra.config import Config, Database


class InfraStack(TerraformStack):
    def __init__(self, scope, construct_id, config: Config):
        super().__init__(scope, construct_id)
        self.config = config
        AwsProvider(self, "aws", region="eu-west-1")
        self._database(config.database)
        for port in config.ports:
            LbTargetGroup(
                self, f"tg{port}", port=port, protocol="HTTP", deregistration_delay=str(config.delay),
                health_check=LbTargetGroupHealthCheck(path="/", interval=config.delay, matcher="200-299"),
            )
        SecurityGroup(
            self, "sg", tags=config.all_tags(),
            ingress=[
                SecurityGroupIngress(from_port=p, to_port=p, protocol="tcp", cidr_blocks=["10.0.0.0/8"])
                for p in config.ports
            ],
        )

    def _database(self, database: Database) -> DbInstance:
        return DbInstance(
            self, "db", engine="postgres", instance_class=database.instance_class,
            allocated_storage=database.storage, multi_az=database.multi_az, tags=self.config.all_tags(),
            username="app", manage_master_user_password=True, skip_final_snapshot=not database.multi_az,
        )

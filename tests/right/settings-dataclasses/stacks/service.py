from __future__ import annotations

import json

from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster, EcsClusterSetting
from cdktf_cdktf_provider_aws.ecs_task_definition import EcsTaskDefinition
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from constructs import Construct

from config import Service, Settings


class Services(TerraformStack):
    def __init__(self, scope: Construct, ns: str, settings: Settings, *, vpc_id: str) -> None:
        super().__init__(scope, ns)
        self.settings = settings
        self.vpc_id = vpc_id
        AwsProvider(self, "aws", region="eu-central-1", default_tags=[AwsProviderDefaultTags(tags=settings.tags)])
        self.cluster = EcsCluster(
            self, "cluster", name=settings.stage, setting=[EcsClusterSetting(name="containerInsights", value="enabled")]
        )
        self.groups = {each.name: self._service(each) for each in settings.services}
        self._database()
        for name, group in self.groups.items():
            TerraformOutput(self, f"{name}-group", value=group.arn)

    def _service(self, service: Service) -> LbTargetGroup:
        for queue in service.queues:
            SqsQueue(self, f"{service.name}-{queue.name}", **queue.arguments())
        EcsTaskDefinition(
            self,
            f"{service.name}-task",
            family=service.name,
            cpu=str(service.cpu),
            memory=str(service.memory),
            container_definitions=json.dumps([service.container(f"registry.example.com/{service.name}:latest")]),
        )
        return LbTargetGroup(
            self,
            f"{service.name}-group",
            name=service.name,
            port=service.port,
            protocol="HTTP",
            target_type="ip",
            vpc_id=self.vpc_id,
            deregistration_delay=str(service.drain),
            health_check=LbTargetGroupHealthCheck(path="/health", interval=15, matcher="200-299"),
        )

    def _database(self) -> DbInstance:
        database = self.settings.database
        return DbInstance(
            self,
            "database",
            identifier=database.identifier,
            engine=database.engine,
            engine_version=database.engine_version,
            instance_class=database.instance_class,
            allocated_storage=database.storage,
            username="app",
            manage_master_user_password=True,
            skip_final_snapshot=self.settings.stage != "prod",
        )

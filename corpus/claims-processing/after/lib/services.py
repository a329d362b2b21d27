"""What works on claims: Fargate services, nightly batch jobs, an ETL job."""
import json

from cdktf_cdktf_provider_aws.appautoscaling_policy import (
    AppautoscalingPolicy,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification,
)
from cdktf_cdktf_provider_aws.appautoscaling_target import AppautoscalingTarget
from cdktf_cdktf_provider_aws.batch_compute_environment import (
    BatchComputeEnvironment,
    BatchComputeEnvironmentComputeResources,
)
from cdktf_cdktf_provider_aws.batch_job_definition import BatchJobDefinition, BatchJobDefinitionRetryStrategy
from cdktf_cdktf_provider_aws.batch_job_queue import BatchJobQueue, BatchJobQueueComputeEnvironmentOrder
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.ecs_cluster_capacity_providers import EcsClusterCapacityProviders
from cdktf_cdktf_provider_aws.glue_catalog_database import GlueCatalogDatabase
from cdktf_cdktf_provider_aws.glue_crawler import GlueCrawler, GlueCrawlerS3Target
from cdktf_cdktf_provider_aws.glue_job import GlueJob, GlueJobCommand
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import LbListener, LbListenerDefaultAction
from cdktf_cdktf_provider_aws.lb_listener_rule import LbListenerRule, LbListenerRuleAction, LbListenerRuleCondition
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster
from cdktf_cdktf_provider_aws.ecs_service import EcsService, EcsServiceCapacityProviderStrategy, EcsServiceLoadBalancer
from cdktf_cdktf_provider_aws.ecs_task_definition import EcsTaskDefinition, EcsTaskDefinitionVolume
from constructs import Construct

from lib.constants import CAPACITY, LOG_RETENTION_DAYS, SERVICES
from lib.data_stores import DataStores
from lib.network import Network

REGISTRY = "123456789012.dkr.ecr.us-west-2.amazonaws.com"


def trust(service: str) -> str:
    """The policy that lets a service take a role."""
    return json.dumps({
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"},
        ],
    })


class Services(Construct):
    """Compute.

    :param id: the construct's id
    :param network: where it runs
    :param stores: what it works on
    """

    def __init__(self, scope: Construct, construct_id: str, network: Network, stores: DataStores):
        super().__init__(scope, construct_id)
        self.network = network
        self.stores = stores
        self.environment = stores.environment

        self.execution_role = self._role("execution", "ecs-tasks.amazonaws.com")
        self.task_role = self._role("task", "ecs-tasks.amazonaws.com")
        IamRolePolicyAttachment(
            self,
            "execution-policy",
            role=self.execution_role.name,
            policy_arn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        )
        self.cluster = EcsCluster(
            self,
            "cluster",
            name=f"claims-{self.environment}",
            setting=[{"name": "containerInsights", "value": "enabled"}],
        )
        EcsClusterCapacityProviders(
            self,
            "capacity",
            cluster_name=self.cluster.name,
            capacity_providers=[each["capacity_provider"] for each in CAPACITY],
        )
        self._balancer()
        self.services = {}
        for name, service in SERVICES.items():
            self.services[name] = self._service(name, service)
        self._batch()
        self._etl()

    def _role(self, name: str, service: str) -> IamRole:
        return IamRole(
            self, f"{name}-role", name=f"claims-{self.environment}-{name}", assume_role_policy=trust(service)
        )

    def _balancer(self) -> None:
        self.balancer = Lb(
            self,
            "balancer",
            name=f"claims-{self.environment}",
            load_balancer_type="application",
            subnets=self.network.public_subnet_ids,
            security_groups=[self.network.balancer_group.id],
        )
        self.listener = LbListener(
            self,
            "http",
            load_balancer_arn=self.balancer.arn,
            port=80,
            protocol="HTTP",
            default_action=[
                LbListenerDefaultAction(
                    type="fixed-response",
                    fixed_response={"content_type": "text/plain", "message_body": "not here", "status_code": "404"},
                )
            ],
        )

    def _service(self, name: str, service: dict) -> EcsService:
        port, tasks = service["port"], service["tasks"]
        logs = CloudwatchLogGroup(
            self,
            f"{name}-logs",
            name=f"/claims/{self.environment}/{name}",
            retention_in_days=LOG_RETENTION_DAYS,
        )
        definition = EcsTaskDefinition(
            self,
            f"{name}-task",
            family=f"claims-{self.environment}-{name}",
            cpu=str(service["cpu"]),
            memory=str(service["memory"]),
            network_mode="awsvpc",
            requires_compatibilities=["FARGATE"],
            execution_role_arn=self.execution_role.arn,
            task_role_arn=self.task_role.arn,
            volume=[
                EcsTaskDefinitionVolume(
                    name="scans",
                    efs_volume_configuration={
                        "file_system_id": self.stores.scans.id,
                        "transit_encryption": "ENABLED",
                    },
                )
            ],
            container_definitions=json.dumps([
                {
                    "name": name,
                    "image": f"{REGISTRY}/claims-{name}:latest",
                    "essential": True,
                    "portMappings": [{"containerPort": port, "protocol": "tcp"}],
                    "mountPoints": [{"sourceVolume": "scans", "containerPath": "/mnt/scans"}],
                    "environment": [
                        {"name": "DATABASE_HOST", "value": self.stores.database.endpoint},
                        {"name": "SEARCH_HOST", "value": self.stores.search.endpoint},
                        {"name": "KAFKA_BROKERS", "value": self.stores.events.bootstrap_brokers_tls},
                    ],
                    "logConfiguration": {
                        "logDriver": "awslogs",
                        "options": {
                            "awslogs-group": logs.name,
                            "awslogs-region": "us-west-2",
                            "awslogs-stream-prefix": name,
                        },
                    },
                }
            ]),
        )
        targets = LbTargetGroup(
            self,
            f"{name}-targets",
            name=f"claims-{name}",
            port=port,
            protocol="HTTP",
            target_type="ip",
            vpc_id=self.network.vpc.id,
            deregistration_delay="15",
            health_check=LbTargetGroupHealthCheck(path="/healthz", matcher="200-299"),
        )
        rule = LbListenerRule(
            self,
            f"{name}-rule",
            listener_arn=self.listener.arn,
            priority=service["priority"],
            action=[LbListenerRuleAction(type="forward", target_group_arn=targets.arn)],
            condition=[LbListenerRuleCondition(path_pattern={"values": [service["path"]]})],
        )
        result = EcsService(
            self,
            f"{name}-service",
            name=name,
            cluster=self.cluster.id,
            task_definition=definition.arn,
            desired_count=tasks,
            capacity_provider_strategy=[EcsServiceCapacityProviderStrategy(**each) for each in CAPACITY],
            network_configuration={
                "subnets": self.network.private_subnet_ids,
                "security_groups": [self.network.service_group.id],
            },
            load_balancer=[
                EcsServiceLoadBalancer(target_group_arn=targets.arn, container_name=name, container_port=port),
            ],
            deployment_circuit_breaker={"enable": True, "rollback": True},
            depends_on=[rule],
        )
        scaling = AppautoscalingTarget(
            self,
            f"{name}-scaling",
            service_namespace="ecs",
            resource_id=f"service/{self.cluster.name}/{result.name}",
            scalable_dimension="ecs:service:DesiredCount",
            min_capacity=tasks,
            max_capacity=tasks * 4,
        )
        AppautoscalingPolicy(
            self,
            f"{name}-cpu",
            name=f"{name}-cpu",
            policy_type="TargetTrackingScaling",
            service_namespace=scaling.service_namespace,
            resource_id=scaling.resource_id,
            scalable_dimension=scaling.scalable_dimension,
            target_tracking_scaling_policy_configuration=AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration(
                predefined_metric_specification=(
                    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification(
                        predefined_metric_type="ECSServiceAverageCPUUtilization"
                    )
                ),
                target_value=65,
            ),
        )
        return result

    def _batch(self) -> None:
        compute = BatchComputeEnvironment(
            self,
            "batch",
            name=f"claims-{self.environment}",
            type="MANAGED",
            state="ENABLED",
            compute_resources=BatchComputeEnvironmentComputeResources(
                type="FARGATE_SPOT",
                max_vcpus=16,
                subnets=self.network.private_subnet_ids,
                security_group_ids=[self.network.service_group.id],
            ),
        )
        BatchJobQueue(
            self,
            "batch-queue",
            name=f"claims-{self.environment}",
            state="ENABLED",
            priority=1,
            compute_environment_order=[BatchJobQueueComputeEnvironmentOrder(compute_environment=compute.arn, order=1)],
        )
        BatchJobDefinition(
            self,
            "settlement",
            name=f"claims-{self.environment}-settlement",
            type="container",
            platform_capabilities=["FARGATE"],
            retry_strategy=BatchJobDefinitionRetryStrategy(attempts=3),
            container_properties=json.dumps({
                "image": f"{REGISTRY}/claims-settlement:latest",
                "command": ["settle", "--date", "Ref::date"],
                "executionRoleArn": self.execution_role.arn,
                "jobRoleArn": self.task_role.arn,
                "resourceRequirements": [
                    {"type": "VCPU", "value": "1"},
                    {"type": "MEMORY", "value": "2048"},
                ],
            }),
        )

    def _etl(self) -> None:
        role = self._role("glue", "glue.amazonaws.com")
        catalogue = GlueCatalogDatabase(self, "catalogue", name=f"claims_{self.environment}")
        GlueCrawler(
            self,
            "crawler",
            name=f"claims-{self.environment}",
            database_name=catalogue.name,
            role=role.arn,
            schedule="cron(0 2 * * ? *)",
            s3_target=[GlueCrawlerS3Target(path=f"s3://{self.stores.documents.bucket}/exports/")],
        )
        GlueJob(
            self,
            "report",
            name=f"claims-{self.environment}-report",
            role_arn=role.arn,
            glue_version="4.0",
            worker_type="G.1X",
            number_of_workers=2,
            command=GlueJobCommand(
                script_location=f"s3://{self.stores.documents.bucket}/scripts/report.py", python_version="3"
            ),
            default_arguments={"--enable-metrics": "true", "--job-language": "python"},
        )

"""ECS cluster, load balancer and the containerised services."""

from __future__ import annotations

import json
from typing import Dict

from cdktf_cdktf_provider_aws.appautoscaling_policy import (
    AppautoscalingPolicy,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification,
)
from cdktf_cdktf_provider_aws.appautoscaling_target import AppautoscalingTarget
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.ecr_repository import (
    EcrRepository,
    EcrRepositoryEncryptionConfiguration,
    EcrRepositoryImageScanningConfiguration,
)
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster
from cdktf_cdktf_provider_aws.ecs_service import (
    EcsService,
    EcsServiceDeploymentCircuitBreaker,
    EcsServiceLoadBalancer,
    EcsServiceNetworkConfiguration,
)
from cdktf_cdktf_provider_aws.ecs_task_definition import EcsTaskDefinition
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import (
    LbListener,
    LbListenerDefaultAction,
    LbListenerDefaultActionFixedResponse,
    LbListenerDefaultActionRedirect,
)
from cdktf_cdktf_provider_aws.lb_listener_rule import (
    LbListenerRule,
    LbListenerRuleAction,
    LbListenerRuleCondition,
)
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress, SecurityGroupIngress
from constructs import Construct

from ..config import ServiceConfig
from .database import RecordsDatabase
from .network import ClinicNetwork

ASSUME_BY_TASKS = json.dumps({
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
})


class ClinicCluster(Construct):
    """Fargate cluster and the load balancer that all services share."""

    def __init__(
        self, scope: Construct, construct_id: str, *, network: ClinicNetwork, certificate_arn: str, environment: str
    ) -> None:
        super().__init__(scope, construct_id)
        self.network = network
        self.environment = environment
        self.cluster = EcsCluster(
            self,
            "cluster",
            name=f"clinical-{environment}",
            setting=[{"name": "containerInsights", "value": "enabled"}],
        )
        self.load_balancer = Lb(
            self,
            "lb",
            name=f"clinical-{environment}",
            load_balancer_type="application",
            security_groups=[network.load_balancer_group.id],
            subnets=network.public_subnet_ids,
            drop_invalid_header_fields=True,
            enable_deletion_protection=environment == "production",
        )
        LbListener(
            self,
            "http",
            load_balancer_arn=self.load_balancer.arn,
            port=80,
            protocol="HTTP",
            default_action=[
                LbListenerDefaultAction(
                    type="redirect",
                    redirect=LbListenerDefaultActionRedirect(port="443", protocol="HTTPS", status_code="HTTP_301"),
                )
            ],
        )
        self.https = LbListener(
            self,
            "https",
            load_balancer_arn=self.load_balancer.arn,
            port=443,
            protocol="HTTPS",
            ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06",
            certificate_arn=certificate_arn,
            default_action=[
                LbListenerDefaultAction(
                    type="fixed-response",
                    fixed_response=LbListenerDefaultActionFixedResponse(
                        content_type="text/plain",
                        message_body="Unknown service",
                        status_code="404",
                    ),
                )
            ],
        )


class ContainerService(Construct):
    """One service: image repository, roles, task definition, routing and scaling."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        config: ServiceConfig,
        shared: ClinicCluster,
        database: RecordsDatabase,
        region: str,
    ) -> None:
        super().__init__(scope, construct_id)
        self._config = config
        self._shared = shared
        self._region = region

        self.repository = EcrRepository(
            self,
            "repository",
            name=f"clinical/{config.name}-{shared.environment}",
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration=EcrRepositoryImageScanningConfiguration(scan_on_push=True),
            encryption_configuration=[EcrRepositoryEncryptionConfiguration(
                encryption_type="KMS",
                kms_key=database.key.arn,
            )],
        )
        self.log_group = CloudwatchLogGroup(
            self,
            "logs",
            name=f"/clinical/{shared.environment}/{config.name}",
            retention_in_days=90,
        )
        self.security_group = SecurityGroup(
            self,
            "sg",
            name=f"clinical-{config.name}-{shared.environment}",
            description=f"Tasks of {config.name}",
            vpc_id=shared.network.vpc.id,
            ingress=[SecurityGroupIngress(
                from_port=config.container_port,
                to_port=config.container_port,
                protocol="tcp",
                security_groups=[shared.network.load_balancer_group.id],
            )],
            egress=[SecurityGroupEgress(from_port=0, to_port=0, protocol="-1", cidr_blocks=["0.0.0.0/0"])],
        )
        database.allow_from(config.name, self.security_group.id)

        environment = {**config.environment, "DB_HOST": database.endpoint, "DB_NAME": "records"}
        self.task_definition = self._task_definition(environment, database.secret_arn)
        self.target_group = self._route()
        self.service = self._service()
        self._scale()

    def _task_definition(self, environment: Dict[str, str], secret_arn: str) -> EcsTaskDefinition:
        execution_role = IamRole(
            self,
            "execution-role",
            name=f"{self._config.family}-execution-{self._shared.environment}",
            assume_role_policy=ASSUME_BY_TASKS,
        )
        IamRolePolicyAttachment(
            self,
            "execution-policy",
            role=execution_role.name,
            policy_arn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        )
        IamRolePolicy(
            self,
            "read-secret",
            role=execution_role.id,
            policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": secret_arn},
                ],
            }),
        )
        container = {
            "name": self._config.name,
            "image": f"{self.repository.repository_url}:latest",
            "essential": True,
            "portMappings": [{"containerPort": self._config.container_port, "protocol": "tcp"}],
            "environment": [{"name": key, "value": value} for key, value in environment.items()],
            "secrets": [{"name": "DB_CREDENTIALS", "valueFrom": secret_arn}],
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": self.log_group.name,
                    "awslogs-region": self._region,
                    "awslogs-stream-prefix": self._config.name,
                },
            },
        }
        return EcsTaskDefinition(
            self,
            "task",
            family=self._config.family,
            cpu=str(self._config.cpu),
            memory=str(self._config.memory),
            network_mode="awsvpc",
            requires_compatibilities=["FARGATE"],
            execution_role_arn=execution_role.arn,
            container_definitions=json.dumps([container]),
        )

    def _route(self) -> LbTargetGroup:
        target_group = LbTargetGroup(
            self,
            "targets",
            name=f"{self._config.family}-{self._shared.environment}"[:32],
            port=self._config.container_port,
            protocol="HTTP",
            target_type="ip",
            vpc_id=self._shared.network.vpc.id,
            deregistration_delay=str(self._config.deregistration_delay),
            health_check=LbTargetGroupHealthCheck(
                path=self._config.health_check_path,
                port=str(self._config.container_port),
                matcher="200-299",
                interval=30,
            ),
        )
        LbListenerRule(
            self,
            "rule",
            listener_arn=self._shared.https.arn,
            priority=self._config.priority,
            action=[LbListenerRuleAction(type="forward", target_group_arn=target_group.arn)],
            condition=[LbListenerRuleCondition(path_pattern={"values": self._config.path_patterns})],
        )
        return target_group

    def _service(self) -> EcsService:
        return EcsService(
            self,
            "service",
            name=self._config.name,
            cluster=self._shared.cluster.id,
            task_definition=self.task_definition.arn,
            desired_count=self._config.desired_count,
            launch_type="FARGATE",
            health_check_grace_period_seconds=60,
            deployment_circuit_breaker=EcsServiceDeploymentCircuitBreaker(enable=True, rollback=True),
            network_configuration=EcsServiceNetworkConfiguration(
                subnets=self._shared.network.private_subnet_ids,
                security_groups=[self.security_group.id],
                assign_public_ip=False,
            ),
            load_balancer=[EcsServiceLoadBalancer(
                target_group_arn=self.target_group.arn,
                container_name=self._config.name,
                container_port=self._config.container_port,
            )],
            depends_on=[self._shared.https],
        )

    def _scale(self) -> None:
        target = AppautoscalingTarget(
            self,
            "scaling-target",
            service_namespace="ecs",
            resource_id=f"service/{self._shared.cluster.name}/{self.service.name}",
            scalable_dimension="ecs:service:DesiredCount",
            min_capacity=self._config.desired_count,
            max_capacity=self._config.max_count,
        )
        for metric, value in (("ECSServiceAverageCPUUtilization", 60), ("ECSServiceAverageMemoryUtilization", 75)):
            AppautoscalingPolicy(
                self,
                f"scale-{metric}",
                name=f"{self._config.family}-{metric}",
                policy_type="TargetTrackingScaling",
                service_namespace=target.service_namespace,
                resource_id=target.resource_id,
                scalable_dimension=target.scalable_dimension,
                target_tracking_scaling_policy_configuration=(
                    AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration(
                        target_value=value,
                        scale_in_cooldown=300,
                        scale_out_cooldown=60,
                        predefined_metric_specification=(
                            AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification(
                                predefined_metric_type=metric,
                            )
                        ),
                    )
                ),
            )

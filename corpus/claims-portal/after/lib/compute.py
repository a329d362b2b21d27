"""The Fargate service of the claims portal, its load balancer and its queue."""
import json
from typing import Optional

from cdktf_cdktf_provider_aws.appautoscaling_policy import (
    AppautoscalingPolicy,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification,
)
from cdktf_cdktf_provider_aws.appautoscaling_target import AppautoscalingTarget
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster, EcsClusterSetting
from cdktf_cdktf_provider_aws.ecs_cluster_capacity_providers import (
    EcsClusterCapacityProviders,
    EcsClusterCapacityProvidersDefaultCapacityProviderStrategy,
)
from cdktf_cdktf_provider_aws.ecs_service import (
    EcsService,
    EcsServiceCapacityProviderStrategy,
    EcsServiceDeploymentCircuitBreaker,
    EcsServiceLoadBalancer,
    EcsServiceNetworkConfiguration,
)
from cdktf_cdktf_provider_aws.ecs_task_definition import (
    EcsTaskDefinition,
    EcsTaskDefinitionVolume,
    EcsTaskDefinitionVolumeEfsVolumeConfiguration,
)
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import LbListener, LbListenerDefaultAction
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.wafv2_web_acl_association import Wafv2WebAclAssociation
from constructs import Construct

from lib.database import ClaimsDatabase
from lib.networking import Networking
from lib.security import APP_PORT, Security
from lib.storage import DocumentStorage


class ClaimsServiceProps:
    """Configuration of the service."""

    def __init__(
        self,
        *,
        environment_suffix: str,
        aws_region: str,
        networking: Networking,
        security: Security,
        storage: DocumentStorage,
        database: ClaimsDatabase,
        cpu: Optional[int] = None,
        memory: Optional[int] = None,
        desired_count: Optional[int] = None,
    ):
        self.environment_suffix = environment_suffix
        self.aws_region = aws_region
        self.networking = networking
        self.security = security
        self.storage = storage
        self.database = database
        self.cpu = cpu or 512
        self.memory = memory or 1024
        self.desired_count = desired_count or 2


class ClaimsService(Construct):
    """Tasks on Fargate behind an application load balancer."""

    def __init__(self, scope: Construct, construct_id: str, props: ClaimsServiceProps):
        super().__init__(scope, construct_id)
        self.props = props
        self.environment_suffix = props.environment_suffix

        self.log_group = CloudwatchLogGroup(
            self,
            "logs",
            name=f"/ecs/claims-{self.environment_suffix}",
            retention_in_days=30,
            kms_key_id=props.security.kms_key.arn,
        )
        self._create_queues()
        self._create_roles()
        self._create_load_balancer()
        self._create_service()
        self._create_scaling()

    def _create_queues(self) -> None:
        self.dead_letter_queue = SqsQueue(
            self,
            "intake_dlq",
            name=f"claims-intake-dlq-{self.environment_suffix}",
            message_retention_seconds=1209600,
            kms_master_key_id=self.props.security.kms_key.id,
        )
        self.intake_queue = SqsQueue(
            self,
            "intake",
            name=f"claims-intake-{self.environment_suffix}",
            visibility_timeout_seconds=300,
            kms_master_key_id=self.props.security.kms_key.id,
            redrive_policy=json.dumps({
                "deadLetterTargetArn": self.dead_letter_queue.arn,
                "maxReceiveCount": 5,
            }),
        )

    def _create_roles(self) -> None:
        assume_role_policy = json.dumps({
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Allow",
                "Principal": {"Service": "ecs-tasks.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }],
        })
        self.execution_role = IamRole(
            self,
            "execution_role",
            name=f"claims-execution-{self.environment_suffix}",
            assume_role_policy=assume_role_policy,
        )
        IamRolePolicyAttachment(
            self,
            "execution_role_policy",
            role=self.execution_role.name,
            policy_arn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        )
        self.task_role = IamRole(
            self,
            "task_role",
            name=f"claims-task-{self.environment_suffix}",
            assume_role_policy=assume_role_policy,
        )
        IamRolePolicy(
            self,
            "task_role_policy",
            name=f"claims-task-{self.environment_suffix}",
            role=self.task_role.id,
            policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": ["s3:GetObject", "s3:PutObject"],
                        "Resource": f"{self.props.storage.bucket.arn}/*",
                    },
                    {
                        "Effect": "Allow",
                        "Action": ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"],
                        "Resource": self.intake_queue.arn,
                    },
                    {
                        "Effect": "Allow",
                        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
                        "Resource": self.props.security.kms_key.arn,
                    },
                ],
            }),
        )

    def _create_load_balancer(self) -> None:
        self.load_balancer = Lb(
            self,
            "alb",
            name=f"claims-{self.environment_suffix}",
            load_balancer_type="application",
            security_groups=[self.props.security.alb_security_group.id],
            subnets=self.props.networking.public_subnet_ids,
            drop_invalid_header_fields=True,
        )
        self.target_group = LbTargetGroup(
            self,
            "target_group",
            name=f"claims-{self.environment_suffix}",
            port=APP_PORT,
            protocol="HTTP",
            target_type="ip",
            vpc_id=self.props.networking.vpc.id,
            deregistration_delay="30",
            health_check=LbTargetGroupHealthCheck(
                path="/actuator/health",
                port=str(APP_PORT),
                matcher="200-299",
                healthy_threshold=2,
                unhealthy_threshold=3,
                interval=15,
            ),
        )
        self.listener = LbListener(
            self,
            "listener",
            load_balancer_arn=self.load_balancer.id,
            port=80,
            protocol="HTTP",
            default_action=[
                LbListenerDefaultAction(type="forward", target_group_arn=self.target_group.id),
            ],
        )
        Wafv2WebAclAssociation(
            self,
            "waf_association",
            resource_arn=self.load_balancer.arn,
            web_acl_arn=self.props.security.web_acl.arn,
        )

    def _create_service(self) -> None:
        self.cluster = EcsCluster(
            self,
            "cluster",
            name=f"claims-{self.environment_suffix}",
            setting=[EcsClusterSetting(name="containerInsights", value="enabled")],
        )
        EcsClusterCapacityProviders(
            self,
            "capacity_providers",
            cluster_name=self.cluster.name,
            capacity_providers=["FARGATE", "FARGATE_SPOT"],
            default_capacity_provider_strategy=[
                EcsClusterCapacityProvidersDefaultCapacityProviderStrategy(
                    capacity_provider="FARGATE", weight=1, base=1
                )
            ],
        )
        container = {
            "name": "claims",
            "image": "public.ecr.aws/docker/library/httpd:2.4",
            "essential": True,
            "portMappings": [{"containerPort": APP_PORT, "protocol": "tcp"}],
            "environment": [
                {"name": "DB_HOST", "value": self.props.database.cluster.endpoint},
                {"name": "QUEUE_URL", "value": self.intake_queue.url},
            ],
            "mountPoints": [{"sourceVolume": "work-area", "containerPath": "/mnt/claims"}],
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": self.log_group.name,
                    "awslogs-region": self.props.aws_region,
                    "awslogs-stream-prefix": "claims",
                },
            },
        }
        self.task_definition = EcsTaskDefinition(
            self,
            "task",
            family=f"claims-{self.environment_suffix}",
            requires_compatibilities=["FARGATE"],
            network_mode="awsvpc",
            cpu=str(self.props.cpu),
            memory=str(self.props.memory),
            execution_role_arn=self.execution_role.arn,
            task_role_arn=self.task_role.arn,
            container_definitions=json.dumps([container]),
            volume=[
                EcsTaskDefinitionVolume(
                    name="work-area",
                    efs_volume_configuration=EcsTaskDefinitionVolumeEfsVolumeConfiguration(
                        file_system_id=self.props.storage.file_system.id,
                        transit_encryption="ENABLED",
                    ),
                )
            ],
        )
        self.service = EcsService(
            self,
            "service",
            name=f"claims-{self.environment_suffix}",
            cluster=self.cluster.id,
            task_definition=self.task_definition.arn,
            desired_count=self.props.desired_count,
            capacity_provider_strategy=[
                EcsServiceCapacityProviderStrategy(capacity_provider="FARGATE", weight=1, base=1),
                EcsServiceCapacityProviderStrategy(capacity_provider="FARGATE_SPOT", weight=3),
            ],
            network_configuration=EcsServiceNetworkConfiguration(
                subnets=self.props.networking.private_subnet_ids,
                security_groups=[self.props.security.service_security_group.id],
                assign_public_ip=False,
            ),
            load_balancer=[EcsServiceLoadBalancer(
                target_group_arn=self.target_group.arn,
                container_name="claims",
                container_port=APP_PORT,
            )],
            deployment_circuit_breaker=EcsServiceDeploymentCircuitBreaker(enable=True, rollback=True),
            depends_on=[self.listener],
        )

    def _create_scaling(self) -> None:
        self.scaling_target = AppautoscalingTarget(
            self,
            "scaling_target",
            min_capacity=self.props.desired_count,
            max_capacity=self.props.desired_count * 5,
            resource_id=f"service/{self.cluster.name}/{self.service.name}",
            scalable_dimension="ecs:service:DesiredCount",
            service_namespace="ecs",
        )
        AppautoscalingPolicy(
            self,
            "cpu_scaling",
            name=f"claims-cpu-{self.environment_suffix}",
            policy_type="TargetTrackingScaling",
            resource_id=self.scaling_target.resource_id,
            scalable_dimension=self.scaling_target.scalable_dimension,
            service_namespace=self.scaling_target.service_namespace,
            target_tracking_scaling_policy_configuration=AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration(
                target_value=60,
                predefined_metric_specification=(
                    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification(
                        predefined_metric_type="ECSServiceAverageCPUUtilization",
                    )
                ),
            ),
        )

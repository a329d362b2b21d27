"""ECS on Fargate behind a load balancer, scaled by a match on the kind of service."""

from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster, EcsClusterSetting
from cdktf_cdktf_provider_aws.ecs_service import EcsService, EcsServiceNetworkConfiguration
from cdktf_cdktf_provider_aws.ecs_task_definition import EcsTaskDefinition
from cdktf_cdktf_provider_aws.ecr_repository import EcrRepository
from cdktf_cdktf_provider_aws.ecr_lifecycle_policy import EcrLifecyclePolicy
from cdktf_cdktf_provider_aws.appautoscaling_policy import AppautoscalingPolicy
from cdktf_cdktf_provider_aws.appautoscaling_target import AppautoscalingTarget
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import LbListener
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

SERVICES = [
    {"name": "portal", "kind": "web", "cpu": "512", "memory": "1024"},
    {"name": "scoring", "kind": "worker", "cpu": "1024", "memory": "2048"},
]


class WorkloadStack(TerraformStack):
    def __init__(self, scope, id, *, region, environment, network, data, size):
        super().__init__(scope, id)
        AwsProvider(self, "aws", region=region)
        self.environment, self.network, self.data, self.size = environment, network, data, size
        self.cluster = EcsCluster(
            self,
            "cluster",
            cluster_name=f"{environment}-origination",
            settings=EcsClusterSetting(name="containerInsights", value="enabled"),
        )
        self.balancer = Lb(
            self,
            "balancer",
            name=f"{environment}-origination",
            internal="false",
            type="application",
            security_group_ids=[network.groups["alb"].id],
            subnet_ids=[subnet.id for subnet in network.subnets["public"]],
            idle_timeout="60",
            drop_invalid_headers=True,
        )
        self.queue = SqsQueue(
            self, "quotes", name=f"{environment}-quotes", visibility_timeout="120", message_retention=1209600
        )
        for service in SERVICES:
            self.deploy(region=region, **service)

    def role(self, name):
        role = IamRole(
            self,
            f"{name}-role",
            name=f"{self.environment}-{name}",
            assume_role_policy={
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "ecs-tasks.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }
                ],
            },
        )
        IamRolePolicyAttachment(
            self,
            f"{name}-role-policy",
            role_name=role.name,
            policy_arn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        )
        return role

    def deploy(self, *, name, kind, cpu, memory, region):
        repository = EcrRepository(
            self,
            f"{name}-repository",
            repository_name=f"{self.environment}/{name}",
            image_scanning_configuration=[{"scan_on_push": True}],
            encryption_configuration={"encryption_type": "KMS", "kms_key": self.data.key.arn},
        )
        EcrLifecyclePolicy(
            self,
            f"{name}-images",
            repository=repository.name,
            lifecycle_policy={
                "rules": [
                    {
                        "rulePriority": 1,
                        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 30},
                        "action": {"type": "expire"},
                    }
                ]
            },
        )
        logs = CloudwatchLogGroup(self, f"{name}-logs", name=f"/{self.environment}/{name}", retention_days=30)
        role = self.role(name)
        task = EcsTaskDefinition(
            self,
            f"{name}-task",
            family=f"{self.environment}-{name}",
            network_mode="awsvpc",
            requires_compatibilities="FARGATE",
            cpu=cpu,
            memory=memory,
            execution_role=role.arn,
            task_role_arn=role.arn,
            runtime_platform=[{"cpu_architecture": "ARM64", "operating_system_family": "LINUX"}],
            container_definitions=[
                {
                    "name": name,
                    "image": f"{repository.repository_uri}:latest",
                    "essential": True,
                    "portMappings": [{"containerPort": 8080}],
                    "environment": [
                        {"name": "QUEUE", "value": self.queue.queue_url},
                        {"name": "DATABASE", "value": self.data.cluster.cluster_endpoint},
                    ],
                    "logConfiguration": {
                        "logDriver": "awslogs",
                        "options": {
                            "awslogs-group": logs.log_group_name,
                            "awslogs-region": region,
                            "awslogs-stream-prefix": name,
                        },
                    },
                }
            ],
        )
        extra = {}
        if kind == "web":
            extra["load_balancer"] = {
                "target_group_arn": self.expose(name).arn, "container_name": name, "container_port": "8080"
            }
        service = EcsService(
            self,
            f"{name}-service",
            service_name=name,
            cluster_id=self.cluster.id,
            task_definition_arn=task.arn,
            desired_count=self.size,
            launch_type="FARGATE",
            network_configuration=[
                EcsServiceNetworkConfiguration(
                    subnet_ids=[subnet.id for subnet in self.network.subnets["private"]],
                    security_groups=self.network.groups["app"].id,
                    assign_public_ip="false",
                )
            ],
            deployment_circuit_breaker=[{"enable": True, "rollback": True}],
            deployment_configuration={"minimum_healthy_percent": 100, "maximum_percent": 200},
            health_check_grace_period=60 if kind == "web" else None,
            enable_execute_command="true",
            **extra,
        )
        self.scale(name, kind, service)

    def expose(self, name):
        group = LbTargetGroup(
            self,
            f"{name}-targets",
            name=f"{self.environment}-{name}",
            port="8080",
            protocol="HTTP",
            target_type="ip",
            vpc_id=self.network.vpc.id,
            deregistration_delay=30,
            health_check=[{"path": "/health", "matcher": 200, "healthy_threshold": "2", "interval": 15}],
        )
        LbListener(
            self,
            f"{name}-listener",
            load_balancer_arn=self.balancer.load_balancer_arn,
            port="80",
            protocol="HTTP",
            default_actions=[{"type": "forward", "target_group_arn": group.arn}],
        )
        return group

    def scale(self, name, kind, service):
        target = AppautoscalingTarget(
            self,
            f"{name}-scaling",
            min_capacity=self.size,
            max_capacity=str(self.size * 4),
            resource_id=f"service/{self.cluster.cluster_name}/{service.service_name}",
            scalable_dimension="ecs:service:DesiredCount",
            service_namespace="ecs",
        )
        match kind:
            case "web":
                metric, value = "ECSServiceAverageCPUUtilization", 60
            case _:
                metric, value = "ECSServiceAverageMemoryUtilization", 75
        AppautoscalingPolicy(
            self,
            f"{name}-policy",
            policy_name=f"{name}-{kind}",
            policy_type="TargetTrackingScaling",
            resource_id=target.resource_id,
            scalable_dimension=target.scalable_dimension,
            service_namespace=target.service_namespace,
            target_tracking_scaling_policy=[
                {
                    "predefined_metric_specification": [{"metric_type": metric}],
                    "target_value": value,
                    "scale_in_cooldown": "300",
                    "scale_out_cooldown": 60,
                }
            ],
        )

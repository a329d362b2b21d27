"""The web service and the worker."""

import json

from cdktf import Fn
from cdktf_cdktf_provider_aws import cloudwatch, ecs, elbv2, iam, lambda_
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity

from stacks.base import BaseStack

IMAGE = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/ticketing:latest"


class ComputeStack(BaseStack):
    def __init__(self, scope, construct_id, *, network, data, **kwargs):
        super().__init__(scope, construct_id, **kwargs)
        account = DataAwsCallerIdentity(self, "account").account_id

        logs = cloudwatch.LogGroup(self, "Logs", log_group_name=f"/ticketing/{self.stage}", retention_in_days=30)
        role = self._role("ecs-tasks.amazonaws.com", "Task", [
            {
                "Effect": "Allow",
                "Action": ["secretsmanager:GetSecretValue"],
                "Resource": Fn.join(":", ["arn:aws:secretsmanager", self.env["region"], account, "secret", "*"]),
            },
        ])

        cluster = ecs.Cluster(
            self,
            "Cluster",
            cluster_name=self.name("cluster"),
            setting={"name": "containerInsights", "value": "enabled"},
        )
        task = ecs.TaskDefinition(
            self,
            "Task",
            family=self.name("web"),
            cpu=512,
            memory=1024,
            network_mode="awsvpc",
            requires_compatibilities="FARGATE",
            execution_role_arn=role.arn,
            task_role_arn=role.arn,
            container_definitions=[
                {
                    "name": "web",
                    "image": IMAGE,
                    "essential": True,
                    "portMappings": [{"containerPort": 8080}],
                    "environment": [{"name": "DB_HOST", "value": data.database.address}],
                    "secrets": [{"name": "DB_PASSWORD", "valueFrom": data.secret.arn}],
                    "logConfiguration": {
                        "logDriver": "awslogs",
                        "options": {
                            "awslogs-group": logs.name,
                            "awslogs-region": self.env["region"],
                            "awslogs-stream-prefix": "web",
                        },
                    },
                },
            ],
        )

        alb = elbv2.LoadBalancer(
            self,
            "Alb",
            name=self.name("web"),
            load_balancer_type="application",
            subnets=[subnet.id for subnet in network.public_subnets],
            security_groups=[network.app_sg.id],
        )
        targets = elbv2.TargetGroup(
            self,
            "Targets",
            name=self.name("web"),
            port=8080,
            protocol="HTTP",
            vpc_id=network.vpc.id,
            target_type="ip",
            health_check_path="/health",
            deregistration_delay=30,
        )
        listener = elbv2.Listener(
            self,
            "Listener",
            load_balancer_arn=alb.load_balancer_arn,
            port=80,
            protocol="HTTP",
            default_actions=[{"type": "forward", "target_group_arn": targets.arn}],
        )
        ecs.Service(
            self,
            "Service",
            name=self.name("web"),
            cluster=cluster.arn,
            task_definition=task.arn,
            desired_count=2,
            launch_type="FARGATE",
            deployment_configuration={"maximum_percent": 200, "minimum_healthy_percent": 100},
            network_configuration={
                "subnets": [subnet.id for subnet in network.private_subnets],
                "security_groups": [network.app_sg.id],
            },
            load_balancers=[{"target_group_arn": targets.arn, "container_name": "web", "container_port": 8080}],
            depends_on=listener,
        )

        worker_role = self._role("lambda.amazonaws.com", "Worker", [
            {"Effect": "Allow", "Action": "dynamodb:*", "Resource": data.sessions.table_arn},
        ])
        self.worker = lambda_.Function(
            self,
            "WorkerFunction",
            function_name=self.name("worker"),
            runtime="python3.12",
            handler="worker.handler",
            role=worker_role.arn,
            memory_size=256,
            timeout=30,
            s3_bucket=data.files.id,
            s3_key="worker.zip",
            environment={"TABLE": data.sessions.table_name, "STAGE": self.stage},
            dead_letter_config=null,
        )

    def _role(self, service, name, statements):
        role = iam.Role(
            self,
            f"{name}Role",
            role_name=self.name(name.lower()),
            assume_role_policy_document=json.dumps({
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}],
            }),
        )
        iam.RolePolicy(
            self,
            f"{name}Policy",
            role=role.id,
            policy=json.dumps({"Version": "2012-10-17", "Statement": statements}),
        )
        return role

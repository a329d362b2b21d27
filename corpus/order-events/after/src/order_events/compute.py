"""Lambda functions, made alike from a short description each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.lambda_function import (
    LambdaFunction,
    LambdaFunctionDeadLetterConfig,
    LambdaFunctionEnvironment,
    LambdaFunctionTracingConfig,
)
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from constructs import Construct

from .config import Settings


class HasArn(Protocol):
    """Anything in AWS that a policy can name."""

    @property
    def arn(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Grant:
    """Actions on resources."""

    actions: tuple[str, ...]
    resources: tuple[HasArn, ...]
    suffix: str = ""

    def statement(self) -> dict[str, Any]:
        arns = [resource.arn for resource in self.resources]
        if self.suffix:
            arns += [f"{arn}{self.suffix}" for arn in arns]
        return {"Effect": "Allow", "Action": list(self.actions), "Resource": arns}


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionSpec:
    """What makes one function different from the others."""

    name: str
    handler: str
    timeout: int = 30
    memory_mb: int | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    grants: Sequence[Grant] = ()
    dead_letter_queue: HasArn | None = None


def assume_role_policy(*services: str) -> str:
    """A policy that lets services take a role."""
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": [f"{name}.amazonaws.com"]},
                    "Action": "sts:AssumeRole",
                }
                for name in services
            ],
        }
    )


class FunctionFactory(Construct):
    """Makes functions whose code is in one bucket."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings, code: S3Bucket) -> None:
        super().__init__(scope, construct_id)
        self._settings = settings
        self._code = code

    def create(self, spec: FunctionSpec) -> LambdaFunction:
        """A function with its role and its log group."""
        name = self._settings.name(spec.name)
        role = IamRole(
            self,
            f"{spec.name}-role",
            name=name,
            assume_role_policy=assume_role_policy("lambda"),
        )
        logs = CloudwatchLogGroup(
            self,
            f"{spec.name}-logs",
            name=f"/aws/lambda/{name}",
            retention_in_days=self._settings.log_retention_days,
        )
        statements = [
            {
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": f"{logs.arn}:*",
            },
            {
                "Effect": "Allow",
                "Action": ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
                "Resource": "*",
            },
            *(grant.statement() for grant in spec.grants),
        ]
        if spec.dead_letter_queue is not None:
            statements.append(Grant(("sqs:SendMessage",), (spec.dead_letter_queue,)).statement())
        policy = IamRolePolicy(
            self,
            f"{spec.name}-policy",
            name="inline",
            role=role.name,
            policy=json.dumps({"Version": "2012-10-17", "Statement": statements}),
        )
        return LambdaFunction(
            self,
            spec.name,
            function_name=name,
            role=role.arn,
            runtime="python3.12",
            architectures=["arm64"],
            handler=spec.handler,
            s3_bucket=self._code.bucket,
            s3_key=f"functions/{spec.name}.zip",
            timeout=spec.timeout,
            memory_size=spec.memory_mb or self._settings.memory_mb,
            environment=LambdaFunctionEnvironment(
                variables={
                    "ENVIRONMENT": self._settings.environment.value,
                    "LOG_LEVEL": "INFO" if self._settings.is_production else "DEBUG",
                    **spec.environment,
                }
            ),
            tracing_config=LambdaFunctionTracingConfig(mode="Active"),
            dead_letter_config=(
                LambdaFunctionDeadLetterConfig(target_arn=spec.dead_letter_queue.arn)
                if spec.dead_letter_queue
                else None
            ),
            depends_on=[policy],
        )

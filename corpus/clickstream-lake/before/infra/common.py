"""Names, tags, roles and rules that the parts of the platform share."""
from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import Any

from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from constructs import Construct

PROJECT = "clickstream"

# Kafka, Redshift and OpenSearch live in the private subnets; this is all that reaches them
INTERNAL_PORTS = {"kafka": 9098, "redshift": 5439, "https": 443}

ACL_INGRESS = [
    {"rule_no": 10, "action": "allow", "protocol": "6", "from_port": 443, "to_port": 443, "cidr_block": "10.60.0.0/16"},
    {"rule_no": 20, "action": "allow", "protocol": "6", "from_port": 1024, "to_port": 65535, "cidr_block": "0.0.0.0/0"},
]


@dataclass
class Settings:
    """What differs between the environments."""

    environment: str
    region: str
    cidr_block: str = "10.60.0.0/16"
    zones: int = 2
    shard_count: int = 2
    retention_hours: str = "48"
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def is_production(self) -> bool:
        return self.environment.startswith("prod")

    def name(self, part: str) -> str:
        """The name of a part: project, part, environment."""
        return f"{PROJECT}-{part}-{self.environment}"


def load_settings() -> Settings:
    environment = os.environ.get("ENVIRONMENT_SUFFIX", "staging")
    return Settings(
        environment=environment,
        region=os.environ.get("AWS_REGION", "us-west-2"),
        shard_count=4 if environment == "prod" else 2,
        tags={"Project": PROJECT, "Environment": environment, "Owner": "data-platform"},
    )


def ingress_from(cidr_block: str, port: int, description: str | None = None) -> dict[str, Any]:
    """A rule of a security group that lets a network in at one port."""
    return {
        "from_port": port,
        "to_port": port,
        "protocol": "tcp",
        "cidr_blocks": [cidr_block],
        "description": description or f"port {port} from {cidr_block}",
    }


def service_role(
    scope: Construct, settings: Settings, name: str, services: list[str], statements: list[dict]
) -> IamRole:
    """A role that services of AWS assume, with one inline policy."""
    principals = [f"{service}.amazonaws.com" for service in services]
    role = IamRole(
        scope,
        f"{name}-role",
        name=settings.name(name),
        assume_role_policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": principals}, "Action": "sts:AssumeRole"}
                ],
            }
        ),
    )
    IamRolePolicy(
        scope,
        f"{name}-policy",
        name=settings.name(name),
        role=role.id,
        policy=json.dumps({"Version": "2012-10-17", "Statement": statements}),
    )
    return role


def create_key(scope: Construct, settings: Settings, account: str) -> tuple[KmsKey, KmsAlias]:
    """The key of the lake and its alias."""
    key = KmsKey(
        scope,
        "key",
        description=f"Clickstream data ({settings.environment})",
        enable_key_rotation="true",
        deletion_window_in_days=30 if settings.is_production else 7,
        policy={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "Root",
                    "Effect": "Allow",
                    "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
                    "Action": "kms:*",
                    "Resource": "*",
                }
            ],
        },
    )
    alias = KmsAlias(scope, "key-alias", name=f"alias/{settings.name('lake')}", target_key_id=key.id)
    return key, alias

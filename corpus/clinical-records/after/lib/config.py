"""Typed configuration of the clinical records platform.

Every construct takes one frozen dataclass, so that an environment is described in a single place
and the constructs stay free of literals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional
from cdktf_cdktf_provider_aws.security_group import SecurityGroupIngress

# Clinics reach the portal from anywhere; the platform's own network is allowed everywhere else.
PUBLIC_RULES: List[Dict[str, Any]] = [
    SecurityGroupIngress(
        description="HTTPS from clinics",
        from_port=443,
        to_port=443,
        protocol="tcp",
        cidr_blocks=["0.0.0.0/0"],
        ipv6_cidr_blocks=["::/0"],
    ),
    SecurityGroupIngress(
        description="HTTP, to be redirected",
        from_port=80,
        to_port=80,
        protocol="tcp",
        cidr_blocks=["0.0.0.0/0"],
    ),
]


@dataclass(frozen=True)
class NetworkConfig:
    """Address space and zones."""

    cidr_block: str = "10.80.0.0/16"
    availability_zones: List[str] = field(default_factory=lambda: ["eu-central-1a", "eu-central-1b", "eu-central-1c"])
    public_cidrs: List[str] = field(default_factory=lambda: ["10.80.0.0/24", "10.80.1.0/24", "10.80.2.0/24"])
    private_cidrs: List[str] = field(default_factory=lambda: ["10.80.10.0/24", "10.80.11.0/24", "10.80.12.0/24"])
    single_nat_gateway: bool = True
    flow_log_retention_days: int = 90


@dataclass(frozen=True)
class DatabaseConfig:
    """Aurora PostgreSQL with the patients' records."""

    database_name: str = "records"
    master_username: str = "records_admin"
    min_capacity: float = 0.5
    max_capacity: float = 4
    instance_count: int = 2
    backup_retention_period: str = "14"
    deletion_protection: bool = False
    max_connections: int = 500
    log_min_duration_statement: int = 1000


@dataclass(frozen=True)
class ServiceConfig:
    """One containerised service behind the load balancer."""

    name: str
    container_port: int
    cpu: int = 256
    memory: int = 512
    desired_count: int = 2
    max_count: int = 6
    health_check_path: str = "/health"
    deregistration_delay: int = 60
    path_patterns: Optional[List[str]] = None
    priority: int = 100
    environment: Dict[str, str] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """Name of the task definition's family."""
        return f"clinical-{self.name}"


@dataclass(frozen=True)
class IdentityConfig:
    """Sign-in of clinicians."""

    callback_urls: List[str]
    logout_urls: List[str]
    domain_prefix: str
    minimum_password_length: str = "14"


@dataclass(frozen=True)
class ProtectionConfig:
    """Backups and the audit trail."""

    daily_retention_days: int = 35
    monthly_retention_days: int = 2555
    cold_storage_after_days: int = 90
    backup_window_minutes: int = 120
    audit_retention_days: int = 2555
    backup_tags: Dict[str, str] = field(default_factory=lambda: {"Backup": "daily", "DataClass": "phi"})


@dataclass(frozen=True)
class PlatformConfig:
    """Everything that one environment needs."""

    environment: str
    region: str
    certificate_arn: str
    network: NetworkConfig
    database: DatabaseConfig
    identity: IdentityConfig
    protection: ProtectionConfig
    services: List[ServiceConfig]
    tags: Dict[str, str]


def load_config(environment: str) -> PlatformConfig:
    """Return the configuration of an environment.

    Args:
        environment: ``staging`` or ``production``.

    Returns:
        The settings of all constructs.
    """
    production = environment == "production"
    host = "records.clinic.example" if production else f"{environment}.records.clinic.example"
    return PlatformConfig(
        environment=environment,
        region="eu-central-1",
        certificate_arn="arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666",
        network=NetworkConfig(single_nat_gateway=not production),
        database=DatabaseConfig(
            max_capacity=16 if production else 4,
            deletion_protection=production,
        ),
        identity=IdentityConfig(
            callback_urls=[f"https://{host}/oauth2/idpresponse"],
            logout_urls=[f"https://{host}/signed-out"],
            domain_prefix=f"clinical-records-{environment}",
        ),
        protection=ProtectionConfig(),
        services=[
            ServiceConfig(name="portal", container_port=3000, cpu=512, memory=1024, priority=200, path_patterns=["/*"]),
            ServiceConfig(
                name="records-api",
                container_port=8080,
                cpu=1024,
                memory=2048,
                desired_count=3,
                priority=100,
                path_patterns=["/api/*", "/fhir/*"],
                environment={"FHIR_VERSION": "R4", "LOG_LEVEL": "info"},
            ),
        ],
        tags={"Project": "clinical-records", "Environment": environment, "Compliance": "GDPR"},
    )

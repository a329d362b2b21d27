from dataclasses import dataclass, field
from typing import Any, Dict, List
from cdktf_cdktf_provider_aws.security_group import SecurityGroupIngress

SERVICES = {
    "api": {"port": 8080, "count": 2, "cpu": 256},
    "worker": {"port": 9090, "count": 1, "cpu": 512},
}
LOG_DAYS = 14


@dataclass
class DatabaseConfig:
    instance_class: str = "db.t3.micro"
    allocated_storage: int = 20
    backup_days: str = "7"
    ports: List[int] = field(default_factory=lambda: [5432])


def security_rules() -> List[Dict[str, Any]]:
    rules = []
    for port in [80, 443]:
        rules.append(SecurityGroupIngress(
            from_port=port,
            to_port=port,
            protocol="tcp",
            cidr_blocks=["0.0.0.0/0"],
        ))
    return rules

"""Settings that start from defaults and are filled in step by step."""

from copy import deepcopy

SERVICE_DEFAULTS = {
    "launch_type": "FARGATE",
    "desired_count": 2,
    "enable_execute_command": True,
}

BACKUP_RULES = {
    "daily": {"schedule": "cron(0 3 * * ? *)", "target_vault_name": "main", "lifecycle": {"delete_after": 35}},
    "monthly": {
        "schedule": "cron(0 4 1 * ? *)",
        "target_vault_name": "main",
        "lifecycle": {"cold_storage_after": 30, "delete_after": 365},
    },
}

# name -> value, as the console shows them
DB_PARAMETERS = {
    "log_min_duration_statement": "500",
    "log_connections": 1,
    "rds.force_ssl": 1,
}

ALARMS = {
    "cpu": {"metric_name": "CPUUtilization", "threshold": 80, "namespace": "AWS/ECS"},
    "memory": {"metric_name": "MemoryUtilization", "threshold": 85, "namespace": "AWS/ECS"},
}


def merged(*parts):
    """One dict of several, the later winning."""
    result = {}
    for part in parts:
        result.update(deepcopy(part))
    return result

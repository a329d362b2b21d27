"""What the stack and its tests both know."""

VPC_CIDR = "10.20.0.0/16"
ZONES = ["a", "b", "c"]

# service name -> port, CPU units, memory (MiB), number of tasks, place among the rules of the listener
SERVICES = {
    "intake": {"port": 8080, "cpu": 512, "memory": 1024, "tasks": 2, "priority": 10, "path": "/intake/*"},
    "adjudication": {"port": 8081, "cpu": 1024, "memory": 2048, "tasks": 2, "priority": 11, "path": "/adjudication/*"},
    "documents": {"port": 8082, "cpu": 256, "memory": 512, "tasks": 1, "priority": 12, "path": "/documents/*"},
}

# Rules of the load balancer's security group
WEB_INGRESS = [
    {"description": "HTTP", "from_port": 80, "to_port": 80, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]},
    {"description": "HTTPS", "from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]},
]

# Parameters of the database cluster
DATABASE_PARAMETERS = [
    {"name": "rds.force_ssl", "value": "1", "apply_method": "immediate"},
    {"name": "log_min_duration_statement", "value": "500", "apply_method": "immediate"},
    {"name": "shared_preload_libraries", "value": "pg_stat_statements", "apply_method": "pending-reboot"},
]

# Capacity: most tasks run on spot, one never does
CAPACITY = [
    {"capacity_provider": "FARGATE", "weight": 1, "base": 1},
    {"capacity_provider": "FARGATE_SPOT", "weight": 3},
]

LOG_RETENTION_DAYS = 30
KAFKA_BROKERS = 3

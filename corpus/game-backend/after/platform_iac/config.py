"""What there is to build, as data. overrides.yaml beside cdktf.json changes it, where PyYAML is installed."""
import os
from pathlib import Path
from cdktf_cdktf_provider_aws.efs_file_system import EfsFileSystemLifecyclePolicy
from cdktf_cdktf_provider_aws.security_group import SecurityGroupIngress

try:
    import yaml
except ImportError:
    yaml = None

ANYWHERE = "0.0.0.0/0"
OFFICE = "198.51.100.0/24"

ENVIRONMENTS = {
    "dev": {"region": "us-east-2", "zones": ["a", "b"]},
    "prod": {"region": "us-east-1", "zones": ["a", "b", "c"]},
}

VPCS = {
    "hub": {
        "cidr": "10.80.0.0/20",
        "tiers": {"public": 0, "inspection": 4},
        "internet": True,
    },
    "game": {
        "cidr": "10.80.16.0/20",
        "tiers": {"public": 0, "private": 4},
        "internet": True,
    },
    "data": {
        "cidr": "10.80.32.0/20",
        "tiers": {"private": 0},
        "internet": False,
    },
}

# Who may reach whom. A port, a range of ports, or a port and where from.
SECURITY_GROUPS = {
    "load-balancer": [80, 443],
    "matchmaking": [{"port": 8080, "source": "10.80.16.0/20"}, {"port": 9100, "source": "10.80.0.0/20"}],
    "servers": [(7000, 7999), {"port": 9100, "source": "10.80.0.0/20"}],
}

# Administrators come in to every server, in the same way
ADMIN_INGRESS = [
    SecurityGroupIngress(
        from_port=22,
        to_port=22,
        protocol="tcp",
        cidr_blocks=[OFFICE],
        description="SSH from the office",
    ),
]

FLEETS = {
    "matchmaking": {
        "instance_type": "c7g.large",
        "sizes": (1, 2, 6),
        "port": 8080,
        "group": "matchmaking",
        "volumes": [("/dev/xvda", 20)],
        "public": False,
        "target_groups": ["matchmaking"],
    },
    "servers": {
        "instance_type": "c7g.2xlarge",
        "sizes": (2, 2, 40),
        "port": 7000,
        "group": "servers",
        "volumes": [("/dev/xvda", 20), ("/dev/xvdb", 100)],
        "public": True,
        "target_groups": [],
    },
}

ROUTES = [
    {"priority": 10, "paths": ["/match/*", "/queue/*"], "target": "matchmaking"},
    {"priority": 20, "paths": ["/leaderboards/*"], "target": "leaderboards"},
]

TARGETS = {
    "matchmaking": {"port": 8080, "health": "/healthz", "drain": "60"},
    "leaderboards": {"port": 8081, "health": "/ready", "drain": "10"},
}

REPLAYS = {
    "expire_after": {"replays/casual/": 30, "replays/ranked/": 180},
    "on_upload": {"replays/": ".rpl", "highlights/": ".mp4"},
}

# Assets of old seasons are read rarely, and come back when they are
ASSETS_LIFECYCLE = [
    EfsFileSystemLifecyclePolicy(transition_to_ia="AFTER_14_DAYS"),
    EfsFileSystemLifecyclePolicy(transition_to_primary_storage_class="AFTER_1_ACCESS"),
]


def load() -> dict:
    """The configuration of the environment that ENVIRONMENT_SUFFIX names."""
    environment = os.environ.get("ENVIRONMENT_SUFFIX", "dev")
    config = {
        "environment": environment,
        **ENVIRONMENTS.get(environment, ENVIRONMENTS["dev"]),
        "tags": {"Game": "skyforge", "Environment": environment},
        "vpcs": VPCS,
        "fleets": FLEETS,
    }
    overrides = Path(__file__).parent.parent / "overrides.yaml"
    if yaml is not None and overrides.exists() and (changes := yaml.safe_load(overrides.read_text())):
        config |= changes
    return config

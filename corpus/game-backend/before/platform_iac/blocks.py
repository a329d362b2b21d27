"""Small helpers that make the blocks of resources out of the configuration."""
from platform_iac.config import ANYWHERE

named = lambda config, name: f"{name}-{config['environment']}"  # noqa: E731

tagged = lambda config, name, **more: {**config["tags"], "Name": named(config, name), **more}  # noqa: E731

slug = lambda text: text.strip("/").replace("/", "-").replace("*", "all")  # noqa: E731


def ingress(entry):
    """One rule out of one entry of SECURITY_GROUPS."""
    match entry:
        case int(port):
            return {"from_port": port, "to_port": port, "protocol": "tcp", "cidr_blocks": [ANYWHERE]}
        case (int(first), int(last)):
            return {
                "from_port": first,
                "to_port": last,
                "protocol": "udp",
                "cidr_blocks": [ANYWHERE],
                "description": "Game traffic",
            }
        case {"port": port, "source": source}:
            return {"from_port": port, "to_port": port, "protocol": "tcp", "cidr_blocks": [source]}
        case _:
            raise ValueError(f"not a rule: {entry!r}")


def volume(device: str, size: int) -> dict:
    """An encrypted disk that goes with its server."""
    return {
        "device_name": device,
        "ebs": {
            "volume_size": size,
            "volume_type": "gp3",
            "encrypted": "true",
            "delete_on_termination": "true",
        },
    }

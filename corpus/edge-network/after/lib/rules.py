"""Rules that several groups share."""

from cdktf_cdktf_provider_aws.security_group import SecurityGroupIngress

ANYWHERE = ["0.0.0.0/0"]

# Administrators come in from the office only
ADMIN_RULES = [
    SecurityGroupIngress(from_port=22, to_port=22, protocol="tcp", cidr_blocks=["203.0.113.0/24"], description="SSH"),
    SecurityGroupIngress(
        from_port=3389, to_port=3389, protocol="tcp", cidr_blocks=["203.0.113.0/24"], description="RDP"
    ),
]


def rule(port, source, description=""):
    return SecurityGroupIngress(
        from_port=port,
        to_port=port,
        protocol="tcp",
        cidr_blocks=source,  # who may come in
        description=description,
    )

"""Values that are the same in every app."""

from cdktf_cdktf_provider_aws.security_group import SecurityGroupIngress

RUNTIME = "python3.12"
ARTIFACT_BUCKET = "media-build-artifacts"

# Seconds
LAMBDA_TIMEOUT = 30

# Days
LOG_RETENTION = 14

# Who may come in from inside of the company
INTERNAL_INGRESS = [
    SecurityGroupIngress(
        description="VPN",
        from_port=443,
        to_port=443,
        protocol="tcp",
        cidr_blocks=["10.0.0.0/8"],
        self_attribute=False,
    ),
    SecurityGroupIngress(
        description="Office",
        from_port=443,
        to_port=443,
        protocol="tcp",
        cidr_blocks=["203.0.113.0/24"],
        self_attribute=False,
    ),
]

"""
⚙️  Settings for the photo sharing tutorial.

Change the values in this file – everything in main.py reads them from here.
"""

# 🌍 Where everything is deployed
REGION = "eu-central-1"
PROJECT = "snapshots"

# 🔢 Address plan: one /16 for the VPC, one /24 for each subnet
VPC_CIDR = "10.42.0.0/16"
PUBLIC_CIDRS = ["10.42.0.0/24", "10.42.1.0/24"]
PRIVATE_CIDRS = ["10.42.10.0/24", "10.42.11.0/24"]

# 🔐 Who may reach the load balancer (→ the whole world, but only on the two web ports)
LOAD_BALANCER_INGRESS = [
    {
        "description": "HTTP (redirected to HTTPS)",
        "from_port": 80,
        "to_port": 80,
        "protocol": "tcp",
        "cidr_blocks": ["0.0.0.0/0"],
        "ipv6_cidr_blocks": ["::/0"],
    },
    {
        "description": "HTTPS",
        "from_port": 443,
        "to_port": 443,
        "protocol": "tcp",
        "cidr_blocks": ["0.0.0.0/0"],
        "ipv6_cidr_blocks": ["::/0"],
    },
]

# 🏷️ Put on everything by the provider
TAGS = {
    "Project": PROJECT,
    "ManagedBy": "cdktf",
    "Owner": "team-blütenstaub",
}

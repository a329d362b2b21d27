from itertools import chain, product

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.lb import Lb, LbSubnetMapping
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.route_table import RouteTable, RouteTableRoute
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleTransition,
)
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress, SecurityGroupIngress

RULES = [
    {"from_port": 80, "to_port": 80, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]},
    {"from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]},
]
ANYWHERE = SecurityGroupEgress(from_port=0, to_port=0, protocol="-1", cidr_blocks=["0.0.0.0/0"])


def allow(port, *blocks: str, protocol="tcp"):
    return SecurityGroupIngress(from_port=port, to_port=port, protocol=protocol, cidr_blocks=list(blocks))


def everything() -> list[SecurityGroupEgress]:
    return [ANYWHERE]


def pairs(ports, blocks):
    for port, block in product(ports, blocks):
        yield allow(port, block)


app = App()
stack = TerraformStack(app, "lists")
AwsProvider(stack, "aws", region="eu-west-1")

grown = []
for port in (80, 443):
    grown.append(allow(port, "0.0.0.0/0"))
grown += [allow(22, "10.0.0.0/8")]
grown.extend(pairs((5432, 6379), ["10.0.0.0/16", "10.1.0.0/16"]))

SecurityGroup(stack, "grown", ingress=grown, egress=everything())
SecurityGroup(stack, "unpacked", ingress=[SecurityGroupIngress(**rule) for rule in RULES], egress=[ANYWHERE])
SecurityGroup(stack, "mapped", ingress=list(map(allow, (80, 443))))
SecurityGroup(stack, "chained", ingress=list(chain(pairs([1], ["10.0.0.0/8"]), [allow(2)])))
SecurityGroup(stack, "spelled", ingress=[{"fromPort": 80, "toPort": 80, "protocol": "tcp", "cidrBlocks": ["10.0.0.0/8"]}])
SecurityGroup(stack, "none", ingress=[] if not RULES else None)
print([rule["from_port"] for rule in RULES])

routes = {"0.0.0.0/0": "igw-1", "10.9.0.0/16": "igw-2"}
RouteTable(
    stack,
    "routes",
    vpc_id="vpc-1",
    route=[RouteTableRoute(cidr_block=cidr, gateway_id=gateway) for cidr, gateway in routes.items()],
)
Lb(stack, "lb", load_balancer_type="network", subnet_mapping=[LbSubnetMapping(subnet_id=f"subnet-{n}") for n in "ab"])
S3BucketLifecycleConfiguration(
    stack,
    "lifecycle",
    bucket="logs",
    rule=[
        S3BucketLifecycleConfigurationRule(
            id=f"after-{days}",
            status="Enabled",
            expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=days)],
            transition=[S3BucketLifecycleConfigurationRuleTransition(days=30, storage_class="GLACIER")],
        )
        for days in (90, 365)
    ],
)
app.synth()

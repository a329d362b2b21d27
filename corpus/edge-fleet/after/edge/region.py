"""What stands in one region."""

import base64

from cdktf import Fn
from constructs import Construct
from cdktf_cdktf_provider_aws.autoscaling_group import AutoscalingGroup, AutoscalingGroupTag
from cdktf_cdktf_provider_aws.data_aws_ami import DataAwsAmi
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.launch_template import (
    LaunchTemplate,
    LaunchTemplateBlockDeviceMappings,
    LaunchTemplateTagSpecifications,
)
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import LbListener, LbListenerDefaultAction
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc

USER_DATA = """#!/bin/bash
set -euo pipefail
REGION=%s
systemctl enable --now edge
"""


class AwsRegionName(str):
    """A text, not a class of the provider."""

    @property
    def short(self):
        head, _, tail = self.partition("-")
        return head + tail.replace("-", "")[:3]


class Region(Construct):
    def __init__(self, scope, construct_id, *, region, provider, table, certificate=None):
        super().__init__(scope, construct_id)
        self.name = AwsRegionName(region)
        zones = DataAwsAvailabilityZones(self, "zones", provider=provider)
        image = DataAwsAmi(
            self,
            "image",
            provider=provider,
            owners=["amazon"],
            most_recent=True,
            filter=[{"name": "name", "values": ["al2023-ami-*-x86_64"]}],
        )
        vpc = Vpc(self, "vpc", provider=provider, cidr_block="10.90.0.0/16", tags={"Name": self.name.short})
        subnets = [
            Subnet(
                self,
                f"subnet-{index}",
                provider=provider,
                vpc_id=vpc.id,
                cidr_block=f"10.90.{index}.0/24",
                availability_zone=Fn.element(zones.names, index),
                map_public_ip_on_launch=True,
            )
            for index in range(2)
        ]
        group = SecurityGroup(
            self,
            "group",
            provider=provider,
            vpc_id=vpc.id,
            ingress=[SecurityGroupIngress(from_port=443, to_port=443, protocol="tcp", cidr_blocks=["0.0.0.0/0"])],
        )
        self.balancer = Lb(
            self,
            "balancer",
            provider=provider,
            name=f"edge-{self.name.short}",
            load_balancer_type="application",
            subnets=[subnet.id for subnet in subnets],
            security_groups=[group.id],
        )
        targets = LbTargetGroup(
            self,
            "targets",
            provider=provider,
            name=f"edge-{self.name.short}",
            port=8080,
            protocol="HTTP",
            vpc_id=vpc.id,
            health_check={"path": "/healthz", "healthy_threshold": 2},
            stickiness={"type": "lb_cookie", "enabled": True},
        )
        if certificate is not None:
            LbListener(
                self,
                "https",
                provider=provider,
                load_balancer_arn=self.balancer.arn,
                port=443,
                protocol="HTTPS",
                certificate_arn=certificate.arn,
                default_action=[LbListenerDefaultAction(type="forward", target_group_arn=targets.arn)],
            )
        template = LaunchTemplate(
            self,
            "template",
            provider=provider,
            name_prefix=f"edge-{self.name.short}-",
            image_id=image.id,
            instance_type="c7i.large",
            user_data=base64.b64encode((USER_DATA % region).encode()).decode(),
            metadata_options={"http_tokens": "required"},
            block_device_mappings=[
                LaunchTemplateBlockDeviceMappings(device_name="/dev/xvda", ebs={"volume_size": 30, "encrypted": "true"})
            ],
            tag_specifications=[LaunchTemplateTagSpecifications(resource_type="instance", tags={"Table": table.name})],
        )
        AutoscalingGroup(
            self,
            "servers",
            provider=provider,
            min_size=2,
            max_size=6,
            vpc_zone_identifier=[subnet.id for subnet in subnets],
            target_group_arns=[targets.arn],
            launch_template={"id": template.id, "version": "$Latest"},
            tag=[AutoscalingGroupTag(key="Name", value="edge", propagate_at_launch=True)],
        )

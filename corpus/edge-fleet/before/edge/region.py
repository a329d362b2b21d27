"""What stands in one region."""

import base64

from cdktf import Fn
from constructs import Construct
from cdktf_cdktf_provider_aws.autoscaling_group import AwsAutoscalingGroup
from cdktf_cdktf_provider_aws.data_aws_ami import AwsDataAmi
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.launch_template import AwsLaunchTemplate
from cdktf_cdktf_provider_aws.lb import AwsLb
from cdktf_cdktf_provider_aws.lb_listener import AwsLbListener
from cdktf_cdktf_provider_aws.lb_target_group import AwsLbTargetGroup
from cdktf_cdktf_provider_aws.security_group import AwsSecurityGroup
from cdktf_cdktf_provider_aws.subnet import AwsSubnet
from cdktf_cdktf_provider_aws.vpc import AwsVpc

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
        image = AwsDataAmi(
            self,
            "image",
            provider=provider,
            owners=["amazon"],
            most_recent=True,
            filter={"name": "name", "values": ["al2023-ami-*-x86_64"]},
        )
        vpc = AwsVpc(self, "vpc", provider=provider, cidr_block="10.90.0.0/16", tags={"Name": self.name.short})
        subnets = [
            AwsSubnet(
                self,
                f"subnet-{index}",
                provider=provider,
                vpc_id=vpc.id,
                cidr_block=f"10.90.{index}.0/24",
                availability_zone=zones.names[index],
                map_public_ip_on_launch="true",
            )
            for index in range(2)
        ]
        group = AwsSecurityGroup(
            self,
            "group",
            provider=provider,
            vpc_id=vpc,
            ingress={"from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]},
        )
        self.balancer = AwsLb(
            self,
            "balancer",
            provider=provider,
            name=f"edge-{self.name.short}",
            load_balancer_type="application",
            subnet_ids=[subnet.id for subnet in subnets],
            security_group_ids=[group.id],
        )
        targets = AwsLbTargetGroup(
            self,
            "targets",
            provider=provider,
            name=f"edge-{self.name.short}",
            port="8080",
            protocol="HTTP",
            vpc_id=vpc.id,
            health_check=[{"path": "/healthz", "healthy_threshold": 2}],
            stickiness={"type": "lb_cookie", "enabled": True},
        )
        if certificate is not None:
            AwsLbListener(
                self,
                "https",
                provider=provider,
                load_balancer_arn=self.balancer.load_balancer_arn,
                port=443,
                protocol="HTTPS",
                certificate_arn=certificate.arn,
                default_action=[{"type": "forward", "target_group_arn": targets.arn}],
            )
        template = AwsLaunchTemplate(
            self,
            "template",
            provider=provider,
            name_prefix=f"edge-{self.name.short}-",
            image_id=image.id,
            instance_type="c7i.large",
            user_data=base64.b64encode((USER_DATA % region).encode()).decode(),
            metadata_options=[{"http_tokens": "required"}],
            block_device_mappings=[{"device_name": "/dev/xvda", "ebs": {"volume_size": 30, "encrypted": True}}],
            tag_specifications={"resource_type": "instance", "tags": {"Table": table.name}},
        )
        AwsAutoscalingGroup(
            self,
            "servers",
            provider=provider,
            min_size="2",
            max_size=6,
            vpc_zone_identifier=[subnet.id for subnet in subnets],
            target_group_arns=targets.arn,
            launch_template=[{"id": template.id, "version": "$Latest"}],
            tag={"key": "Name", "value": "edge", "propagate_at_launch": True},
        )

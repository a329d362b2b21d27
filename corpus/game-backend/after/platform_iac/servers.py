"""Fleets of servers: a launch template and an auto scaling group each."""
import json

from cdktf_cdktf_provider_aws.autoscaling_group import (
    AutoscalingGroup,
    AutoscalingGroupLaunchTemplate,
    AutoscalingGroupTag,
)
from cdktf_cdktf_provider_aws.autoscaling_policy import AutoscalingPolicy, AutoscalingPolicyTargetTrackingConfiguration
from cdktf_cdktf_provider_aws.data_aws_ami import DataAwsAmi
from cdktf_cdktf_provider_aws.iam_instance_profile import IamInstanceProfile
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.launch_template import (
    LaunchTemplate,
    LaunchTemplateIamInstanceProfile,
    LaunchTemplateMetadataOptions,
    LaunchTemplateNetworkInterfaces,
    LaunchTemplateTagSpecifications,
)

from platform_iac.blocks import named, tagged, volume
from cdktf import Fn, TerraformLocal

MANAGED_POLICIES = ("AmazonSSMManagedInstanceCore", "CloudWatchAgentServerPolicy")


def build_profile(stack, config):
    """What a server may do."""
    role = IamRole(
        stack,
        "server-role",
        name=named(config, "game-server"),
        assume_role_policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
                ],
            }
        ),
    )
    for policy in MANAGED_POLICIES:
        IamRolePolicyAttachment(
            stack, f"server-{policy}", role=role.name, policy_arn=f"arn:aws:iam::aws:policy/{policy}"
        )
    return IamInstanceProfile(stack, "server-profile", name=named(config, "game-server"), role=role.name)


def start_up(name, port, file_system):
    """The script that a server runs when it starts."""
    return f"""#!/bin/bash
set -euo pipefail
yum install -y amazon-efs-utils
mkdir -p /srv/assets
mount -t efs {file_system.id}:/ /srv/assets
INSTANCE_ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)
cat > /etc/game.env <<EOF
FLEET={name}
PORT={port}
SERVER_NAME={name}-$${{INSTANCE_ID}}
EOF
systemctl enable --now game-{name}
"""


def build_template(stack, config, name, spec, parts):
    """How a server of the fleet starts."""
    groups = [parts["security_groups"][group].id for group in (spec["group"], "administration")]
    disks = [volume(device, size) for device, size in spec["volumes"]]
    return LaunchTemplate(
        stack,
        f"{name}-template",
        name_prefix=f"{name}-{config['environment']}-",
        image_id=parts["image"].id,
        instance_type=spec["instance_type"],
        update_default_version=True,
        iam_instance_profile=LaunchTemplateIamInstanceProfile(arn=parts["profile"].arn),
        metadata_options=LaunchTemplateMetadataOptions(http_tokens="required", http_endpoint="enabled"),
        block_device_mappings=disks,
        network_interfaces=[
            LaunchTemplateNetworkInterfaces(
                device_index=0,
                associate_public_ip_address=str(spec["public"]).lower(),
                security_groups=groups,
                delete_on_termination="true",
            )
        ],
        tag_specifications=[
            LaunchTemplateTagSpecifications(resource_type=kind, tags=tagged(config, name, Fleet=name))
            for kind in ("instance", "volume")
        ],
        user_data=Fn.base64encode(
            TerraformLocal(
                stack, f"{name}-template_user_data", start_up(name, spec["port"], parts["file_system"])
            ).as_string
        ),
    )


def build_fleet(stack, config, name, spec, parts):
    """As many servers as there are players for."""
    template = build_template(stack, config, name, spec, parts)
    smallest, wanted, largest = spec["sizes"]
    tags = [
        AutoscalingGroupTag(key=key, value=value, propagate_at_launch=True)
        for key, value in tagged(config, name, Fleet=name).items()
    ]
    fleet = AutoscalingGroup(
        stack,
        f"{name}-fleet",
        name=named(config, name),
        min_size=smallest,
        desired_capacity=wanted,
        max_size=largest,
        vpc_zone_identifier=[subnet.id for subnet in parts["subnets"]["public" if spec["public"] else "private"]],
        target_group_arns=[parts["target_groups"][group].arn for group in spec["target_groups"]],
        health_check_type="ELB" if spec["target_groups"] else "EC2",
        launch_template=AutoscalingGroupLaunchTemplate(id=template.id, version="$Latest"),
        tag=tags,
    )
    AutoscalingPolicy(
        stack,
        f"{name}-cpu",
        name=f"{name}-cpu-{config['environment']}",
        autoscaling_group_name=fleet.name,
        policy_type="TargetTrackingScaling",
        target_tracking_configuration=AutoscalingPolicyTargetTrackingConfiguration(
            target_value=55,
            predefined_metric_specification={"predefined_metric_type": "ASGAverageCPUUtilization"},
        ),
    )
    return fleet


def build_servers(stack, config, networks, target_groups, storage):
    """All fleets, by name."""
    parts = {
        "image": DataAwsAmi(
            stack,
            "image",
            most_recent=True,
            owners=["amazon"],
            filter=[
                {"name": name, "values": values}
                for name, values in (("name", ["al2023-ami-2023*-arm64"]), ("architecture", ["arm64"]))
            ],
        ),
        "profile": build_profile(stack, config),
        "security_groups": networks["groups"],
        "subnets": networks["game"]["subnets"],
        "target_groups": target_groups,
        "file_system": storage["assets"],
    }
    return {name: build_fleet(stack, config, name, spec, parts) for name, spec in config["fleets"].items()}

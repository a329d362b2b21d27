from cdktf_cdktf_provider_aws.autoscaling_group import AutoscalingGroup, AutoscalingGroupLaunchTemplate
from cdktf_cdktf_provider_aws.autoscaling_group_tag import AutoscalingGroupTagA as GroupTag, AutoscalingGroupTagTag
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate
from cdktf_cdktf_provider_aws.network_interface import NetworkInterface
from cdktf_cdktf_provider_aws.network_interface_attachment import NetworkInterfaceAttachmentA
from constructs import Construct


class Fleet(Construct):
    def __init__(self, scope: Construct, construct_id: str, *, subnet_id: str, image_id: str, tags: dict[str, str]):
        super().__init__(scope, construct_id)
        template = LaunchTemplate(self, "template", image_id=image_id, instance_type="t3.micro")
        group = AutoscalingGroup(
            self, "group",
            min_size=1, max_size=3, desired_capacity=1,
            vpc_zone_identifier=[subnet_id],
            launch_template=AutoscalingGroupLaunchTemplate(id=template.id, version="$Latest"),
        )
        for key, value in tags.items():
            GroupTag(
                self, f"tag-{key}",
                autoscaling_group_name=group.name,
                tag=AutoscalingGroupTagTag(key=key, value=value, propagate_at_launch=True),
            )
        gateway = Instance(self, "gateway", ami=image_id, instance_type="t3.micro", subnet_id=subnet_id)
        interface = NetworkInterface(self, "interface", subnet_id=subnet_id)
        NetworkInterfaceAttachmentA(
            self, "attachment", instance_id=gateway.id, network_interface_id=interface.id, device_index=1
        )

"""Tags: a map for most resources, a list for auto scaling groups."""

from libs.common.naming import Stage
from cdktf_cdktf_provider_aws.autoscaling_group import AutoscalingGroupTag


def common_tags(stage: Stage, app: str, **more: str) -> dict:
    tags = {"Product": "media", "App": app, "Stage": stage.name}
    tags.update({key.capitalize(): value for key, value in more.items()})
    return tags


def group_tags(stage: Stage, app: str) -> list:
    """The same tags as an auto scaling group wants them."""
    return [
        AutoscalingGroupTag(key=key, value=value, propagate_at_launch=True)
        for key, value in common_tags(stage, app).items()
    ]

"""Sensors and their cache."""
from cdktf import DataResource, TerraformOutput, TerraformStack
from constructs import Construct

from .cache import Cache


class TapStack(TerraformStack):
    """Sensors."""

    def __init__(self, scope: Construct, construct_id: str, with_cache: bool = True):
        super().__init__(scope, construct_id)
        mark = DataResource(self, "mark")
        TerraformOutput(self, "mark_id", value=mark.id)
        if with_cache:
            Cache(self, "cache")

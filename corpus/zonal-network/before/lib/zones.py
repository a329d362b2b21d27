from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from constructs import Construct


class Zones(Construct):
    """The zones of the region."""

    def __init__(self, scope: Construct, construct_id: str):
        super().__init__(scope, construct_id)
        self._zones = DataAwsAvailabilityZones(self, "available", state="available")

    @property
    def names(self):
        return self._zones.names

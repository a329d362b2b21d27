"""Subnets in the zones that the region has."""
from cdktf import App, Fn, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc

from lib.zones import Zones


class ZonalNetwork(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="ap-southeast-2")
        azs = DataAwsAvailabilityZones(self, "azs", state="available")
        zones = Zones(self, "zones")
        vpc = Vpc(self, "vpc", cidr_block="10.3.0.0/16")
        for i in range(2):
            Subnet(
                self,
                f"public-{i}",
                vpc_id=vpc.id,
                cidr_block=f"10.3.{i}.0/24",
                availability_zone=Fn.element(azs.names, i),  # spread over the zones
            )
            Subnet(
                self,
                f"private-{i}",
                vpc_id=vpc.id,
                cidr_block=f"10.3.{i + 10}.0/24",
                availability_zone=Fn.element(zones.names, i),
            )
        TerraformOutput(self, "first-zone", value=Fn.element(azs.names, 0))


app = App()
ZonalNetwork(app, "zonal-network")
app.synth()

"""A stack that is right as it stands: nothing of it may change."""
from cdktf import App, Fn, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket, S3BucketVersioning
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAclRule as Rule # noqa


class Router:
    """Has an id and a vpc of its own."""
    def __init__(self, id, vpc = True):
        self.id , self.vpc = id, vpc


class DataPlatform( TerraformStack ):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, 'aws', region='us-east-1')
        router = Router(id='r-1', vpc=True)
        zones = DataAwsAvailabilityZones(self, "zones", state="available")
        vpc = Vpc(self, "vpc", cidr_block="10.0.0.0/16")
        for i in range(2):
            Subnet(self, f"subnet-{i}", vpc_id=vpc.id, cidr_block=f"10.0.{i}.0/24",
                availability_zone=Fn.element(zones.names, i))
        SecurityGroup(
            self, "sg", vpc_id=vpc.id,
            ingress=[SecurityGroupIngress(from_port=443, to_port=443, protocol="tcp", cidr_blocks=["10.0.0.0/8"])],
            egress=[{"fromPort": 0, "toPort": 0, "protocol": "-1", "cidrBlocks": ["0.0.0.0/0"]}],
            timeouts={"create": "5m"},
        )
        S3Bucket(self, "lake", bucket="lake", versioning=S3BucketVersioning(enabled=True), tags={"router": router.id})
        TerraformOutput(self, "ip", value=Eip(self, "eip", domain="vpc").public_ip)


app = App()
DataPlatform(app, "data-platform")
app.synth()

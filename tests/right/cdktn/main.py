from cdktn import App, Fn, S3Backend, TerraformOutput, TerraformStack, Token
from cdktn_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktn_provider_aws.launch_template import LaunchTemplate
from cdktn_provider_aws.provider import AwsProvider
from cdktn_provider_aws.s3_bucket import S3Bucket
from cdktn_provider_aws.s3_bucket_versioning import S3BucketVersioningA
from cdktn_provider_aws.security_group import SecurityGroup, SecurityGroupIngress
from cdktn_provider_aws.subnet import Subnet


class Site(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1", default_tags=[{"tags": {"site": construct_id}}])
        S3Backend(self, bucket="state", key="site", region="eu-west-1", dynamodb_table="locks")
        bucket = S3Bucket(self, "bucket", bucket=f"{construct_id}-assets")
        S3BucketVersioningA(self, "versioning", bucket=bucket.id, versioning_configuration={"status": "Enabled"})
        zones = DataAwsAvailabilityZones(self, "zones", state="available")
        for i in range(2):
            zone = Fn.element(zones.names, i)
            Subnet(self, f"subnet{i}", vpc_id="vpc-1", cidr_block=f"10.0.{i}.0/24", availability_zone=zone)
        SecurityGroup(self, "web", ingress=[SecurityGroupIngress(from_port=80, to_port=80, protocol="tcp")])
        LaunchTemplate(self, "template", user_data=Token.as_string(Fn.base64encode("#!/bin/sh\n")))
        TerraformOutput(self, "arn", value=bucket.arn)


app = App()
Site(app, "site")
app.synth()

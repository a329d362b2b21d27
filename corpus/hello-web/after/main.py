from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress, SecurityGroupIngress
from cdktf_cdktf_provider_aws.vpc import Vpc


class WebStack(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-central-1", default_tags=[{"tags": {"Project": "hello"}}])

        vpc = Vpc(self, "vpc", cidr_block="10.0.0.0/16")
        web = SecurityGroup(
            self,
            "web",
            vpc_id=vpc.id,
            ingress=[SecurityGroupIngress(from_port=443, to_port=443, protocol="tcp", cidr_blocks=["0.0.0.0/0"])],
            egress=[SecurityGroupEgress(from_port=0, to_port=0, protocol="-1", cidr_blocks=["0.0.0.0/0"])],
        )
        server = Instance(
            self,
            "server",
            ami="ami-0abcdef1234567890",
            instance_type="t3.micro",
            security_groups=[web.id],
            root_block_device={"volume_size": 20},
        )
        address = Eip(self, "address", instance=server.id, domain="vpc")

        logs = S3Bucket(self, "logs", bucket="hello-web-logs")
        S3BucketVersioningA(self, "versioning", bucket=logs.id, versioning_configuration={"status": "Enabled"})
        TerraformOutput(self, "ip", value=address.public_ip)


app = App()
WebStack(app, "hello-web")
app.synth()

#!/usr/bin/env python
from constructs import Construct
from cdktf import App, TerraformStack, TerraformOutput
from cdktf_cdktf_provider_aws import AwsProvider, datasources, ec2, iam, rds, s3
from cdktf_cdktf_provider_aws import vpc as network


class LegacyStack(TerraformStack):
    def __init__(self, scope: Construct, ns: str):
        super().__init__(scope, ns)

        AwsProvider(self, "Aws", region="eu-central-1", default_tags={"tags": {"owner": "platform"}})
        caller = datasources.DataAwsCallerIdentity(self, "caller")

        vpc = network.Vpc(self, "vpc", cidr_block="10.0.0.0/16", enable_classiclink=False)
        subnets = [
            network.Subnet(self, f"subnet{i}", vpc_id=vpc.id, cidr_block=f"10.0.{i}.0/24")
            for i in range(2)
        ]
        web = network.SecurityGroup(
            self,
            "web",
            vpc_id=vpc.id,
            ingress=[
                network.SecurityGroupIngress(from_port=80, to_port=80, protocol="tcp", cidr_blocks=["0.0.0.0/0"])
            ],
        )
        server = ec2.Instance(
            self,
            "server",
            ami="ami-01456a894f71116f2",
            instance_type="t2.micro",
            subnet_id=subnets[0].id,
            vpc_security_group_ids=[web.id],
        )
        ec2.Eip(self, "address", vpc=True, instance=server.id)
        bucket = s3.S3Bucket(self, "bucket", bucket="legacy-" + ns, versioning=s3.S3BucketVersioning(enabled=True))
        iam.IamRole(self, "role", assume_role_policy="{}", managed_policy_arns=[])
        rds.DbInstance(self, "db", instance_class="db.t3.micro", name="app", engine="postgres", engine_version="13.7")

        TerraformOutput(self, "account", value=caller.account_id)
        TerraformOutput(self, "bucket_arn", value=bucket.arn)


app = App()
LegacyStack(app, "legacy")
app.synth()

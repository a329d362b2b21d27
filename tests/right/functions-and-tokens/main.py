from cdktf import App, Fn, Op, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable, Token
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc


class Tokens(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        zones = DataAwsAvailabilityZones(self, "zones", state="available")
        vpc = Vpc(self, "vpc", cidr_block="10.0.0.0/16")
        self.names = ["a", "b", "c"]
        subnets = [
            Subnet(
                self, f"subnet-{self.names[i]}", vpc_id=vpc.id,
                cidr_block=Fn.cidrsubnet(vpc.cidr_block, 8, i), availability_zone=Fn.element(zones.names, i),
            )
            for i in range(len(self.names))
        ]
        ids = [subnet.id for subnet in subnets]
        Lb(self, "lb", subnets=ids[:2], security_groups=[], name=Fn.join("-", [construct_id, "lb"]))

        size = TerraformVariable(self, "size", type="number", default=20)
        safe = TerraformVariable(self, "safe", type="bool", default=True)
        groups = TerraformVariable(self, "groups", type="list(string)", default=[])
        local = TerraformLocal(self, "double", Op.mul(size.number_value, 2))
        DbInstance(
            self, "db", engine="mysql", instance_class="db.t4g.micro", username="u", manage_master_user_password=True,
            allocated_storage=size.number_value, multi_az=safe.boolean_value, vpc_security_group_ids=groups.list_value,
            max_allocated_storage=Token.as_number(local.expression), iops=Token.as_number("${var.size}"),
        )
        S3Bucket(self, "raw", bucket="${lower(var.prefix)}-${terraform.workspace}-${local.suffix}")
        S3Bucket(self, "any", bucket=Token.as_string(Fn.lookup({"a": "b"}, "a", "c")), tags=Token.as_string_map("${var.tags}"))
        S3Bucket(self, "conditional", bucket=Token.as_string(Fn.conditional(safe.boolean_value, "safe", "unsafe")))
        TerraformOutput(self, "first", value=Fn.element(Token.as_list(zones.names), 0))
        TerraformOutput(self, "count", value=Fn.length_of(zones.names))
        TerraformOutput(self, "two", value=Fn.slice(zones.names, 0, 2))
        TerraformOutput(self, "joined", value=Fn.join(",", ids), sensitive=False)
        TerraformOutput(self, "text", value=f"{vpc.id}/{ids[0]}/{len(ids)}/{local.as_string}")


app = App()
Tokens(app, "tokens")
app.synth()

from cdktf import Annotations, App, Aspects, IAspect, TerraformElement, TerraformHclModule, TerraformStack
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
import jsii


@jsii.implements(IAspect)
class Team:
    def __init__(self, team):
        self.team = team

    def visit(self, node):
        if isinstance(node, S3Bucket):
            node.add_override("tags.Team", self.team)
        elif hasattr(node, "tags_input"):
            node.tags = {**(node.tags_input or {}), "Team": self.team}


class Hatches(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        server = Instance(self, "server", ami="ami-1", instance_type="t3.micro", user_data_replace_on_change=True)
        server.override_logical_id("web")
        server.add_override("root_block_device", [{"volume_size": 20, "encrypted": True}])
        server.add_override("lifecycle.create_before_destroy", True)
        server.add_override("vpc_security_group_ids", "${[for g in var.groups : g if g != \"\"]}")
        server.put_metadata_options(http_tokens="required")
        server.user_data = "#!/bin/sh\necho hello\n"
        server.monitoring = True
        bucket = S3Bucket(self, "bucket")
        bucket.add_override("logging", {"target_bucket": "logs", "target_prefix": "a/"})
        bucket.reset_tags()
        self.add_override("terraform.required_providers.aws.version", "~> 6.0")
        self.add_override("resource.aws_s3_bucket.extra", {"bucket": "extra", "for_each": "${toset([\"a\"])}"})
        module = TerraformHclModule(
            self, "vpc", source="terraform-aws-modules/vpc/aws", version="5.1.1", variables={"name": "vpc", "azs": ["a"]}
        )
        Annotations.of(self).add_info(server.fqn)
        Aspects.of(self).add(Team("platform"))
        self.subnets = module.get_string("private_subnets")
        self.count = server.get_number_attribute("cpu_core_count")
        self.logical = [element.friendly_unique_id for element in self.node.children if isinstance(element, TerraformElement)]


app = App()
Hatches(app, "hatches")
app.synth()

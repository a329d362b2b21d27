"""A dict for a block of which there is one is converted by cdktf, whatever is in it."""
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTableAttribute
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAcl, Wafv2WebAclRule

CHECK = {"path": "/health", "interval": 15, "matcher": "200"}


def visibility(name):
    return {"cloudwatch_metrics_enabled": True, "metric_name": name, "sampled_requests_enabled": True}


app = App()
stack = TerraformStack(app, "dicts")
AwsProvider(stack, "aws", region="eu-west-1")
S3BucketVersioningA(stack, "v", bucket="b", versioning_configuration={"status": "Enabled"})
LbTargetGroup(stack, "tg", port=80, protocol="HTTP", health_check=CHECK)
LbTargetGroup(stack, "tg2", port=80, protocol="HTTP", health_check={**CHECK, "path": "/other"})
Instance(stack, "i", ami="ami-1", instance_type="t3.micro", root_block_device=dict(volume_size=20, encrypted=True))
Instance(stack, "j", ami="ami-1", instance_type="t3.micro", metadata_options={"http_tokens": "required"}, lifecycle={"prevent_destroy": True})
LambdaFunction(
    stack, "f", function_name="f", role="arn:aws:iam::123456789012:role/f", package_type="Image", image_uri="f:1",
    environment={"variables": {"from_port": "80", "LOG_LEVEL": "INFO"}}, vpc_config={"subnet_ids": ["s-1"], "security_group_ids": ["sg-1"]},
)
DynamodbTable(
    stack, "t", name="t", billing_mode="PAY_PER_REQUEST", hash_key="pk",
    attribute=[DynamodbTableAttribute(name="pk", type="S")], point_in_time_recovery={"enabled": True},
)
Wafv2WebAcl(
    stack, "acl", name="acl", scope="REGIONAL", default_action={"allow": {}}, visibility_config=visibility("acl"),
    rule=[
        Wafv2WebAclRule(
            name="common", priority=1, override_action={"none": {}}, visibility_config=visibility("common"),
            statement={"managed_rule_group_statement": {"name": "AWSManagedRulesCommonRuleSet", "vendor_name": "AWS"}},
        ),
    ],
)
app.synth()

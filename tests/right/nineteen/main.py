from cdktf import App, TerraformStack, TerraformOutput
from cdktf_cdktf_provider_aws.data_aws_region import DataAwsRegion
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleExpiration,
)


class Nineteen(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="us-west-2", default_tags=[AwsProviderDefaultTags(tags={"a": "b"})])
        Eip(self, "old", vpc=True)
        Eip(self, "new", domain="vpc")
        LbTargetGroup(self, "tg", port=80, protocol="HTTP", deregistration_delay="30", preserve_client_ip="true")
        ElasticacheReplicationGroup(
            self,
            "cache",
            replication_group_id="cache",
            description="sessions",
            at_rest_encryption_enabled="true",
            transit_encryption_enabled=True,
            auto_minor_version_upgrade="false",
            num_cache_clusters=2,
        )
        S3BucketLifecycleConfiguration(
            self,
            "lifecycle",
            bucket="logs",
            rule=[
                S3BucketLifecycleConfigurationRule(
                    id="expire",
                    status="Enabled",
                    expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=30)],
                )
            ],
        )
        TerraformOutput(self, "region", value=DataAwsRegion(self, "here").name)


app = App()
Nineteen(app, "nineteen")
app.synth()

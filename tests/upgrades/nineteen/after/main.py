from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.data_aws_region import DataAwsRegion
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup
from cdktf_cdktf_provider_aws.instance import Instance, InstanceCpuOptions
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleTransition,
)
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule

RULE = S3BucketLifecycleConfigurationRule(
    id="archive",
    status="Enabled",
    filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="archive/")],
    expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=365)],
    abort_incomplete_multipart_upload=[S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
        days_after_initiation=7
    )],
    transition=[S3BucketLifecycleConfigurationRuleTransition(days=30, storage_class="GLACIER")],
)


class Archive(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        bucket = S3Bucket(self, "bucket", bucket="archive")
        S3BucketLifecycleConfiguration(scope=self, id="lifecycle", bucket=bucket.id, rule=[RULE])
        group = SecurityGroup(self, "group", name="archive")
        VpcSecurityGroupIngressRule(
            scope=self,
            id="https",
            security_group_id=group.id,
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
            cidr_ipv4="0.0.0.0/0",
        )
        ElasticacheReplicationGroup(
            self,
            "cache",
            replication_group_id="cache",
            description="sessions",
            at_rest_encryption_enabled="true",
        )
        server = Instance(
            self, "server", ami="ami-1", instance_type="c5.xlarge", cpu_options=InstanceCpuOptions(core_count=2)
        )
        Eip(self, "address", domain="vpc", instance=server.id)
        TerraformOutput(self, "region", value=DataAwsRegion(self, "here").name)


app = App()
Archive(app, "archive")
app.synth()

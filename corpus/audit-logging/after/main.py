from cdktf import App, TerraformStack
from constructs import Construct
import cdktf_cdktf_provider_aws.s3_bucket_logging as bucket_logging
import cdktf_cdktf_provider_aws.s3_bucket_replication_configuration as replication
from cdktf_cdktf_provider_aws import provider, s3_bucket, s3_bucket_versioning, iam_role
import json


class AuditStack(TerraformStack):
    def __init__(self, scope: Construct, ns: str):
        super().__init__(scope, ns)
        provider.AwsProvider(self, "aws", region="us-east-1")
        role = iam_role.IamRole(
            self,
            "replication-role",
            assume_role_policy=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}
                    ],
                }
            ),
        )
        source, target = (s3_bucket.S3Bucket(self, name, bucket=f"audit-{name}") for name in ("source", "target"))
        bucket_logging.S3BucketLoggingA(
            self, "logging", bucket=source.id, target_bucket=target.id, target_prefix="access/"
        )
        versioned = s3_bucket_versioning.S3BucketVersioningA(
            self,
            "versioning",
            bucket=source.id,
            versioning_configuration=s3_bucket_versioning.S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )
        replication.S3BucketReplicationConfigurationA(
            self,
            "replication",
            bucket=source.id,
            role=role.arn,
            rule=[
                replication.S3BucketReplicationConfigurationRule(
                    id="all",
                    status="Enabled",
                    destination=replication.S3BucketReplicationConfigurationRuleDestination(
                        bucket=target.arn, storage_class="STANDARD_IA"
                    ),
                )
            ],
            depends_on=[versioned],
        )


app = App()
AuditStack(app, "audit")
app.synth()

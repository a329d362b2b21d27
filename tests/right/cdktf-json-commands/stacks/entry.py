#!/usr/bin/env python3
import cdktf
import cdktf_cdktf_provider_aws.sns_topic
from cdktf_cdktf_provider_aws import provider, s3_bucket as s3, vpc
from cdktf_cdktf_provider_aws import sqs_queue


def main(argv=None):
    app = cdktf.App()
    stack = cdktf.TerraformStack(app, "entry")
    provider.AwsProvider(stack, "aws", region="eu-west-1")
    s3.S3Bucket(stack, "bucket", server_side_encryption_configuration=s3.S3BucketServerSideEncryptionConfiguration(
        rule=s3.S3BucketServerSideEncryptionConfigurationRule(
            apply_server_side_encryption_by_default=s3.S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefault(
                sse_algorithm="AES256"))))
    topic = cdktf_cdktf_provider_aws.sns_topic.SnsTopic(stack, "topic")
    queue = sqs_queue.SqsQueue(stack, "queue", redrive_policy=cdktf.Fn.jsonencode({"deadLetterTargetArn": topic.arn}))
    network = vpc.Vpc(stack, "vpc", cidr_block=app.node.try_get_context("cidr") or "10.0.0.0/16")
    cdktf.TerraformOutput(stack, "out", value=[queue.url, network.id], description="both")
    app.synth()


if __name__ == "__main__":
    main()

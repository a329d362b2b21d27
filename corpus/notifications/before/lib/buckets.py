from dataclasses import dataclass

from cdktf_cdktf_provider_aws.efs_file_system import EfsFileSystem, EfsFileSystemLifecyclePolicy
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_cors_configuration import (
    S3BucketCorsConfiguration,
    S3BucketCorsConfigurationCorsRule,
)
from cdktf_cdktf_provider_aws.s3_bucket_notification import S3BucketNotification, S3BucketNotificationQueue
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from constructs import Construct


@dataclass
class UploadSettings:
    prefix: str
    origin: str = "https://example.com"


class Uploads(Construct):
    def __init__(self, scope: Construct, construct_id: str, settings: UploadSettings):
        super().__init__(scope, construct_id)
        bucket = S3Bucket(self, "bucket", bucket="uploads-7d1f")
        queue = SqsQueue(self, "queue", name="uploads")
        self.rule = S3BucketCorsConfigurationCorsRule(
            allowed_methods=["PUT"],
            allowed_origins=[settings.origin],
        )
        S3BucketCorsConfiguration(self, "cors", bucket=bucket.id, cors_rule=self.rule)
        options = dict(
            bucket=bucket.id,
            queue=S3BucketNotificationQueue(queue_arn=queue.arn, events=["s3:ObjectCreated:*"],
                                            filter_prefix=settings.prefix),
        )
        S3BucketNotification(self, "notification", **options)
        EfsFileSystem(
            self,
            "cache",
            encrypted=True,
            lifecycle_policy=EfsFileSystemLifecyclePolicy(
                # cold after a month
                transition_to_ia="AFTER_30_DAYS",
            ),
        )

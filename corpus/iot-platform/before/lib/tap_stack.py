from cdktf import S3Backend, TerraformStack
from constructs import Construct
from cdktf_cdktf_provider_aws.kinesis_stream import KinesisStream, KinesisStreamStreamModeDetails
from cdktf_cdktf_provider_aws.provider import AwsProvider


class TapStack(TerraformStack):
    """Kinesis ingestion for sensors."""

    def __init__(self, scope: Construct, construct_id: str, **kwargs):
        super().__init__(scope, construct_id)
        environment_suffix = kwargs.get("environment_suffix", "dev")
        state_bucket = kwargs["state_bucket"]

        AwsProvider(self, "aws", region="us-east-1")

        S3Backend(
            self,
            bucket=state_bucket,
            key=f"{environment_suffix}/{construct_id}.tfstate",
            region=kwargs["state_bucket_region"],
            encrypt=True,
            use_lockfile=True,  # native S3 locking
        )

        KinesisStream(
            self,
            "sensors",
            name=f"sensors-{environment_suffix}",
            stream_mode_details=KinesisStreamStreamModeDetails(stream_mode="ON_DEMAND"),
            retention_period=24,
        )

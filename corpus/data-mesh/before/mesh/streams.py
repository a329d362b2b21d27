"""Streams of events into the lake."""
from cdktf_cdktf_provider_aws import firehose, kinesis
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm


class Stream:
    """A stream and how it is delivered. Not the provider's: a small record."""

    def __init__(self, source, delivery):
        self.source = source
        self.delivery = delivery

    @property
    def arn(self):
        return self.source.stream_arn

    @property
    def shards(self):
        return self.source.shard_count


def stream(scope, domain, lake, *, name):
    source = kinesis.Stream(
        scope,
        f"{domain}-stream",
        stream_name=name,
        retention_period_hours="48",
        stream_mode_details=[{"stream_mode": "ON_DEMAND"}],
        shard_level_metrics="IncomingBytes",
    )
    delivery = firehose.DeliveryStream(
        scope,
        f"{domain}-delivery",
        delivery_stream_name=f"{name}-delivery",
        destination="extended_s3",
        kinesis_source_configuration=[{"kinesis_stream_arn": source.arn, "role_arn": lake.role.arn}],
        extended_s3_configuration=[
            {
                "role_arn": lake.role.arn,
                "bucket_arn": lake.raw.arn,
                "prefix": f"{domain}/",
                "buffering_interval": "300",
                "cloudwatch_logging_options": {"enabled": "true", "log_group_name": "/mesh", "log_stream_name": domain},
                "processing_configuration": {
                    "enabled": True,
                    "processors": {"type": "AppendDelimiterToRecord"},
                },
            }
        ],
    )
    alarms = (
        ("late", "GetRecords.IteratorAgeMilliseconds", 60_000),
        ("throttled", "WriteProvisionedThroughputExceeded", 0),
    )
    for key, metric, threshold in alarms:
        CloudwatchMetricAlarm(
            scope,
            f"{domain}-{key}",
            alarm_name=f"{name}-{key}",
            metric_name=metric,
            namespace="AWS/Kinesis",
            comparison_operator="GreaterThanThreshold",
            threshold=threshold,
            evaluation_periods=5,
            period="60",
            statistic="Maximum",
            dimensions=[{"name": "StreamName", "value": source.stream_name}],
        )
    return Stream(source, delivery)

"""Health checks from outside, and alarms where Route 53 has its metrics."""

from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.route53_health_check import Route53HealthCheck
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic


class MonitoringStack(TerraformStack):
    def __init__(self, scope, construct_id, *, regions, endpoints):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region=regions[0])
        metrics = AwsProvider(self, "metrics", region="us-east-1", alias="metrics")
        topic = SnsTopic(self, "topic", provider=metrics, name="edge-health")
        for endpoint in endpoints:
            check = Route53HealthCheck(
                self,
                f"check-{endpoint.region}",
                fqdn=endpoint.address,
                port=443,
                type="HTTPS",
                resource_path="/healthz",
                request_interval=30,
                failure_threshold=3,
            )
            CloudwatchMetricAlarm(
                self,
                f"alarm-{endpoint.region}",
                provider=metrics,
                alarm_name=f"edge-{endpoint.region}",
                comparison_operator="LessThanThreshold",
                evaluation_periods=1,
                namespace="AWS/Route53",
                metric_name="HealthCheckStatus",
                period=60,
                statistic="Minimum",
                threshold=1,
                dimensions={"HealthCheckId": check.id},
                alarm_actions=[topic.arn],
            )

"""CloudFront in front of the load balancer, with alarms and a dashboard."""

from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.cloudfront_distribution import CloudfrontDistribution
from cdktf_cdktf_provider_aws.cloudwatch_dashboard import CloudwatchDashboard
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic


class EdgeStack(TerraformStack):
    def __init__(self, scope, id, *, region, environment, workload):
        super().__init__(scope, id)
        AwsProvider(self, "aws", region=region)
        distribution = CloudfrontDistribution(
            self,
            "distribution",
            enabled="true",
            ipv6_enabled=True,
            price_class="PriceClass_100",
            origins=[
                {
                    "domain_name": workload.balancer.dns_name,
                    "origin_id": "balancer",
                    "custom_origin_config": [
                        {
                            "http_port": "80",
                            "https_port": 443,
                            "origin_protocol_policy": "http-only",
                            "origin_ssl_protocols": "TLSv1.2",
                        }
                    ],
                }
            ],
            default_cache_behavior=[
                {
                    "target_origin_id": "balancer",
                    "viewer_protocol_policy": "redirect-to-https",
                    "allowed_methods": ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
                    "cached_methods": ["GET", "HEAD"],
                    "forwarded_values": [{"query_string": True, "cookies": [{"forward": "all"}]}],
                    "min_ttl": "0",
                }
            ],
            restrictions=[{"geo_restriction": [{"restriction_type": "whitelist", "locations": ["DE", "AT"]}]}],
            viewer_certificate=[{"cloudfront_default_certificate": True}],
        )
        topic = SnsTopic(self, "alarms", topic_name=f"{environment}-alarms")
        alarm = CloudwatchMetricAlarm(
            self,
            "errors",
            name=f"{environment}-errors",
            namespace="AWS/ApplicationELB",
            metric_name="HTTPCode_Target_5XX_Count",
            dimensions={"LoadBalancer": workload.balancer.load_balancer_arn_suffix},
            statistic="Sum",
            comparison_operator="GreaterThanThreshold",
            threshold="10",
            period="60",
            evaluation_periods="3",
            alarm_actions=topic.arn,
        )
        CloudwatchDashboard(
            self,
            "dashboard",
            name=f"{environment}-origination",
            dashboard_body={
                "widgets": [
                    {"type": "alarm", "width": 12, "height": 6, "properties": {"alarms": [alarm.alarm_arn]}},
                ]
            },
        )
        TerraformOutput(self, "domain", value=distribution.distribution_domain_name)

"""The API: users, functions, uploads, a cache."""

import json

from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm, CloudwatchMetricAlarmMetricQuery
from cdktf_cdktf_provider_aws.cognito_user_pool import CognitoUserPool, CognitoUserPoolSchema
from cdktf_cdktf_provider_aws.data_aws_subnets import DataAwsSubnets, DataAwsSubnetsFilter
from cdktf_cdktf_provider_aws.data_aws_vpc import DataAwsVpc
from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup
from cdktf_cdktf_provider_aws.elasticache_subnet_group import ElasticacheSubnetGroup
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction, LambdaFunctionVpcConfig
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags
from cdktf_cdktf_provider_aws.route53_zone import Route53Zone
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_cors_configuration import S3BucketCorsConfiguration
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import S3BucketLifecycleConfiguration
from cdktf_cdktf_provider_aws.s3_bucket_logging import S3BucketLoggingA
from cdktf_cdktf_provider_aws.s3_bucket_notification import S3BucketNotification, S3BucketNotificationLambdaFunction
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupEgress
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from constructs import Construct

from apps.api.gateway import Gateway
from libs.common import (
    ARTIFACT_BUCKET,
    INTERNAL_INGRESS,
    LAMBDA_TIMEOUT,
    RUNTIME,
    Stage,
    assume_role,
    common_tags,
    cors_rule,
    expire,
    statement,
)

PARTNERS = {"acme": 100_000, "globex": 20_000}


class ApiStack(TerraformStack):
    def __init__(self, scope: Construct, construct_id: str, stage: Stage):
        super().__init__(scope, construct_id)
        self.stage = stage
        AwsProvider(
            self, "aws", region=stage.region, default_tags=[AwsProviderDefaultTags(tags=common_tags(stage, "api"))]
        )
        self.vpc = DataAwsVpc(self, "vpc", tags={"Name": "media"})
        self.subnets = DataAwsSubnets(
            self, "subnets", filter=[DataAwsSubnetsFilter(name="vpc-id", values=[self.vpc.id])]
        )
        self.inside = SecurityGroup(
            self,
            "inside",
            name=stage.named("api"),
            vpc_id=self.vpc.id,
            ingress=INTERNAL_INGRESS,
            egress=[SecurityGroupEgress(from_port=0, to_port=0, protocol="-1", cidr_blocks=["0.0.0.0/0"])],
        )
        self.uploads = self._uploads()
        self.cache = self._cache()

        pool = CognitoUserPool(
            self,
            "users",
            name=stage.named("users"),
            username_attributes=["email"],
            password_policy={"minimum_length": 12, "require_numbers": True, "require_symbols": False},
            schema=[CognitoUserPoolSchema(name="plan", attribute_data_type="String", mutable=True)],
        )
        gateway = Gateway(self, "gateway", stage=stage, pool_arn=pool.arn)
        for method, path, open_to_all in (("GET", "catalogue", True), ("POST", "upload", False), ("GET", "me", False)):
            gateway.route(method, path, self._function(path), open_to_all)

        zone = Route53Zone(self, "zone", name=f"{stage.name}.media.example.com")
        certificate = AcmCertificate(self, "certificate", domain_name=f"api.{zone.name}", validation_method="DNS")
        published = gateway.publish(certificate.arn, zone.zone_id, f"api.{zone.name}")
        gateway.sell(published, PARTNERS)
        self._watch(gateway)
        TerraformOutput(self, "url", value=published.invoke_url)

    def _function(self, name: str) -> LambdaFunction:
        role = IamRole(self, f"{name}-role", name=self.stage.named(name), assume_role_policy=assume_role("lambda"))
        IamRolePolicy(
            self,
            f"{name}-policy",
            role=role.name,
            policy=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        statement(["s3:GetObject", "s3:PutObject"], f"{self.uploads.arn}/*"),
                        statement(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], "*"),
                        statement(["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces"], "*"),
                    ],
                }
            ),
        )
        return LambdaFunction(
            self,
            name,
            function_name=self.stage.named(name),
            role=role.arn,
            runtime=RUNTIME,
            handler=f"{name}.handler",
            s3_bucket=ARTIFACT_BUCKET,
            s3_key=f"api/{name}.zip",
            timeout=LAMBDA_TIMEOUT,
            memory_size=512,
            environment={"variables": {"CACHE": self.cache.primary_endpoint_address, "UPLOADS": self.uploads.bucket}},
            vpc_config=LambdaFunctionVpcConfig(subnet_ids=self.subnets.ids, security_group_ids=[self.inside.id]),
        )

    def _uploads(self) -> S3Bucket:
        bucket = S3Bucket(self, "uploads", bucket=self.stage.named("uploads"))
        S3BucketCorsConfiguration(
            self,
            "uploads-cors",
            bucket=bucket.id,
            cors_rule=[cors_rule("https://media.example.com", "https://studio.example.com")],
        )
        S3BucketLifecycleConfiguration(
            self, "uploads-lifecycle", bucket=bucket.id, rule=[expire("incoming/", 7), expire("previews/", 90)]
        )
        S3BucketLoggingA(
            self, "uploads-logging", bucket=bucket.id, target_bucket=ARTIFACT_BUCKET, target_prefix="access/uploads/"
        )
        queue = SqsQueue(self, "uploaded", name=self.stage.named("uploaded"), visibility_timeout_seconds=300)
        scanner_role = IamRole(
            self, "scanner-role", name=self.stage.named("scanner"), assume_role_policy=assume_role("lambda")
        )
        scanner = LambdaFunction(
            self,
            "scanner",
            function_name=self.stage.named("scanner"),
            role=scanner_role.arn,
            runtime=RUNTIME,
            handler="scanner.handler",
            s3_bucket=ARTIFACT_BUCKET,
            s3_key="api/scanner.zip",
            timeout=LAMBDA_TIMEOUT,
            dead_letter_config={"target_arn": queue.arn},
        )
        allowed = LambdaPermission(
            self,
            "scanner-permission",
            function_name=scanner.function_name,
            action="lambda:InvokeFunction",
            principal="s3.amazonaws.com",
            source_arn=bucket.arn,
        )
        S3BucketNotification(
            self,
            "uploads-events",
            bucket=bucket.id,
            lambda_function=[
                S3BucketNotificationLambdaFunction(
                    lambda_function_arn=scanner.arn,
                    events=["s3:ObjectCreated:*"],
                    filter_prefix="incoming/",
                )
            ],
            depends_on=[allowed],
        )
        return bucket

    def _cache(self) -> ElasticacheReplicationGroup:
        group = ElasticacheSubnetGroup(
            self, "cache-subnets", name=self.stage.named("cache"), subnet_ids=self.subnets.ids
        )
        return ElasticacheReplicationGroup(
            self,
            "cache",
            replication_group_id=self.stage.named("cache"),
            description="Catalogue pages",
            engine="valkey",
            node_type="cache.t4g.small",
            num_cache_clusters=2,
            automatic_failover_enabled=True,
            at_rest_encryption_enabled="true",
            transit_encryption_enabled=True,
            subnet_group_name=group.name,
            security_group_ids=[self.inside.id],
        )

    def _watch(self, gateway: Gateway) -> None:
        CloudwatchMetricAlarm(
            self,
            "errors",
            alarm_name=self.stage.named("api", "errors"),
            comparison_operator="GreaterThanThreshold",
            evaluation_periods=3,
            threshold=1,
            metric_query=[
                CloudwatchMetricAlarmMetricQuery(
                    id="rate",
                    expression="100 * errors / requests",
                    label="Errors (%)",
                    return_data=True,
                ),
                *(
                    CloudwatchMetricAlarmMetricQuery(
                        id=name,
                        metric={
                            "namespace": "AWS/ApiGateway",
                            "metric_name": metric,
                            "period": 60,
                            "stat": "Sum",
                            "dimensions": {"ApiName": gateway.api.name},
                        },
                    )
                    for name, metric in (("errors", "5XXError"), ("requests", "Count"))
                ),
            ],
        )

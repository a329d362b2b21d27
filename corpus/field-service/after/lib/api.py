"""AppSync with a data source and resolvers for each table."""

import json

from constructs import Construct
from cdktf_cdktf_provider_aws.appsync_api_key import AppsyncApiKey
from cdktf_cdktf_provider_aws.appsync_datasource import AppsyncDatasource, AppsyncDatasourceDynamodbConfig
from cdktf_cdktf_provider_aws.appsync_graphql_api import (
    AppsyncGraphqlApi,
    AppsyncGraphqlApiAdditionalAuthenticationProvider,
    AppsyncGraphqlApiLogConfig,
    AppsyncGraphqlApiUserPoolConfig,
)
from cdktf_cdktf_provider_aws.appsync_resolver import AppsyncResolver
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAcl, Wafv2WebAclRule
from cdktf_cdktf_provider_aws.wafv2_web_acl_association import Wafv2WebAclAssociation

SCHEMA = """
type Job { jobId: ID! technicianId: ID status: String }
type Query { getJobs(jobId: ID!): Job getTechnicians(technicianId: ID!): Job getVisits(jobId: ID!): Job }
schema { query: Query }
"""


def assume_role(service: str) -> str:
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}],
        }
    )


class GraphqlApiConstruct(Construct):
    def __init__(self, scope: Construct, construct_id: str, environment_suffix: str, region: str, user_pool, tables):
        super().__init__(scope, construct_id)
        self.environment_suffix = environment_suffix

        log_role = IamRole(
            self, "log-role", name=f"field-appsync-logs-{environment_suffix}",
            assume_role_policy=assume_role("appsync.amazonaws.com"),
        )
        IamRolePolicyAttachment(
            self, "log-policy", role=log_role.name,
            policy_arn="arn:aws:iam::aws:policy/service-role/AWSAppSyncPushToCloudWatchLogs",
        )

        self.graphql_api = AppsyncGraphqlApi(
            self,
            "api",
            name=f"field-api-{environment_suffix}",
            authentication_type="AMAZON_COGNITO_USER_POOLS",
            schema=SCHEMA,
            user_pool_config=AppsyncGraphqlApiUserPoolConfig(
                aws_region=region, default_action="ALLOW", user_pool_id=user_pool.id
            ),
            additional_authentication_provider=[
                AppsyncGraphqlApiAdditionalAuthenticationProvider(authentication_type="API_KEY"),
                AppsyncGraphqlApiAdditionalAuthenticationProvider(authentication_type="AWS_IAM"),
            ],
            log_config=AppsyncGraphqlApiLogConfig(cloudwatch_logs_role_arn=log_role.arn, field_log_level="ERROR"),
            xray_enabled=True,
        )
        self.api_key = AppsyncApiKey(self, "key", api_id=self.graphql_api.id, description="Partners")

        source_role = IamRole(
            self, "source-role", name=f"field-appsync-data-{environment_suffix}",
            assume_role_policy=assume_role("appsync.amazonaws.com"),
        )
        IamRolePolicy(
            self,
            "source-policy",
            role=source_role.id,
            policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [{
                    "Effect": "Allow",
                    "Action": ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
                    "Resource": [table.arn for table in tables.values()],
                }],
            }),
        )

        for name, table in tables.items():
            source = AppsyncDatasource(
                self,
                f"{name}-source",
                api_id=self.graphql_api.id,
                name=f"{name}_source",
                type="AMAZON_DYNAMODB",
                service_role_arn=source_role.arn,
                dynamodb_config=AppsyncDatasourceDynamodbConfig(table_name=table.name, region=region),
            )
            AppsyncResolver(
                self,
                f"{name}-resolver",
                api_id=self.graphql_api.id,
                type="Query",
                field=f"get{name.capitalize()}",
                data_source=source.name,
                request_template='{"version": "2018-05-29", "operation": "GetItem"}',
                response_template="$util.toJson($ctx.result)",
                caching_config={"ttl": 60, "caching_keys": ["$context.identity.sub"]},
            )
        AppsyncDatasource(self, "none-source", api_id=self.graphql_api.id, name="none", type="NONE")

        firewall = Wafv2WebAcl(
            self,
            "firewall",
            name=f"field-{environment_suffix}",
            scope="REGIONAL",
            default_action={"allow": {}},
            rule=[
                Wafv2WebAclRule(
                    name="rate",
                    priority=1,
                    action={"block": {}},
                    statement={"rate_based_statement": {"limit": 2000, "aggregate_key_type": "IP"}},
                    visibility_config={
                        "cloudwatch_metrics_enabled": True,
                        "metric_name": "rate",
                        "sampled_requests_enabled": True,
                    },
                )
            ],
            visibility_config={
                "cloudwatch_metrics_enabled": True,
                "metric_name": "field",
                "sampled_requests_enabled": True,
            },
        )
        Wafv2WebAclAssociation(
            self, "firewall-association", resource_arn=self.graphql_api.arn, web_acl_arn=firewall.arn
        )

        CloudwatchMetricAlarm(
            self,
            "errors",
            alarm_name=f"field-api-5xx-{environment_suffix}",
            namespace="AWS/AppSync",
            metric_name="5XXError",
            dimensions={"GraphQLAPIId": self.graphql_api.id},
            comparison_operator="GreaterThanOrEqualToThreshold",
            evaluation_periods=2,
            threshold=5,
            period=60,
            statistic="Sum",
            treat_missing_data="notBreaching",
        )

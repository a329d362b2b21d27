"""The ways in: an HTTP API for the shop, GraphQL for the back office, and who may use them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cdktf_cdktf_provider_aws.apigatewayv2_api import (
    Apigatewayv2Api,
    Apigatewayv2ApiCorsConfiguration,
)
from cdktf_cdktf_provider_aws.apigatewayv2_authorizer import (
    Apigatewayv2Authorizer,
    Apigatewayv2AuthorizerJwtConfiguration,
)
from cdktf_cdktf_provider_aws.apigatewayv2_integration import Apigatewayv2Integration
from cdktf_cdktf_provider_aws.apigatewayv2_route import Apigatewayv2Route
from cdktf_cdktf_provider_aws.apigatewayv2_stage import (
    Apigatewayv2Stage,
    Apigatewayv2StageAccessLogSettings,
    Apigatewayv2StageDefaultRouteSettings,
)
from cdktf_cdktf_provider_aws.appsync_datasource import (
    AppsyncDatasource,
    AppsyncDatasourceDynamodbConfig,
)
from cdktf_cdktf_provider_aws.appsync_graphql_api import (
    AppsyncGraphqlApi,
    AppsyncGraphqlApiAdditionalAuthenticationProvider,
    AppsyncGraphqlApiLogConfig,
    AppsyncGraphqlApiUserPoolConfig,
)
from cdktf_cdktf_provider_aws.appsync_resolver import AppsyncResolver
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.cognito_user_pool import (
    CognitoUserPool,
    CognitoUserPoolAccountRecoverySetting,
    CognitoUserPoolPasswordPolicy,
    CognitoUserPoolSchema,
)
from cdktf_cdktf_provider_aws.cognito_user_pool_client import (
    CognitoUserPoolClient,
    CognitoUserPoolClientTokenValidityUnits,
)
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from constructs import Construct

from .compute import assume_role_policy
from .config import Settings

GRAPHQL_SCHEMA = """\
type Order @aws_cognito_user_pools {
  order_id: ID!
  customer_id: ID!
  status: String!
  total: Float
}

type Query {
  order(order_id: ID!): Order
}

schema {
  query: Query
}
"""

ACCESS_LOG_FORMAT = {
    "request": "$context.requestId",
    "route": "$context.routeKey",
    "status": "$context.status",
    "latency": "$context.responseLatency",
}


class OrderApi(Construct):
    """Users, the HTTP API and the GraphQL API."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        routes: Mapping[str, LambdaFunction],
        orders: DynamodbTable,
    ) -> None:
        super().__init__(scope, construct_id)
        self._settings = settings
        self.pool = self._pool()
        self.client = CognitoUserPoolClient(
            self,
            "shop",
            name=settings.name("shop"),
            user_pool_id=self.pool.id,
            generate_secret=False,
            explicit_auth_flows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            access_token_validity=1,
            token_validity_units=[CognitoUserPoolClientTokenValidityUnits(access_token="hours")],
        )
        self.api = self._http(routes)
        self.graphql = self._graphql(orders)

    @property
    def url(self) -> str:
        return self.api.api_endpoint

    def _pool(self) -> CognitoUserPool:
        return CognitoUserPool(
            self,
            "users",
            name=self._settings.name("users"),
            username_attributes=["email"],
            auto_verified_attributes=["email"],
            mfa_configuration="OPTIONAL" if self._settings.is_production else "OFF",
            software_token_mfa_configuration=({"enabled": True} if self._settings.is_production else None),
            password_policy=CognitoUserPoolPasswordPolicy(
                minimum_length=12,
                require_lowercase=True,
                require_numbers=True,
                require_uppercase=True,
                temporary_password_validity_days=3,
            ),
            account_recovery_setting=CognitoUserPoolAccountRecoverySetting(
                recovery_mechanism=[{"name": "verified_email", "priority": 1}]
            ),
            schema=[
                CognitoUserPoolSchema(
                    name="customer_id",
                    attribute_data_type="String",
                    mutable=False,
                    string_attribute_constraints={
                        "min_length": "1",
                        "max_length": "64",
                    },
                ),
            ],
        )

    def _http(self, routes: Mapping[str, LambdaFunction]) -> Apigatewayv2Api:
        api = Apigatewayv2Api(
            self,
            "http",
            name=self._settings.name("http"),
            protocol_type="HTTP",
            cors_configuration=Apigatewayv2ApiCorsConfiguration(
                allow_headers=["authorization", "content-type"],
                allow_methods=["GET", "POST", "OPTIONS"],
                allow_origins=list(self._settings.allowed_origins),
                max_age=600,
            ),
        )
        authorizer = Apigatewayv2Authorizer(
            self,
            "jwt",
            api_id=api.id,
            name="cognito",
            authorizer_type="JWT",
            identity_sources=["$request.header.Authorization"],
            jwt_configuration=Apigatewayv2AuthorizerJwtConfiguration(
                audience=[self.client.id],
                issuer=f"https://{self.pool.endpoint}",
            ),
        )
        for route_key, function in routes.items():
            slug = route_key.lower().replace(" /", "-").translate({ord("{"): None, ord("}"): None})
            slug = slug.replace("/", "-")
            integration = Apigatewayv2Integration(
                self,
                f"{slug}-integration",
                api_id=api.id,
                integration_type="AWS_PROXY",
                integration_uri=function.invoke_arn,
                payload_format_version="2.0",
                timeout_milliseconds=29_000,
            )
            Apigatewayv2Route(
                self,
                f"{slug}-route",
                api_id=api.id,
                route_key=route_key,
                target=f"integrations/{integration.id}",
                authorization_type="JWT",
                authorizer_id=authorizer.id,
            )
            LambdaPermission(
                self,
                f"{slug}-permission",
                statement_id="http-api",
                action="lambda:InvokeFunction",
                function_name=function.function_name,
                principal="apigateway.amazonaws.com",
                source_arn=f"{api.execution_arn}/*/*",
            )
        logs = CloudwatchLogGroup(
            self,
            "access-logs",
            name=f"/aws/apigateway/{self._settings.name('http')}",
            retention_in_days=self._settings.log_retention_days,
        )
        Apigatewayv2Stage(
            self,
            "default",
            api_id=api.id,
            name="$default",
            auto_deploy=True,
            access_log_settings=Apigatewayv2StageAccessLogSettings(
                destination_arn=logs.arn, format=json.dumps(ACCESS_LOG_FORMAT)
            ),
            default_route_settings=Apigatewayv2StageDefaultRouteSettings(
                throttling_burst_limit=self._settings.burst_limit,
                throttling_rate_limit=self._settings.burst_limit / 2,
            ),
        )
        return api

    def _graphql(self, orders: DynamodbTable) -> AppsyncGraphqlApi:
        role = IamRole(
            self,
            "graphql-role",
            name=self._settings.name("graphql"),
            assume_role_policy=assume_role_policy("appsync"),
        )
        IamRolePolicy(
            self,
            "graphql-policy",
            name="inline",
            role=role.name,
            policy=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": ["dynamodb:GetItem", "dynamodb:Query"],
                            "Resource": [orders.arn, f"{orders.arn}/index/*"],
                        },
                        {"Effect": "Allow", "Action": "logs:*", "Resource": "*"},
                    ],
                }
            ),
        )
        api = AppsyncGraphqlApi(
            self,
            "graphql",
            name=self._settings.name("graphql"),
            authentication_type="AMAZON_COGNITO_USER_POOLS",
            schema=GRAPHQL_SCHEMA,
            user_pool_config=AppsyncGraphqlApiUserPoolConfig(user_pool_id=self.pool.id, default_action="ALLOW"),
            additional_authentication_provider=[
                AppsyncGraphqlApiAdditionalAuthenticationProvider(authentication_type="AWS_IAM")
            ],
            log_config=AppsyncGraphqlApiLogConfig(cloudwatch_logs_role_arn=role.arn, field_log_level="ERROR"),
            xray_enabled=True,
        )
        source = AppsyncDatasource(
            self,
            "orders-source",
            api_id=api.id,
            name="orders",
            type="AMAZON_DYNAMODB",
            service_role_arn=role.arn,
            dynamodb_config=AppsyncDatasourceDynamodbConfig(table_name=orders.name),
        )
        AppsyncResolver(
            self,
            "order-resolver",
            api_id=api.id,
            type="Query",
            field="order",
            data_source=source.name,
            request_template=json.dumps(
                {
                    "version": "2018-05-29",
                    "operation": "GetItem",
                    "key": {"order_id": {"S": "$ctx.args.order_id"}},
                }
            ),
            response_template="$util.toJson($ctx.result)",
        )
        return api

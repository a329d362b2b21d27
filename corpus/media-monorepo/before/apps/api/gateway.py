"""The public REST API: resources, methods, a plan for partners, a name."""

import hashlib
import json

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.api_gateway_account import ApiGatewayAccount
from cdktf_cdktf_provider_aws.api_gateway_api_key import ApiGatewayApiKey
from cdktf_cdktf_provider_aws.api_gateway_authorizer import ApiGatewayAuthorizer
from cdktf_cdktf_provider_aws.api_gateway_deployment import ApiGatewayDeployment
from cdktf_cdktf_provider_aws.api_gateway_domain_name import ApiGatewayDomainName
from cdktf_cdktf_provider_aws.api_gateway_integration import ApiGatewayIntegration
from cdktf_cdktf_provider_aws.api_gateway_method import ApiGatewayMethod
from cdktf_cdktf_provider_aws.api_gateway_method_settings import (
    ApiGatewayMethodSettings,
    ApiGatewayMethodSettingsSettings,
)
from cdktf_cdktf_provider_aws.api_gateway_resource import ApiGatewayResource
from cdktf_cdktf_provider_aws.api_gateway_rest_api import ApiGatewayRestApi, ApiGatewayRestApiEndpointConfiguration
from cdktf_cdktf_provider_aws.api_gateway_stage import ApiGatewayStage
from cdktf_cdktf_provider_aws.api_gateway_usage_plan import (
    ApiGatewayUsagePlan,
    ApiGatewayUsagePlanQuota,
    ApiGatewayUsagePlanThrottleSettings,
)
from cdktf_cdktf_provider_aws.api_gateway_usage_plan_key import ApiGatewayUsagePlanKey
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from cdktf_cdktf_provider_aws.route53_record import Route53Record, Route53RecordAlias
from constructs import Construct

from libs.common import LOG_RETENTION, Stage, assume_role, common_tags

CANARY_PERCENT = 10


class Gateway(Construct):
    """A REST API with one resource for each function."""

    def __init__(self, scope: Construct, construct_id: str, stage: Stage, pool_arn: str):
        super().__init__(scope, construct_id)
        self.stage = stage
        self.fingerprint = []
        self.methods = []
        self.api = ApiGatewayRestApi(
            self,
            "rest",
            name=stage.named("api"),
            description="Media API",
            endpoint_configuration=[ApiGatewayRestApiEndpointConfiguration(types=["REGIONAL"])],
            minimum_compression_size=1024,
            tags=common_tags(stage, "api"),
        )
        self.authorizer = ApiGatewayAuthorizer(
            self,
            "authorizer",
            name="users",
            rest_api_id=self.api.id,
            type="COGNITO_USER_POOLS",
            provider_arns=pool_arn,
        )

    def route(self, method: str, path: str, function: LambdaFunction, open_to_all: bool = False) -> None:
        """Let a function answer a method of a path."""
        name = f"{path}-{method.lower()}"
        resource = ApiGatewayResource(
            self, f"{name}-resource", rest_api_id=self.api.id, parent_id=self.api.root_resource_id, path_part=path
        )
        answered = ApiGatewayMethod(
            self,
            f"{name}-method",
            rest_api_id=self.api.id,
            resource_id=resource.id,
            http_method=method,
            authorization="NONE" if open_to_all else "COGNITO_USER_POOLS",
            authorizer_id=None if open_to_all else self.authorizer.id,
            api_key_required=not open_to_all,
        )
        integration = ApiGatewayIntegration(
            self,
            f"{name}-integration",
            rest_api_id=self.api.id,
            resource_id=resource.id,
            http_method=answered.http_method,
            integration_http_method="POST",
            type="AWS_PROXY",
            uri=function.invoke_arn,
            timeout_milliseconds="29000",
        )
        LambdaPermission(
            self,
            f"{name}-permission",
            function_name=function.function_name,
            action="lambda:InvokeFunction",
            principal="apigateway.amazonaws.com",
            source_arn=f"{self.api.execution_arn}/*/{method}/{path}",
        )
        self.methods += [answered, integration]
        self.fingerprint.append(f"{method} {path} {open_to_all}")

    def publish(self, certificate_arn: str, zone_id: str, domain: str) -> ApiGatewayStage:
        """Deploy what was routed so far, under a name of its own."""
        deployment = ApiGatewayDeployment(
            self,
            "deployment",
            rest_api_id=self.api.id,
            triggers={"redeployment": hashlib.sha256("\n".join(self.fingerprint).encode()).hexdigest()},
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
            depends_on=self.methods,
        )
        role = IamRole(
            self,
            "logging",
            name=self.stage.named("api", "logging"),
            assume_role_policy=assume_role("apigateway"),
            managed_policy_arns=["arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"],
        )
        ApiGatewayAccount(self, "account", cloudwatch_role_arn=role.id)
        logs = CloudwatchLogGroup(self, "access", name=f"/media/{self.stage.name}/api", retention_in_days=LOG_RETENTION)
        stage = ApiGatewayStage(
            self,
            "stage",
            rest_api_id=self.api.id,
            deployment_id=deployment.id,
            stage_name=self.stage.name,
            xray_tracing_enabled=True,
            access_log_settings={
                "destination_arn": logs.arn,
                "format": json.dumps({"request": "$context.requestId", "status": "$context.status"}),
            },
        )
        ApiGatewayMethodSettings(
            self,
            "settings",
            rest_api_id=self.api.id,
            stage_name=stage.stage_name,
            method_path="*/*",
            settings=[
                ApiGatewayMethodSettingsSettings(metrics_enabled=True, logging_level="ERROR", throttling_rate_limit=500)
            ],
        )
        name = ApiGatewayDomainName(
            self,
            "domain",
            domain_name=domain,
            regional_certificate_arn=certificate_arn,
            endpoint_configuration={"types": ["REGIONAL"]},
            security_policy="TLS_1_2",
        )
        Route53Record(
            self,
            "record",
            zone_id=zone_id,
            name=domain,
            type="A",
            set_identifier=self.stage.name,
            weighted_routing_policy=[{"weight": 100 - CANARY_PERCENT}],
            alias=Route53RecordAlias(
                name=name.regional_domain_name, zone_id=name.regional_zone_id, evaluate_target_health=True
            ),
        )
        return stage

    def sell(self, stage: ApiGatewayStage, partners: dict) -> None:
        """A plan, and a key, for each partner."""
        for partner, requests in partners.items():
            plan = ApiGatewayUsagePlan(
                self,
                f"{partner}-plan",
                name=self.stage.named(partner),
                api_stages=[{"api_id": self.api.id, "stage": stage.stage_name}],
                quota_settings=ApiGatewayUsagePlanQuota(limit=requests, period="DAY"),
                throttle_settings=ApiGatewayUsagePlanThrottleSettings(burst_limit=50, rate_limit=20),
            )
            key = ApiGatewayApiKey(self, f"{partner}-key", name=self.stage.named(partner), enabled=True)
            ApiGatewayUsagePlanKey(
                self, f"{partner}-plan-key", key_id=key.id, key_type="API_KEY", usage_plan_id=plan.id
            )

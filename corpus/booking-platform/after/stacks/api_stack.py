"""The API that the web site and the apps call."""
import hashlib
import json
from typing import Any, Dict

from cdktf_cdktf_provider_aws.api_gateway_api_key import ApiGatewayApiKey
from cdktf_cdktf_provider_aws.api_gateway_authorizer import ApiGatewayAuthorizer
from cdktf_cdktf_provider_aws.api_gateway_deployment import ApiGatewayDeployment
from cdktf_cdktf_provider_aws.api_gateway_integration import ApiGatewayIntegration
from cdktf_cdktf_provider_aws.api_gateway_method import ApiGatewayMethod
from cdktf_cdktf_provider_aws.api_gateway_method_settings import ApiGatewayMethodSettings
from cdktf_cdktf_provider_aws.api_gateway_resource import ApiGatewayResource
from cdktf_cdktf_provider_aws.api_gateway_rest_api import (
    ApiGatewayRestApi,
    ApiGatewayRestApiEndpointConfiguration,
)
from cdktf_cdktf_provider_aws.api_gateway_stage import ApiGatewayStage, ApiGatewayStageAccessLogSettings
from cdktf_cdktf_provider_aws.api_gateway_usage_plan import ApiGatewayUsagePlan, ApiGatewayUsagePlanApiStages
from cdktf_cdktf_provider_aws.api_gateway_usage_plan_key import ApiGatewayUsagePlanKey
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from constructs import Construct

from stacks.base import BaseStack
from stacks.mixins import LambdaMixin


class ApiStack(LambdaMixin, BaseStack):
    """API Gateway and the functions behind it."""

    component = "api"
    lambda_defaults = {**LambdaMixin.lambda_defaults, "memory_size": 512, "timeout": 29}
    routes = {
        "bookings": ("GET", "POST"),
        "availability": ("GET",),
        "payments": ("POST",),
    }

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any):
        self.user_pool_arn = kwargs.pop("user_pool_arn")
        self.state_machine_arn = kwargs.pop("state_machine_arn")
        super().__init__(scope, construct_id, **kwargs)

    def build(self) -> None:
        self.api = ApiGatewayRestApi(
            self,
            "api",
            name=self.resource_name("rest"),
            description=f"Bookings ({self.stage})",
            endpoint_configuration=ApiGatewayRestApiEndpointConfiguration(types=["REGIONAL"]),
            minimum_compression_size="1024",
            tags=self.tags_for("rest"),
        )
        self.authorizer = ApiGatewayAuthorizer(
            self,
            "authorizer",
            name=self.resource_name("cognito"),
            rest_api_id=self.api.id,
            type="COGNITO_USER_POOLS",
            provider_arns=[self.user_pool_arn],
            identity_source="method.request.header.Authorization",
        )
        self.methods = []
        self.integrations = []
        for path, verbs in self.routes.items():
            self.create_route(path, verbs)
        self.create_stage()
        self.create_usage_plan()

    def create_route(self, path: str, verbs) -> None:
        function = self.create_function(
            path,
            environment={"STATE_MACHINE": self.state_machine_arn},
            statements=[{"Effect": "Allow", "Action": "states:StartExecution", "Resource": self.state_machine_arn}],
        )
        LambdaPermission(
            self,
            f"{path}-permission",
            statement_id="AllowApiGateway",
            action="lambda:InvokeFunction",
            function_name=function.function_name,
            principal="apigateway.amazonaws.com",
            source_arn=f"{self.api.execution_arn}/*/*/{path}",
        )
        resource = ApiGatewayResource(
            self, f"{path}-resource", rest_api_id=self.api.id, parent_id=self.api.root_resource_id, path_part=path
        )
        for verb in verbs:
            method = ApiGatewayMethod(
                self,
                f"{path}-{verb.lower()}",
                rest_api_id=self.api.id,
                resource_id=resource.id,
                http_method=verb,
                authorization="COGNITO_USER_POOLS",
                authorizer_id=self.authorizer.id,
                api_key_required=path == "payments",
                request_parameters={"method.request.header.Idempotency-Key": False},
            )
            integration = ApiGatewayIntegration(
                self,
                f"{path}-{verb.lower()}-integration",
                rest_api_id=self.api.id,
                resource_id=resource.id,
                http_method=method.http_method,
                integration_http_method="POST",
                type="AWS_PROXY",
                uri=function.invoke_arn,
                timeout_milliseconds=29000,
            )
            self.methods.append(method)
            self.integrations.append(integration)

    def create_stage(self) -> None:
        deployment = ApiGatewayDeployment(
            self,
            "deployment",
            rest_api_id=self.api.id,
            triggers={"redeployment": hashlib.sha256(repr(sorted(self.routes.items())).encode()).hexdigest()},
            lifecycle={"create_before_destroy": True},
            depends_on=[*self.methods, *self.integrations],
        )
        access_logs = self.create_log_group("access")
        self.api_stage = ApiGatewayStage(
            self,
            "stage",
            rest_api_id=self.api.id,
            deployment_id=deployment.id,
            stage_name=self.stage,
            xray_tracing_enabled=True,
            access_log_settings=ApiGatewayStageAccessLogSettings(
                destination_arn=access_logs.arn,
                format=json.dumps({
                    "requestId": "$context.requestId",
                    "ip": "$context.identity.sourceIp",
                    "status": "$context.status",
                    "latency": "$context.responseLatency",
                }),
            ),
            tags=self.tags_for("stage"),
        )
        ApiGatewayMethodSettings(
            self,
            "settings",
            rest_api_id=self.api.id,
            stage_name=self.api_stage.stage_name,
            method_path="*/*",
            settings={
                "metrics_enabled": True,
                "logging_level": "INFO",
                "throttling_burst_limit": 200,
                "throttling_rate_limit": 100,
            },
        )

    def create_usage_plan(self) -> None:
        plan = ApiGatewayUsagePlan(
            self,
            "partners",
            name=self.resource_name("partners"),
            api_stages=[ApiGatewayUsagePlanApiStages(api_id=self.api.id, stage=self.api_stage.stage_name)],
            quota_settings={"limit": 100000, "period": "MONTH"},
            throttle_settings={"burst_limit": 50, "rate_limit": 20},
        )
        partner_key = ApiGatewayApiKey(self, "partner-key", name=self.resource_name("partner"))
        ApiGatewayUsagePlanKey(
            self, "partner-plan-key", key_id=partner_key.id, key_type="API_KEY", usage_plan_id=plan.id
        )

    @property
    def domain_name(self) -> str:
        return f"{self.api.id}.execute-api.{self.region}.amazonaws.com"

    def outputs(self) -> Dict[str, Any]:
        return {"invoke_url": self.api_stage.invoke_url}

#!/usr/bin/env python
from constructs import Construct
from cdktf import App, TerraformStack, TerraformOutput, TerraformAsset, AssetType, Fn, S3Backend
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.data_aws_region import DataAwsRegion
from cdktf_cdktf_provider_aws.data_aws_iam_policy_document import DataAwsIamPolicyDocument
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction, LambdaFunctionEnvironment, LambdaFunctionDeadLetterConfig
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from cdktf_cdktf_provider_aws.lambda_event_source_mapping import LambdaEventSourceMapping
from cdktf_cdktf_provider_aws.sfn_state_machine import SfnStateMachine, SfnStateMachineLoggingConfiguration
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget, CloudwatchEventTargetRetryPolicy
from cdktf_cdktf_provider_aws.pipes_pipe import PipesPipe
from cdktf_cdktf_provider_aws.apigatewayv2_api import Apigatewayv2Api, Apigatewayv2ApiCorsConfiguration
from cdktf_cdktf_provider_aws.apigatewayv2_integration import Apigatewayv2Integration
from cdktf_cdktf_provider_aws.apigatewayv2_route import Apigatewayv2Route
from cdktf_cdktf_provider_aws.apigatewayv2_stage import Apigatewayv2Stage, Apigatewayv2StageAccessLogSettings, Apigatewayv2StageDefaultRouteSettings
from cdktf_cdktf_provider_aws.iam_role import IamRole, IamRoleInlinePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
import json
import os


FUNCTIONS = {
    # name: (memory, timeout, concurrency)
    "validate": (256, 10, 5),
    "charge": (512, 30, 2),
    "ship": (256, 60, -1),
}


class OrderWorkflowStack(TerraformStack):
    def __init__(self, scope: Construct, ns: str):
        super().__init__(scope, ns)

        AwsProvider(self, "AWS", region="eu-west-1", default_tags=[{"tags": {"app": "orders"}}])
        account = DataAwsCallerIdentity(self, "account")
        region = DataAwsRegion(self, "region")
        prefix = f"orders-{region.name}"

        # ---------- queues ----------
        dlq = SqsQueue(self, "dlq", name="orders-dlq", message_retention_seconds="1209600")
        queue = SqsQueue(
            self,
            "queue",
            queue_name="orders",
            visibility_timeout=180,
            redrive_policy={"deadLetterTargetArn": dlq.arn, "maxReceiveCount": 5},
            sqs_managed_sse_enabled=True,
        )
        topic = SnsTopic(self, "topic", topic_name="order-events", kms_master_key="alias/aws/sns")
        SnsTopicSubscription(
            self,
            "subscription",
            topic=topic.arn,
            protocol="sqs",
            endpoint=queue.arn,
            raw_message_delivery="true",
            filter_policy={"type": ["created", "cancelled"]},
        )

        # ---------- table ----------
        table = DynamodbTable(
            self,
            "table",
            name="orders",
            billing_mode="PAY_PER_REQUEST",
            hash_key="id",
            attribute={"name": "id", "type": "S"},
            ttl=[{"attribute_name": "expires", "enabled": True}],
            point_in_time_recovery={"enabled": "true"},
        )

        # ---------- functions ----------
        trust = DataAwsIamPolicyDocument(
            self,
            "trust",
            statement=[
                {
                    "effect": "Allow",
                    "actions": ["sts:AssumeRole"],
                    "principals": [{"type": "Service", "identifiers": ["lambda.amazonaws.com"]}],
                }
            ],
        )
        role = IamRole(
            self,
            "lambda-role",
            name="orders-lambda",
            assume_role_policy=trust.json,
            inline_policy={
                "name": "table",
                "policy": json.dumps(
                    {
                        "Version": "2012-10-17",
                        "Statement": [
                            {"Effect": "Allow", "Action": ["dynamodb:*"], "Resource": [table.arn, f"{table.arn}/index/*"]}
                        ],
                    }
                ),
            },
        )
        IamRolePolicyAttachment(
            self,
            "lambda-basic",
            role=role,
            policy="arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        )

        functions = {}
        for name, (memory, timeout, concurrency) in FUNCTIONS.items():
            code = TerraformAsset(
                self,
                f"{name}-code",
                path=os.path.join(os.path.dirname(__file__), "functions", name),
                type=AssetType.ARCHIVE,
            )
            log_group = CloudwatchLogGroup(
                self, f"{name}-logs", log_group_name=f"/aws/lambda/{prefix}-{name}", retention_in_days="30"
            )
            functions[name] = LambdaFunction(
                self,
                f"{name}-function",
                function_name=f"{prefix}-{name}",
                runtime="python3.12",
                handler="index.handler",
                role_arn=role.arn,
                filename=code.path,
                source_code_hash=code.asset_hash,
                memory_size=memory,
                timeout=timeout,
                reserved_concurrent_executions=concurrency,
                environment=[
                    LambdaFunctionEnvironment(variables={"TABLE": table.table_name, "MAX_ITEMS": 25, "DEBUG": False})
                ],
                dead_letter_config=[LambdaFunctionDeadLetterConfig(target_arn=dlq.arn)],
                tracing_config=[{"mode": "Active"}],
                ephemeral_storage={"size": "1024"},
                architectures="arm64",
                depends_on=[log_group.name],
            )

        LambdaEventSourceMapping(
            self,
            "from-queue",
            event_source_arn=queue,
            function_name=functions["validate"].arn,
            batch_size="10",
            scaling_config=[{"maximum_concurrency": "5"}],
            function_response_types="ReportBatchItemFailures",
        )

        # ---------- state machine ----------
        machine_logs = CloudwatchLogGroup(self, "machine-logs", name="/aws/states/orders", retention_in_days=30)
        machine_role = IamRole(
            self,
            "machine-role",
            name="orders-machine",
            assume_role_policy=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": {"Service": ["states.amazonaws.com", "pipes.amazonaws.com", "events.amazonaws.com"]},
                            "Action": "sts:AssumeRole",
                            "Condition": {"StringEquals": {"aws:SourceAccount": account.account_id}},
                        }
                    ],
                }
            ),
            inline_policy=[
                IamRoleInlinePolicy(
                    name="invoke",
                    policy={
                        "Version": "2012-10-17",
                        "Statement": [
                            {
                                "Effect": "Allow",
                                "Action": "lambda:InvokeFunction",
                                "Resource": [function.function_arn for function in functions.values()],
                            }
                        ],
                    },
                )
            ],
        )

        def task(name, **more):
            return {
                "Type": "Task",
                "Resource": functions[name].arn,
                "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 3}],
                **more,
            }

        machine = SfnStateMachine(
            self,
            "machine",
            name="orders",
            type="STANDARD",
            role_arn=machine_role.arn,
            definition=json.dumps(
                {
                    "StartAt": "Validate",
                    "States": {
                        "Validate": task("validate", Next="Charge"),
                        "Charge": task("charge", Next="Ship"),
                        "Ship": task("ship", End=True),
                    },
                }
            ),
            logging_configuration=[
                SfnStateMachineLoggingConfiguration(
                    level="ALL", include_execution_data=True, log_destination=f"{machine_logs.arn}:*"
                )
            ],
            tracing_configuration=[{"enabled": True}],
        )

        PipesPipe(
            self,
            "pipe",
            name="orders",
            role=machine_role.arn,
            source=queue.arn,
            target=machine.arn,
            source_parameters=[{"sqs_queue_parameters": [{"batch_size": "1"}]}],
            target_parameters={"step_function_state_machine_parameters": {"invocation_type": "FIRE_AND_FORGET"}},
        )

        rule = CloudwatchEventRule(
            self,
            "nightly",
            rule_name="orders-nightly",
            schedule_expression="cron(0 2 * * ? *)",
            is_enabled=True,
        )
        CloudwatchEventTarget(
            self,
            "nightly-target",
            rule=rule.name,
            target_arn=machine.arn,
            role_arn=machine_role.arn,
            input={"kind": "nightly"},
            retry_policy=[CloudwatchEventTargetRetryPolicy(maximum_retry_attempts=2, maximum_event_age=3600)],
        )

        # ---------- API ----------
        api = Apigatewayv2Api(
            self,
            "api",
            name="orders",
            protocol_type="HTTP",
            cors_configuration=[
                Apigatewayv2ApiCorsConfiguration(allow_origins=["*"], allow_methods=["GET", "POST"], max_age="300")
            ],
        )
        for method, path, name in [("POST", "/orders", "validate"), ("GET", "/orders/{id}", "ship")]:
            integration = Apigatewayv2Integration(
                self,
                f"{name}-integration",
                api_id=api.api_id,
                integration_type="AWS_PROXY",
                integration_uri=functions[name].invoke_arn,
                payload_format_version=2.0,
                timeout_milliseconds=29000,
            )
            Apigatewayv2Route(
                self,
                f"{name}-route",
                api=api.id,
                route_key=f"{method} {path}",
                target=f"integrations/{integration.integration_id}",
            )
            LambdaPermission(
                self,
                f"{name}-permission",
                function=functions[name].function_name,
                action="lambda:InvokeFunction",
                principal="apigateway.amazonaws.com",
                source_arn=f"{api.execution_arn}/*/*",
            )
        api_logs = CloudwatchLogGroup(self, "api-logs", name="/aws/apigateway/orders", retention_in_days=14)
        stage = Apigatewayv2Stage(
            self,
            "stage",
            api_id=api.id,
            stage_name="$default",
            auto_deploy="true",
            access_log_settings=[
                Apigatewayv2StageAccessLogSettings(
                    destination_arn=api_logs.arn,
                    format={"requestId": "$context.requestId", "status": "$context.status"},
                )
            ],
            default_route_settings=[
                Apigatewayv2StageDefaultRouteSettings(throttling_burst_limit="100", throttling_rate_limit="50")
            ],
        )

        TerraformOutput(self, "api_url", value=stage.invoke_url)
        TerraformOutput(self, "machine_name", value=machine.arn.split(":")[-1])
        TerraformOutput(self, "queue_url", value=queue.queue_url)
        TerraformOutput(self, "account_id", value=account.account)


app = App()
stack = OrderWorkflowStack(app, "order-workflow")
S3Backend(stack, bucket="acme-state", key="orders.tfstate", region="eu-west-1", encrypt="true")
app.synth()

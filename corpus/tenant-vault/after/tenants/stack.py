"""What one tenant has of its own."""
import json

from cdktf import Fn, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget, CloudwatchEventTargetSqsTarget
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTablePointInTimeRecovery
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.lambda_event_source_mapping import LambdaEventSourceMapping
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.rds_cluster_instance import RdsClusterInstance
from cdktf_cdktf_provider_aws.secretsmanager_secret import SecretsmanagerSecret
from cdktf_cdktf_provider_aws.secretsmanager_secret_rotation import SecretsmanagerSecretRotation
from cdktf_cdktf_provider_aws.secretsmanager_secret_version import SecretsmanagerSecretVersion
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

from core.secrets import SecretReader, flags, local_settings

DEFAULTS = """
# of every tenant
log_level = info
region_hint=eu
"""


class TenantStack(TerraformStack):
    def __init__(self, scope, construct_id, *, tenant, shared, plan, regions):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region=regions[0])
        self.tenant = tenant
        large = plan == "large"

        key = KmsKey(self, "key", description=f"Vault of {tenant}", enable_key_rotation=True)
        secret = SecretsmanagerSecret(
            self,
            "secret",
            name=f"vault/{tenant}",
            kms_key_id=key.arn,
            recovery_window_in_days=7,
            replica=[{"region": region} for region in regions[1:]],
        )
        login = SecretReader(self, "login", secret_id="shared/tenants").login
        SecretsmanagerSecretVersion(
            self,
            "secret-value",
            secret_id=secret.id,
            secret_string=json.dumps({
                "username": login.username,
                "host": shared.cluster.endpoint,
                "database": f"{tenant}_{login.username}",
            }),
        )
        if large:
            RdsClusterInstance(
                self,
                "reader",
                cluster_identifier=shared.cluster.id,
                instance_class="db.serverless",
                engine=shared.cluster.engine,
                monitoring_interval=60,
            )

        table = DynamodbTable(
            self,
            "entries",
            name=f"vault-{tenant}",
            billing_mode="PAY_PER_REQUEST",
            hash_key="id",
            attribute=[{"name": "id", "type": "S"}],
            point_in_time_recovery=DynamodbTablePointInTimeRecovery(enabled=large),
            stream_enabled=True,
            stream_view_type="NEW_IMAGE",
        )
        queue = SqsQueue(
            self,
            "jobs",
            name=f"vault-{tenant}-jobs",
            kms_master_key_id=key.key_id,
            visibility_timeout_seconds=120,
        )
        role = IamRole(
            self,
            "role",
            name=f"vault-{tenant}",
            assume_role_policy=json.dumps(self._trust("lambda.amazonaws.com")),
        )
        policy = IamPolicy(
            self,
            "policy",
            name=f"vault-{tenant}",
            policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Action": ["sqs:*"], "Resource": queue.arn},
                    {"Effect": "Allow", "Action": ["dynamodb:*"], "Resource": [table.arn, f"{table.arn}/index/*"]},
                    {"Effect": "Allow", "Action": ["secretsmanager:GetSecretValue"], "Resource": secret.arn},
                ],
            }),
        )
        IamRolePolicyAttachment(self, "attached", role=role.name, policy_arn=policy.id)

        features = flags(self, tenant)
        worker = LambdaFunction(
            self,
            "worker",
            function_name=f"vault-{tenant}",
            runtime="python3.12",
            handler="worker.main",
            role=role.arn,
            package_type="Zip",
            s3_bucket=shared.bucket.bucket,
            s3_key="worker.zip",
            environment={
                "variables": {
                    **local_settings(DEFAULTS),
                    "SEARCH": Fn.lookup(features, "search"),
                    "BATCH": Fn.lookup(features, "batch"),
                    "OWNER": Fn.element(Fn.split(":", role.arn), 4),
                    "TABLE": Fn.upper(table.name),
                },
            },
            vpc_config={
                "subnet_ids": [subnet.id for subnet in shared.subnets],
                "security_group_ids": [shared.group.id],
            },
        )
        LambdaEventSourceMapping(
            self,
            "from-jobs",
            event_source_arn=queue.arn,
            function_name=worker.function_name,
            batch_size=10,
        )
        SecretsmanagerSecretRotation(
            self,
            "rotation",
            secret_id=secret.id,
            rotation_lambda_arn=worker.arn,
            rotation_rules={"automatically_after_days": 30},
        )
        nightly = CloudwatchEventRule(self, "nightly", name=f"vault-{tenant}", schedule_expression="rate(1 day)")
        CloudwatchEventTarget(
            self,
            "nightly-job",
            rule=nightly.name,
            arn=queue.arn,
            sqs_target=CloudwatchEventTargetSqsTarget(message_group_id=tenant),
            input=json.dumps({"job": "compact", "tenant": tenant}),
        )
        TerraformOutput(self, "secret-name", value=Fn.element(Fn.reverse(Fn.split(":", secret.arn)), 0))
        TerraformOutput(self, "queue-host", value=Fn.element(Fn.split("/", queue.url), 2))

    def _trust(self, service):
        statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
        return {"Version": "2012-10-17", "Statement": [statement]}

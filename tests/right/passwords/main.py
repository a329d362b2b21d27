import json
import os
import secrets
import string

from cdktf import App, Fn, TerraformStack, TerraformVariable
from cdktf_cdktf_provider_aws.data_aws_secretsmanager_random_password import DataAwsSecretsmanagerRandomPassword
from cdktf_cdktf_provider_aws.data_aws_secretsmanager_secret_version import DataAwsSecretsmanagerSecretVersion
from cdktf_cdktf_provider_aws.data_aws_ssm_parameter import DataAwsSsmParameter
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction, LambdaFunctionEnvironment
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster
from cdktf_cdktf_provider_aws.secretsmanager_secret import SecretsmanagerSecret
from cdktf_cdktf_provider_aws.secretsmanager_secret_version import SecretsmanagerSecretVersion

ALPHABET = string.ascii_letters + string.digits


def made_up(length: int = 24) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


class Passwords(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        given = TerraformVariable(self, "db_password", type="string", sensitive=True)
        random = DataAwsSecretsmanagerRandomPassword(self, "made", password_length=32, exclude_punctuation=True)
        secret = SecretsmanagerSecret(self, "secret", name="db")
        login = {"username": "app", "password": random.random_password}
        SecretsmanagerSecretVersion(self, "version", secret_id=secret.id, secret_string=json.dumps(login))
        stored = DataAwsSecretsmanagerSecretVersion(self, "current", secret_id=secret.id)
        parameter = DataAwsSsmParameter(self, "given", name="/db/password", with_decryption=True)
        passwords = {
            "variable": given.string_value,
            "random": random.random_password,
            "stored": Fn.lookup(Fn.jsondecode(stored.secret_string), "password", ""),
            "parameter": parameter.value,
            "environment": os.environ.get("DB_PASSWORD") or made_up(),
        }
        for name, password in passwords.items():
            DbInstance(
                self, name, instance_class="db.t4g.micro", engine="postgres", engine_version="16", allocated_storage=20,
                username="app", password=password, skip_final_snapshot=True,
            )
        RdsCluster(
            self, "cluster", engine="aurora-mysql", engine_version="8.0", master_username="app",
            master_password=given.string_value,
        )
        role = IamRole(self, "role", assume_role_policy="{}")
        LambdaFunction(
            self, "reader", function_name="reader", role=role.arn, package_type="Image", image_uri="1.dkr.ecr/reader:1",
            environment=LambdaFunctionEnvironment(variables={"SECRET_ARN": secret.arn, "PASSWORD_KEY": "password"}),
        )


app = App()
Passwords(app, "passwords")
app.synth()

"""Reading secrets that somebody else has written."""
from dataclasses import dataclass
from typing import Any, Dict

from cdktf import Fn
from constructs import Construct
from cdktf_cdktf_provider_aws.data_aws_secretsmanager_secret_version import DataAwsSecretsmanagerSecretVersion
from cdktf_cdktf_provider_aws.data_aws_ssm_parameter import DataAwsSsmParameter


@dataclass
class Login:
    """A user and a password."""

    username: str
    password: str
    host: str = ""


class SecretReader(Construct):
    """The newest version of a secret, decoded."""

    def __init__(self, scope: Construct, construct_id: str, *, secret_id: str) -> None:
        super().__init__(scope, construct_id)
        version = DataAwsSecretsmanagerSecretVersion(self, "version", secret_id=secret_id)
        self.raw = version.secret_string
        self.document = Fn.jsondecode(version.secret_string)

    @property
    def login(self) -> Login:
        return Login(
            username=Fn.lookup(self.document, "username"),
            password=Fn.lookup(self.document, "password"),
            host=Fn.lookup(self.document, "host", "localhost"),
        )


def flags(scope: Construct, name: str) -> Any:
    """Feature flags, kept as YAML in the parameter store."""
    parameter = DataAwsSsmParameter(scope, f"{name}-flags", name=f"/flags/{name}")
    return Fn.yamldecode(parameter.value)


def local_settings(text: str) -> Dict[str, str]:
    """Not Terraform's: settings that are known while the program runs."""
    parsed = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    return {key.strip().upper()[:20]: value.strip() for key, value in parsed.items()}

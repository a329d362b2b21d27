"""Keys, roles and password rules of an account."""

import json

from constructs import Construct

from cdktf_cdktf_provider_aws.iam_account_password_policy import IamAccountPasswordPolicy
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from governance.registry import register
from platform_stacks.base import GuardedStack


class EncryptionKey(Construct):
    """A key with its alias, that services of the account may use."""

    def __init__(self, scope, construct_id, *, alias, **kwargs):
        super().__init__(scope, construct_id)
        services = kwargs.get("services", [])
        account = DataAwsCallerIdentity(self, "account")
        statements = [
            {
                "Sid": "Account",
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{account.account_id}:root"},
                "Action": "kms:*",
                "Resource": "*",
            }
        ]
        for service in services:
            statements.append({
                "Effect": "Allow",
                "Principal": {"Service": f"{service}.amazonaws.com"},
                "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
                "Resource": "*",
            })
        self.key = KmsKey(
            self,
            "key",
            description=f"Key of {alias}",
            enable_key_rotation=True,
            deletion_window_in_days=30,
            policy=json.dumps({"Version": "2012-10-17", "Statement": statements}),
        )
        KmsAlias(self, "alias", name=f"alias/{alias}", target_key_id=self.key.id)

    @property
    def arn(self):
        return self.key.arn


@register("baseline", owner="security")
class BaselineStack(GuardedStack):
    """What an account has before anything else is in it."""

    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id, **kwargs)

        IamAccountPasswordPolicy(
            self,
            "iam_account_password_policy",
            minimum_password_length=16,
            require_symbols=True,
            require_numbers=True,
            allow_users_to_change_password=True,
            max_password_age=90,
            hard_expiry=False,
        )
        for team in ("payments", "risk"):
            EncryptionKey(self, f"{team}-key", alias=self.resource_name(team))

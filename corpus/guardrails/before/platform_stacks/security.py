"""Keys, roles and password rules of an account."""

import json

from constructs import Construct

from cdktf_cdktf_provider_aws.iam_account_password_policy import IamAccountPasswordPolicy
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey


class EncryptionKey(Construct):
    """A key with its alias, that services of the account may use."""

    def __init__(self, scope, construct_id, *, alias, **kwargs):
        super().__init__(scope, construct_id, **kwargs)
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
            key_rotation_enabled=True,
            deletion_window=30,
            policy={"Version": "2012-10-17", "Statement": statements},
        )
        KmsAlias(self, "alias", alias=f"alias/{alias}", target_key_id=self.key.id)

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
            minimum_password_length="16",
            require_symbols=true,
            require_numbers=true,
            allow_users_to_change_password=true,
            max_password_age=90,
            hard_expiry=false,
        )
        for team in ("payments", "risk"):
            EncryptionKey(self, f"{team}-key", alias=self.resource_name(team))

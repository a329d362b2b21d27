"""Who may book: a user pool, its clients, and its domain."""
from typing import Any, Dict

from cdktf_cdktf_provider_aws.cognito_user_pool import (
    CognitoUserPool,
    CognitoUserPoolPasswordPolicy,
    CognitoUserPoolSchema,
    CognitoUserPoolSoftwareTokenMfaConfiguration,
)
from cdktf_cdktf_provider_aws.cognito_user_pool_client import (
    CognitoUserPoolClient,
    CognitoUserPoolClientTokenValidityUnits,
)
from cdktf_cdktf_provider_aws.cognito_user_pool_domain import CognitoUserPoolDomain
from constructs import Construct

from stacks.base import BaseStack
from stacks.mixins import LambdaMixin


class IdentityStack(LambdaMixin, BaseStack):
    """Cognito."""

    component = "identity"
    log_retention = 90
    clients: Dict[str, Dict[str, Any]] = {
        "web": {"callback": "https://bookings.example.com/callback", "minutes": "60"},
        "mobile": {"callback": "bookings://callback", "minutes": "15"},
    }

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any):
        super().__init__(scope, construct_id, **kwargs)

    def build(self) -> None:
        self.greeter = self.create_function("greeter", timeout=5)
        self.user_pool = self.create_user_pool()
        self.domain = CognitoUserPoolDomain(
            self,
            "domain",
            domain=f"bookings-{self.stage}",
            user_pool_id=self.user_pool.id,
        )
        self.pool_clients = {name: self.create_client(name, **config) for name, config in self.clients.items()}

    def create_user_pool(self) -> CognitoUserPool:
        return CognitoUserPool(
            self,
            "user-pool",
            name=self.resource_name("users"),
            username_attributes=["email"],
            auto_verified_attributes=["email"],
            mfa_configuration="OPTIONAL" if self.is_production else "OFF",
            software_token_mfa_configuration=CognitoUserPoolSoftwareTokenMfaConfiguration(enabled=True),
            password_policy=CognitoUserPoolPasswordPolicy(
                minimum_length=12,
                require_lowercase=True,
                require_numbers=True,
                require_symbols=False,
                require_uppercase=True,
                temporary_password_validity_days=3,
            ),
            schema=[
                CognitoUserPoolSchema(
                    name="tenant",
                    attribute_data_type="String",
                    mutable=False,
                    string_attribute_constraints={"min_length": "1", "max_length": "36"},
                ),
                CognitoUserPoolSchema(
                    name="loyalty_points",
                    attribute_data_type="Number",
                    mutable=True,
                    number_attribute_constraints={"min_value": "0"},
                ),
            ],
            account_recovery_setting={"recovery_mechanism": [{"name": "verified_email", "priority": 1}]},
            lambda_config={"post_confirmation": self.greeter.arn},
            tags=self.tags_for("users"),
        )

    def create_client(self, name: str, callback: str, minutes: str) -> CognitoUserPoolClient:
        return CognitoUserPoolClient(
            self,
            f"{name}-client",
            name=self.resource_name(name),
            user_pool_id=self.user_pool.id,
            generate_secret=False,
            allowed_oauth_flows=["code"],
            allowed_oauth_flows_user_pool_client=True,
            allowed_oauth_scopes=["openid", "email", "profile"],
            supported_identity_providers=["COGNITO"],
            callback_urls=[callback],
            explicit_auth_flows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            access_token_validity=int(minutes),
            refresh_token_validity=30,
            token_validity_units=[
                CognitoUserPoolClientTokenValidityUnits(access_token="minutes", refresh_token="days")
            ],
        )

    def outputs(self) -> Dict[str, Any]:
        return {
            "user_pool_id": self.user_pool.id,
            "sign_in_domain": self.domain.domain,
            **{f"{name}_client_id": client.id for name, client in self.pool_clients.items()},
        }

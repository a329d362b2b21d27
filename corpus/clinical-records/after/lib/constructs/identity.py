"""Cognito user pool for clinicians."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.cognito_user_pool import (
    CognitoUserPool,
    CognitoUserPoolAccountRecoverySetting,
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

from ..config import IdentityConfig


class ClinicianIdentity(Construct):
    """Clinicians sign in with e-mail, password and a one-time code."""

    def __init__(self, scope: Construct, construct_id: str, *, config: IdentityConfig, environment: str) -> None:
        super().__init__(scope, construct_id)
        self.pool = CognitoUserPool(
            self,
            "pool",
            name=f"clinicians-{environment}",
            username_attributes=["email"],
            auto_verified_attributes=["email"],
            mfa_configuration="ON",
            software_token_mfa_configuration=CognitoUserPoolSoftwareTokenMfaConfiguration(enabled=True),
            password_policy=CognitoUserPoolPasswordPolicy(
                minimum_length=int(config.minimum_password_length),
                require_lowercase=True,
                require_uppercase=True,
                require_numbers=True,
                require_symbols=True,
                temporary_password_validity_days=3,
            ),
            account_recovery_setting=CognitoUserPoolAccountRecoverySetting(
                recovery_mechanism=[{"name": "verified_email", "priority": 1}],
            ),
            schema=[
                CognitoUserPoolSchema(name=name, attribute_data_type="String", mutable=mutable, required=False)
                for name, mutable in (("clinic_id", False), ("license_number", True), ("speciality", True))
            ],
            admin_create_user_config={"allow_admin_create_user_only": True},
        )
        self.client = CognitoUserPoolClient(
            self,
            "portal-client",
            name=f"portal-{environment}",
            user_pool_id=self.pool.id,
            generate_secret=True,
            allowed_oauth_flows=["code"],
            allowed_oauth_flows_user_pool_client=True,
            allowed_oauth_scopes=["openid", "email", "profile"],
            supported_identity_providers=["COGNITO"],
            callback_urls=config.callback_urls,
            logout_urls=config.logout_urls,
            access_token_validity=30,
            id_token_validity=30,
            refresh_token_validity=8,
            token_validity_units=[CognitoUserPoolClientTokenValidityUnits(
                access_token="minutes",
                id_token="minutes",
                refresh_token="hours",
            )],
            prevent_user_existence_errors="ENABLED",
        )
        self.domain = CognitoUserPoolDomain(
            self,
            "domain",
            domain=config.domain_prefix,
            user_pool_id=self.pool.id,
        )

    @property
    def pool_arn(self) -> str:
        """ARN of the user pool."""
        return self.pool.arn

"""Cognito: who may use the application."""

import json

from constructs import Construct
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
from cdktf_cdktf_provider_aws.cognito_user_group import CognitoUserGroup
from cdktf_cdktf_provider_aws.cognito_identity_pool import (
    CognitoIdentityPool,
    CognitoIdentityPoolCognitoIdentityProviders,
)
from cdktf_cdktf_provider_aws.cognito_identity_pool_roles_attachment import CognitoIdentityPoolRolesAttachment
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy


class IdentityConstruct(Construct):
    def __init__(self, scope: Construct, construct_id: str, environment_suffix: str, domain_prefix: str):
        super().__init__(scope, construct_id)

        self.user_pool = CognitoUserPool(
            self,
            "user-pool",
            name=f"field-users-{environment_suffix}",
            username_attributes=["email"],
            auto_verified_attributes=["email"],
            mfa_configuration="OPTIONAL",
            software_token_mfa_configuration=CognitoUserPoolSoftwareTokenMfaConfiguration(enabled=True),
            password_policy=CognitoUserPoolPasswordPolicy(
                minimum_length=12,
                require_lowercase=True,
                require_numbers=True,
                require_symbols=True,
                require_uppercase=True,
                temporary_password_validity_days=3,
            ),
            schema=[
                CognitoUserPoolSchema(
                    name="region",
                    attribute_data_type="String",
                    mutable=True,
                    required=False,
                    string_attribute_constraints={"min_length": "1", "max_length": "64"},
                ),
                CognitoUserPoolSchema(
                    name="level",
                    attribute_data_type="Number",
                    mutable=True,
                    number_attribute_constraints={"min_value": "1", "max_value": "5"},
                ),
            ],
            account_recovery_setting=CognitoUserPoolAccountRecoverySetting(
                recovery_mechanism=[{"name": "verified_email", "priority": 1}],
            ),
            admin_create_user_config={"allow_admin_create_user_only": True},
            email_configuration={"email_sending_account": "COGNITO_DEFAULT"},
            user_pool_add_ons={"advanced_security_mode": "ENFORCED"},
            tags={"Name": f"field-users-{environment_suffix}"},
        )

        self.client = CognitoUserPoolClient(
            self,
            "client",
            name=f"field-app-{environment_suffix}",
            user_pool_id=self.user_pool.id,
            generate_secret=False,
            explicit_auth_flows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            access_token_validity=60,
            token_validity_units=[
                CognitoUserPoolClientTokenValidityUnits(
                    access_token="minutes", id_token="minutes", refresh_token="days"
                )
            ],
            prevent_user_existence_errors="ENABLED",
        )

        CognitoUserPoolDomain(self, "domain", domain=domain_prefix, user_pool_id=self.user_pool.id)

        for precedence, group in enumerate(["dispatchers", "technicians"], start=1):
            CognitoUserGroup(
                self,
                f"group-{group}",
                name=group,
                user_pool_id=self.user_pool.id,
                precedence=precedence,
            )

        self.identity_pool = CognitoIdentityPool(
            self,
            "identity-pool",
            identity_pool_name=f"field_{environment_suffix}",
            allow_unauthenticated_identities=False,
            cognito_identity_providers=[CognitoIdentityPoolCognitoIdentityProviders(
                client_id=self.client.id,
                provider_name=self.user_pool.endpoint,
                server_side_token_check=True,
            )],
        )

        role = IamRole(
            self,
            "authenticated-role",
            name=f"field-authenticated-{environment_suffix}",
            assume_role_policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
                        "Action": "sts:AssumeRoleWithWebIdentity",
                        "Condition": {
                            "StringEquals": {"cognito-identity.amazonaws.com:aud": self.identity_pool.id},
                        },
                    }
                ],
            }),
        )
        IamRolePolicy(
            self,
            "authenticated-policy",
            role=role.name,
            policy=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [{"Effect": "Allow", "Action": ["appsync:GraphQL"], "Resource": "*"}],
                }
            ),
        )
        CognitoIdentityPoolRolesAttachment(
            self,
            "roles",
            identity_pool_id=self.identity_pool.id,
            roles={"authenticated": role.arn},
        )

"""Database, sessions and files."""

import json

from cdktf import Fn, TerraformOutput
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleTransition,
)
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA, S3BucketVersioningVersioningConfiguration
from cdktf_cdktf_provider_aws.secretsmanager_secret import SecretsmanagerSecret
from cdktf_cdktf_provider_aws.secretsmanager_secret_version import SecretsmanagerSecretVersion

from stacks.base import BaseStack


class DataStack(BaseStack):
    def __init__(self, scope, construct_id, *, network, **kwargs):
        super().__init__(scope, construct_id, **kwargs)

        self.key = KmsKey(self, "Key", enable_key_rotation=True, description=f"Ticketing {self.stage}")
        KmsAlias(self, "KeyAlias", name=f"alias/{self.name('data')}", target_key_id=self.key.key_id)

        self.secret = SecretsmanagerSecret(
            self,
            "DbSecret",
            name=self.name("database"),
            kms_key_id=self.key.arn,
        )
        SecretsmanagerSecretVersion(
            self,
            "DbSecretValue",
            secret_id=self.secret.id,
            secret_string=json.dumps({"username": "ticketing", "engine": "postgres"}),
        )

        group = DbSubnetGroup(
            self,
            "DbSubnets",
            name=self.name("db"),
            subnet_ids=[subnet.id for subnet in network.private_subnets],
        )
        self.database = DbInstance(
            self,
            "Database",
            identifier=self.name("db"),
            engine="postgres",
            engine_version="16.4",
            instance_class="db.t4g.medium",
            allocated_storage=50,
            db_subnet_group_name=group.name,
            vpc_security_group_ids=[network.db_sg.id],
            username="ticketing",
            manage_master_user_password=True,
            storage_encrypted=True,
            kms_key_id=self.key.arn,
            skip_final_snapshot=self.stage == "dev",
            monitoring_interval=0,
        )

        self.sessions = DynamodbTable(
            self,
            "Sessions",
            name=self.name("sessions"),
            billing_mode="PAY_PER_REQUEST",
            hash_key="session_id",
            attribute=[{"name": "session_id", "type": "S"}],
            ttl={"attribute_name": "expires", "enabled": True},
        )

        self.files = S3Bucket(self, "Files", bucket=self.name("files"))
        S3BucketVersioningA(
            self,
            "FilesVersioning",
            bucket=self.files.id,
            versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )
        S3BucketPublicAccessBlock(
            self,
            "FilesAccess",
            bucket=self.files.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        S3BucketLifecycleConfiguration(
            self,
            "FilesLifecycle",
            bucket=self.files.id,
            rule=[
                S3BucketLifecycleConfigurationRule(
                    id="archive",
                    status="Enabled",
                    filter=[{"prefix": "archive/"}],
                    transition=[S3BucketLifecycleConfigurationRuleTransition(days=30, storage_class="STANDARD_IA")],
                    expiration=[{"days": 365}],
                ),
            ],
        )

        TerraformOutput(self, "DbHost", value=Fn.element(Fn.split(":", self.database.endpoint), 0))
        TerraformOutput(self, "FilesName", value=self.files.bucket)

"""Database, sessions and files."""

import json

from cdktf import Fn, TerraformOutput
from cdktf_cdktf_provider_aws import dynamodb, kms, rds, s3, secretsmanager

from stacks.base import BaseStack


class DataStack(BaseStack):
    def __init__(self, scope, construct_id, *, network, **kwargs):
        super().__init__(scope, construct_id, **kwargs)

        self.key = kms.Key(self, "Key", enable_key_rotation=True, description=f"Ticketing {self.stage}")
        kms.Alias(self, "KeyAlias", alias_name=f"alias/{self.name('data')}", target_key_id=self.key.key_id)

        self.secret = secretsmanager.Secret(
            self,
            "DbSecret",
            name=self.name("database"),
            kms_key_id=self.key.arn,
        )
        secretsmanager.SecretVersion(
            self,
            "DbSecretValue",
            secret_id=self.secret.id,
            secret_string=json.dumps({"username": "ticketing", "engine": "postgres"}),
        )

        group = rds.SubnetGroup(
            self,
            "DbSubnets",
            name=self.name("db"),
            subnet_ids=[subnet.id for subnet in network.private_subnets],
        )
        self.database = rds.Instance(
            self,
            "Database",
            identifier=self.name("db"),
            engine="postgres",
            engine_version="16.4",
            instance_class="db.t4g.medium",
            allocated_storage=50,
            db_subnet_group_name=group.name,
            vpc_security_group_ids=network.db_sg.id,
            username="ticketing",
            manage_master_user_password=True,
            storage_encrypted=True,
            kms_key_id=self.key.arn,
            skip_final_snapshot=self.stage == "dev",
            monitoring_interval=0,
        )

        self.sessions = dynamodb.Table(
            self,
            "Sessions",
            name=self.name("sessions"),
            billing_mode="PAY_PER_REQUEST",
            hash_key="session_id",
            attribute=[{"name": "session_id", "type": "S"}],
            time_to_live_specification={"attribute_name": "expires", "enabled": True},
        )

        self.files = s3.Bucket(self, "Files", bucket=self.name("files"))
        s3.BucketVersioning(self, "FilesVersioning", bucket=self.files.id, status="Enabled")
        s3.BucketPublicAccessBlock(
            self,
            "FilesAccess",
            bucket=self.files.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        s3.BucketLifecycleConfiguration(
            self,
            "FilesLifecycle",
            bucket=self.files.id,
            rules=[
                {
                    "id": "archive",
                    "status": "Enabled",
                    "filter": {"prefix": "archive/"},
                    "transitions": [{"days": 30, "storage_class": "STANDARD_IA"}],
                    "expiration": {"days": 365},
                },
            ],
        )

        TerraformOutput(self, "DbHost", value=self.database.endpoint.split(":")[0])
        TerraformOutput(self, "FilesName", value=self.files.bucket_name)

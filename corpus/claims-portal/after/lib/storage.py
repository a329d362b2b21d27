"""Buckets and the shared file system that hold what claimants upload."""
from typing import List

from cdktf_cdktf_provider_aws.efs_access_point import (
    EfsAccessPoint,
    EfsAccessPointPosixUser,
    EfsAccessPointRootDirectory,
    EfsAccessPointRootDirectoryCreationInfo,
)
from cdktf_cdktf_provider_aws.efs_file_system import EfsFileSystem, EfsFileSystemLifecyclePolicy
from cdktf_cdktf_provider_aws.efs_mount_target import EfsMountTarget
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
    S3BucketLifecycleConfigurationRuleTransition,
)
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
)
from cdktf_cdktf_provider_aws.s3_bucket_versioning import (
    S3BucketVersioningA,
    S3BucketVersioningVersioningConfiguration,
)
from constructs import Construct


class DocumentStorageProps:
    """Configuration of the document storage."""

    def __init__(
        self,
        *,
        environment_suffix: str,
        kms_key: KmsKey,
        subnet_ids: List[str],
        security_group_id: str,
        account_id: str,
    ):
        self.environment_suffix = environment_suffix
        self.kms_key = kms_key
        self.subnet_ids = subnet_ids
        self.security_group_id = security_group_id
        self.account_id = account_id


class DocumentStorage(Construct):
    """A bucket for the archive, a file system for what is being worked on."""

    def __init__(self, scope: Construct, construct_id: str, props: DocumentStorageProps):
        super().__init__(scope, construct_id)
        self.props = props
        self.environment_suffix = props.environment_suffix

        self.bucket = S3Bucket(
            self,
            "documents",
            bucket=f"claims-documents-{self.environment_suffix}-{props.account_id}",
            force_destroy=self.environment_suffix != "prod",
            tags={"Name": f"claims-documents-{self.environment_suffix}", "Backup": "true"},
        )
        self._secure_bucket()
        self.file_system = self._create_file_system()
        self.access_point = self._create_access_point()

    def _secure_bucket(self) -> None:
        S3BucketPublicAccessBlock(
            self,
            "documents_public_access",
            bucket=self.bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        S3BucketVersioningA(
            self,
            "documents_versioning",
            bucket=self.bucket.id,
            versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )
        S3BucketServerSideEncryptionConfigurationA(
            self,
            "documents_encryption",
            bucket=self.bucket.id,
            rule=[
                S3BucketServerSideEncryptionConfigurationRuleA(
                    apply_server_side_encryption_by_default=(
                        S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
                            sse_algorithm="aws:kms",
                            kms_master_key_id=self.props.kms_key.arn,
                        )
                    ),
                    bucket_key_enabled=True,
                )
            ],
        )
        S3BucketLifecycleConfiguration(
            self,
            "documents_lifecycle",
            bucket=self.bucket.id,
            rule=[
                S3BucketLifecycleConfigurationRule(
                    id="archive-closed-claims",
                    status="Enabled",
                    filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="closed/")],
                    transition=[
                        S3BucketLifecycleConfigurationRuleTransition(days=90, storage_class="STANDARD_IA"),
                        S3BucketLifecycleConfigurationRuleTransition(days=365, storage_class="GLACIER"),
                    ],
                    expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=3650)],
                ),
                S3BucketLifecycleConfigurationRule(
                    id="drop-previews",
                    status="Enabled",
                    filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="previews/")],
                    expiration=[{"days": 30}],
                    noncurrent_version_expiration=[
                        S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(noncurrent_days=7)
                    ],
                ),
            ],
        )

    def _create_file_system(self) -> EfsFileSystem:
        file_system = EfsFileSystem(
            self,
            "work_area",
            creation_token=f"claims-work-area-{self.environment_suffix}",
            encrypted=True,
            kms_key_id=self.props.kms_key.arn,
            performance_mode="generalPurpose",
            throughput_mode="elastic",
            lifecycle_policy=[
                EfsFileSystemLifecyclePolicy(transition_to_ia="AFTER_30_DAYS"),
                EfsFileSystemLifecyclePolicy(transition_to_primary_storage_class="AFTER_1_ACCESS"),
            ],
            tags={"Name": f"claims-work-area-{self.environment_suffix}", "Backup": "true"},
        )
        for i, subnet_id in enumerate(self.props.subnet_ids):
            EfsMountTarget(
                self,
                f"work_area_mount_{i}",
                file_system_id=file_system.id,
                subnet_id=subnet_id,
                security_groups=[self.props.security_group_id],
            )
        return file_system

    def _create_access_point(self) -> EfsAccessPoint:
        return EfsAccessPoint(
            self,
            "work_area_access",
            file_system_id=self.file_system.id,
            posix_user=EfsAccessPointPosixUser(gid=1000, uid=1000),
            root_directory=EfsAccessPointRootDirectory(
                path="/claims",
                creation_info=EfsAccessPointRootDirectoryCreationInfo(
                    owner_gid=1000,
                    owner_uid=1000,
                    permissions="750",
                ),
            ),
            tags={"Name": f"claims-work-area-access-{self.environment_suffix}"},
        )

'''What exists once: the ledger's table with its replicas, the archive with its copy, the keys.'''
import json

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct
from cdktf_cdktf_provider_aws import dynamodb_table as ddb
from cdktf_cdktf_provider_aws import iam_role as role
from cdktf_cdktf_provider_aws import iam_role_policy as role_policy
from cdktf_cdktf_provider_aws import kms_key as kms
from cdktf_cdktf_provider_aws import kms_replica_key as kms_replica
from cdktf_cdktf_provider_aws import rds_global_cluster as global_cluster
from cdktf_cdktf_provider_aws import s3_bucket as s3
from cdktf_cdktf_provider_aws import s3_bucket_lifecycle_configuration as s3_lifecycle
from cdktf_cdktf_provider_aws import s3_bucket_public_access_block as s3_private
from cdktf_cdktf_provider_aws import s3_bucket_replication_configuration as s3_replication
from cdktf_cdktf_provider_aws import s3_bucket_server_side_encryption_configuration as s3_encryption
from cdktf_cdktf_provider_aws import s3_bucket_versioning as s3_versioning
from cdktf_cdktf_provider_aws.provider import AwsProvider as Aws

from .regions import primary, secondary, tags


class FoundationStack(TerraformStack):
    '''Data that outlives a region.'''

    def __init__(self, scope: Construct, construct_id: str, *, suffix: str):
        super().__init__(scope, construct_id)
        self.suffix = suffix

        # One provider for each region; the first is the default
        self.main = Aws(self, 'aws', region=primary()['name'], default_tags=[{'tags': tags(suffix)}])
        self.replica = Aws(
            self,
            'aws-replica',
            region=secondary()['name'],
            alias='replica',
            default_tags=[{'tags': tags(suffix)}],
        )

        self.key = kms.KmsKey(
            self,
            'key',
            description=f'Ledger {suffix}',
            multi_region=True,
            enable_key_rotation=True,
            deletion_window_in_days=14,
        )
        self.key_copy = kms_replica.KmsReplicaKey(
            self,
            'key-copy',
            description=f'Ledger {suffix}, replica',
            primary_key_arn=self.key.arn,
            provider=self.replica,
        )

        self.table = self._table()
        self.archive = self._bucket('archive', self.main, self.key.arn)
        self.archive_copy = self._bucket('archive-copy', self.replica, self.key_copy.arn)
        self._replicate()
        self.global_cluster = global_cluster.RdsGlobalCluster(
            self,
            'reporting',
            global_cluster_identifier=f'ledger-reporting-{suffix}',
            engine='aurora-postgresql',
            database_name='reporting',
            storage_encrypted=True,
        )

        TerraformOutput(self, 'table', value=self.table.name)
        TerraformOutput(self, 'table_stream', value=self.table.stream_arn)
        TerraformOutput(self, 'archive_bucket', value=self.archive.bucket)

    def _table(self):
        '''The ledger itself, written in the primary region and copied to the others.'''
        return ddb.DynamodbTable(
            self,
            'ledger',
            name=f'ledger-{self.suffix}',
            billing_mode='PAY_PER_REQUEST',
            hash_key='account',
            range_key='entry',
            attribute=[{'name': name, 'type': 'S'} for name in ('account', 'entry', 'day')],
            # Statements are read by day
            global_secondary_index=[
                ddb.DynamodbTableGlobalSecondaryIndex(
                    name='by-day', hash_key='day', range_key='entry', projection_type='KEYS_ONLY'
                ),
            ],
            replica=[
                ddb.DynamodbTableReplica(
                    region_name=secondary()['name'],
                    kms_key_arn=self.key_copy.arn,
                    point_in_time_recovery=True,
                ),
            ],
            server_side_encryption={'enabled': True, 'kms_key_arn': self.key.arn},
            point_in_time_recovery={'enabled': True},
            deletion_protection_enabled=self.suffix == 'prod',
            stream_enabled=True,
            stream_view_type='NEW_AND_OLD_IMAGES',
        )

    def _bucket(self, name, provider, key_arn):
        '''A private, encrypted, versioned bucket in the provider's region.'''
        bucket = s3.S3Bucket(self, name, bucket=f'ledger-{name}-{self.suffix}', provider=provider)
        s3_versioning.S3BucketVersioningA(
            self,
            f'{name}-versioning',
            bucket=bucket.id,
            # Replication wants versions
            versioning_configuration=s3_versioning.S3BucketVersioningVersioningConfiguration(status='Enabled'),
            provider=provider,
        )
        s3_encryption.S3BucketServerSideEncryptionConfigurationA(
            self,
            f'{name}-encryption',
            bucket=bucket.id,
            rule=[
                s3_encryption.S3BucketServerSideEncryptionConfigurationRuleA(
                    apply_server_side_encryption_by_default={'sse_algorithm': 'aws:kms', 'kms_master_key_id': key_arn},
                    bucket_key_enabled=True,
                ),
            ],
            provider=provider,
        )
        s3_private.S3BucketPublicAccessBlock(
            self,
            f'{name}-private',
            bucket=bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            provider=provider,
        )
        s3_lifecycle.S3BucketLifecycleConfiguration(
            self,
            f'{name}-lifecycle',
            bucket=bucket.id,
            rule=[
                s3_lifecycle.S3BucketLifecycleConfigurationRule(
                    id='old-versions',
                    status='Enabled',
                    filter=[s3_lifecycle.S3BucketLifecycleConfigurationRuleFilter(prefix='')],
                    noncurrent_version_expiration=[(
                        s3_lifecycle.S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(noncurrent_days=90)
                    )],
                ),
            ],
            provider=provider,
        )
        return bucket

    def _replicate(self):
        '''Copies every object of the archive to the other region.'''
        copier = role.IamRole(
            self,
            'copier',
            name=f'ledger-archive-copier-{self.suffix}',
            assume_role_policy=json.dumps({
                'Version': '2012-10-17',
                'Statement': [
                    {'Effect': 'Allow', 'Principal': {'Service': 's3.amazonaws.com'}, 'Action': 'sts:AssumeRole'},
                ],
            }),
        )
        role_policy.IamRolePolicy(
            self,
            'copier-policy',
            role=copier.name,
            policy=json.dumps({
                'Version': '2012-10-17',
                'Statement': [
                    {
                        'Effect': 'Allow',
                        'Action': [
                            's3:GetReplicationConfiguration',
                            's3:ListBucket',
                            's3:GetObjectVersionForReplication',
                        ],
                        'Resource': [self.archive.arn, f'{self.archive.arn}/*'],
                    },
                    {
                        'Effect': 'Allow',
                        'Action': ['s3:ReplicateObject', 's3:ReplicateDelete'],
                        'Resource': f'{self.archive_copy.arn}/*',
                    },
                ],
            }),
        )
        s3_replication.S3BucketReplicationConfigurationA(
            self,
            'replication',
            bucket=self.archive.id,
            role=copier.arn,
            rule=[s3_replication.S3BucketReplicationConfigurationRule(
                id='everything',
                status='Enabled',
                priority=1,
                filter={'prefix': ''},
                delete_marker_replication={'status': 'Enabled'},
                destination={
                    'bucket': self.archive_copy.arn,
                    'storage_class': 'STANDARD_IA',
                    'encryption_configuration': {'replica_kms_key_id': self.key_copy.arn},
                },
                source_selection_criteria={'sse_kms_encrypted_objects': {'status': 'Enabled'}},
            )],
        )

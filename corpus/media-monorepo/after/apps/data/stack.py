"""The data app: events of players arrive over IoT, end in a lake, and are worked on in Kubernetes."""

import base64
import json

from cdktf import Fn, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.athena_workgroup import AthenaWorkgroup
from cdktf_cdktf_provider_aws.autoscaling_group import AutoscalingGroup
from cdktf_cdktf_provider_aws.config_config_rule import ConfigConfigRule, ConfigConfigRuleSource
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.data_aws_ssm_parameter import DataAwsSsmParameter
from cdktf_cdktf_provider_aws.ecr_lifecycle_policy import EcrLifecyclePolicy
from cdktf_cdktf_provider_aws.ecr_repository import EcrRepository, EcrRepositoryImageScanningConfiguration
from cdktf_cdktf_provider_aws.eks_addon import EksAddon
from cdktf_cdktf_provider_aws.eks_cluster import EksCluster, EksClusterVpcConfig
from cdktf_cdktf_provider_aws.eks_node_group import EksNodeGroup, EksNodeGroupScalingConfig, EksNodeGroupTaint
from cdktf_cdktf_provider_aws.glue_catalog_database import GlueCatalogDatabase
from cdktf_cdktf_provider_aws.glue_catalog_table import (
    GlueCatalogTable,
    GlueCatalogTableStorageDescriptor,
    GlueCatalogTableStorageDescriptorSerDeInfo,
)
from cdktf_cdktf_provider_aws.guardduty_detector import GuarddutyDetector
from cdktf_cdktf_provider_aws.iot_topic_rule import IotTopicRule, IotTopicRuleKinesis
from cdktf_cdktf_provider_aws.kinesis_stream import KinesisStream
from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate, LaunchTemplateBlockDeviceMappings
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import S3BucketLifecycleConfiguration
from cdktf_cdktf_provider_aws.s3_bucket_object_lock_configuration import (
    S3BucketObjectLockConfigurationA,
    S3BucketObjectLockConfigurationRuleA,
    S3BucketObjectLockConfigurationRuleDefaultRetentionA,
)
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from constructs import Construct

from apps.data.pipeline import Pipeline
from libs.common import INTERNAL_INGRESS, Stage, assume_role, common_tags, expire, group_tags

COLUMNS = {"device": "string", "title": "string", "position": "int", "happened_at": "timestamp"}

BATCH_USER_DATA = """#!/bin/bash
set -eu
export STAGE="$(curl -s http://169.254.169.254/latest/meta-data/tags/instance/Stage)"
/opt/media/worker --stage "${STAGE}" --threads 4
"""


class DataStack(TerraformStack):
    def __init__(self, scope: Construct, construct_id: str, stage: Stage):
        super().__init__(scope, construct_id)
        self.stage = stage
        AwsProvider(
            self, "aws", region=stage.region, default_tags=[AwsProviderDefaultTags(tags=common_tags(stage, "data"))]
        )
        self.key = KmsKey(self, "key", description="Media data", enable_key_rotation=True)
        self.subnets = self._network()
        self.lake = self._lake()
        self._events()
        self._catalogue()
        self.repository = EcrRepository(
            self,
            "repository",
            name=stage.named("data"),
            image_tag_mutability="MUTABLE",
            image_scanning_configuration=EcrRepositoryImageScanningConfiguration(scan_on_push=True),
        )
        EcrLifecyclePolicy(
            self,
            "repository-lifecycle",
            repository=self.repository.name,
            policy=json.dumps({
                "rules": [
                    {
                        "rulePriority": 1,
                        "description": "Keep the last twenty images",
                        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 20},
                        "action": {"type": "expire"},
                    }
                ]
            }),
        )
        self.cluster = self._kubernetes()
        self._workers()
        self._guard()
        Pipeline(self, "pipeline", stage=stage, repository_url=self.repository.repository_url)
        TerraformOutput(self, "issuer", value=self.cluster.identity.get(0).oidc.get(0).issuer)

    def _network(self) -> list:
        zones = DataAwsAvailabilityZones(self, "zones", state="available")
        self.vpc = Vpc(self, "vpc", cidr_block="10.60.0.0/16", enable_dns_hostnames=True)
        self.inside = SecurityGroup(
            self, "inside", name=self.stage.named("data"), vpc_id=self.vpc.id, ingress=INTERNAL_INGRESS
        )
        return [
            Subnet(
                self,
                f"subnet-{number}",
                vpc_id=self.vpc.id,
                cidr_block=f"10.60.{number}.0/24",
                availability_zone=Fn.element(zones.names, number),
                tags={"kubernetes.io/role/internal-elb": "1"},
            )
            for number in range(3)
        ]

    def _lake(self) -> S3Bucket:
        bucket = S3Bucket(self, "lake", bucket=self.stage.named("lake"), object_lock_enabled=True)
        S3BucketObjectLockConfigurationA(
            self,
            "lake-lock",
            bucket=bucket.id,
            rule=S3BucketObjectLockConfigurationRuleA(
                default_retention=S3BucketObjectLockConfigurationRuleDefaultRetentionA(mode="GOVERNANCE", days=30)
            ),
        )
        S3BucketLifecycleConfiguration(self, "lake-lifecycle", bucket=bucket.id, rule=[expire("scratch/", 14)])
        return bucket

    def _events(self) -> None:
        stream = KinesisStream(
            self,
            "stream",
            name=self.stage.named("playback"),
            shard_count=2,
            retention_period=24,
            shard_level_metrics=["IncomingBytes"],
            kms_key_id=self.key.id,
            encryption_type="KMS",
        )
        role = IamRole(self, "iot-role", name=self.stage.named("iot"), assume_role_policy=assume_role("iot"))
        IotTopicRule(
            self,
            "playback",
            name=f"playback_{self.stage.name}",
            enabled=True,
            sql="SELECT *, timestamp() AS happened_at FROM 'players/+/playback'",
            sql_version="2016-03-23",
            kinesis=[IotTopicRuleKinesis(stream_name=stream.name, role_arn=role.arn, partition_key="$${topic(2)}")],
        )

    def _catalogue(self) -> None:
        database = GlueCatalogDatabase(self, "database", name=f"media_{self.stage.name}")
        GlueCatalogTable(
            self,
            "playback-table",
            name="playback",
            database_name=database.name,
            table_type="EXTERNAL_TABLE",
            parameters={"classification": "parquet"},
            partition_keys=[{"name": "day", "type": "date"}],
            storage_descriptor=GlueCatalogTableStorageDescriptor(
                location=f"s3://{self.lake.bucket}/playback/",
                input_format="org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                output_format="org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
                columns=[{"name": name, "type": kind} for name, kind in COLUMNS.items()],
                ser_de_info=GlueCatalogTableStorageDescriptorSerDeInfo(
                    serialization_library="org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
                ),
            ),
        )
        AthenaWorkgroup(
            self,
            "analysts",
            name=self.stage.named("analysts"),
            configuration={
                "enforce_workgroup_configuration": True,
                "bytes_scanned_cutoff_per_query": 10 * 1024**3,
                "result_configuration": {"output_location": f"s3://{self.lake.bucket}/scratch/athena/"},
            },
        )

    def _kubernetes(self) -> EksCluster:
        role = IamRole(
            self,
            "eks-role",
            name=self.stage.named("eks"),
            assume_role_policy=assume_role("eks"),
            managed_policy_arns=["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"],
        )
        node_role = IamRole(
            self, "node-role", name=self.stage.named("nodes"), assume_role_policy=assume_role("ec2")
        )
        for policy in ("AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"):
            IamRolePolicyAttachment(
                self, f"node-{policy}", role=node_role.name, policy_arn=f"arn:aws:iam::aws:policy/{policy}"
            )
        cluster = EksCluster(
            self,
            "cluster",
            name=self.stage.named("data"),
            role_arn=role.arn,
            version="1.31",
            enabled_cluster_log_types=["api", "audit"],
            vpc_config=EksClusterVpcConfig(
                subnet_ids=[subnet.id for subnet in self.subnets],
                security_group_ids=[self.inside.id],
                endpoint_private_access=True,
                endpoint_public_access=not self.stage.is_live,
            ),
            encryption_config={"provider": {"key_arn": self.key.arn}, "resources": ["secrets"]},
        )
        EksAddon(
            self,
            "cni",
            cluster_name=cluster.name,
            addon_name="vpc-cni",
            resolve_conflicts_on_create="OVERWRITE",
            resolve_conflicts_on_update="OVERWRITE",
        )
        EksNodeGroup(
            self,
            "spot",
            cluster_name=cluster.name,
            node_group_name="spot",
            node_role_arn=node_role.arn,
            subnet_ids=[subnet.id for subnet in self.subnets],
            capacity_type="SPOT",
            instance_types=["m6i.large", "m6a.large"],
            scaling_config=EksNodeGroupScalingConfig(min_size=1, max_size=10, desired_size=2),
            labels={"pool": "spot"},
            taint=[EksNodeGroupTaint(key="spot", value="true", effect="NO_SCHEDULE")],
        )
        return cluster

    def _workers(self) -> None:
        """Encoders, which need whole machines and no Kubernetes."""
        image = DataAwsSsmParameter(
            self, "image", name="/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
        )
        template = LaunchTemplate(
            self,
            "encoder",
            name=self.stage.named("encoder"),
            image_id=image.value,
            instance_type="c7i.4xlarge",
            user_data=base64.b64encode(BATCH_USER_DATA.encode("utf-8")).decode("utf-8"),
            vpc_security_group_ids=[self.inside.id],
            block_device_mappings=[
                LaunchTemplateBlockDeviceMappings(
                    device_name="/dev/xvda", ebs={"volume_size": 200, "volume_type": "gp3", "encrypted": "true"}
                )
            ],
            tags=common_tags(self.stage, "data", role="encoder"),
        )
        AutoscalingGroup(
            self,
            "encoders",
            name=self.stage.named("encoders"),
            min_size=0,
            max_size=8,
            vpc_zone_identifier=[subnet.id for subnet in self.subnets],
            launch_template={"id": template.id, "version": "$Latest"},
            tag=group_tags(self.stage, "data"),
        )

    def _guard(self) -> None:
        GuarddutyDetector(
            self,
            "detector",
            enable=True,
            finding_publishing_frequency="FIFTEEN_MINUTES" if self.stage.is_live else "SIX_HOURS",
        )
        for name, rule in (("encrypted", "ENCRYPTED_VOLUMES"), ("public", "S3_BUCKET_PUBLIC_READ_PROHIBITED")):
            ConfigConfigRule(
                self,
                f"rule-{name}",
                name=self.stage.named(name),
                source=ConfigConfigRuleSource(owner="AWS", source_identifier=rule),
            )

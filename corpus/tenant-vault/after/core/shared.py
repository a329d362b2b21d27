"""What all tenants share: network, cluster of databases, search."""
import json

from cdktf import Fn, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.data_aws_region import DataAwsRegion
from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from cdktf_cdktf_provider_aws.opensearch_domain import (
    OpensearchDomain,
    OpensearchDomainEncryptAtRest,
    OpensearchDomainNodeToNodeEncryption,
)
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc

from core.secrets import SecretReader


class SharedStack(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        self.account = DataAwsCallerIdentity(self, "account")
        self.region = DataAwsRegion(self, "region")
        zones = DataAwsAvailabilityZones(self, "zones")

        self.vpc = Vpc(self, "vpc", cidr_block="10.80.0.0/16")
        self.subnets = []
        for i, zone in enumerate(("a", "b")):
            subnet = Subnet(
                self,
                f"data-{zone}",
                vpc_id=self.vpc.id,
                cidr_block=Fn.cidrsubnet(self.vpc.cidr_block, 8, i),
                availability_zone=Fn.element(zones.names, i),
                tags={"Name": f"data-{zone}", "Zone": Fn.substr(Fn.element(zones.zone_ids, i), -3, -1)},
            )
            self.subnets.append(subnet)

        self.group = SecurityGroup(
            self,
            "data-access",
            vpc_id=self.vpc.id,
            description="Databases and search",
            ingress=[
                SecurityGroupIngress(from_port=port, to_port=port, protocol="tcp", cidr_blocks=[self.vpc.cidr_block])
                for port in (5432, 443)
            ],
        )
        admin = SecretReader(self, "admin", secret_id="shared/database/admin").login
        subnet_group = DbSubnetGroup(self, "subnets", name="shared", subnet_ids=[subnet.id for subnet in self.subnets])
        self.cluster = RdsCluster(
            self,
            "cluster",
            cluster_identifier="shared",
            engine="aurora-postgresql",
            engine_mode="provisioned",
            database_name="shared",
            master_username=admin.username,
            master_password=admin.password,
            db_subnet_group_name=subnet_group.name,
            vpc_security_group_ids=[self.group.id],
            serverlessv2_scaling_configuration={"min_capacity": 0.5, "max_capacity": 8},
            skip_final_snapshot=True,
        )
        self.bucket = S3Bucket(self, "snapshots", bucket="shared-vault-snapshots")
        self.search = OpensearchDomain(
            self,
            "search",
            domain_name="shared",
            engine_version="OpenSearch_2.17",
            cluster_config={"instance_type": "t3.small.search", "instance_count": 2},
            ebs_options={"ebs_enabled": True, "volume_size": 20},
            encrypt_at_rest=OpensearchDomainEncryptAtRest(enabled=True),
            node_to_node_encryption=OpensearchDomainNodeToNodeEncryption(enabled=True),
            access_policies=json.dumps({
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"AWS": Fn.replace(self.account.arn, ":user/", ":role/")},
                        "Action": "es:*",
                        "Resource": "*",
                    },
                ],
            }),
        )
        TerraformOutput(self, "search-host", value=Fn.lower(self.search.endpoint))
        TerraformOutput(self, "snapshot-name", value=Fn.element(Fn.split(":", self.bucket.arn), 5))
        TerraformOutput(self, "account-prefix", value=Fn.substr(self.account.account_id, 0, 4))
        TerraformOutput(self, "short", value=Fn.element(Fn.split("-", self.region.name), 0))

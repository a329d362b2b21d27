from cdktf import App, S3Backend, TerraformStack
from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate
from cdktf_cdktf_provider_aws.cloudfront_distribution import CloudfrontDistribution
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTableAttribute, DynamodbTableReplica
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderAssumeRole
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.vpc_peering_connection import VpcPeeringConnection
from cdktf_cdktf_provider_aws.vpc_peering_connection_accepter import VpcPeeringConnectionAccepterA

REGIONS = ("eu-west-1", "us-east-1", "ap-southeast-2")


class Global(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        S3Backend(self, bucket="state", key="global", region=REGIONS[0], dynamodb_table="locks")
        home, *others = REGIONS
        self.providers = {home: AwsProvider(self, "aws", region=home)}
        for region in others:
            self.providers[region] = AwsProvider(
                self, f"aws-{region}", region=region, alias=region.replace("-", "_"),
                assume_role=[AwsProviderAssumeRole(role_arn="arn:aws:iam::123456789012:role/deploy")],
            )
        self.vpcs = {
            region: Vpc(self, f"vpc-{region}", cidr_block=f"10.{i}.0.0/16", provider=self.providers[region])
            for i, region in enumerate(REGIONS)
        }
        for region in others:
            peering = VpcPeeringConnection(
                self, f"peer-{region}", vpc_id=self.vpcs[home].id, peer_vpc_id=self.vpcs[region].id, peer_region=region,
            )
            VpcPeeringConnectionAccepterA(
                self, f"accept-{region}", vpc_peering_connection_id=peering.id, auto_accept=True,
                provider=self.providers[region], depends_on=[peering],
            )
        certificate = AcmCertificate(
            self, "cert", domain_name="example.com", validation_method="DNS", provider=self.providers["us-east-1"],
        )
        DynamodbTable(
            self, "ledger", name="ledger", billing_mode="PAY_PER_REQUEST", hash_key="id", stream_enabled=True,
            stream_view_type="NEW_AND_OLD_IMAGES", attribute=[DynamodbTableAttribute(name="id", type="S")],
            replica=[DynamodbTableReplica(region_name=region) for region in others],
        )
        S3Bucket(self, "logs", bucket="logs", region="us-east-1")
        self.certificate_arn = certificate.arn


app = App()
Global(app, "global")
app.synth()

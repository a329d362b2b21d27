import os

from cdktf import (
    App,
    AzurermBackend,
    CloudBackend,
    DataTerraformRemoteStateS3,
    GcsBackend,
    HttpBackend,
    LocalBackend,
    NamedCloudWorkspace,
    NamedRemoteWorkspace,
    RemoteBackend,
    S3Backend,
    S3BackendAssumeRoleConfig,
    TaggedCloudWorkspaces,
    TerraformStack,
)
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.subnet import Subnet

BUCKET = os.getenv("STATE_BUCKET", "state")


def s3(stack):
    role = S3BackendAssumeRoleConfig(role_arn="arn:aws:iam::123456789012:role/state")
    S3Backend(stack, bucket=BUCKET, key="s3", region="eu-west-1", assume_role=role, dynamodb_table="locks")


BACKENDS = {
    "s3": s3,
    "cloud": lambda s: CloudBackend(s, organization="o", workspaces=NamedCloudWorkspace("w", project="p")),
    "tagged": lambda s: CloudBackend(s, organization="o", workspaces=TaggedCloudWorkspaces(["a"])),
    "remote": lambda s: RemoteBackend(s, organization="o", workspaces=NamedRemoteWorkspace("w")),
    "gcs": lambda s: GcsBackend(s, bucket="state", prefix="gcs"),
    "azure": lambda s: AzurermBackend(s, storage_account_name="a", container_name="c", key="k", resource_group_name="r"),
    "http": lambda s: HttpBackend(s, address="https://state.example.com", lock_address="https://state.example.com/lock"),
    "local": lambda s: LocalBackend(s, path=os.path.join(os.getcwd(), "local.tfstate")),
}

app = App()
for name, backend in BACKENDS.items():
    stack = TerraformStack(app, name)
    AwsProvider(stack, "aws", region="eu-west-1")
    backend(stack)
    network = DataTerraformRemoteStateS3(stack, "network", bucket=BUCKET, key="network", region="eu-west-1")
    Subnet(stack, "subnet", vpc_id=network.get_string("vpc_id"), cidr_block=network.get("cidr").to_string())
app.synth()

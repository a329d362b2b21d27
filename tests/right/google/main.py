from cdktf import App, GcsBackend, TerraformStack
from cdktf_cdktf_provider_google.compute_firewall import ComputeFirewall, ComputeFirewallAllow
from cdktf_cdktf_provider_google.compute_network import ComputeNetwork
from cdktf_cdktf_provider_google.project_iam_member import ProjectIamMember
from cdktf_cdktf_provider_google.provider import GoogleProvider
from cdktf_cdktf_provider_google.storage_bucket import (
    StorageBucket,
    StorageBucketLifecycleRule,
    StorageBucketLifecycleRuleAction,
    StorageBucketLifecycleRuleCondition,
    StorageBucketVersioning,
)

PORTS = (80, 443)


class Site(TerraformStack):
    def __init__(self, scope, ns, project):
        super().__init__(scope, ns)
        GoogleProvider(self, "google", project=project, region="europe-west1")
        GcsBackend(self, bucket="state", prefix=ns)
        network = ComputeNetwork(self, "network", name="site", auto_create_subnetworks=False)
        ComputeFirewall(
            self,
            "web",
            name="web",
            network=network.id,
            allow=[ComputeFirewallAllow(protocol="tcp", ports=[str(port) for port in PORTS])],
            source_ranges=["0.0.0.0/0"],
        )
        bucket = StorageBucket(
            self,
            "bucket",
            name=f"{project}-site",
            location="EU",
            versioning=StorageBucketVersioning(enabled=True),
            labels={"team": "web"},
            lifecycle_rule=[
                StorageBucketLifecycleRule(
                    action=StorageBucketLifecycleRuleAction(type="Delete"),
                    condition=StorageBucketLifecycleRuleCondition(age=90),
                )
            ],
        )
        ProjectIamMember(self, "viewer", project=project, role="roles/viewer", member=f"user:{bucket.name}@example.com")


app = App()
Site(app, "site", project="example")
app.synth()

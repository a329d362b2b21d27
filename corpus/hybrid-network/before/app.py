"""Hub and spokes with an office at the other end, built step by step."""

from cdktf import App

from netbuild.builder import NetworkBuilder
from netbuild.stacks import HubStack, SpokeStack

app = App()

hub = HubStack(app, "hub", cidr="10.0.0.0/16", region="eu-central-1")
(
    NetworkBuilder(hub, "hub-network", cidr=hub.cidr)
    .with_internet()
    .with_subnets(public=2, private=2)
    .with_rules("bastion", [(22, "203.0.113.0/24"), (443, "0.0.0.0/0")])
    .with_acl()
    .with_flow_logs(days=14)
    .build()
)
hub.finish()

for index, name in enumerate(["orders", "reports"], start=1):
    spoke = SpokeStack(app, f"spoke-{name}", cidr=f"10.{index}.0.0/16", region="eu-central-1", hub=hub)
    network = (
        NetworkBuilder(spoke, f"{name}-network", cidr=spoke.cidr)
        .with_subnets(public=0, private=2)
        .with_rules("app", [(8080, hub.cidr)])
        .with_endpoints("s3", "dynamodb")
        .build()
    )
    spoke.attach(network)

app.synth()

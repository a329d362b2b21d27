#!/usr/bin/env python
"""Game backend: a hub and its spokes, game servers, an API, replays. What there is, config.py says."""
from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider

from platform_iac.config import load
from platform_iac.edge import build_edge
from platform_iac.network import build_network
from platform_iac.servers import build_servers
from platform_iac.storage import build_storage

config = load()

app = App()
stack = TerraformStack(app, f"game-backend-{config['environment']}")
AwsProvider(stack, "aws", region=config["region"], default_tags=[{"tags": config["tags"]}])

networks = build_network(stack, config)
storage = build_storage(stack, config, networks["game"])
groups = build_edge(stack, config, networks["game"], networks["groups"])
fleets = build_servers(stack, config, networks, groups, storage)

for name, value in {
    "transit_gateway": networks["transit_gateway"].id,
    "replays_bucket": storage["replays"].bucket,
    "asset_file_system": storage["assets"].id,
    **{f"fleet_{name}": fleet.name for name, fleet in fleets.items()},
}.items():
    TerraformOutput(stack, f"{name}_output", value=value)

app.synth()

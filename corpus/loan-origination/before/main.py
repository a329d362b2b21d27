#!/usr/bin/env python
from cdktf import App

from origination.data import DataStack
from origination.edge import EdgeStack
from origination.network import NetworkStack
from origination.workload import WorkloadStack

app = App()
environments = {"staging": ("eu-west-1", 2, "10.20.0.0/16"), "production": ("eu-west-1", 3, "10.30.0.0/16")}

for environment, (region, size, cidr) in environments.items():
    network = NetworkStack(app, f"{environment}-network", region=region, environment=environment, cidr=cidr)
    data = DataStack(app, f"{environment}-data", region=region, environment=environment, network=network)
    workload = WorkloadStack(
        app, f"{environment}-workload", region=region, environment=environment, network=network, data=data, size=size
    )
    EdgeStack(app, f"{environment}-edge", region=region, environment=environment, workload=workload)

app.synth()

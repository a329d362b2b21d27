#!/usr/bin/env python
# Ticketing, moved over from our AWS CDK application.

from cdktf import App

from stacks.network import NetworkStack
from stacks.compute import ComputeStack
from stacks.data import DataStack
from stacks.events import EventsStack

app = App()
env = {"region": "eu-central-1", "stage": app.node.try_get_context("stage") or "dev"}

network = NetworkStack(app, "ticketing-network", env=env)
data = DataStack(app, "ticketing-data", env=env, network=network)
compute = ComputeStack(app, "ticketing-compute", env=env, network=network, data=data)
EventsStack(app, "ticketing-events", env=env, handler=compute.worker)

app.synth()

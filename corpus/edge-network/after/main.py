#!/usr/bin/env python
from cdktf import App
from lib.network_stack import NetworkStack

app = App()
NetworkStack(app, "edge-network", allowed_ports=[80, 443])
app.synth()

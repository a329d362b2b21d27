#!/usr/bin/env python
"""Entry point: synthesises the claims stack of the environment at hand."""
from cdktf import App

from lib.claims_stack import ClaimsStack

app = App()
# cdktf synth --context environment=prod
environment = app.node.try_get_context("environment") or "dev"
ClaimsStack(app, f"claims-{environment}", environment=environment, region="us-west-2")
app.synth()

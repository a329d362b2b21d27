#!/usr/bin/env python
"""Entry point of the payment API."""
import os

from cdktf import App

from lib.tap_stack import TapStack

app = App()
environment_suffix = os.getenv("ENVIRONMENT_SUFFIX", "dev")
default_tags = [{"tags": {"Environment": environment_suffix, "Project": "payments"}}]
TapStack(
    app,
    f"TapStack{environment_suffix}",
    environment_suffix=environment_suffix,
    aws_region=os.getenv("AWS_REGION", "us-east-1"),
    default_tags=default_tags,
)
app.synth()

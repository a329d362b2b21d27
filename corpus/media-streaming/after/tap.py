#!/usr/bin/env python3
"""
Media Streaming Platform - CDKTF entry point.

Reads the deployment settings from the environment and synthesizes a single stack
that holds everything the video-on-demand platform needs.
"""
import os

from cdktf import App

from lib.tap_stack import TapStack

app = App()

environment_suffix = os.environ.get("ENVIRONMENT_SUFFIX", "dev")
aws_region = os.environ.get("AWS_REGION", "us-west-2")
state_bucket = os.environ.get("TERRAFORM_STATE_BUCKET", "iac-rlhf-tf-states")

TapStack(
    app,
    f"MediaStreaming{environment_suffix}",
    environment_suffix=environment_suffix,
    aws_region=aws_region,
    state_bucket=state_bucket,
    alert_email="streaming-oncall@example.com",
)

app.synth()

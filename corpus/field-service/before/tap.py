#!/usr/bin/env python3
"""Entry point for the field service application."""
import os

from cdktf import App

from lib.tap_stack import TapStack, TapStackProps

app = App()

environment_suffix = app.node.try_get_context("environmentSuffix") or "dev"

TapStack(
    app,
    f"TapStack{environment_suffix}",
    props=TapStackProps(
        environment_suffix=environment_suffix,
        aws_region=os.getenv("AWS_REGION", "us-east-1"),
        default_tags={"Environment": environment_suffix, "Repository": "field-service"},
    ),
)

app.synth()

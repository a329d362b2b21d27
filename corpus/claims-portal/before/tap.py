#!/usr/bin/env python
"""Entry point of the claims portal's infrastructure."""
import os

from cdktf import App

from lib.tap_stack import TapStack, TapStackProps

environment_suffix = os.getenv("ENVIRONMENT_SUFFIX", "dev")
repository_name = os.getenv("REPOSITORY", "claims-portal")
commit_author = os.getenv("COMMIT_AUTHOR", "unknown")

app = App()
TapStack(
    app,
    f"TapStack{environment_suffix}",
    TapStackProps(
        environment_suffix=environment_suffix,
        aws_region=os.getenv("AWS_REGION", "eu-central-1"),
        default_tags={
            "Environment": environment_suffix,
            "Repository": repository_name,
            "Author": commit_author,
            "ManagedBy": "cdktf",
        },
    ),
)
app.synth()

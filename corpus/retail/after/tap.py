#!/usr/bin/env python3
import os
import sys
from cdktf import App
from lib.tap_stack import TapStack

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
environment_suffix = os.getenv("ENVIRONMENT_SUFFIX") or "dev"
app = App()
default_tags = {"tags": {"Environment": environment_suffix, "Retention": "30"}}
TapStack(
    app,
    f"TapStack{environment_suffix}",
    environment_suffix=environment_suffix,
    default_tags=default_tags,
    aws_region="us-east-1",
)
app.synth()

#!/usr/bin/env python
import os
import sys

from cdktf import App

sys.path.append(os.path.dirname(os.path.abspath(__file__)))

from lib.tap_stack import TradingPlatformStack

app = App()
suffix = os.getenv("ENVIRONMENT_SUFFIX", "dev")
for region in ["us-east-1", "eu-west-1"]:
    TradingPlatformStack(app, f"trading-{region}-{suffix}", region=region, environment_suffix=suffix)
app.synth()

"""Entry point."""
import os
from cdktf import App
from lib.tap_stack import TapStack

app = App()
TapStack(
    app,
    "iot",
    environment_suffix=os.environ.get("ENVIRONMENT_SUFFIX", "dev"),
    state_bucket="iac-states",
    state_bucket_region="us-east-1",
)
app.synth()

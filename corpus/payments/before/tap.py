#!/usr/bin/env python
from cdktf import App

from lib.tap_stack import TapStack

app = App()
TapStack(app, "payments", environment_suffix="test", default_tags=[{"tags": {"Team": "payments"}}])
app.synth()

#!/usr/bin/env python
from cdktf import App
from lib.main_stack import DisasterRecoveryStack

app = App()
DisasterRecoveryStack(app, "disaster-recovery")
app.synth()

#!/usr/bin/env python
"""Security baseline of an account: keys, trail, recorder, detectors, backups, budgets."""

from cdktf import App

from baseline.detect import DetectStack
from baseline.foundation import FoundationStack
from baseline.operate import OperateStack
from baseline.settings import Level, Settings

app = App()
settings = Settings(name="acme", region="eu-central-1", level=Level.STRICT, mail="security@example.com")

foundation = FoundationStack(app, "foundation", settings)
detect = DetectStack(app, "detect", settings, foundation)
operate = OperateStack(app, "operate", settings, foundation)
detect.add_dependency(foundation)
operate.add_dependency(foundation)

app.synth()

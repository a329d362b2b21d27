#!/usr/bin/env python
from cdktf import App

from stacks.site import SiteStack

app = App()
SiteStack(app, "site", zone="example.com")
app.synth()

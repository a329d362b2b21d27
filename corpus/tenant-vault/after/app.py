#!/usr/bin/env python3
"""One vault a tenant: database, search, queue, and the secrets between them."""
from cdktf import App

from core.shared import SharedStack
from tenants.stack import TenantStack

TENANTS = {
    "acme": {"plan": "large", "regions": ["eu-west-1"]},
    "globex": {"plan": "small", "regions": ["eu-west-1", "eu-central-1"]},
}

app = App()
shared = SharedStack(app, "shared")
for tenant, settings in TENANTS.items():
    TenantStack(app, f"tenant-{tenant}", tenant=tenant, shared=shared, **settings)
app.synth()

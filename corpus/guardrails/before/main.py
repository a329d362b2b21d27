"""Accounts with guard rails: what every stack gets, whatever its team writes."""

import os

from cdktf import App, Aspects

from governance.aspects import DeletionGuard, RequiredTags, bucket_report
from governance.registry import STACKS
import platform_stacks  # registers its stacks

app = App()
environment = os.environ.get("ENVIRONMENT_SUFFIX", "sandbox")

for name, (kind, options) in STACKS.items():
    stack = kind(app, f"{name}-{environment}", environment=environment, **options)
    Aspects.of(stack).add(RequiredTags({"Environment": environment, "Stack": name}, owner=options.get("owner")))
    Aspects.of(stack).add(DeletionGuard(enabled=environment == "production"))

app.synth()
print(bucket_report)

#!/usr/bin/env python
'''Global ledger: an active-passive ledger service in two regions, each with stacks of its own.'''
import os

import cdktf

from stacks.delivery import DeliveryStack
from stacks.edge import EdgeStack
from stacks.foundation import FoundationStack
from stacks.regional import RegionalStack
from stacks.regions import REGIONS, primary

app = cdktf.App()
suffix = os.environ.get('ENVIRONMENT_SUFFIX', 'dev')

foundation = FoundationStack(app, f'ledger-foundation-{suffix}', suffix=suffix)

regional = {}
for region in REGIONS.values():
    regional[region['name']] = RegionalStack(
        app,
        f"ledger-{region['name']}-{suffix}",
        suffix=suffix,
        region=region,
        table_arn=foundation.table.arn,
    )

EdgeStack(
    app,
    f'ledger-edge-{suffix}',
    suffix=suffix,
    endpoints={name: stack.endpoint for name, stack in regional.items()},
)
DeliveryStack(
    app,
    f'ledger-delivery-{suffix}',
    suffix=suffix,
    clusters={primary()['name']: regional[primary()['name']].cluster_name},
)

app.synth()

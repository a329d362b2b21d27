#!/usr/bin/env python
"""Booking platform: identity, API, workflow, edge and delivery, a stack each."""
import os

from cdktf import App

from stacks.api_stack import ApiStack
from stacks.delivery_stack import DeliveryStack
from stacks.edge_stack import EdgeStack
from stacks.identity_stack import IdentityStack
from stacks.workflow_stack import WorkflowStack

stage = os.environ.get("ENVIRONMENT_SUFFIX", "test")
common = {
    "stage": stage,
    "region": os.environ.get("AWS_REGION", "eu-west-1"),
    "owner": "bookings",
}

app = App()

identity = IdentityStack(app, construct_id=f"identity-{stage}", **common)
workflow = WorkflowStack(app, construct_id=f"workflow-{stage}", **common)
api = ApiStack(
    app,
    construct_id=f"api-{stage}",
    user_pool_arn=identity.user_pool.arn,
    state_machine_arn=workflow.state_machine.arn,
    **common,
)
edge = EdgeStack(app, construct_id=f"edge-{stage}", api_domain=api.domain_name, domain="bookings.example.com", **common)
DeliveryStack(app, construct_id=f"delivery-{stage}", assets_bucket=edge.assets.bucket, **common)

app.synth()

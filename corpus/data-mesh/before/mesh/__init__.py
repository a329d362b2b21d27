"""A mesh of data products, in functions: each takes a scope and gives what it made."""
from functools import partial

from cdktf import TerraformStack

from .lake import lake
from .pipelines import batch_jobs, pipeline
from .streams import stream

__all__ = ["build"]


def build(app, name, *, domains, stage):
    """One stack; a lake, and a stream and a pipeline for each domain."""
    stack = TerraformStack(app, name)
    AwsProvider(stack, region="eu-north-1", default_tags=[{"stage": stage, "mesh": name}])
    named = partial("-".join)
    central = lake(stack, stage)
    products = {
        domain: {
            "stream": stream(stack, domain, central, name=named((stage, domain, "events"))),
            "pipeline": pipeline(stack, domain, central, stage=stage),
        }
        for domain in domains
    }
    batch_jobs(stack, central, [product["stream"] for product in products.values()])
    for domain, product in products.items():
        TerraformOutput(stack, f"{domain}-machine-arn", value=product["pipeline"].arn)
        TerraformOutput(stack, f"{domain}-shards", value=product["stream"].shards)
    return stack

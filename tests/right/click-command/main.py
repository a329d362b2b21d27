#!/usr/bin/env python
"""The command line around the app: ``main.py --stage prod --bucket logs --bucket data``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

import click
from cdktf import App, LocalBackend, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
)
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA

STAGES = ("dev", "prod")


class Buckets(TerraformStack):
    def __init__(self, scope: App, name: str, *, stage: str, region: str, buckets: Sequence[str], days: int | None) -> None:
        super().__init__(scope, name)
        AwsProvider(self, "aws", region=region)
        LocalBackend(self, path=f"{name}.tfstate")
        add = partial(self.add, stage=stage, days=days)
        self.buckets = [add(each) for each in buckets]

    def add(self, name: str, /, *, stage: str, days: int | None = None, **more: Any) -> S3Bucket:
        bucket = S3Bucket(self, name, bucket=f"{stage}-{name}", force_destroy=stage == "dev", **more)
        S3BucketVersioningA(self, f"{name}-versioning", bucket=bucket.id, versioning_configuration={"status": "Enabled"})
        if days is not None:
            S3BucketLifecycleConfiguration(
                self,
                f"{name}-lifecycle",
                bucket=bucket.id,
                rule=[
                    S3BucketLifecycleConfigurationRule(
                        id="expire",
                        status="Enabled",
                        filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="")],
                        expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=days)],
                    )
                ],
            )
        return bucket


@click.group(invoke_without_command=True)
@click.option("--stage", type=click.Choice(STAGES), default="dev", envvar="STAGE", show_default=True)
@click.option("--region", default="eu-west-1", help="Where the buckets are.")
@click.option("--bucket", "buckets", multiple=True, default=("logs", "data"))
@click.option("--days", type=click.IntRange(min=1), default=90)
@click.option("--outdir", type=click.Path(file_okay=False), default=None)
@click.pass_context
def cli(
    context: click.Context, stage: str, region: str, buckets: tuple[str, ...], days: int, outdir: str | None
) -> None:
    """Synthesise, unless another command is given."""
    app = App(outdir=outdir) if outdir else App()
    context.obj = Buckets(app, f"buckets-{stage}", stage=stage, region=region, buckets=buckets, days=days)
    if context.invoked_subcommand is None:
        app.synth()


@cli.command("list")
@click.pass_obj
def list_(stack: Buckets) -> None:
    for bucket in stack.buckets:
        click.echo(bucket.node.id)


if __name__ == "__main__":
    cli(args=sys.argv[1:], standalone_mode=False)

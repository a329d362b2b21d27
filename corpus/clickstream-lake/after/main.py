#!/usr/bin/env python3
"""Clickstream analytics: Kinesis and Kafka in, a lake on S3, Glue, Redshift and OpenSearch out."""
from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.provider import AwsProvider

from infra.common import Settings, create_key, load_settings
from infra.ingestion import create_ingestion
from infra.lake import create_lake
from infra.network import create_network
from infra.processing import create_processing
from infra.search import create_search
from infra.warehouse import create_warehouse


def build(app: App, settings: Settings) -> TerraformStack:
    """Everything in one stack, each part made by a function of its own."""
    stack = TerraformStack(app, f"clickstream-{settings.environment}")
    AwsProvider(stack, "aws", region=settings.region, default_tags=[{"tags": settings.tags}])
    account = DataAwsCallerIdentity(stack, "account").account_id

    key, key_alias = create_key(stack, settings, account)
    network = create_network(stack, settings)
    lake = create_lake(stack, settings, key, account)
    ingestion = create_ingestion(stack, settings, {"key": key, "network": network, "lake": lake})
    jobs = create_processing(stack, settings, lake)
    endpoint, cluster = create_warehouse(stack, settings, network, lake["role"])
    search = create_search(stack, settings, network, account)

    TerraformOutput(stack, "stream_name", value=ingestion["stream"].name)
    TerraformOutput(stack, "bootstrap_brokers", value=ingestion["kafka"].bootstrap_brokers_sasl_iam)
    TerraformOutput(stack, "raw_bucket", value=lake["buckets"]["raw"].bucket)
    TerraformOutput(stack, "jobs", value=[job.name for job in jobs])
    TerraformOutput(stack, "warehouse_endpoint", value=endpoint, sensitive=True)
    TerraformOutput(stack, "warehouse_id", value=cluster.id)
    TerraformOutput(stack, "search_endpoint", value=search.endpoint)
    TerraformOutput(stack, "key_alias", value=key_alias.name)
    return stack


if __name__ == "__main__":
    application = App()
    build(application, load_settings())
    application.synth()

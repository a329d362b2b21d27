"""OpenSearch, for the people of the support desk."""
from __future__ import annotations
import json

from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.cloudwatch_log_resource_policy import CloudwatchLogResourcePolicy
from cdktf_cdktf_provider_aws.data_aws_iam_policy_document import (
    DataAwsIamPolicyDocument,
    DataAwsIamPolicyDocumentStatement,
    DataAwsIamPolicyDocumentStatementPrincipals,
)
from cdktf_cdktf_provider_aws.opensearch_domain import (
    OpensearchDomain,
    OpensearchDomainClusterConfig,
    OpensearchDomainEbsOptions,
    OpensearchDomainEncryptAtRest,
    OpensearchDomainLogPublishingOptions,
    OpensearchDomainVpcOptions,
    OpensearchDomainClusterConfigZoneAwarenessConfig,
)
from constructs import Construct

from infra.common import Settings
from infra.network import Network

LOG_TYPES = ["INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS", "ES_APPLICATION_LOGS"]


def create_log_groups(scope: Construct, settings: Settings) -> dict[str, CloudwatchLogGroup]:
    """One group for each kind of log, which OpenSearch may write to."""
    groups = {
        log_type: CloudwatchLogGroup(
            scope,
            f"search-{log_type.lower()}",
            name=f"/opensearch/{settings.name('search')}/{log_type.lower()}",
            retention_in_days=14,
        )
        for log_type in LOG_TYPES
    }
    document = DataAwsIamPolicyDocument(
        scope,
        "search-logs-document",
        statement=[
            DataAwsIamPolicyDocumentStatement(
                effect="Allow",
                actions=["logs:PutLogEvents", "logs:CreateLogStream"],
                resources=[f"{group.arn}:*" for group in groups.values()],
                principals=[DataAwsIamPolicyDocumentStatementPrincipals(
                    type="Service", identifiers=["es.amazonaws.com"]
                )],
            )
        ],
    )
    CloudwatchLogResourcePolicy(
        scope, "search-logs-policy", policy_name=settings.name("search-logs"), policy_document=document.json
    )
    return groups


def create_search(scope: Construct, settings: Settings, network: Network, account: str) -> OpensearchDomain:
    """The domain, in the private subnets."""
    groups = create_log_groups(scope, settings)
    name = settings.name("search")
    publishing = [
        OpensearchDomainLogPublishingOptions(log_type=log_type, cloudwatch_log_group_arn=group.arn, enabled=True)
        for log_type, group in groups.items()
    ]
    return OpensearchDomain(
        scope,
        "search",
        domain_name=name,
        engine_version="OpenSearch_2.13",
        cluster_config=OpensearchDomainClusterConfig(
            instance_type="t3.small.search",
            instance_count=settings.zones,
            zone_awareness_enabled=True,
            zone_awareness_config=OpensearchDomainClusterConfigZoneAwarenessConfig(
                availability_zone_count=settings.zones
            ),
        ),
        ebs_options=OpensearchDomainEbsOptions(ebs_enabled=True, volume_size=20, volume_type="gp3"),
        encrypt_at_rest=OpensearchDomainEncryptAtRest(enabled=True),
        node_to_node_encryption={"enabled": True},
        domain_endpoint_options={"enforce_https": True, "tls_security_policy": "Policy-Min-TLS-1-2-2019-07"},
        vpc_options=OpensearchDomainVpcOptions(
            subnet_ids=network.subnet_ids,
            security_group_ids=[network.groups["https"].id],
        ),
        log_publishing_options=publishing,
        access_policies=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
                        "Action": "es:*",
                        "Resource": f"arn:aws:es:{settings.region}:{account}:domain/{name}/*",
                    }
                ],
            }
        ),
    )

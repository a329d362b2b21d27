"""Redshift, for what is asked again and again."""
from __future__ import annotations

from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.redshift_cluster import RedshiftCluster
from cdktf_cdktf_provider_aws.redshift_parameter_group import RedshiftParameterGroup
from cdktf_cdktf_provider_aws.redshift_snapshot_schedule import RedshiftSnapshotSchedule
from cdktf_cdktf_provider_aws.redshift_subnet_group import RedshiftSubnetGroup
from constructs import Construct

from infra.common import INTERNAL_PORTS, Settings
from infra.network import Network

PARAMETERS = {
    "require_ssl": "true",
    "enable_user_activity_logging": "true",
    "max_concurrency_scaling_clusters": "1",
}


def create_warehouse(
    scope: Construct, settings: Settings, network: Network, role: IamRole
) -> tuple[str, RedshiftCluster]:
    """The endpoint of the warehouse, and the cluster."""
    subnets = RedshiftSubnetGroup(
        scope,
        "warehouse-subnets",
        name=settings.name("warehouse"),
        subnet_ids=network.subnet_ids,
    )
    parameters = RedshiftParameterGroup(
        scope,
        "warehouse-parameters",
        name=settings.name("warehouse"),
        family="redshift-1.0",
        parameter=[{"name": name, "value": value} for name, value in PARAMETERS.items()],
    )
    cluster = RedshiftCluster(
        scope,
        "warehouse",
        cluster_identifier=settings.name("warehouse"),
        database_name="analytics",
        node_type="ra3.xlplus",
        cluster_type="multi-node" if settings.is_production else "single-node",
        number_of_nodes=2 if settings.is_production else 1,
        master_username="analytics_admin",
        manage_master_password=True,
        port=INTERNAL_PORTS["redshift"],
        encrypted="true",
        iam_roles=[role.arn],
        cluster_subnet_group_name=subnets.name,
        cluster_parameter_group_name=parameters.name,
        vpc_security_group_ids=[network.groups["redshift"].id],
        publicly_accessible=False,
        skip_final_snapshot=not settings.is_production,
        final_snapshot_identifier=f"{settings.name('warehouse')}-final",
    )
    RedshiftSnapshotSchedule(
        scope,
        "warehouse-snapshots",
        identifier=settings.name("warehouse"),
        definitions=["rate(12 hours)"],
    )
    return cluster.endpoint, cluster

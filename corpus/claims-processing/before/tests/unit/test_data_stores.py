"""The data stores."""
from unittest.mock import MagicMock, patch

from cdktf import Testing, TerraformStack

from lib.constants import DATABASE_PARAMETERS, KAFKA_BROKERS
from lib.data_stores import DataStores
from tests.conftest import resources


def only(manifest, kind):
    """The only resource of a kind."""
    (resource,) = resources(manifest, kind).values()
    return resource


def test_parameters_arrive_whole(dev):
    assert only(dev, "aws_rds_cluster_parameter_group")["parameter"] == DATABASE_PARAMETERS


def test_the_database_scales(dev):
    cluster = only(dev, "aws_rds_cluster")
    assert cluster["serverlessv2_scaling_configuration"] == {"max_capacity": 16, "min_capacity": 0.5}
    assert cluster["storage_encrypted"] is True


def test_production_has_a_reader_and_keeps_its_backups(dev, prod):
    assert len(resources(dev, "aws_rds_cluster_instance")) == 1
    assert len(resources(prod, "aws_rds_cluster_instance")) == 2
    assert only(prod, "aws_rds_cluster")["backup_retention_period"] == 35
    assert only(prod, "aws_rds_cluster")["skip_final_snapshot"] is False


def test_scans_become_cheaper_and_come_back(dev):
    policies = only(dev, "aws_efs_file_system")["lifecycle_policy"]
    assert {key for policy in policies for key in policy} == {
        "transition_to_ia",
        "transition_to_primary_storage_class",
    }


def test_slow_logs_are_published(dev):
    options = only(dev, "aws_opensearch_domain")["log_publishing_options"]
    assert [each["log_type"] for each in options] == ["INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"]


def test_brokers_speak_tls(dev):
    cluster = only(dev, "aws_msk_cluster")
    assert cluster["number_of_broker_nodes"] == KAFKA_BROKERS
    assert cluster["encryption_info"]["encryption_in_transit"] == {"client_broker": "TLS", "in_cluster": True}


@patch("lib.data_stores.DataStores._events")
@patch("lib.data_stores.DataStores._search")
@patch("lib.data_stores.DataStores._database")
@patch("lib.data_stores.EfsMountTarget")
@patch("lib.data_stores.EfsFileSystem")
@patch("lib.data_stores.S3BucketVersioning")
def test_documents_keep_their_versions(versioning, *_):
    stack = TerraformStack(Testing.app(), "test")
    network = MagicMock(private_subnet_ids=["subnet-1"])
    DataStores(stack, id="stores", network=network, environment="dev")
    versioning.assert_called_once()
    assert versioning.call_args.kwargs["versioning_configuration"] == {"status": "Enabled"}

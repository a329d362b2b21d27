from __future__ import annotations

import pytest
from cdktf_codemods.knowledge.engine_versions import GONE, latest_of

HEAD = """\
from cdktf_cdktf_provider_aws.db_instance import DbInstance as Db
from cdktf_cdktf_provider_aws.docdb_cluster import DocdbCluster
from cdktf_cdktf_provider_aws.elasticache_cluster import ElasticacheCluster
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster
from cdktf_cdktf_provider_aws.rds_cluster_instance import RdsClusterInstance
"""

TRANSFORMED = {
    "PostgreSQL": (
        "Db(s, 'd', engine='postgres', engine_version='15.5')",
        "Db(s, 'd', engine='postgres', engine_version='15')",
    ),
    "MySQL": (
        'Db(s, "d", engine="mysql", engine_version="8.0.28")',
        'Db(s, "d", engine="mysql", engine_version="8.0")',
    ),
    "Aurora PostgreSQL": (
        "RdsCluster(s, 'd', engine='aurora-postgresql', engine_version='15.1')",
        "RdsCluster(s, 'd', engine='aurora-postgresql', engine_version='15')",
    ),
    "Aurora MySQL": (
        "RdsCluster(s, 'd', engine='aurora-mysql', engine_version='8.0.mysql_aurora.3.02.0')",
        "RdsCluster(s, 'd', engine='aurora-mysql', engine_version='8.0')",
    ),
    "variables": (
        "e, v = 'postgres', '15.5'\nDb(s, 'd', engine=e, engine_version=v)",
        "e, v = 'postgres', '15'\nDb(s, 'd', engine=e, engine_version=v)",
    ),
    "a variable with another use": (
        "v = '15.5'\nprint(v)\nDb(s, 'd', engine='postgres', engine_version=v)",
        "v = '15.5'\nprint(v)\nDb(s, 'd', engine='postgres', engine_version='15')",
    ),
    "the cluster's engine": (
        "c = RdsCluster(s, 'c', engine='aurora-postgresql')\nRdsClusterInstance(s, 'i', engine=c.engine, engine_version='15.1')",
        "c = RdsCluster(s, 'c', engine='aurora-postgresql')\nRdsClusterInstance(s, 'i', engine=c.engine, engine_version='15')",
    ),
    "unpacked": (
        "o = dict(engine='postgres', engine_version='16.0')\nDb(s, 'd', **o)",
        "o = dict(engine='postgres', engine_version='16')\nDb(s, 'd', **o)",
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix, run) -> None:
    assert fix(f"{HEAD}{before}\n", select={"V101"}, unsafe=True) == f"{HEAD}{after}\n"
    result = run({"main.py": f"{HEAD}{before}\n"}, select={"V101"})
    assert result.files == []
    assert {finding.safety for finding in result.findings} == {"unsafe"}


NOOP = {
    "merely precise": "Db(s, 'd', engine='postgres', engine_version='15.7')",
    "precise, of MySQL": "Db(s, 'd', engine='mysql', engine_version='8.0.40')",
    "precise, of Aurora": "RdsCluster(s, 'd', engine='aurora-mysql', engine_version='8.0.mysql_aurora.3.08.0')",
    "another engine's": "RdsCluster(s, 'd', engine='aurora-postgresql', engine_version='15.5')",
    "Oracle": "Db(s, 'd', engine='oracle-se2', engine_version='19.0.0.0.ru-2023-01.rur-2023-01.r1')",
    "major": "Db(s, 'd', engine='postgres', engine_version='15')",
    "MySQL's own precision": "Db(s, 'd', engine='mysql', engine_version='8.0')",
    "unknown engine": "Db(s, 'd', engine=e, engine_version='15.5')",
    "not RDS": "DocdbCluster(s, 'd', engine='docdb', engine_version='5.0.0')\nElasticacheCluster(s, 'r', engine_version='7.0')",
    "the cluster's version": "c = RdsCluster(s, 'c', engine='aurora-mysql')\nRdsClusterInstance(s, 'i', engine=c.engine, engine_version=c.engine_version)",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"V101"}, unsafe=True)
    assert (result.files, result.findings) == ([], [])


SHOWN = {
    "minor upgrades are off": "Db(s, 'd', engine='postgres', engine_version='15.5', auto_minor_version_upgrade='false')",
    "the whole major version": "Db(s, 'd', engine='postgres', engine_version='9.6.24')",
    "a major version": "Db(s, 'd', engine='mysql', engine_version='5.6')",
    "of MariaDB": "Db(s, 'd', engine='mariadb', engine_version='10.3.39')",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": f"{HEAD}{code}\n"}, select={"V101"}, unsafe=True)
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]


def test_every_row_has_its_source_and_says_what_to_take() -> None:
    for row in GONE:
        assert row.source
        for version in row.versions:
            assert (latest_of(row.engine, version) is None) is row.whole

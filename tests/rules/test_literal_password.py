from __future__ import annotations

import pytest

HEAD = """\
import os
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.docdb_cluster import DocdbCluster
from cdktf_cdktf_provider_aws.mq_broker import MqBrokerUser
import cdktf_cdktf_provider_aws.rds_cluster as rds
"""

TRANSFORMED = {
    "the document's": (
        "rds.RdsCluster(s, 'c', master_password='TradingPassword123!')",
        "rds.RdsCluster(s, 'c', manage_master_user_password=True)",
    ),
    "instance": ("DbInstance(s, 'd', password='abc')", "DbInstance(s, 'd', manage_master_user_password=True)"),
    "document database": (
        "DocdbCluster(s, 'd', master_password='abc')",
        "DocdbCluster(s, 'd', manage_master_user_password=True)",
    ),
    "an f-string of constants": (
        "n = 'x'\nDbInstance(s, 'd', password=f'{n}-1!')",
        "n = 'x'\nDbInstance(s, 'd', manage_master_user_password=True)",
    ),
    "the default engine mode": (
        "rds.RdsCluster(s, 'c', engine_mode='provisioned', master_password='Trading123!')",
        "rds.RdsCluster(s, 'c', engine_mode='provisioned', manage_master_user_password=True)",
    ),
    "a sum": ("DbInstance(s, 'd', password='a' + 'b')", "DbInstance(s, 'd', manage_master_user_password=True)"),
    "unpacked, with its comment": (
        "o = {\n    'password': 'abc',  # change me\n}\nDbInstance(s, 'd', **o)",
        "o = {\n    'manage_master_user_password': True,  # change me\n}\nDbInstance(s, 'd', **o)",
    ),
    "parameter": (
        "def f(pw): DbInstance(s, 'd', password=pw)\nf('abc')",
        "def f(pw): DbInstance(s, 'd', manage_master_user_password=True)\nf('abc')",
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix, run) -> None:
    assert fix(f"{HEAD}{before}\n", select={"S101"}, unsafe=True) == f"{HEAD}{after}\n"
    assert run({"main.py": f"{HEAD}{before}\n"}, select={"S101"}).files == []


NOOP = {
    "from the environment": "DbInstance(s, 'd', password=os.environ['DB_PASSWORD'])",
    "with a default, which is S102's": "DbInstance(s, 'd', password=os.environ.get('DB_PASSWORD', 'x'))",
    "from a secret": "DbInstance(s, 'd', password=secret.secret_string)",
    "a token in an f-string": "DbInstance(s, 'd', password=f'{secret.result}!')",
    "managed by RDS": "DbInstance(s, 'd', manage_master_user_password=True)",
    "cannot be managed": "MqBrokerUser(username='u', password='abc')",
    "own class": "class DbInstance: pass\nDbInstance(s, 'd', password='abc')",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"S101"}, unsafe=True)
    assert (result.files, result.findings) == ([], [])


SHOWN = {
    "another use": "pw = 'abc'\nDbInstance(s, 'd', password=pw)\nprint(pw)",
    "the same text": "DbInstance(s, 'd', password='abc-1')\nurl = 'postgres://admin:abc-1@db'",
    "a secret": "from cdktf_cdktf_provider_aws.secretsmanager_secret_version import SecretsmanagerSecretVersion\nDbInstance(s, 'd', password='abc')\nSecretsmanagerSecretVersion(s, 'v', secret_id='x', secret_string='{\"password\": \"xyz\"}')",
    "a variable": "from cdktf import TerraformVariable\nDbInstance(s, 'd', password='abc')\nTerraformVariable(s, 'db_password', type='string')",
    "an environment": "DbInstance(s, 'd', password='abc')\nenvironment = [{'name': 'DB_PASSWORD', 'value': 'x'}]",
    "Aurora Serverless v1": "rds.RdsCluster(s, 'c', master_password='abc', engine_mode='serverless')",
    "a replica": "DbInstance(s, 'd', password='abc', replicate_source_db='x')",
    "managed already": "DbInstance(s, 'd', password='abc', manage_master_user_password=True)",
    "a global cluster": "rds.RdsCluster(s, 'c', master_password='abc', global_cluster_identifier=g.id)",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"S101"}, unsafe=True)
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]

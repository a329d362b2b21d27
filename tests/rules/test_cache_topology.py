from __future__ import annotations

import pytest

HEAD = "from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup as G\n"

SHOWN = {
    "both counts": "G(s, 'g', num_cache_clusters=2, num_node_groups=1)",
    "nodes and replicas": "G(s, 'g', num_cache_clusters=2, replicas_per_node_group=1)",
    "the document's": "G(s, 'g', num_cache_clusters=2, multi_az_enabled=True, parameter_group_name='default.redis7.cluster.on')",
    "shards with the wrong family": "G(s, 'g', num_node_groups=2, replicas_per_node_group=1, parameter_group_name='default.redis7')",
    "unpacked, in variables": "p = 'default.valkey8.cluster.on'\no = {'num_cache_clusters': 2, 'parameter_group_name': p}\nG(s, 'g', **o)",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown_with_both_forms(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"A106"}, unsafe=True)
    assert result.files == []
    (finding,) = result.findings
    assert finding.safety == "shown"
    assert "num_node_groups" in finding.message
    assert "num_cache_clusters" in finding.message


NOOP = {
    "one shard": "G(s, 'g', num_cache_clusters=2, automatic_failover_enabled=True, parameter_group_name='default.redis7')",
    "cluster mode": "G(s, 'g', num_node_groups=2, replicas_per_node_group=1, parameter_group_name='default.redis7.cluster.on')",
    "one shard by its other name": "G(s, 'g', num_node_groups=1, replicas_per_node_group=1, parameter_group_name='default.redis7')",
    "one of them may be None": "def f(n, m):\n    G(s, 'g', num_cache_clusters=None if n else 2, num_node_groups=m or None)\nf(1, 2)",
    "a parameter that may be None": "def f(n=None, m=None):\n    G(s, 'g', num_cache_clusters=n, num_node_groups=m)",
    "unknown values": "G(s, 'g', num_cache_clusters=p.nodes, num_node_groups=p.shards)",
    "own parameter group": "G(s, 'g', num_cache_clusters=2, parameter_group_name=group.name)",
    "own class": "class G: pass\nG(s, 'g', num_cache_clusters=2, num_node_groups=1)",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    assert run({"main.py": HEAD + code}, select={"A106"}).findings == []

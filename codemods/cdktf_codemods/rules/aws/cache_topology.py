from __future__ import annotations

import libcst as cst

from ...meaning import Arguments, Given, arguments, constant, trace
from ...meaning.origins import is_none
from ...meaning.types import UNKNOWN
from ..rule import SHOWN, Rule

_SHARDS = ("num_node_groups", "replicas_per_node_group")
_FORMS = (
    "either cluster mode (`num_node_groups`, `replicas_per_node_group`, a `….cluster.on` parameter group) "
    "or one shard (`num_cache_clusters`, a parameter group without `.cluster.on`)"
)


class CacheTopology(Rule):
    """A replication group of ElastiCache that is told to be of two kinds at once.

    ``num_cache_clusters`` is the number of nodes of one shard; ``num_node_groups`` and ``replicas_per_node_group`` are
    shards and their replicas in cluster mode, which also needs a parameter group of a ``.cluster.on`` family. Source:
    AWS provider, ``aws_elasticache_replication_group``; ElastiCache, ``CreateReplicationGroup``.

    Shown: which of the two is meant is a design choice. A person takes one form and removes the other's arguments.

    Reported::

        from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup

        def cache(scope):
            return ElasticacheReplicationGroup(
                scope, "redis", replication_group_id="r", description="d", num_cache_clusters=2, num_node_groups=1
            )
    """

    code = "A106"
    name = "cache-topology"
    safety = SHOWN
    catalogue = ("A5",)
    wakes = ("elasticache",)
    makes = frozenset({"elasticache_replication_group"})
    provider = "aws"

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None or made.submodule != "elasticache_replication_group" or "description" not in made.arguments:
            return updated_node
        given = arguments(self.source, original_node)
        nodes = _given(given, "num_cache_clusters")
        shards = [name for name in _SHARDS if _given(given, name)]
        if any(name in given and _given(given, name) is None for name in ("num_cache_clusters", *_SHARDS)):
            return updated_node
        if nodes is not None and shards:
            message = f"`num_cache_clusters` and `{shards[0]}` exclude each other: {_FORMS}"
            self.found(nodes.key, message, source=nodes.source)
        self._check_family(given, bool(shards), nodes is not None)
        return updated_node

    def _check_family(self, given: Arguments, sharded: bool, nodes: bool) -> None:
        group = given.get("parameter_group_name")
        name = constant(group.source, group.value) if group is not None else None
        if group is None or name is None or not name.startswith("default."):
            return
        clustered = name.endswith(".cluster.on")
        if clustered and nodes and not sharded:
            message = f"`{name}` is for cluster mode, and `num_cache_clusters` is for one shard: {_FORMS}"
            self.found(group.key, message, source=group.source)
        elif sharded and not clustered and not nodes and _shards(given) != "1":
            message = f"`{name}` is not for cluster mode, which `num_node_groups` asks for: {_FORMS}"
            self.found(group.key, message, source=group.source)


def _given(given: Arguments, name: str) -> Given | None:
    """The argument, where it is surely given: not where its value may be None."""
    argument = given.get(name)
    if argument is None:
        return None
    origins, complete = trace(argument.source, argument.value)
    sure = complete and all(not is_none(each.node) and each.source.type_of(each.node) != UNKNOWN for each in origins)
    return argument if sure and origins else None


def _shards(given: Arguments) -> str | None:
    """The number of shards as it is written; one shard can be had without cluster mode."""
    groups = given.get("num_node_groups")
    return groups.value.value if groups is not None and isinstance(groups.value, cst.Integer) else None

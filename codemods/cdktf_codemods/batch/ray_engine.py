"""Shards handed to Ray actors. Ray hands out work and nothing else: what is done is told by the shards on disk."""

from __future__ import annotations

import hashlib
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import ray
from ray.exceptions import RayError, RayTaskError

from ..schema.store import snapshots
from .inputs import Item
from .result import Repaired
from .shards import BatchError
from .workers import Work, pool, through
from .workers import results as local_results

_AHEAD = 3
"""Shards in flight, for each actor."""
_RETRIES = 3
"""Actors that a shard may cost before it is done here."""

Done = list[tuple[Repaired, float]]


class _Actor:
    """Repairs shards on some machine of the cluster, with worker processes of its own."""

    def __init__(self, work: Work, jobs: int, begin: Callable[[], None]) -> None:
        self._work, self._jobs = work, jobs
        # Ray's threads are in this process: a fork of it could wait for ever for a lock that one of them holds.
        self._processes = pool(jobs, begin, get_context("forkserver"))

    def identity(self) -> str:
        return identity()

    def repair(self, shard: list[Item]) -> Done:
        return list(through(self._processes, shard, self._work, self._jobs))


@dataclass
class _Cluster:
    """Actors, and how many shards each has."""

    actors: list[Any]
    busy: Counter[int] = field(default_factory=Counter)

    def hand_out(self, shard: list[Item]) -> tuple[int, Any]:
        number = min(range(len(self.actors)), key=lambda each: self.busy[each])
        self.busy[number] += 1
        return number, self.actors[number].repair.remote(shard)


def results(
    items: Iterable[Item], work: Work, jobs: int, begin: Callable[[], None], shard_size: int
) -> Generator[tuple[Repaired, float]]:
    """What :func:`cdktf_codemods.batch.workers.results` gives, made by the machines of a Ray cluster.

    The cluster is that of ``RAY_ADDRESS`` or the one that runs here; where there is none, one is started here.

    :param jobs: worker processes of each actor.
    :raises BatchError: there is no cluster, an actor fails, or a machine has other code or schemas.
    """
    is_ours = not ray.is_initialized()
    try:
        if is_ours:
            _begin_ray()
        cluster = _Cluster(_actors(work, jobs, begin))
    except (RayError, OSError, RuntimeError, ValueError) as error:
        raise BatchError(f"no Ray cluster: {_line(error)}") from error
    try:
        flying: deque[tuple[list[Item], int, Any]] = deque()
        rest = iter(items)
        while shard := list(islice(rest, shard_size)):
            flying.append((shard, *cluster.hand_out(shard)))
            if len(flying) >= _AHEAD * len(cluster.actors):
                yield from _landed(cluster, *flying.popleft(), work, jobs, begin)
        while flying:
            yield from _landed(cluster, *flying.popleft(), work, jobs, begin)
    finally:
        for actor in cluster.actors:
            ray.kill(actor)
        if is_ours:
            ray.shutdown()


def _landed(
    cluster: _Cluster, shard: list[Item], number: int, future: Any, work: Work, jobs: int, begin: Callable[[], None]
) -> Iterable[tuple[Repaired, float]]:
    try:
        done: Done = ray.get(future)
    except RayTaskError as error:
        raise BatchError(f"a Ray actor failed: {_line(error)}") from error
    except RayError:
        # A record that takes its process along costs itself alone, in an actor and here; so this comes to an end.
        return local_results(shard, work, jobs, begin)
    finally:
        cluster.busy[number] -= 1
    return done


def _begin_ray() -> None:
    """Connect; what a signal does here stays as it was, where Ray would end the process in its own way."""
    before = signal.getsignal(signal.SIGTERM)
    ray.init(log_to_driver=False, logging_level="error")
    if before is not None and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, before)


def _line(error: Exception) -> str:
    """The last line of what Ray says, which is the error that all before it leads to."""
    return (str(error).strip().splitlines() or [type(error).__name__])[-1]


def _actors(work: Work, jobs: int, begin: Callable[[], None]) -> list[Any]:
    """As many actors as have room in the cluster.

    :raises BatchError: one of them has other code or schemas.
    """
    machines = [int(each["Resources"].get("CPU", 0)) for each in ray.nodes() if each["Alive"]]
    each = min([jobs, *(count for count in machines if count)])
    number = sum(count // each for count in machines) or 1
    options = {"num_cpus": each, "max_restarts": -1, "max_task_retries": _RETRIES, "scheduling_strategy": "SPREAD"}
    kind = ray.remote(**options)(_Actor)
    actors = [kind.remote(work, each, begin) for _ in range(number)]
    if any(found != identity() for found in ray.get([actor.identity.remote() for actor in actors])):
        raise BatchError("a machine of the Ray cluster has another cdktf-fix, or other schemas, than this one")
    return actors


def identity() -> str:
    """The SHA-256 of what decides a repair here: this program's code, and the schemas that it knows."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    for file in sorted(package.rglob("*.py")):
        digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    digest.update(repr(sorted(f"{each.package}@{each.version}" for each in snapshots())).encode())
    return digest.hexdigest()

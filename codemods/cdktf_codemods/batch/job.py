"""A batch from its inputs to its output folder, gone on with where it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from ..documents import DocumentError
from ..schema.store import snapshots
from .inputs import Item, Source, sources
from .result import Repaired
from .shards import BatchError, Shards, held, line, settle, write
from .workers import Work, results


@dataclass(frozen=True)
class Job:
    """What a batch is to do.

    :param tool: the version of the program; another one does not go on with this one's folder.
    :param settings: what else decides the results, for the fingerprint.
    """

    paths: tuple[Path, ...]
    output: Path
    tool: str
    work: Work = field(default_factory=Work)
    column: str | None = None
    shard_size: int = 100
    jobs: int = 1
    settings: Mapping[str, Any] = field(default_factory=dict)
    engine: Literal["local", "ray"] = "local"
    """Which does not decide the results: a batch that one began, the other goes on with."""


@dataclass
class Progress:
    """How far a batch is; ``resumed`` outputs were done by runs before, ``total`` there are, about."""

    total: int = 0
    done: int = 0
    resumed: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    left: int = 0
    proven: int = 0
    wrong: int = 0

    def add(self, record: dict[str, Any]) -> None:
        self.done += 1
        status = record["status"]
        self.statuses[status] = self.statuses.get(status, 0) + 1
        after = record.get("after", {}).get("status")
        self.proven += after == "synthesises"
        self.left += after in ("fails", "loses") or any(not each["fixed"] for each in record["findings"])
        errors = record["errors"] or record["failures"] or any(each["error"] for each in record["problems"])
        self.wrong += bool(status == "unreadable" or errors or after == "unknown")


def _nothing(*_: object) -> None:
    """What is done where nothing else is asked for; it has a name by which other processes find it."""


def run(job: Job, say: Callable[[Progress], None] = _nothing, begin: Callable[[], None] = _nothing) -> Progress:
    """Carry a batch out, or go on with it.

    :param say: is told after each output.
    :param begin: what each worker process does first.
    :raises BatchError: the folder is of another job, or another run is at it, or it cannot be written.
    """
    output = Path(os.path.realpath(job.output))
    for path in job.paths:
        if output.is_relative_to(os.path.realpath(path)):
            raise BatchError(f"{job.output}: inside of {path}, which is read; give another --output")
    with held(job.output):
        return _run(job, say, begin)


def _run(job: Job, say: Callable[[Progress], None], begin: Callable[[], None]) -> Progress:
    inputs = sources(job.paths, job.column)
    shards = Shards(job.output, _manifest(job, inputs))
    progress = Progress(sum(each.count() for each in inputs))
    for known in shards.results():
        progress.add(known["record"])
    progress.resumed = progress.done
    say(progress)
    number = shards.done()
    rest = islice(_items(inputs), progress.done, None)
    with closing(_made(rest, job, begin)) as made:
        while shard := _next(made, job.shard_size, progress, say):
            times = [{"id": done["record"]["id"], "seconds": round(seconds, 3)} for done, seconds in shard]
            with _told(job.output):
                shards.add(number, (done for done, _ in shard), times)
            number += 1
    with _told(job.output):
        _put_together(job.output, inputs, shards)
    return progress


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """:raises BatchError: what is done here cannot be."""
    try:
        yield
    except OSError as error:
        raise BatchError(f"{folder}: {(error.strerror or str(error)).lower()}") from error
    except DocumentError as error:
        raise BatchError(f"{folder}: {error}") from error


def _made(items: Iterable[Item], job: Job, begin: Callable[[], None]) -> Generator[tuple[Repaired, float]]:
    if job.engine == "local":
        return results(items, job.work, job.jobs, begin)
    from . import ray_engine

    return ray_engine.results(items, job.work, job.jobs, begin, job.shard_size)


def _next(
    made: Iterator[Any], size: int, progress: Progress, say: Callable[[Progress], None]
) -> list[tuple[dict[str, Any], float]]:
    shard = []
    for done, seconds in islice(made, size):
        shard.append((done.as_json(), seconds))
        progress.add(done.record)
        say(progress)
    return shard


def _items(inputs: list[Source]) -> Iterator[Item]:
    for source in inputs:
        yield from source.items()


def _manifest(job: Job, inputs: list[Source]) -> dict[str, Any]:
    return {
        "format": 1,
        "inputs": [{"name": each.name, "sha256": each.fingerprint()} for each in inputs],
        "tool": job.tool,
        "schemas": sorted(f"{each.package}@{each.version}" for each in snapshots()),
        "settings": {
            "field": job.column,
            "providers": list(job.work.providers),
            "shard_size": job.shard_size,
            "time_limit": job.work.seconds,
            "verify": job.work.verify,
            **job.settings,
        },
    }


def _put_together(folder: Path, inputs: list[Source], shards: Shards) -> None:
    """Write the records and the repaired outputs from the shards, each in one step."""
    write(folder / "records.jsonl", (line(each["record"]) for each in shards.results()))
    temporary = folder / "outputs.tmp"
    if temporary.exists():
        shutil.rmtree(temporary)
    temporary.mkdir()
    known = shards.results()
    for source in inputs:
        source.write(temporary, ((item, _texts(item, next(known))) for item in source.items()))
    settle(temporary, folder / "outputs")


def _texts(item: Item, known: dict[str, Any]) -> dict[str, str]:
    if known["record"]["id"] != item.output.id:
        raise BatchError(f"{item.output.source}: changed while it was read; begin anew with another --output")
    texts: dict[str, str] = known["texts"]
    return texts

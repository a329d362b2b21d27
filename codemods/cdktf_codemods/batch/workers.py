"""Processes that repair outputs; one that crashes or does not end costs the output that it had."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import TimeoutError
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import Any

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from .inputs import Item
from .proving import Proof
from .result import Repaired, SettingsFor, repaired, unread

_AHEAD = 4
"""Outputs in flight, for each process."""


@dataclass(frozen=True)
class Work:
    """How outputs are repaired; ``seconds`` is what each may take."""

    providers: tuple[str, ...] = ()
    settings: SettingsFor | None = None
    verify: bool = False
    seconds: float = 120.0


def results(
    items: Iterable[Item], work: Work, jobs: int, begin: Callable[[], None]
) -> Generator[tuple[Repaired, float]]:
    """What became of each output, in order, and the seconds that it took; few are held in memory.

    :param begin: what a process does first.
    """
    with pool(jobs, begin) as processes:
        try:
            yield from through(processes, items, work, jobs)
        except BaseException:
            processes.stop()  # type: ignore[no-untyped-call]
            raise


def pool(jobs: int, begin: Callable[[], None], context: BaseContext | None = None) -> ProcessPool:
    """Processes that repair outputs, started as the system does where no context is given."""
    return ProcessPool(jobs, context=context or get_context(), initializer=_begin, initargs=(begin,))


def through(processes: ProcessPool, items: Iterable[Item], work: Work, jobs: int) -> Generator[tuple[Repaired, float]]:
    """What became of each output, in order, and the seconds that it took."""
    flying: deque[tuple[Item, ProcessFuture[Any]]] = deque()
    for item in items:
        flying.append((item, processes.schedule(_one, (item, work), timeout=work.seconds)))
        if len(flying) >= _AHEAD * jobs:
            yield _landed(*flying.popleft(), work)
    while flying:
        yield _landed(*flying.popleft(), work)


def _landed(item: Item, future: ProcessFuture[Any], work: Work) -> tuple[Repaired, float]:
    try:
        done: tuple[Repaired, float] = future.result()
        return done
    except TimeoutError:
        return unread(item.output, f"not done within {work.seconds:g} seconds"), work.seconds
    except ProcessExpired as error:
        return unread(item.output, f"the process died (exit code {error.exitcode})"), 0.0
    except Exception as error:
        return unread(item.output, f"a bug in cdktf-fix ({type(error).__name__}: {error})"), 0.0


def _begin(begin: Callable[[], None]) -> None:
    begin()
    # What is loaded here is not counted as an output's time.
    from ..engine import run  # noqa: F401


def _one(item: Item, work: Work) -> tuple[Repaired, float]:
    start = time.perf_counter()
    result, done = repaired(item, work.providers, work.settings)
    if work.verify and item.output.files and done.record["status"] != "unreadable":
        done = Proof(item, work.providers, work.settings, work.seconds).of(result, done)
    return done, time.perf_counter() - start

"""Processes that repair outputs; one that crashes or does not end costs the output that it had."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import TimeoutError
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import Any

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from ..oracle import Answer, Limits, Oracle, OracleError, SandboxError
from ..oracle import Failure as NoAnswer
from ..schema import Schema
from ..schema.versions import asked, choose
from .inputs import Item, OnDisk
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
    _, done = repaired(item, work.providers, work.settings)
    if work.verify and item.output.files and done.record["status"] != "unreadable":
        done = _verified(item, done, work)
    return done, time.perf_counter() - start


def _verified(item: Item, done: Repaired, work: Work) -> Repaired:
    before = _answer(item, {}, work)
    after = _answer(item, done.texts, work) if done.texts else before
    said = {"before": _said(before), "after": _said(after)}
    if not after.is_worse_than(before):
        return Repaired({**done.record, **said}, done.texts)
    findings = [{**each, "fixed": False, "safety": "shown"} for each in done.record["findings"]]
    reason = f"the repair made it worse ({after.error or 'more is lost'}); nothing is repaired"
    problems = [*done.record["problems"], {"text": reason, "line": 1, "error": False}]
    left = {"status": "unchanged", "findings": findings, "problems": problems, "after": said["before"]}
    return Repaired({**done.record, **said, **left}, {})


def _said(answer: Answer) -> dict[str, Any]:
    said = answer.as_json()
    # It differs from run to run; times lie beside the records.
    said.pop("seconds", None)
    return said


def _answer(item: Item, texts: dict[str, str], work: Work) -> Answer:
    from ..schema.declarations import declared

    output = item.output
    try:
        if item.root is not None:
            found = declared(item.root, item.top)
            choice = choose([*map(asked, work.providers), *found.versions])
        else:
            choice = choose([asked(each) for each in work.providers])
        if choice.missing:
            return Answer(NoAnswer("oracle", "", choice.missing[0].line))
        oracle = _oracle(Schema(choice.snapshots), work.seconds)
    except (OracleError, SandboxError) as error:
        return Answer(NoAnswer("oracle", "", str(error)))
    documents = output.content.documents if isinstance(output.content, OnDisk) else {}
    changes = {
        path: documents[path].encoded(text) if path in documents else text.encode("utf-8", "surrogatepass")
        for path, text in texts.items()
    }
    if item.root is not None:
        return oracle.synthesize(item.root, changed=changes, files=list(output.files))
    return oracle.synthesize_files({**output.data, **changes})


_ORACLES: dict[tuple[str, ...], Oracle] = {}
_OPEN = ExitStack()


def _oracle(schema: Schema, seconds: float) -> Oracle:
    """This process's oracle for some versions."""
    key = tuple(f"{each.package}@{each.version}" for each in schema.snapshots.values())
    if key not in _ORACLES:
        _ORACLES[key] = _OPEN.enter_context(Oracle(schema, 1, Limits(seconds=min(60.0, seconds))))
    return _ORACLES[key]

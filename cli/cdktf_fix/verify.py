"""``cdktf-fix verify``, and ``apply --verify``: projects before the real cdktf, in the oracle's sandbox."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TypeVar

from cdktf_codemods import Site
from cdktf_codemods.oracle import (
    Answer,
    Failure,
    Limits,
    Oracle,
    OracleError,
    SandboxError,
    Terraform,
    TerraformError,
)
from cdktf_codemods.oracle.blame import Search, why_worse
from cdktf_codemods.oracle.sandbox import descendants
from cdktf_codemods.schema import Schema
from cdktf_codemods.schema.versions import UnknownProviderError, asked

from . import carried, stopping
from .guided import Shown, led
from .options import Done, Options, OracleOptions
from .output import Report, json_line, shown_path
from .projects import FAILED, FOUND, NOTHING, Work, gather, schema_of

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_TRIALS = 60
"""Syntheses that the search for what makes a project worse may take."""

Again = Callable[[Work, Options, frozenset[Site], Shown], Done]
"""Repairs a project once more: some fixes left out, others led by what runs have shown."""


@dataclass(frozen=True)
class VerifyOptions:
    """What the command line says."""

    paths: tuple[Path, ...]
    oracle: OracleOptions
    providers: tuple[str, ...] = ()
    jobs: int | None = None
    as_json: bool = False
    field: str | None = None
    """The column of a table that the responses are in."""


def run(options: VerifyOptions) -> int:
    """Carry out the command; the result is its exit code."""
    report = Report(quiet=False, verbose=False, dry_run=False)
    try:
        for text in options.providers:
            asked(text)
    except ValueError as error:
        report.error(str(error))
        return FAILED
    projects, wrong = gather(options.paths, options.field)
    for line in wrong:
        report.error(line)
    code = FAILED if wrong else NOTHING
    jobs = min(options.jobs or os.cpu_count() or 1, max(len(projects), 1))
    with _Oracles(options.oracle, jobs, len(projects)) as oracles:
        answers = _at_once(jobs, lambda work: oracles.answer(work, options.providers), projects)
        for work, answer in zip(projects, answers):
            stopping.check()
            answer = carried.placed(answer, work.output, work.root.name)
            if options.as_json:
                print(json_line({"project": shown_path(work.root), **answer.as_json()}), flush=True)
            else:
                report.answer(work.root, answer)
            bad = answer.status in ("fails", "loses") or bool(answer.complaints)
            code = max(code, FAILED if answer.status == "unknown" else FOUND if bad else NOTHING)
    return code


def verified(repaired: Iterable[tuple[Work, Done]], projects: int, options: Options, again: Again) -> Iterator[Done]:
    """Repaired projects with what the oracle says before and after; the fixes that make one worse are left out.

    :param projects: how many there are.
    """
    assert options.verify is not None
    jobs = options.jobs or os.cpu_count() or 1
    with _Oracles(options.verify, jobs, 2 * projects) as oracles:
        yield from _at_once(jobs, lambda pair: _verified(pair, options, oracles, again), repaired)


def _at_once(jobs: int, action: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
    """The results of an action, in order, several at once; when the run is broken off, what they wait for is ended."""
    pool = ThreadPoolExecutor(jobs)
    tasks: list[Future[_Result]] = []
    try:
        tasks += (pool.submit(action, item) for item in items)
        for task in tasks:
            yield task.result()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        while not all(task.done() for task in tasks):
            for process in list(descendants(os.getpid())):
                _kill(process)
            time.sleep(0.05)
        raise
    finally:
        pool.shutdown()


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except OSError:
        return


def _verified(pair: tuple[Work, Done], options: Options, oracles: _Oracles, again: Again) -> Done:
    work, done = pair
    before = oracles.answer(work, options.providers)
    after = oracles.answer(work, options.providers, done) if done.changed or done.created else before
    if before.status == "unknown":
        done.errors.append(f"{shown_path(work.root)}: {before.failure}")
        return done
    without: frozenset[Site] = frozenset()
    if after.is_worse_than(before):
        done, after, without = _best(work, done, before, after, options, oracles, again)
    if options.guided:

        def repair(shown: Shown) -> Done:
            return _dismissing(again(work, options, without, shown), done.dismissed)

        done, after = led(done, after, repair, lambda done: oracles.answer(work, options.providers, done))
    done.before, done.after = before, after
    return done


def _dismissing(done: Done, dismissed: list[str]) -> Done:
    done.dismissed += dismissed
    return done


def _best(
    work: Work, done: Done, before: Answer, after: Answer, options: Options, oracles: _Oracles, again: Again
) -> tuple[Done, Answer, frozenset[Site]]:
    """The repair without what makes the project worse, what becomes of it, and what is left out."""

    def retried(without: frozenset[Site]) -> tuple[Done, Answer]:
        made = again(work, options, without, ())
        return made, oracles.answer(work, options.providers, made)

    search = Search(before, (done, after), retried, lambda made: made.findings, lambda tried: tried <= _TRIALS)
    best = search.best()
    if best is None:
        every = frozenset(finding.site for finding in done.findings if finding.fixed)
        return _nothing(done, why_worse(before, after)), before, every
    made, after, dismissed = best
    made.dismissed += (f"{site} made it worse ({reason}); it is left out" for site, reason in dismissed.items())
    return made, after, frozenset(dismissed)


def _nothing(done: Done, reason: str) -> Done:
    codes = sorted({finding.code for finding in done.findings if finding.fixed})
    done.dismissed.append(f"{', '.join(codes)} made it worse ({reason}); nothing is repaired")
    done.findings = [replace(finding, fixed=False, safety="shown") for finding in done.findings]
    done.pins = [replace(pin, raised=False) for pin in done.pins]
    done.changed, done.created = [], {}
    return done


class _Oracles:
    """The oracle for each set of versions that projects are for, made when first needed.

    :param runs: how often they will be asked, as far as is known.
    """

    def __init__(self, options: OracleOptions, jobs: int, runs: int) -> None:
        self._runs = runs
        self._options = options
        self._jobs = jobs
        self._stack = ExitStack()
        self._lock = Lock()
        self._oracles: dict[tuple[str, ...], Oracle | str] = {}
        self._terraform: Terraform | str | None = None

    def __enter__(self) -> _Oracles:
        if self._options.terraform:
            try:
                self._terraform = self._stack.enter_context(Terraform())
            except TerraformError as error:
                self._terraform = str(error)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def answer(self, work: Work, providers: tuple[str, ...], done: Done | None = None) -> Answer:
        """What becomes of a project, as it is or as it was repaired; never raises."""
        try:
            schema, choice = schema_of(work, providers, None)
        except UnknownProviderError as error:
            return Answer(Failure("oracle", "", str(error)))
        if choice.missing:
            return Answer(Failure("oracle", "", choice.missing[0].line))
        oracle = self._oracle(schema)
        if isinstance(oracle, str):
            return Answer(Failure("oracle", "", oracle))
        changes = _changes(done) if done is not None else {}
        if work.output is not None:
            answer = oracle.synthesize_files({**work.output.data, **changes})
        else:
            files = [file.relative_to(work.root).as_posix() for file in work.files]
            answer = oracle.synthesize(work.root, changed=changes, files=files)
        if isinstance(self._terraform, str):
            return replace(answer, notes=(*answer.notes, f"not validated: {self._terraform}"))
        return self._terraform.checked(answer) if self._terraform is not None else answer

    def _oracle(self, schema: Schema) -> Oracle | str:
        key = tuple(f"{each.package}@{each.version}" for each in schema.snapshots.values())
        with self._lock:
            # Several projects ask at once, and each oracle starts kernels ahead for all of them.
            if key not in self._oracles:
                self._oracles[key] = self._made(schema)
            return self._oracles[key]

    def _made(self, schema: Schema) -> Oracle | str:
        options = self._options
        try:
            made = Oracle(
                schema,
                self._jobs,
                Limits(seconds=options.seconds),
                None if options.sandbox else "none",
                dict(options.environment),
            )
        except (OracleError, SandboxError) as error:
            return str(error)
        self._stack.enter_context(made)
        made.expect(self._runs)
        return made


def _changes(done: Done) -> dict[str, bytes]:
    changed = {
        document.path.relative_to(done.root).as_posix(): document.encoded(repaired.after)
        for document, repaired in done.changed
        if document.path.is_relative_to(done.root)
    }
    return changed | done.created

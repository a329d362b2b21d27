"""``cdktf-fix batch``: many outputs, by shards, gone on with where it was."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cdktf_codemods.batch import BatchError, Job, Progress
from cdktf_codemods.batch import run as run_job
from cdktf_codemods.batch.workers import Work
from cdktf_codemods.schema.versions import asked

from . import __version__, stopping
from .configuration import Choice, Configuration
from .output import Report
from .projects import FAILED, FOUND, NOTHING


@dataclass(frozen=True)
class BatchOptions:
    """What the command line says."""

    paths: tuple[Path, ...]
    output: Path
    providers: tuple[str, ...] = ()
    verify: bool = False
    jobs: int | None = None
    field: str | None = None
    shard_size: int = 100
    seconds: float = 120.0
    report: Path | None = None
    engine: Literal["local", "ray"] = "local"


def run(options: BatchOptions) -> int:
    """Carry out the command; the result is its exit code."""
    report = Report(quiet=False, verbose=False, dry_run=False)
    work = Work(options.providers, _settings, options.verify, options.seconds)
    jobs = options.jobs or os.cpu_count() or 1
    job = Job(
        options.paths, options.output, __version__, work, options.field, options.shard_size, jobs, engine=options.engine
    )
    try:
        for text in options.providers:
            asked(text)
        with _bar() as say:
            progress = run_job(job, say, stopping.leave_to_parent)
    except (BatchError, ValueError) as error:
        report.error(str(error))
        return FAILED
    except KeyboardInterrupt:
        report.say("Interrupted; the same command goes on where it was.")
        raise
    report.say(_summary(progress, options))
    if options.report is not None:
        from .report import run as write

        if write(options.output, options.report) != NOTHING:
            return FAILED
    return FAILED if progress.wrong else FOUND if progress.left else NOTHING


def _settings(root: Path) -> Configuration:
    return Configuration(root, Choice().read())


def _summary(progress: Progress, options: BatchOptions) -> str:
    parts = [f"{progress.statuses.get(each, 0)} {each}" for each in ("repaired", "partly", "unchanged", "unreadable")]
    proven = f", {progress.proven} synthesise" if options.verify else ""
    return f"{progress.done} outputs: {', '.join(parts)}{proven}. Records in {options.output / 'records.jsonl'}."


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """A bar on a terminal, with the rate and the running shares; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: stopping.check()
        return
    shown = TextColumn("{task.completed} outputs, {task.fields[rate]:.1f}/s, {task.fields[shares]}")
    with Bar(SpinnerColumn(), shown, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("", total=None, rate=0.0, shares="")

        def say(progress: Progress) -> None:
            stopping.check()
            elapsed = bar.tasks[0].elapsed or 1.0
            good = progress.statuses.get("repaired", 0)
            shares = (
                f"{good / max(progress.done, 1):.0%} repaired, {progress.proven / max(progress.done, 1):.0%} proven"
            )
            rate = (progress.done - progress.resumed) / max(elapsed, 0.001)
            bar.update(task, completed=progress.done, rate=rate, shares=shares)

        yield say

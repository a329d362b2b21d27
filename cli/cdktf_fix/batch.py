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
        with _bar(options.verify) as say:
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
def _bar(verify: bool) -> Iterator[Callable[[Progress], None]]:
    """A bar on a terminal, with the rate, the running shares and the time that is left; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: stopping.check()
        return
    columns = (BarColumn(20), TextColumn("{task.description}"), TimeElapsedColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading the inputs", total=None)

        def say(progress: Progress) -> None:
            stopping.check()
            total = max(progress.total, progress.done)
            said = _progress(progress, total, bar.tasks[0].elapsed or 0.0, verify)
            bar.update(task, total=total, completed=progress.done, description=said)

        yield say


def _progress(progress: Progress, total: int, seconds: float, verify: bool) -> str:
    rate = (progress.done - progress.resumed) / max(seconds, 0.001)
    done = max(progress.done, 1)
    parts = [
        f"{progress.done}/{total} outputs",
        f"{rate:.1f}/s",
        f"{progress.statuses.get('repaired', 0) / done:.0%} repaired",
    ]
    return ", ".join([*parts, f"{progress.proven / done:.0%} proven"] if verify else parts)

"""``cdktf-fix apply``: find the projects, repair each, write or show what changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cdktf_codemods.documents import DocumentError, Folder, PythonFile, Resources, create
from cdktf_codemods.knowledge.markers import may_concern

from . import cache, carried, stopping
from .configuration import Configuration
from .options import Done, Given, Options, RuleTold
from .output import Report, shown_path
from .projects import FAILED, FOUND, NOTHING, Work, described, gather, gather_given, schema_of
from .tables import Tables

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from cdktf_codemods import Site
    from cdktf_codemods.knowledge.evidence import Evidence


GUIDED = "G"
"""The family of the rules that are led by what a run shows."""
_PARALLEL_FROM = 12
"""Files; below that, starting processes costs more than it saves."""


def run(options: Options) -> int:
    """Carry out the command; the result is its exit code."""
    report = Report(options.quiet, options.verbose, options.dry_run)
    try:
        options = checked_options(options)
    except ValueError as error:
        report.error(str(error))
        return FAILED
    try:
        _run(options, report)
    except KeyboardInterrupt:
        report.interrupted()
        raise
    report.summary()
    if report.failed:
        return FAILED
    found = report.left or report.lacking or (options.dry_run and report.would_change)
    return FOUND if found and not options.exit_zero else NOTHING


def _run(options: Options, report: Report) -> None:
    projects, wrong = asked_for(options)
    for line in wrong:
        report.error(line)
    if options.decisions is not None:
        from .replaying import accepted_in, outdated

        changed = list(outdated(options.decisions, projects))
        for line in changed:
            report.error(line)
        projects = [] if changed else [work for work in projects if accepted_in(work, options.decisions)]
    every = repaired(projects, options)
    done_projects: Iterator[Done] = _supplied(zip(projects, every), options, report)
    if options.verify is not None:
        from .verify import verified

        done_projects = verified(zip(projects, done_projects), len(projects), options, repair_one)
    shown = report.progress(done_projects, sum(len(work.files) for work in projects))
    tables = Tables(options)
    with closing(every), closing(shown):
        for done in shown:
            stopping.check()
            _finish(done, options, report)
            tables.take(done)
    tables.write(report)


def _supplied(pairs: Iterable[tuple[Work, Done]], options: Options, report: Report) -> Iterator[Done]:
    """Repaired projects; where a schema was missing and may be added, repaired anew with it."""
    tried: set[str] = set()
    for work, done in pairs:
        wanted = [each.requirement for each in done.missing if each.requirement]
        if wanted and (options.add_schemas or report.agreed([each.line for each in done.missing], set(wanted) - tried)):
            from .schemas import add

            report.suspend()
            added = []
            for each in dict.fromkeys(wanted):
                if each not in tried:
                    report.adding(each)
                    added.append(add(each, sys.stderr) == NOTHING)
            tried.update(wanted)
            report.failed |= not all(added)
            if any(added) or not set(wanted) - tried:
                done = repair_one(work, options)
        yield done


def asked_for(options: Options) -> tuple[list[Work], list[str]]:
    """The projects that a run is about, and, in a line each, what is wrong with others."""
    return gather(options.paths, options.field) if options.given is None else gather_given(options.given.path)


def checked_options(options: Options) -> Options:
    """The options, with codes for the names of rules.

    :raises ValueError: something is wrong with them that needs no file to be; the message is one line.
    """
    if options.providers:
        from cdktf_codemods.schema.versions import asked

        for text in options.providers:
            asked(text)
    choice = options.choice.read()
    return replace(options, choice=choice.with_family(GUIDED) if options.guided else choice)


def repaired(projects: list[Work], options: Options) -> Generator[Done]:
    """What becomes of each project, in order: as it was found before where nothing has changed, else it is repaired."""
    known: list[Done | None] = [None] * len(projects)
    if cache.is_used(options):
        found = cache.Cache(options)
        known = [found.find(work) for work in projects]
    others = _repaired_now([work for work, done in zip(projects, known) if done is None], options)
    with closing(others):
        for done in known:
            yield next(others) if done is None else done


def _repaired_now(projects: list[Work], options: Options) -> Generator[Done]:
    """Repair projects, several at once."""
    jobs = min(options.jobs or os.cpu_count() or 1, len(projects))
    if jobs < 2 or (options.jobs is None and sum(len(work.files) for work in projects) < _PARALLEL_FROM):
        for work in projects:
            yield _repair_and_keep(work, options)
        return
    from concurrent.futures.process import BrokenProcessPool

    with _workers(jobs) as pool:
        with stopping.held_back():
            tasks = [pool.submit(_repair_and_keep, work, options) for work in projects]
        for work, task in zip(projects, tasks, strict=True):
            try:
                yield task.result()
            except BrokenProcessPool:
                yield _repaired_alone(work, options)


def _repair_and_keep(work: Work, options: Options) -> Done:
    return cache.kept(work, options, repair_one)


def _repaired_alone(work: Work, options: Options) -> Done:
    """Repair a project in a process of its own, after one of several projects killed the process that it was in."""
    from concurrent.futures.process import BrokenProcessPool

    with _workers(1) as pool:
        try:
            with stopping.held_back():
                task = pool.submit(repair_one, work, options)
            return task.result()
        except BrokenProcessPool:
            return Done(work.root, errors=[f"{shown_path(work.root)}: nothing repaired: the process died"])


@contextmanager
def _workers(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that repair; they end at once where the run does."""
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(jobs, initializer=stopping.leave_to_parent)
    try:
        yield pool
    except BaseException:
        stopping.end_workers()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def repair_one(
    work: Work,
    options: Options,
    without: frozenset[Site] = frozenset(),
    shown: tuple[tuple[Evidence, ...], ...] = (),
) -> Done:
    """Repair one project, some fixes left out, others led by what runs have shown; what goes wrong is in the result."""
    done = Done(work.root, files=len(work.files), output=work.output, row=work.row)
    if work.output is not None and not work.files:
        return done
    folder = Folder(work.root) if work.output is None else carried.folder(work)
    editable = [] if work.output is None else list(work.output.files)
    for file in work.files if work.output is None else ():
        path = file.relative_to(work.root).as_posix()
        try:
            given = options.given
            is_given = given is not None and given.path == file
            folder.documents[path] = PythonFile.of(file, given.data) if given and is_given else PythonFile.read(file)
            editable.append(path)
        except DocumentError as error:
            folder.documents[path] = None
            done.errors.append(f"{shown_path(file)}: {error}")
    settings = Configuration(work.home, options.choice)
    if not options.providers and not any(settings.chooses(path) or may_concern(folder[path]) for path in editable):
        return done
    from cdktf_codemods import repair
    from cdktf_codemods.rules import all_rules
    from cdktf_codemods.schema.versions import Missing, UnknownProviderError

    try:
        others = (text for path, text in folder.items() if path not in editable)
        schema, chosen = schema_of(work, options.providers, [folder[path] for path in editable], others)
        done.notes, done.missing = chosen.notes, chosen.missing
        done.versions = [described(snapshot) for snapshot in schema.snapshots.values()]
        resources = Resources(work.root) if work.output is None else None
        only = None
        if options.decisions is not None:
            from .replaying import accepted_in, keep_decided

            only = accepted_in(work, options.decisions)
        result = repair(folder, schema, settings, editable, resources, without, shown, only)
    except UnknownProviderError as error:
        done.errors.append(str(error))
        done.missing.append(Missing("", error.requirement))
        return done
    except Exception as error:
        done.errors.append(_bug(work.root, error, options.verbose))
        return done
    for path, reason in result.errors.items():
        if path in editable:
            done.errors.append(carried.unread(work, path, reason))
    for failure in result.failures:
        done.errors.append(f"{shown_path(work.root / failure.path)}: {failure.code} is left out: {failure.reason}")
    done.findings = result.findings
    if only is not None:
        keep_decided(done, only)
    told = {each.code for each in done.findings}
    done.rules = {each.code: RuleTold(each.name, each.default) for each in all_rules() if each.code in told}
    done.texts = {finding.path: folder[finding.path] for finding in result.findings if finding.path in folder}
    done.texts |= {each.path: each.before for each in result.files}
    done.created = result.created
    for each in result.files:
        document = folder.document(each.path)
        assert document is not None
        done.changed.append((document, each))
    if options.providers and work.output is None and only is None:
        from .upgrade import raise_pins

        raise_pins(done, work, options.providers, schema, settings)
    return done


def _bug(root: Path, error: Exception, verbose: bool) -> str:
    import traceback

    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    line = f"{shown_path(root)}: nothing repaired: a bug in cdktf-fix ({type(error).__name__} at {place}: {error})"
    return line + ("\n" + "".join(traceback.format_exception(error)).rstrip() if verbose else "")


def _finish(done: Done, options: Options, report: Report) -> None:
    project = done.root
    if done.output is not None:
        carried.put_back(done, done.output)
    report.versions(done, project)
    for error in done.errors:
        report.error(error)
    if options.given is not None and not options.dry_run:
        _pass_on(done, options.given, report)
    else:
        _write(done, project, options, report)
    # Last, where a reader's eye is: whether it was worth it.
    if done.before is not None and done.after is not None:
        report.verified(project, done.before, done.after)
    for line in done.dismissed:
        report.dismissed(f"{shown_path(project)}: {line}")


def _write(done: Done, project: Path, options: Options, report: Report) -> None:
    """Write what changed, or show it, and print the findings; *project* is where it came from."""
    failed = set()
    for document, file in done.changed:
        if report.has_shared(document.path):
            continue
        try:
            if options.dry_run and not options.diff:
                report.would_write(document.path)
            elif options.dry_run:
                report.diff(document, file)
            else:
                with stopping.shielded():
                    document.write(file.after)
                    report.changed(document.path)
        except DocumentError as error:
            failed.add(document.path)
            report.error(f"{shown_path(document.path)}: {error}")
    for path, data in done.created.items():
        target = done.root / path
        if options.dry_run:
            report.new_file(target, data, listed=options.diff)
        else:
            try:
                with stopping.shielded():
                    create(target, data)
                    report.created(target, data)
            except DocumentError as error:
                report.error(f"{shown_path(target)}: {error}")
    for pin in done.pins:
        report.pin(pin)
    written = bool(done.changed or done.repaired) and not options.dry_run
    carrier = None if done.output is None else done.row.path if done.row is not None else project
    for finding in done.findings:
        if done.root / finding.path not in failed:
            report.finding(done.root / finding.path, finding, written, carrier)


def _pass_on(done: Done, given: Given, report: Report) -> None:
    """Print a text from standard input as it is now; nothing where something went wrong, so that nobody takes it."""
    data = given.data
    try:
        for document, file in done.changed:
            if document.path == given.path:
                data = document.encoded(file.after)
    except DocumentError as error:
        done.errors.append(f"{shown_path(given.path)}: {error}")
        report.error(done.errors[-1])
    if done.errors:
        return
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    for finding in done.findings:
        report.finding(done.root / finding.path, finding, written=True)

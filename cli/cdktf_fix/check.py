"""``cdktf-fix check``: the findings, on standard output, in a format of choice; nothing is edited."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from . import carried, stopping
from .apply import asked_for, checked_options, repaired
from .baseline import Baseline, BaselineError, write
from .formats import formatted
from .formats.result import Checked
from .options import Options
from .output import Report, shown_path
from .projects import FAILED, FOUND, NOTHING


@dataclass(frozen=True)
class CheckOptions:
    """What the command line says of ``check`` alone."""

    output_format: str = "full"
    statistics: bool = False
    baseline: Path | None = None
    write_baseline: bool = False


def run(options: Options, check: CheckOptions) -> int:
    """Carry out the command; the result is its exit code."""
    report = Report(options.quiet, options.verbose, dry_run=True)
    try:
        options = checked_options(replace(options, dry_run=True))
        known = Baseline.read(check.baseline) if check.baseline is not None and not check.write_baseline else None
    except (ValueError, BaselineError) as error:
        report.error(str(error))
        return FAILED
    checked = Checked()
    projects, wrong = asked_for(options)
    checked.errors += wrong
    done_projects = repaired(projects, options)
    shown = report.progress(done_projects, sum(len(work.files) for work in projects))
    with closing(done_projects), closing(shown):
        for done in shown:
            stopping.check()
            project = done.root
            if done.output is not None:
                carried.put_back(done, done.output)
            checked.errors += done.errors
            report.versions(done, project)
            for pin in done.pins:
                report.pin(pin)
            checked.add(done)
    for line in checked.errors:
        report.error(line)
    if check.write_baseline:
        return _recorded(checked, check, report)
    if known is not None:
        checked.results = known.new(checked.results)
        for line in known.gone(shown_path(file) for work in projects for file in work.files):
            report.note(line)
    if check.statistics:
        print(_statistics(checked), end="")
    else:
        sys.stdout.write(formatted(checked, check.output_format))
    _summary(checked, options, report)
    if report.failed:
        return FAILED
    return (
        FOUND
        if (checked.results or report.would_change or report.left or report.lacking) and not options.exit_zero
        else NOTHING
    )


def _recorded(checked: Checked, check: CheckOptions, report: Report) -> int:
    assert check.baseline is not None
    if report.failed:
        report.error(f"{shown_path(check.baseline)}: not written: not every file could be looked at")
        return FAILED
    try:
        with stopping.shielded():
            count = write(check.baseline, checked.results)
    except BaselineError as error:
        report.error(str(error))
        return FAILED
    report.say(f"Recorded {count} finding{'' if count == 1 else 's'} in {shown_path(check.baseline)}.")
    return NOTHING


def _statistics(checked: Checked) -> str:
    """How often each rule found something; ``[*]`` where ``apply`` repairs all of it, ``[-]`` where some."""
    found = Counter(each.code for each in checked.results)
    fixed = Counter(each.code for each in checked.results if each.fixable)
    names = {each.code: each.name for each in checked.results}
    width = len(str(max(found.values(), default=0)))
    return "".join(
        f"{count:>{width}}  {code}  {_mark(count, fixed[code])} {names[code]}\n"
        for code, count in sorted(found.items(), key=lambda each: (-each[1], each[0]))
    )


def _mark(count: int, fixed: int) -> str:
    return "[*]" if fixed == count else "[-]" if fixed else "[ ]"


def _summary(checked: Checked, options: Options, report: Report) -> None:
    for each in checked.results:
        report.left += not each.fixable
        report.unsafe += not each.fixable and each.safety == "unsafe"
    # What a file declares counts too, and is no result.
    fixed = sum(each.fixable for each in checked.results) + report.fixed
    parts = []
    if fixed:
        parts.append(f"{fixed} fixable with `cdktf-fix apply`")
    if report.unsafe:
        parts.append(f"{report.unsafe} with --unsafe-fixes")
    if shown := report.left - report.unsafe:
        parts.append(f"{shown} only shown")
    if parts:
        total = fixed + report.left
        report.say(f"Found {total} failure{'' if total == 1 else 's'}: {', '.join(parts)}.")
    elif not report.failed and not report.lacking and (options.verbose or sys.stderr.isatty()):
        report.say("Nothing to repair.")

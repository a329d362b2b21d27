"""``cdktf-fix report``: one page of a batch."""

from __future__ import annotations

from pathlib import Path

from cdktf_codemods.batch.report import ReportError, write_report

from .output import Report
from .projects import FAILED, NOTHING


def run(folder: Path, target: Path) -> int:
    """Write the page of the batch in a folder; the result is the exit code."""
    report = Report(quiet=False, verbose=False, dry_run=False)
    try:
        write_report(folder, target)
    except ReportError as error:
        report.error(str(error))
        return FAILED
    report.say(f"The page is {target}.")
    return NOTHING

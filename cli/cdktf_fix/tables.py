"""Tables of responses: written anew with the repaired rows in them, every other row byte for byte as it was."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cdktf_codemods.documents import DocumentError

from . import stopping
from .carried import document
from .output import shown_path

if TYPE_CHECKING:
    from cdktf_codemods.documents.carriers import Output

    from .options import Done, Options
    from .output import Report


class Tables:
    """The repaired rows of a run, by table."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._rows: dict[Path, dict[int, tuple[Output, Output]]] = {}

    def take(self, done: Done) -> None:
        """Keep the repaired response of a row, if it is one."""
        if done.row is not None and done.output is not None and done.repaired is not None:
            self._rows.setdefault(done.row.path, {})[done.row.line] = done.output, done.repaired

    def write(self, report: Report) -> None:
        """Write each table anew, or show what would change."""
        for path, rows in self._rows.items():
            stopping.check()
            try:
                self._write(path, rows, report)
            except DocumentError as error:
                report.error(f"{shown_path(path)}: {error}")

    def _write(self, path: Path, rows: dict[int, tuple[Output, Output]], report: Report) -> None:
        from cdktf_codemods.documents.disk import read_bytes, replace

        if self._options.dry_run and not self._options.diff:
            report.would_write(path)
            return
        before = read_bytes(path)
        after = _written(path, self._options.field, rows)
        if not self._options.dry_run:
            with stopping.shielded():
                replace(os.path.realpath(path), before, after)
                report.changed(path)
                _renew(path.parent)
        elif not _shown(path, before, after, report):
            report.would_write(path)


def _renew(part: Path) -> None:
    """Give a part of a dataset whose table has changed another fingerprint.

    :raises DocumentError: it cannot be written.
    """
    from cdktf_codemods.documents.datasets import STATE, renewed
    from cdktf_codemods.documents.disk import read_bytes, replace

    if (part / STATE).is_file():
        before = read_bytes(part / STATE)
        if (after := renewed(before, part)) != before:
            replace(os.path.realpath(part / STATE), before, after)


def _written(path: Path, field: str | None, rows: dict[int, tuple[Output, Output]]) -> bytes:
    """The bytes of a table with some of its rows repaired.

    :raises DocumentError: it cannot be read, or a row is not what it was.
    """
    from cdktf_codemods.documents.carriers import CarrierError, carrier

    opened = carrier(path, field, shown_path(path))
    assert opened is not None
    left = dict(rows)
    with tempfile.TemporaryDirectory(prefix="cdktf-fix-") as folder:
        target = Path(folder) / path.name
        with opened.writer(target) as writer:
            for record in opened.records():
                output, repaired = left.pop(record.line, (None, None))
                if output is not None and output.id != record.output.id:
                    left[record.line] = rows[record.line]
                    break
                writer.write(record, repaired)
        if left:
            raise CarrierError("changed on disk meanwhile; left alone")
        return target.read_bytes()


def _shown(path: Path, before: bytes, after: bytes, report: Report) -> bool:
    """Print the change of a table as a diff; False where it is not plain text."""
    from cdktf_codemods import FileRepair

    try:
        text, changed = before.decode("utf-8"), after.decode("utf-8")
    except UnicodeDecodeError:
        return False
    report.diff(document(path, text), FileRepair(path.name, text, changed, ()))
    return True

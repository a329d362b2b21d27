"""What the program prints: findings and messages on standard error, the diff on standard output."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cdktf_codemods import FileRepair, Finding
    from cdktf_codemods.documents import PythonFile
    from cdktf_codemods.oracle import Answer, Failure
    from rich.progress import Progress

    from .options import Done, PinFound

_COMMAND = re.compile(r"##(?=\w*\[)|(?<![\w:])::(?=[A-Za-z])|::(?=[A-Za-z-]+(\s.*)?::)", re.DOTALL)
_STYLES = {"synthesises": "green", "unknown": "yellow"}
"""Of what the oracle answers."""
_LONG_RUN = 30
"""Files; a shorter run needs no progress bar."""


def shown_path(path: Path) -> str:
    """A path below this folder as it is seen from here, any other whole; what is no text in it is escaped."""
    full = os.path.abspath(path)
    here = os.getcwd()
    if full == here:
        return "."
    shown = full.removeprefix(os.path.join(here, "")).replace(os.sep, "/")
    return shown if shown.isprintable() else "".join(map(_printable, shown))


def _printable(character: str) -> str:
    if character.isprintable():
        return character
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


def plain(text: str) -> str:
    """A line that says no more than it shows: a project's text may move the cursor, or be a command to who reads logs.

    GitHub takes ``::error`` for one at the beginning of a line, Azure Pipelines ``##vso[`` and ``##[`` anywhere.
    """
    text = _COMMAND.sub(lambda found: f"{found[0][0]}\\x{ord(found[0][1]):02x}", text)
    return text if text.isprintable() else "".join(map(_printable, text))


def json_line(record: dict[str, Any]) -> str:
    """One line of JSON that is no command either, and means the same."""
    text = json.dumps(record).replace("\x7f", "\\u007f")
    return re.sub("##|::", lambda found: f"{found[0][0]}\\u{ord(found[0][1]):04x}", text)


def diff_path(path: Path) -> str:
    """What a diff calls a file: from this folder if it is below it, else from its repository's root."""
    here = Path.cwd()
    if path.is_relative_to(here):
        return path.relative_to(here).as_posix()
    root = next((folder for folder in path.parents if (folder / ".git").exists()), path.parent)
    return path.relative_to(root).as_posix()


class Report:
    """Prints a run as it goes, and counts."""

    def __init__(self, quiet: bool, verbose: bool, dry_run: bool) -> None:
        self.quiet = quiet
        self.verbose = verbose
        self.dry_run = dry_run
        self.fixed = 0
        self.left = 0
        self.unsafe = 0
        self.lacking = False
        self.files: set[Path] = set()
        self.failed = False
        self.written = 0
        self._said: set[str] = set()
        self._diffs: list[str] = []
        self._shared: set[Path] = set()
        self._pins: set[PinFound] = set()
        self._would_create = False
        self._bar: Progress | None = None

    def error(self, line: str) -> None:
        """Something that could not be done; with a traceback below it where that was asked for."""
        self.failed = True
        for each in f"error: {line}".split("\n") if self.verbose else [f"error: {line}"]:
            self._print(each, "red")

    def note(self, line: str) -> None:
        """Something to know that is no failure; said once a run."""
        if not self.quiet and line not in self._said:
            self._said.add(line)
            self._print(f"note: {line}", "yellow")

    def versions(self, done: Done, project: Path) -> None:
        """How a project's versions were found, which are not known, and which were used."""
        for note in done.notes:
            self.note(note)
        for each in done.missing:
            self.missing(each.line)
        for version in done.versions:
            self.detail(f"{shown_path(project)}: {version}")

    def missing(self, line: str) -> None:
        """A package of which nothing is known, so that its code was not looked at."""
        self.lacking = True
        if line:
            self.note(line)

    def agreed(self, lines: list[str], new: set[str]) -> bool:
        """Whether whoever sits at the terminal wants what is missing added now; nobody is asked twice."""
        if self.quiet or not new or not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        self.suspend()
        for line in filter(None, lines):
            self.note(line)
        print(plain(f"Add {', '.join(sorted(new))} now? [y/N] "), end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip().lower() in ("y", "yes")

    def adding(self, requirement: str) -> None:
        """A schema is about to be downloaded, which takes a while."""
        if not self.quiet:
            self._print(f"adding {requirement} …")

    def suspend(self) -> None:
        """Take the progress bar out of the way of what is printed or asked next."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def detail(self, line: str) -> None:
        if self.verbose:
            self._print(line)

    def finding(self, path: Path, finding: Finding, written: bool, file: Path | None = None) -> None:
        """Print a finding: what is left stands where it is in the file now, which may have been *written* anew.

        :param file: the file, where the path also says what is in it.
        """
        self.fixed += finding.fixed
        self.left += not finding.fixed
        self.unsafe += not finding.fixed and finding.safety == "unsafe"
        if finding.fixed:
            self.files.add(file or path)
        if not self.quiet:
            mark = "[*] " if finding.fixed else "[unsafe] " if finding.safety == "unsafe" else ""
            place, message = finding.place, finding.message
            line, column = place.line, place.column
            if written and not finding.fixed:
                line, column, message = place.line_after, place.column_after, finding.message_after
            self._print(f"{shown_path(path)}:{line}:{column}: {finding.code} {mark}{message}")

    def has_shared(self, path: Path) -> bool:
        """Whether a file, which several projects may share, was there before in this run."""
        seen = path in self._shared
        self._shared.add(path)
        return seen

    def pin(self, pin: PinFound) -> None:
        """Print that a file declares another version; once, whichever projects it is of."""
        if pin in self._pins:
            return
        self._pins.add(pin)
        self.fixed += pin.raised
        self.left += not pin.raised
        self.unsafe += pin.possible and not pin.raised
        if pin.raised:
            self.files.add(pin.path)
        if not self.quiet:
            mark = "[*] " if pin.raised else "[unsafe] " if pin.possible else ""
            self._print(f"{shown_path(pin.path)}:{pin.line}:{pin.column}: {mark}{pin.text}")

    def say(self, line: str) -> None:
        """The last line of a run."""
        if not self.quiet:
            self._print(line, "bold")

    def would_write(self, path: Path) -> None:
        """A dry run that shows no diff would change a file."""
        self._would_create = True
        self.detail(f"would repair {shown_path(path)}")

    def changed(self, path: Path) -> None:
        self.written += 1
        self.detail(f"repaired {shown_path(path)}")

    def verified(self, root: Path, before: Answer, after: Answer) -> None:
        """What the oracle says of a project before and after its repair."""
        if not self.quiet:
            for when, answer in (("before", before), ("after", after)):
                self._print(f"{shown_path(root)}: {when}: {described(answer)}", _STYLES.get(answer.status, "red"))
            for complaint in after.complaints:
                where = complaint.place or complaint.construct or complaint.stack
                self._print(f"{shown_path(root)}: after: {where}: terraform: {complaint.message}")
            for note in after.notes:
                self.note(note)

    def answer(self, root: Path, answer: Answer) -> None:
        """What the oracle says of a project."""
        self._say(f"{shown_path(root)}: {described(answer)}", _STYLES.get(answer.status, "red"))
        for line in details(answer):
            self._say(f"    {line}")

    @property
    def would_change(self) -> bool:
        """Whether a dry run has shown a change."""
        return bool(self.fixed or self._diffs or self._would_create)

    def interrupted(self) -> None:
        """The run ends here, by a signal."""
        done = "nothing was written" if not self.written else f"{_count(self.written, 'file')} written, each whole"
        self._print("interrupted" if self.dry_run else f"interrupted: {done}", "yellow")

    def dismissed(self, line: str) -> None:
        """A repair that was found to make a project worse."""
        self.lacking = True
        self._print(line, "yellow")

    def created(self, path: Path, data: bytes) -> None:
        """A new file that is not text."""
        self.written += 1
        if not self.quiet:
            self._print(f"created {shown_path(path)} ({_count(len(data), 'byte')})")

    def new_file(self, path: Path, data: bytes, listed: bool = True) -> None:
        """List in the diff a file that would be created; ``git apply`` and ``patch`` pass over the line."""
        self._would_create = True
        if listed:
            self._list_in_diff(path)
        if not self.quiet:
            self._print(f"would create {shown_path(path)} ({_count(len(data), 'byte')})")

    def _list_in_diff(self, path: Path) -> None:
        from cdktf_codemods.documents.patch import quoted

        line = f"Binary files /dev/null and {quoted(f'b/{diff_path(path)}')} differ\n"
        sys.stdout.flush()
        sys.stdout.buffer.write(line.encode("utf-8", "surrogateescape"))
        sys.stdout.buffer.flush()

    def diff(self, document: PythonFile, repaired: FileRepair) -> None:
        """Print the change of one file, in the bytes of that file."""
        from cdktf_codemods.documents.patch import git_lines, regions, unified_diff

        mark = "\ufeff" if document.encoding == "utf-8-sig" else ""
        document.encoded(repaired.after)
        before, after = document.spelled(document.text), document.spelled(repaired.after)
        changed = regions(document.text, repaired.edits)
        diff = unified_diff(diff_path(document.path), mark + before, mark + after, changed)
        self._diffs.append(diff)
        if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
            _print_coloured(diff)
            return
        sys.stdout.flush()
        encoding = "utf-8" if mark else document.encoding
        lines = git_lines(diff)
        # The first two name the file, in UTF-8 whatever the file is in.
        data = "".join(lines[:2]).encode("utf-8", "surrogateescape")
        sys.stdout.buffer.write(data + b"".join(line.encode(encoding) for line in lines[2:]))
        sys.stdout.buffer.flush()

    def summary(self) -> None:
        if self.quiet:
            return
        parts = []
        if self.fixed:
            verb = "Would repair" if self.dry_run else "Repaired"
            parts.append(f"{verb} {_count(self.fixed, 'failure')} in {_count(len(self.files), 'file')}")
        if self._diffs:
            from cdktf_codemods.documents.patch import statistics

            total = statistics("".join(self._diffs))
            parts[-1:] = [f"{parts[-1] if parts else 'Would change'} (+{total.added} −{total.removed} lines)"]
        if self.left:
            shown = self.left - self.unsafe
            kinds = [f"{self.unsafe} fixable with --unsafe-fixes"] if self.unsafe else []
            kinds += [f"{shown} only shown"] if shown else []
            parts.append(f"{self.left} left: {', '.join(kinds)}")
        if not parts and not self.failed and not self.lacking and (self.verbose or sys.stderr.isatty()):
            parts.append("Nothing to repair")
        if parts:
            self._print("; ".join(parts) + ".", "bold")

    def progress(self, projects: Iterable[Done], files: int) -> Generator[Done]:
        """The projects as they come, with a bar on a terminal if there are many files."""
        if files < _LONG_RUN or self.quiet or not sys.stderr.isatty():
            yield from projects
            return
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            self._bar = bar
            task = bar.add_task("Repairing", total=files)
            for done in projects:
                yield done
                bar.advance(task, done.files)
        self._bar = None

    def _say(self, line: str, style: str = "") -> None:
        """Print on standard output: the answer that was asked for."""
        line = plain(line)
        if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
            from rich.console import Console
            from rich.text import Text

            Console().print(Text(line, style), soft_wrap=True)
        else:
            print(line)

    def _print(self, line: str, style: str = "") -> None:
        line = plain(line)
        if sys.stderr.isatty() and "NO_COLOR" not in os.environ:
            from rich.console import Console
            from rich.text import Text

            console = getattr(self._bar, "console", None) or Console(stderr=True)
            console.print(Text(line, style), soft_wrap=True)
        else:
            print(line, file=sys.stderr)


def described(answer: Answer) -> str:
    """What became of a project, on one line."""
    if answer.failure is not None:
        place = f" at {answer.failure.place}" if answer.failure.place else ""
        verb = "cannot be verified" if answer.status == "unknown" else "fails"
        return f"{verb}{place}: {first_line(answer.failure)}"
    counted = f"{_count(len(answer.stacks), 'stack')}, {_count(answer.resources, 'resource')}"
    if answer.dropped:
        return f"loses {_count(len(answer.dropped), 'key')} in silence ({counted})"
    return f"synthesises ({counted})"


def first_line(failure: Failure) -> str:
    """What is shown of a failure."""
    return str(failure).partition("\n")[0].rstrip() or failure.kind


def details(answer: Answer) -> Iterator[str]:
    """What else there is to say of a project, a line each."""
    if answer.driven:
        yield "it has no entry point: every stack was built with made-up arguments"
    for (place, argument), keys in _dropped(answer).items():
        yield f"{place or '?'}: {argument} drops {', '.join(f'`{key}`' for key in keys)}"
    for tried in answer.refused:
        yield f"refused: it tried {tried}"
    for complaint in answer.complaints:
        yield f"{complaint.place or complaint.construct or complaint.stack}: terraform: {complaint.message}"
    for note in answer.notes:
        yield f"note: {note}"


def _dropped(answer: Answer) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for each in answer.dropped:
        keys = found.setdefault((str(each.place or ""), f"`{each.construct}.{each.argument}`"), [])
        if each.key not in keys:
            keys.append(each.key)
    return found


def _print_coloured(diff: str) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    styles = {"+": "green", "-": "red", "@": "cyan"}
    for line in diff.split("\n")[:-1]:
        style = "bold" if line.startswith(("--- ", "+++ ")) else styles.get(line[:1], "")
        console.print(Text(line.encode("utf-8", "backslashreplace").decode("utf-8"), style), soft_wrap=True)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")

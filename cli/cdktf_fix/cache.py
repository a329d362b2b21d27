"""What was found of a project is kept, and counts as long as nothing is otherwise that it was found by.

One file a project, folder to run in and set of options, in the user's cache folder: one in the project itself could
come with it from somebody else, and would be believed.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import cdktf_codemods
from cdktf_codemods.reading import Current, Notes, noting

from . import __version__
from .options import Done, Options
from .projects import Work

_PACKAGES = ("black-", "libcst-", "packaging-", "pathspec-")
"""Distributions that decide what a repair is."""
_CLASSES = {
    "cdktf_codemods.documents.python_file": {"PythonFile"},
    "cdktf_codemods.engine.findings": {"FileRepair", "Finding", "Place"},
    "cdktf_codemods.schema.versions": {"Missing"},
    "cdktf_codemods.syntax.splices": {"Splice"},
    "cdktf_fix.options": {"Done", "PinFound", "RuleTold"},
    "pathlib": {"PosixPath", "WindowsPath"},
    "pathlib._local": {"PosixPath", "WindowsPath"},
    "cdktf_codemods.reading.notes": {"Note"},
}
"""What may be in an entry, and nothing that does anything."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_NAME = re.compile(r"[0-9a-f]{32}\.project")
_UNFINISHED = re.compile(rf"{_NAME.pattern}\.[0-9a-f]{{16}}")


def folder() -> Path:
    """Where entries are: ``$CDKTF_FIX_CACHE_DIR``, or below ``$XDG_CACHE_HOME``, or ``~/.cache``.

    :raises RuntimeError: there is no home.
    """
    if configured := os.environ.get("CDKTF_FIX_CACHE_DIR"):
        return Path(os.path.abspath(configured))
    caches = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(caches) if os.path.isabs(caches) else Path.home() / ".cache") / "cdktf-fix"


def clear() -> int:
    """Remove all entries; the result is how many there were. What else is in the folder stays.

    :raises OSError: they cannot be removed.
    """
    if not folder().is_dir():
        return 0
    count = 0
    for path in folder().iterdir():
        if _NAME.fullmatch(path.name) or _UNFINISHED.fullmatch(path.name):
            path.unlink(missing_ok=True)
            count += 1
    with suppress(OSError):
        folder().rmdir()
    return count


def is_used(options: Options) -> bool:
    """Whether a run may take what is kept: none that synthesises, follows decisions, or is about a text in no file."""
    return options.cache and options.verify is None and options.given is None and options.decisions is None


class _Head(NamedTuple):
    """What an entry was found by."""

    stamp: str
    files: tuple[str, ...]
    notes: Notes


class Cache:
    """What is kept for the projects of one run."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._now = Current()

    def find(self, work: Work) -> Done | None:
        """What becomes of a project, if that is known and nothing has changed since."""
        if work.output is not None:
            return None
        try:
            path = _path(work, self._options)
            with path.open("rb") as file:
                if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                    return None
                head = _Head(*_Reader(file).load())
                if head.stamp != _stamp() or head.files != _files(work):
                    return None
                notes = self._now.agrees(head.notes)
                if notes is None:
                    return None
                body = file.read()
            found = _Reader(io.BytesIO(body)).load()
            if notes is not head.notes:
                _write(path, head._replace(notes=notes), body)
            return _as_now(found) if isinstance(found, Done) else None
        except Exception:
            # Whatever is wrong with an entry, the project can be looked at again.
            return None


def kept(work: Work, options: Options, repair: Callable[[Work, Options], Done]) -> Done:
    """Repair a project and keep what becomes of it, if nothing went wrong."""
    if not is_used(options) or work.output is not None:
        return repair(work, options)
    stamp = _stamp()
    with noting() as notes:
        done = repair(work, options)
    if not done.errors:
        with suppress(OSError, RuntimeError, ValueError):
            _write(_path(work, options), _Head(stamp, _files(work), notes), pickle.dumps(done, pickle.HIGHEST_PROTOCOL))
    return done


def _as_now(done: Done) -> Done:
    """A path may be a link to another file than it was, with the same bytes in it."""
    done.changed = [
        (replace(document, target=os.path.realpath(document.path)), file) for document, file in done.changed
    ]
    return done


def _files(work: Work) -> tuple[str, ...]:
    return tuple(map(str, work.files))


def _path(work: Work, options: Options) -> Path:
    """The file of an entry, told by all that the command line says and where it was said."""
    choice = options.choice
    selectors = [sorted(each) for each in (choice.select, choice.extend_select, choice.ignore)]
    said = (str(work.root), str(work.top), selectors, choice.unsafe, options.providers, options.verbose, os.getcwd())
    return folder() / f"{_digest(repr(said))}.project"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _write(path: Path, head: _Head, body: bytes) -> None:
    """Put an entry in its place in one step."""
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.urandom(8).hex()}")
    try:
        # For nobody else: it has parts of the sources in it.
        with open(os.open(unfinished, _NEW, 0o600), "wb") as file:
            pickle.dump(tuple(head), file, pickle.HIGHEST_PROTOCOL)
            file.write(body)
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


class _Reader(pickle.Unpickler):
    """Reads an entry, and makes nothing of it that an entry does not hold."""

    def find_class(self, module: str, name: str) -> Any:
        if name not in _CLASSES.get(module, ()):
            raise pickle.UnpicklingError(f"{module}.{name} does not belong here")
        return super().find_class(module, name)


@cache
def _stamp() -> str:
    """What tells this program from another: its files, what it is built on, and where the user's schemas are."""
    packages = (Path(cdktf_codemods.__file__).parent, Path(__file__).parent)
    files = [each for package in packages for each in _stamps(str(package))]
    folders = [os.environ.get(name) for name in ("CDKTF_FIX_SCHEMAS", "XDG_DATA_HOME", "HOME")]
    return _digest(repr((__version__, sys.version, files, folders, _distributions())))


def _stamps(top: str) -> Iterator[tuple[str, int, int]]:
    """The path, size and time of each file below a folder."""
    try:
        with os.scandir(top) as listing:
            found = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _stamps(entry.path)
        else:
            status = entry.stat()
            yield entry.path, status.st_size, status.st_mtime_ns


def _distributions() -> list[str]:
    """The names of distributions, which have their versions in them, that a repair depends on."""
    found: list[str] = []
    for entry in dict.fromkeys(sys.path):
        with suppress(OSError):
            found += sorted(name for name in os.listdir(entry or ".") if name.lower().startswith(_PACKAGES))
    return found

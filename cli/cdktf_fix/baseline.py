"""A file of findings that are known: told by file, rule, construct and argument, so that moving lines wakes none."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from .output import shown_path

if TYPE_CHECKING:
    from .formats.result import Result

_VERSION = 1
Known = tuple[str, str, str]
"""Path (from the baseline's folder, ``/`` between the parts), code, and what is around the finding."""


class BaselineError(Exception):
    """A baseline that cannot be read or written; the message is one line that names it."""


class Baseline:
    """Which findings are known, and how often each."""

    def __init__(self, path: Path, known: Counter[Known]) -> None:
        self.path = path
        self._left = known

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Read a baseline.

        :raises BaselineError: there is none, or it is none.
        """
        shown = shown_path(path)
        try:
            given = json.loads(path.read_text(encoding="utf-8"))
            if given["version"] != _VERSION:
                raise BaselineError(f"{shown}: no baseline of version {_VERSION}")
            rows = given["findings"]
            known = Counter(
                {(str(row["path"]), str(row["code"]), str(row["where"])): int(row["count"]) for row in rows}
            )
        except FileNotFoundError as error:
            raise BaselineError(f"{shown}: no such baseline; --write-baseline makes it") from error
        except OSError as error:
            raise BaselineError(f"{shown}: cannot read: {(error.strerror or str(error)).lower()}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise BaselineError(f"{shown}: no baseline; --write-baseline makes one") from error
        return cls(path, known)

    def new(self, results: Iterable[Result]) -> list[Result]:
        """The findings that are not known. Of several that are told alike, as many are known as the baseline says."""
        found = []
        for each in results:
            key = _key(each, self.path)
            if self._left[key] > 0:
                self._left[key] -= 1
            else:
                found.append(each)
        return found

    def gone(self, checked: Iterable[str]) -> list[str]:
        """What was known and is not there any more, a line each.

        :param checked: the files that were looked at; of others nothing is said, unless they are gone too.
        """
        paths = {_relative(Path(path), self.path) for path in checked}
        return [
            f"{shown_path(self.path)}: gone: {path}: {code} at {where}" + (f" ({count} times)" if count > 1 else "")
            for (path, code, where), count in sorted(self._left.items())
            if count > 0 and (path in paths or not (self.path.parent / path).exists())
        ]


def write(path: Path, results: Iterable[Result]) -> int:
    """Make a baseline of findings; the result is how many.

    :raises BaselineError: it cannot be written.
    """
    known = Counter(_key(each, path) for each in results)
    rows = [
        {"path": where, "code": code, "where": around, "count": count}
        for (where, code, around), count in sorted(known.items())
    ]
    text = json.dumps({"version": _VERSION, "findings": rows}, indent=2, ensure_ascii=False) + "\n"
    unfinished = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        unfinished.write_text(text, encoding="utf-8", errors="surrogateescape")
        unfinished.replace(path)
    except OSError as error:
        raise BaselineError(f"{shown_path(path)}: cannot write: {(error.strerror or str(error)).lower()}") from error
    return known.total()


def _key(result: Result, baseline: Path) -> Known:
    return _relative(Path(result.path), baseline), result.code, result.where


def _relative(path: Path, baseline: Path) -> str:
    return Path(os.path.relpath(path, baseline.parent)).as_posix()

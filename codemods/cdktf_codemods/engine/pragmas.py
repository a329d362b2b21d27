"""What a comment lets pass in linters and type checkers, by name, and the comment without some of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_SEGMENT = re.compile(r"#[^#]*")
_PRAGMA = re.compile(
    r"""(?ix)\#\s*(?:
        noqa\s*:\s*(?P<noqa>[A-Z]+\d+(?:[\s,]+[A-Z]+\d+\b)*)
      | pylint\s*:\s*disable(?:-next)?\s*=\s*(?P<pylint>[\w-]+(?:\s*,\s*[\w-]+)*)
      | type\s*:\s*ignore\[(?P<mypy>[^\]]*)\]
      | pyright\s*:\s*ignore\[(?P<pyright>[^\]]*)\]
    )"""
)
_NAME = re.compile(r"[\w-]+")
_BETWEEN = re.compile(r"[\s,]+")


def checks(comment: str) -> set[str]:
    """The checks that a comment names."""
    found: set[str] = set()
    for segment in _SEGMENT.findall(comment):
        found.update(name for name, _ in _named(segment))
    return found


def without(comment: str, names: Collection[str]) -> str:
    """A comment that no longer names some checks; what names no other goes whole, with its reason."""
    kept = []
    for segment in _SEGMENT.findall(comment):
        named = list(_named(segment))
        rest = [spelled for name, spelled in named if name not in names]
        if len(rest) == len(named):
            kept.append(segment)
        elif rest:
            pragma = _PRAGMA.match(segment)
            assert pragma is not None
            group = pragma.lastgroup or ""
            between = _BETWEEN.search(pragma[group])
            said = (between[0] if between else ", ").join(rest)
            kept.append(segment[: pragma.start(group)] + said + segment[pragma.end(group) :])
    return "".join(kept).rstrip()


def _named(segment: str) -> Iterator[tuple[str, str]]:
    """The names in a comment's segment, as they are called and as they are spelled there."""
    pragma = _PRAGMA.match(segment)
    if pragma is not None:
        for spelled in _NAME.findall(pragma[pragma.lastgroup or 0]):
            yield spelled.upper() if pragma.lastgroup == "noqa" else spelled, spelled

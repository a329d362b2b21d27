"""What the page has of one output: its row, and what opens below it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

from ..inputs import Item, Source

_WHOLE = 30
"""A file of so many lines is shown whole."""
_AROUND = 6
_DOCUMENTS = (".md", ".markdown", ".ipynb")
"""What holds one output; the outputs of other carriers are told by their line or row."""


def row(record: dict[str, Any]) -> list[Any]:
    """An output's row of the table."""
    findings = record["findings"]
    left = sum(not each["fixed"] for each in findings)
    codes = " ".join(sorted({each["code"] for each in findings}))
    return [record["source"], record["position"], record["status"], _said(record, "before"), _said(record, "after"),
            len(findings) - left, left, codes, record["id"]]  # fmt: skip


def _said(record: dict[str, Any], when: str) -> str:
    return str((record.get(when) or {}).get("status", ""))


def case(source: Source, item: Item, known: dict[str, Any]) -> dict[str, Any]:
    """What is shown of an output when it is opened; ``base`` is what ``apply`` calls the folder of its sources."""
    record, texts = known["record"], known["texts"]
    findings = record["findings"]
    shown = [
        _file(path, text, texts.get(path, text), {each["line"] for each in findings if each["path"] == path})
        for path, text in item.output.files.items()
        if path in texts or any(each["path"] == path for each in findings)
    ]
    return {
        "base": _base(source, item),
        "files": shown,
        "findings": findings,
        "errors": [f"{path}: {reason}" for path, reason in record["errors"].items()],
        "problems": [each["text"] for each in record["problems"]],
        "failures": [f"{each['code']} failed in {each['path']}: {each['reason']}" for each in record["failures"]],
        "before": _outcome(record.get("before")),
        "after": _outcome(record.get("after")),
    }


def _base(source: Source, item: Item) -> str:
    name = source.path.as_posix()
    if item.record is not None:
        return name if name.lower().endswith(_DOCUMENTS) else f"{name}:{item.record.line}"
    if item.root is None or item.top is None or not item.root.is_relative_to(item.top):
        return item.root.as_posix() if item.root is not None else name
    return (source.path / item.root.relative_to(item.top)).as_posix()


def _outcome(answer: Mapping[str, Any] | None) -> list[str]:
    if not answer:
        return []
    failure = answer["failure"]
    lines = [answer["status"]]
    if failure:
        said = ": ".join(part for part in (failure["type"], failure["message"]) if part)
        place = failure["place"]
        lines.append(f"{place['path']}:{place['line']}: {said}" if place else said)
    lines += [f"lost: {each['key']} in {each['construct']}, {each['argument']}" for each in answer["dropped"]]
    return lines + [each["message"] for each in answer["complaints"]]


def _file(path: str, before: str, after: str, places: Iterable[int]) -> dict[str, Any]:
    digest = hashlib.sha256(before.encode("utf-8", "surrogatepass")).hexdigest()
    return {"path": path, "sha256": f"sha256:{digest}", "blocks": _blocks(_lines(before), _lines(after), set(places))}


def _blocks(before: list[str], after: list[str], places: set[int]) -> list[list[Any]]:
    """The lines to show: where a block starts before and after, and its lines, each behind a blank, ``-`` or ``+``."""
    lines: list[tuple[str, int, int]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            lines += ((" " + before[i], i + 1, j1 + i - i1 + 1) for i in range(i1, i2))
        else:
            lines += (("-" + before[i], i + 1, j1 + 1) for i in range(i1, i2))
            lines += (("+" + after[j], i2 + 1, j + 1) for j in range(j1, j2))
    kept: set[int] = set(range(len(lines))) if len(lines) <= _WHOLE else set()
    for at, (text, old, _) in enumerate(lines) if not kept else ():
        if text[0] != " " or old in places:
            kept.update(range(max(0, at - _AROUND), min(len(lines), at + _AROUND + 1)))
    blocks: list[list[Any]] = []
    for at in sorted(kept):
        text, old, new = lines[at]
        if at - 1 not in kept:
            blocks.append([old, new, []])
        blocks[-1][2].append(text)
    return blocks


def _lines(text: str) -> list[str]:
    """The lines as Python counts them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines

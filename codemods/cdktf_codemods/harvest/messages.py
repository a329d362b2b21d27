"""What a provider says of a value that it refuses, read into a constraint; both plugin SDKs' words."""

from __future__ import annotations

import re
from typing import Any

_KEY = r'"?(?P<key>[\w.]+)"?'
_ONE_OF = re.compile(rf"expected {_KEY} to be one of \[(?P<values>.*)\], got ")
_VALID = re.compile(r"Path: (?P<key>\S+) Given Value: .* Valid Values: \[(?P<values>.*?) ?\]")
_MATCH = re.compile(r"Attribute (?P<key>\S+) value must be one of: \[(?P<values>.*)\], got: ")
_RANGE = re.compile(rf"expected {_KEY} to be in the range \((?P<least>-?\d+) - (?P<most>-?\d+)\), got ")
_LEAST = re.compile(rf"expected {_KEY} to be at least \((?P<least>-?\d+)\), got ")
_BETWEEN = re.compile(r"Attribute (?P<key>\S+) value must be between (?P<least>-?\d+) and (?P<most>-?\d+), got: ")
_ARN = re.compile(rf"{_KEY} \(.*\) is an invalid ARN: |cannot be parsed as an ARN\. Path: (?P<path>\S+) ")
_INDEX = re.compile(r"\.\d+|\[[^\]]*\]")


def read(message: str) -> tuple[str, str, Any] | None:
    """The dotted path that a message names, the kind of the constraint, and what it allows; None for other forms.

    ``one of`` has a list of texts, ``range`` its two ends (None: open), ``arn`` nothing.
    """
    if found := _ONE_OF.search(message) or _MATCH.search(message):
        values = re.findall(r'\\?"((?:[^"\\]|\\.)*?)\\?"', found["values"]) or found["values"].split()
        return _path(found["key"]), "one of", values
    if found := _VALID.search(message):
        return _path(found["key"]), "one of", found["values"].split()
    if found := _RANGE.search(message) or _BETWEEN.search(message):
        return _path(found["key"]), "range", [int(found["least"]), int(found["most"])]
    if found := _LEAST.search(message):
        return _path(found["key"]), "range", [int(found["least"]), None]
    if found := _ARN.search(message):
        return _path(found["key"] or found["path"]), "arn", None
    return None


def _path(key: str) -> str:
    return _INDEX.sub("", key)

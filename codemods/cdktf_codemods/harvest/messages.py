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
_LENGTH = re.compile(rf"expected length of {_KEY} to be in the range \((?P<least>\d+) - (?P<most>\d+)\), got ")
_LENGTHS = re.compile(r"Attribute (?P<key>\S+) string length must be between (?P<least>\d+) and (?P<most>\d+), got: ")
_CANNOT = re.compile(rf"{_KEY} cannot be longer than (?P<most>\d+) characters")
_REGEX = re.compile(
    rf'{_KEY} doesn\'t comply with restrictions \("(?P<regex>.*)"\)'
    r'|expected value of (?P<key2>[\w.]+) to match regular expression "(?P<regex2>.*)", got '
)
_WORDS = re.compile(r"invalid value for (?P<key>[\w.]+) \((?P<words>.*)\)")
_BEGIN = re.compile(r"must (?:begin|start) with (?P<quote>['\"]?)(?P<text>[\w/-]+)(?P=quote)(?:$| and be comprised)")
_OWN = re.compile(r'"(?P<key>[\w.]+)" (?P<words>must begin with .*?):?$')
_NOT = re.compile(r"(?:cannot|must not) (?:begin|start) with '?(?P<text>[\w/-]+)'?$")
_APART = re.compile(r'Attribute "(?P<key>[^"]+)" cannot be specified when "(?P<other>[^"]+)" is specified')
_PREFIX = re.compile(r"expected (?P<key>[\w.]+) to have prefix (?P<text>\S+), got ")
_FORMS = {
    "json": re.compile(rf"{_KEY} contains an invalid JSON"),
    "cidr": re.compile(rf"expected {_KEY} to (?:be a valid|contain a valid) (?:IPv4 )?(?:Value|CIDR|network CIDR)"),
    "date": re.compile(rf"expected {_KEY} to be a valid RFC3339 date"),
}
_CLASSES = {
    "only lowercase alphanumeric characters and hyphens allowed in": "^[0-9a-z-]*$",
    "only alphanumeric characters and hyphens allowed in": "^[0-9A-Za-z-]*$",
}
_HYPHENS = "must only contain alphanumeric characters and hyphens"
"""What the AWS provider says of its names, and the letters that this means; each is checked against the provider."""
_INDEX = re.compile(r"\.\d+|\[[^\]]*\]")


def read(message: str) -> tuple[str, str, Any] | None:
    """The dotted path that a message names, the kind of the constraint, and what it allows; None for other forms.

    ``one of`` has a list of texts, ``range`` its two ends (None: open), ``arn`` nothing. The path is empty where the
    message leaves it to its line.
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
    return _of_texts(message)


def _of_texts(message: str) -> tuple[str, str, Any] | None:
    """``length``, ``prefix``, ``not prefix``, ``regex``, ``json``, ``cidr``, ``date``."""
    if found := _LENGTH.search(message) or _LENGTHS.search(message):
        return _path(found["key"]), "length", [int(found["least"]), int(found["most"])]
    if found := _CANNOT.search(message):
        return _path(found["key"]), "length", [0, int(found["most"])]
    if found := _REGEX.search(message):
        return _path(found["key"] or found["key2"]), "regex", _unquoted(found["regex"] or found["regex2"])
    if found := _PREFIX.search(message):
        return _path(found["key"]), "prefix", found["text"]
    for kind, form in _FORMS.items():
        if found := form.search(message):
            return _path(found["key"]), kind, None
    if "is not a valid CIDR block" in message:
        return "", "cidr", None
    for words, regex in _CLASSES.items():
        if found := re.search(rf'{words} "(?P<key>[\w.]+)"', message):
            return _path(found["key"]), "regex", regex
    if found := _WORDS.search(message) or _OWN.search(message):
        if found["words"] == _HYPHENS:
            return _path(found["key"]), "regex", "^[0-9A-Za-z-]*$"
        for kind, form in (("prefix", _BEGIN), ("not prefix", _NOT)):
            if text := form.match(found["words"]):
                return _path(found["key"]), kind, text["text"]
    return None


def combined(message: str) -> tuple[str, list[str]] | None:
    """What a message says of several arguments, by their dotted paths; None where it is about one.

    ``conflicts``: not both; ``exactly one``; ``at least one``; ``together``: the first wants all others.
    """
    if found := re.search(r'"(?P<key>[\w.]+)": conflicts with (?P<other>[\w.]+)', message):
        return "conflicts", [_path(found["key"]), _path(found["other"])]
    if found := _APART.search(message):
        return "conflicts", [_path(found["key"]), _path(found["other"])]
    for kind, form in (
        ("exactly one", r"only one of `(?P<names>[\w.,]+)` can be specified"),
        ("exactly one", r"one \(and only one\) of \[(?P<names>[^\]]+)\] is required"),
        ("at least one", r"one of `(?P<names>[\w.,]+)` must be specified"),
        ("at least one", r"At least one of these attributes must be configured: \[(?P<names>[^\]]+)\]"),
    ):
        if found := re.search(form, message):
            return kind, sorted(_path(name) for name in re.split(r",\s*", found["names"]))
    if found := re.search(r'"(?P<key>[\w.]+)": all of `(?P<names>[\w.,]+)` must be specified', message):
        key = _path(found["key"])
        return "together", [key, *sorted({_path(name) for name in found["names"].split(",")} - {key})]
    return None


def named(message: str) -> set[str]:
    """All that may be a path in a message: of whatever it says something unknown, nothing is known for certain."""
    return {_path(each.strip(".")) for each in re.findall(r"[\w.]+", message)}


def _unquoted(regex: str) -> str:
    """A regular expression as it is meant, where the message has it as a Go string."""
    return regex.replace("\\\\", "\\").replace('\\"', '"')


def _path(key: str) -> str:
    return _INDEX.sub("", key)

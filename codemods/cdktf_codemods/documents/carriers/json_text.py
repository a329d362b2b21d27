"""JSON as a text: where its values stand, so that one can be put in another's place and the rest stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{},:]|[^\s\[\]{},:"]++', re.DOTALL)

Path = tuple[str | int, ...]


class Span(NamedTuple):
    """Where a value stands, in characters from 0; ``path`` has the keys and the numbers that lead to it."""

    path: Path
    start: int
    end: int


def spans(text: str) -> Iterator[Span]:
    """All values of a JSON text that can be read; those inside of another come before it."""
    path: list[str | int] = []
    opened: list[int] = []
    is_key = False
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word in ("{", "["):
            opened.append(token.start())
            is_key = word == "{"
            path.append("" if is_key else 0)
        elif word in ("}", "]"):
            path.pop()
            yield Span(tuple(path), opened.pop(), token.end())
        elif word == ",":
            last = path[-1]
            is_key = isinstance(last, str)
            path[-1] = last if isinstance(last, str) else last + 1
        elif word == ":":
            is_key = False
        elif is_key:
            path[-1] = json.loads(word)
        else:
            yield Span(tuple(path), token.start(), token.end())


def respelled(value: str | list[str], old: str, is_ascii: bool) -> str:
    """A text, or a list of texts, as JSON in the way that the old one is spelled.

    A list is laid out as the old one, and texts that are in that are spelled as there.

    :param old: the JSON that it takes the place of.
    :param is_ascii: whether all around it is ASCII.
    """
    if isinstance(value, str):
        escapes = old.isascii() and (is_ascii or "\\u" in old)
        return json.dumps(value, ensure_ascii=escapes)
    items = [span for span in spans(old) if len(span.path) == 1]
    known = {json.loads(old[start:end]): old[start:end] for _, start, end in items}
    head, tail = (old[: items[0].start], old[items[-1].end :]) if items else ("[", "]")
    between = old[items[0].end : items[1].start] if len(items) > 1 else "," + (head[1:] or " ")
    return head + between.join(known.get(each) or respelled(each, old, is_ascii) for each in value) + tail

"""What the value of a table's column is: code, Markdown, a notebook, a chat, or an object of path to text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .markdown import Markdown
from .notebook import Notebook
from .notebook_json import is_notebook
from .output import CarrierError, Content, Nothing, Problem, Where, safe_path

_FENCED = re.compile(r"(?m)^[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*(?:```|~~~)")
_MARK = "\ufeff"
_BROKEN = "half a character (a lone surrogate), which no file can hold"
_PYTHON = re.compile(r"(?m)^\ufeff?(?:import|from)[ \t]+(?:cdktf|cdktn|constructs|imports|cdktf_cdktf_provider_\w+)\b")


def content_of(value: Any) -> Content:
    """A response as JSON has it, read; what is none of these has a problem and no files."""
    if is_notebook(value):
        return Notebook(value)
    if isinstance(value, str):
        if (line := _broken_at(value)) is not None:
            return Nothing(value, (Problem(f"line {line}: {_BROKEN}"),))
        return Markdown(value) if _FENCED.search(value) else Files({"main.py": value}, value)
    if isinstance(value, list):
        return _chat(value)
    if isinstance(value, Mapping):
        return Files(value, value)
    return Nothing(value, (Problem(f"{_kind(value)}, where code, a response, a chat or an object of files should be"),))


def is_content(value: Any) -> bool:
    """Whether a value can only be meant as a response with CDKTF code."""
    if is_notebook(value):
        return any(_PYTHON.search(text) for text in Notebook(value).files.values())
    if isinstance(value, str):
        return bool(_PYTHON.search(value))
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, Mapping) and "role" in each for each in value)
    return isinstance(value, Mapping) and any(
        str(key).endswith(".py") and isinstance(each, str) for key, each in value.items()
    )


class AmbiguousError(CarrierError):
    """Several columns of a table may be meant, so that none of its rows can be read."""


class Files:
    """An object of path to text, or one text that is code as a whole."""

    def __init__(self, given: Mapping[str, Any], value: Any) -> None:
        self.value = value
        self._keys: dict[str, str] = {}
        problems = []
        for key, text in given.items():
            path = safe_path(key)
            if path is None:
                problems.append(Problem(f"{key!r} is no path below the project's root"))
            elif not isinstance(text, str):
                problems.append(Problem(f"{key}: {_kind(text)}, not text"))
            elif (line := _broken_at(text)) is not None:
                problems.append(Problem(f"{key}:{line}: {_BROKEN}"))
            elif path in self._keys:
                problems.append(Problem(f"{key} is there twice"))
            else:
                self._keys[path] = key
        texts = {path: given[key] for path, key in self._keys.items()}
        self.files: Mapping[str, str] = {
            path: text.removeprefix(_MARK) for path, text in texts.items() if path.endswith(".py")
        }
        self.resources = {path: text.encode() for path, text in texts.items() if path not in self.files}
        self.problems = tuple(problems)

    def where(self, path: str, line: int, column: int) -> Where:
        return Where(line, column, "" if isinstance(self.value, str) else path)

    def with_files(self, texts: Mapping[str, str]) -> Files:
        if isinstance(self.value, str):
            text = _marked(texts["main.py"], self.value)
            return Files({"main.py": text}, text)
        new = {self._keys[path]: text for path, text in texts.items()}
        value = {**self.value, **{key: _marked(text, self.value[key]) for key, text in new.items()}}
        return Files(value, value)


def _marked(text: str, old: str) -> str:
    """A text with the byte order mark that the old one had."""
    return _MARK + text if old.startswith(_MARK) else text


def _broken_at(text: str) -> int | None:
    """The line of half a character, which JSON can say and no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return text.count("\n", 0, error.start) + 1
    return None


class Chat:
    """A chat, whose last message of the assistant is the response: its text, or the one text among its parts."""

    def __init__(self, value: list[Any], at: int, part: int | None) -> None:
        self.value = value
        self._at = at
        self._part = part
        said = value[at]["content"]
        self._response = content_of(said if part is None else said[part]["text"])
        self.files = self._response.files
        self.resources = self._response.resources
        self.problems = self._response.problems

    def where(self, path: str, line: int, column: int) -> Where:
        return self._response.where(path, line, column)

    def with_files(self, texts: Mapping[str, str]) -> Chat:
        value, new = list(self.value), self._response.with_files(texts).value
        if self._part is not None:
            parts = list(value[self._at]["content"])
            parts[self._part] = {**parts[self._part], "text": new}
            new = parts
        value[self._at] = {**value[self._at], "content": new}
        return Chat(value, self._at, self._part)


def _chat(value: list[Any]) -> Content:
    for at, each in reversed(list(enumerate(value))):
        said = each.get("content") if isinstance(each, Mapping) and each.get("role") == "assistant" else None
        if isinstance(said, str):
            return Chat(value, at, None)
        texts = [number for number, part in enumerate(said) if _is_text(part)] if isinstance(said, list) else []
        if len(texts) == 1:
            return Chat(value, at, texts[0])
        if texts:
            return Nothing(value, (Problem(f"{len(texts)} texts in the last message of the assistant's"),))
    return Nothing(value, (Problem("no text of the assistant's in the chat"),))


def _is_text(part: Any) -> bool:
    return isinstance(part, Mapping) and part.get("type") == "text" and isinstance(part.get("text"), str)


def at_field(row: Any, field: str) -> Any:
    """The value of a column, named by a path with dots between.

    :raises CarrierError: there is none.
    """
    for name in field.split("."):
        if not isinstance(row, Mapping) or name not in row:
            there = ", ".join(map(str, row)) if isinstance(row, Mapping) else _kind(row)
            raise CarrierError(f"no field {name!r}, only {there or 'none'}")
        row = row[name]
    return row


def with_field(row: Any, field: str, value: Any) -> Any:
    """A copy of a row with another value in one column."""
    name, _, rest = field.partition(".")
    return {**row, name: with_field(row[name], rest, value) if rest else value}


def field_of(row: Mapping[str, Any]) -> str:
    """The one column that can be meant.

    :raises AmbiguousError: there are several, which are named.
    :raises CarrierError: there is none.
    """
    found = [name for name, value in row.items() if is_content(value)]
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousError(f"--field is needed: {', '.join(found)} may each be meant")
    raise CarrierError(f"--field is needed: none of {', '.join(row) or 'no fields'} surely holds a response")


def _kind(value: Any) -> str:
    names = {type(None): "null", bool: "a boolean", int: "a number", float: "a number", str: "text", list: "a list"}
    return (
        "an object" if isinstance(value, Mapping) else names.get(type(value), f"a value of type {type(value).__name__}")
    )

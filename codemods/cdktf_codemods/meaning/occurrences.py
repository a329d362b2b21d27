"""Where else in a project a text stands by which something is called, so that a change in one place misses it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from ..syntax.walk import descendants
from .base import Source, Use
from .origins import constant, string_value, trace

_PROSE = (".md", ".rst", ".txt", ".lock")
_LARGEST = 1_000_000
_READERS = frozenset(("builtins.getattr", "operator.attrgetter"))
"""What reads an attribute by a text that names it."""
_TEXTS = (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString)


def pieces(source: Source, node: cst.BaseExpression) -> list[str]:
    """What an expression of text says, in the pieces between what only a run of the program knows."""
    if isinstance(node, cst.FormattedString):
        parts: list[list[str]] = []
        for part in node.parts:
            if isinstance(part, cst.FormattedStringText):
                parts.append([part.value.replace("{{", "{").replace("}}", "}")])
            elif isinstance(part, cst.FormattedStringExpression):
                parts.append(pieces(source, part.expression))
        return _joined(parts)
    if isinstance(node, cst.ConcatenatedString):
        return _joined([pieces(source, node.left), pieces(source, node.right)])
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return _joined([pieces(source, node.left), pieces(source, node.right)])
    text = string_value(node) if isinstance(node, cst.SimpleString) else constant(source, node)
    return [text] if text is not None else ["", ""]


def _joined(parts: list[list[str]]) -> list[str]:
    found = [""]
    for part in parts:
        found = [*found[:-1], found[-1] + part[0], *part[1:]]
    return found


def elsewhere(source: Source, node: cst.BaseExpression, text: str) -> list[Use]:
    """The other places of the project that hold a text as a word of their own, alone or in a longer text.

    What a construct is called in its tree (its id), descriptions and documentation are no such places.
    """
    word = _word(text)
    found: list[Use] = []
    inside = {id(each) for each in _written_by(source, node)}
    for other in source.holding(""):
        for each in _texts(other):
            if id(each) not in inside and any(map(word.search, pieces(other, each))):
                found.append((other, each))
    return found


def resources_with(source: Source, text: str) -> list[str]:
    """The project's files that are neither Python nor prose, and hold a text as a word of its own."""
    word = _word(text)
    resources = source.project.resources or {}
    paths = [path for path in resources if not path.endswith(_PROSE)]
    return [
        path
        for path in paths
        if len(data := resources[path]) < _LARGEST and word.search(data.decode("utf-8", "replace"))
    ]


def reads_by_text(source: Source, text: cst.SimpleString) -> bool:
    """Whether a text names an attribute that is read: ``getattr(config, "name")``."""
    call = source.names.parents.get(id(source.names.parents.get(id(text))))
    return isinstance(call, cst.Call) and source.name_called(call) in _READERS


def _written_by(source: Source, node: cst.BaseExpression) -> Iterator[cst.CSTNode]:
    """An expression, and the texts that its variables are."""
    for each in descendants(node):
        yield each
        if isinstance(each, (cst.Name, cst.Attribute)):
            yield from (origin.node for origin in trace(source, each)[0])


def _word(text: str) -> re.Pattern[str]:
    """Not as a part of another name: ``data`` stands in ``s3:::data/*``, and not in ``data-lake``."""
    before = r"(?<![\w-])" if text[:1].isalnum() else ""
    after = r"(?![\w-])" if text[-1:].isalnum() else ""
    return re.compile(f"{before}{re.escape(text)}{after}")


def _texts(source: Source) -> Iterator[cst.BaseExpression]:
    for node in descendants(source.module):
        if isinstance(node, _TEXTS) and not _is_said_only(source, node):
            if not isinstance(source.names.parents.get(id(node)), cst.ConcatenatedString):
                yield node


def _is_said_only(source: Source, node: cst.BaseExpression) -> bool:
    """Whether a text is documentation, a description, or the id of a construct."""
    parent = source.names.parents.get(id(node))
    if isinstance(parent, cst.Expr) or (isinstance(parent, cst.Arg) and _named(parent) == "description"):
        return True
    call = source.names.parents.get(id(parent)) if isinstance(parent, cst.Arg) else None
    if not isinstance(call, cst.Call) or not isinstance(parent, cst.Arg):
        return False
    made = source.called(call)
    is_construct = made.is_construct if made is not None else source.class_of(call) is not None
    return is_construct and len(call.args) > 1 and (call.args[1] is parent or _named(parent) in ("id", "construct_id"))


def _named(arg: cst.Arg) -> str:
    return arg.keyword.value if arg.keyword is not None else ""

"""A lean walk over a LibCST tree: only the fields that carry meaning, their names cached by class.

LibCST's own visitors walk whitespace, commas and parentheses too, which costs as much as the parse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import libcst as cst

_LAYOUT = (
    "whitespace", "lpar", "rpar", "lbracket", "rbracket", "lbrace", "rbrace", "comma", "semicolon", "equal", "colon",
    "dot", "indent", "trailing", "leading_lines", "lines_after", "header", "footer", "encoding", "default_",
    "has_trailing", "newline", "operator", "asynchronous", "posonly_ind", "separator", "first_colon", "second_colon",
)  # fmt: skip
_fields: dict[type[cst.CSTNode], tuple[str, ...]] = {}


def meaningful_fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """Names of the fields of a node class that hold code rather than layout."""
    names = _fields.get(kind)
    if names is None:
        names = tuple(
            field.name for field in fields(kind) if not field.name.startswith(_LAYOUT) and field.name != "star"
        )
        _fields[kind] = names
    return names


class _NodeClasses(dict[type, bool]):
    """Whether a class is a node class; ``isinstance`` asks an abstract base class each time, which is slow."""

    def __missing__(self, kind: type) -> bool:
        self[kind] = issubclass(kind, cst.CSTNode)
        return self[kind]


is_node_class = _NodeClasses()


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The meaningful children of a node, in the order of the text."""
    for name in meaningful_fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield value
        elif isinstance(value, (list, tuple)):
            for item in value:
                if isinstance(item, cst.CSTNode):
                    yield item


def descendants(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The node and all below it, parents first."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(list(children(node))))

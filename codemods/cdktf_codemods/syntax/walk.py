"""A lean walk over a LibCST tree: only the fields that carry meaning, their names cached by class.

LibCST's own visitors walk whitespace, commas and parentheses too, which costs as much as the parse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_args

import libcst as cst

_LAYOUT = (
    "whitespace", "lpar", "rpar", "lbracket", "rbracket", "lbrace", "rbrace", "comma", "semicolon", "equal", "colon",
    "dot", "indent", "trailing", "leading_lines", "lines_after", "header", "footer", "encoding", "default_",
    "has_trailing", "newline", "operator", "asynchronous", "posonly_ind", "separator", "first_colon", "second_colon",
)  # fmt: skip


class _ChildFields(dict[type[cst.CSTNode], tuple[str, ...]]):
    def __missing__(self, kind: type[cst.CSTNode]) -> tuple[str, ...]:
        self[kind] = tuple(
            field.name
            for field in fields(kind)
            if not field.name.startswith(_LAYOUT) and field.name != "star" and _may_hold_nodes(field.type)
        )
        return self[kind]


def _may_hold_nodes(annotation: Any) -> bool:
    """Whether a field may hold a node: text such as a name's ``value`` is asked of no child."""
    parts = get_args(annotation)
    return any(map(_may_hold_nodes, parts)) if parts else annotation is not str and not isinstance(annotation, str)


child_fields = _ChildFields()
"""Names of the fields of a node class that hold code rather than layout, in nodes or sequences of nodes."""


def meaningful_fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """Names of the fields of a node class that hold code rather than layout, in nodes or sequences of nodes."""
    return child_fields[kind]


class _NodeClasses(dict[type, bool]):
    """Whether a class is a node class; ``isinstance`` asks an abstract base class each time, which is slow."""

    def __missing__(self, kind: type) -> bool:
        self[kind] = issubclass(kind, cst.CSTNode)
        return self[kind]


is_node_class = _NodeClasses()


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The meaningful children of a node, in the order of its class's fields."""
    for name in child_fields[type(node)]:
        value = getattr(node, name)
        if is_node_class[type(value)]:
            yield value
        elif isinstance(value, (list, tuple)):
            for item in value:
                if is_node_class[type(item)]:
                    yield item


def descendants(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The node and all below it, parents first."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(list(children(node))))

"""What scopes and bindings are: Python's rules of which name is seen from where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import libcst as cst

Kind = Literal["import", "assign", "parameter", "function", "class", "item", "pair", "other"]


@dataclass(slots=True)
class Binding:
    """One place that gives a name a value.

    ``node`` is what binds: the import alias, the parameter, the ``def`` or ``class``, the target. ``value`` is the
    expression that is bound (``assign``), that the value is taken out of (``item``: by a loop, or by unpacking, with
    its position as ``index``), or of whose elements it is one part (``pair``: ``index`` is the position in each).
    ``module`` and ``attribute`` are those of an import.
    """

    kind: Kind
    name: str
    node: cst.CSTNode
    scope: Scope
    value: cst.BaseExpression | None = None
    annotation: cst.BaseExpression | None = None
    index: int | None = None
    module: str = ""
    attribute: str | None = None


@dataclass(slots=True, eq=False)
class Scope:
    """A module, class, function, lambda or comprehension. Functions do not see the names of classes around them.

    ``type`` is what lies around a generic function or class, and holds a ``type`` statement's value: it sees the names
    of a class directly around it. It is the ``generic`` of its function or class, whose ``parent`` is what is around
    both.
    """

    node: cst.CSTNode
    parent: Scope | None
    kind: Literal["module", "class", "function", "type"]
    generic: Scope | None = None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    declared: dict[str, Scope] = field(default_factory=dict)
    """Where the names live that are ``global`` or ``nonlocal`` here."""
    returns: list[cst.BaseExpression | None] = field(default_factory=list)
    yields: bool = False
    attributes: dict[str, list[Binding]] = field(default_factory=dict)
    """Of a class: what its methods assign to ``self``."""
    cell: list[Binding] = field(default_factory=list)
    """Of a class: what binds ``__class__`` for its methods."""

    def find(self, name: str) -> list[Binding]:
        """What may bind *name* as seen from here; empty for a builtin or an unknown name."""
        private = name[:2] == "__" and name[-2:] != "__"
        visible = True
        scope: Scope | None = self
        while scope is not None:
            is_class = scope.kind == "class"
            if visible or not is_class:
                if name in scope.declared:
                    scope = scope.declared[name]
                if name in scope.bindings:
                    return scope.bindings[name]
            elif name == "__class__":
                return scope.cell
            if scope.generic is not None and name in scope.generic.bindings:
                return scope.generic.bindings[name]
            if is_class and private:
                return []  # the class's name is part of it, so that it is another name outside
            visible = visible and scope.kind == "type"
            scope = scope.parent
        return []

    def take_apart(self) -> None:
        """Let go of all that the scope knows, which knows the scope."""
        self.parent = self.generic = None
        for each in (self.bindings, self.declared, self.attributes, self.cell):
            each.clear()

    @property
    def enclosing_class(self) -> Scope | None:
        """The class whose method this function is, or lies in."""
        scope: Scope | None = self
        while scope is not None and scope.kind != "class":
            scope = scope.parent
        return scope


def dotted(node: cst.CSTNode | None) -> str | None:
    """``a.b.c`` of nested attributes and names, or None for any other expression."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return None
    parts.append(node.value)
    return ".".join(reversed(parts))

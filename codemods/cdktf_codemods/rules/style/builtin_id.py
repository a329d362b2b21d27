from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from ...meaning import Reference, Scope, Source
from ...schema.schema import CONSTRUCT
from ..rule import SHOWN, Rule

NEW_NAME = "construct_id"
_DOCUMENTED = re.compile(r"(?m)^(\s*(?::param (?:\w+ )?)?)id(?=\s*(?:\([^)]*\))?\s*:)")
"""The parameter in a docstring: ``:param id:``, ``id:`` or ``id (str):``."""


class BuiltinId(Rule):
    """A construct whose ``__init__`` calls its construct id ``id``, which hides Python's builtin (pylint W0622).

    The parameter becomes ``construct_id``, in the body, in the docstring, and in every call in the project that passes
    ``id=`` to it. ``id=`` of a class of a package is another thing and stays.

    Safe: the meaning is the same. Shown where the name ``construct_id`` is taken, or where a caller is in a file that
    this run may not change.

    Before::

        from constructs import Construct

        class Network(Construct):
            def __init__(self, scope: Construct, id: str):
                super().__init__(scope, id)

    After::

        from constructs import Construct

        class Network(Construct):
            def __init__(self, scope: Construct, construct_id: str):
                super().__init__(scope, construct_id)
    """

    code = "L101"
    name = "builtin-id"
    catalogue = ("L1",)
    wakes = ("id",)

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        scope = self.source.names.scopes[id(original_node)]
        if original_node.name.value != "__init__" or not self._is_construct(scope):
            return updated_node
        parameter = next((each for each in scope.bindings.get("id", ()) if each.kind == "parameter"), None)
        if parameter is None or not isinstance(parameter.node, cst.Param):
            return updated_node
        callers = list(self._keywords(original_node))
        if reason := self._hindrance(scope, callers):
            self.found(parameter.node, f"`id` hides the builtin, but is not renamed: {reason}", safety=SHOWN)
        elif self.found(parameter.node, f"`id` hides the builtin; it is `{NEW_NAME}`"):
            self.edit(parameter.node.name, cst.Name(NEW_NAME))
            for use in self.source.names.uses_of(parameter):
                self.edit(use, cst.Name(NEW_NAME))
            for source, keyword in callers:
                self.edit(keyword, cst.Name(NEW_NAME), source)
            self._edit_docstring(original_node)
        return updated_node

    def _is_construct(self, scope: Scope) -> bool:
        owner = scope.parent
        if owner is None or not isinstance(owner.node, cst.ClassDef):
            return False
        return Reference("", self.source, owner.node).inherits(self.schema, CONSTRUCT)

    def _keywords(self, function: cst.FunctionDef) -> Iterator[tuple[Source, cst.Name]]:
        """The keyword ``id`` in every call of the constructor, ``super().__init__(…)`` of subclasses included."""
        for source, call in self.source.calls_of(function):
            for arg in call.args:
                if arg.keyword is not None and arg.keyword.value == "id":
                    yield source, arg.keyword

    def _hindrance(self, scope: Scope, callers: list[tuple[Source, cst.Name]]) -> str | None:
        inner = [each for each in self.source.names.scopes.values() if _is_within(each, scope)]
        if any(NEW_NAME in each.bindings for each in inner):
            return f"`{NEW_NAME}` is taken in this function"
        for source, _ in callers:
            if source.path not in self.source.project.editable:
                return f"{source.path} passes `id=` and is not among the files to repair"
        return None

    def _edit_docstring(self, function: cst.FunctionDef) -> None:
        body = function.body
        line = body.body[0] if isinstance(body, cst.IndentedBlock) and body.body else None
        if isinstance(line, cst.SimpleStatementLine) and isinstance(line.body[0], cst.Expr):
            text = line.body[0].value
            if isinstance(text, cst.SimpleString):
                value = _DOCUMENTED.sub(rf"\1{NEW_NAME}", text.value)
                if value != text.value:
                    self.edit(text, cst.SimpleString(value))


def _is_within(scope: Scope | None, outer: Scope) -> bool:
    while scope is not None:
        if scope is outer:
            return True
        scope = scope.parent
    return False

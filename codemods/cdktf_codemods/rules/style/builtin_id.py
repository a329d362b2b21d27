from __future__ import annotations

import re

import libcst as cst

from ...meaning import Binding, Callers, Given, Reference, Scope, arguments, callers
from ...meaning.origins import argument_for
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
    equivalents = ("A002", "W0622", "redefined-builtin")
    catalogue = ("L1",)
    wakes = ("id",)

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        scope = self.source.names.scopes[id(original_node)]
        if original_node.name.value != "__init__" or not self._is_construct(scope):
            return updated_node
        parameter = next((each for each in scope.bindings.get("id", ()) if each.kind == "parameter"), None)
        if parameter is None or not isinstance(parameter.node, cst.Param):
            return updated_node
        assert scope.parent is not None
        owner = scope.parent.node
        assert isinstance(owner, cst.ClassDef)
        found = callers(self.source, owner, original_node)
        passed = [given for source, call in found.calls if (given := arguments(source, call).get("id")) is not None]
        if reason := self._hindrance(parameter, found, passed):
            self.found(parameter.node, f"`id` hides the builtin, but is not renamed: {reason}", safety=SHOWN)
        elif self.found(parameter.node, f"`id` hides the builtin; it is `{NEW_NAME}`"):
            self.edit(parameter.node.name, cst.Name(NEW_NAME))
            for use in self.source.names.uses_of(parameter):
                self.edit(use, cst.Name(NEW_NAME))
            for given in passed:
                self.owner.rename(given, NEW_NAME)
            self._edit_docstring(original_node)
        return updated_node

    def _is_construct(self, scope: Scope) -> bool:
        owner = scope.parent
        if owner is None or not isinstance(owner.node, cst.ClassDef):
            return False
        return Reference("", self.source, owner.node).inherits(self.schema, CONSTRUCT)

    def _hindrance(self, parameter: Binding, found: Callers, passed: list[Given]) -> str | None:
        inner = [each for each in self.source.names.scopes.values() if _is_within(each, parameter.scope)]
        if any(NEW_NAME in each.bindings for each in inner):
            return f"`{NEW_NAME}` is taken in this function"
        for source, _ in found.unseen:
            return f"{source.path} hands the class on, or may, so that not all its callers are seen"
        for source, call in found.calls:
            value = argument_for(call, parameter, bound=True)
            if value is None and not arguments(source, call).complete:
                return f"{source.path} unpacks into it what cannot be read"
        for given in passed:
            if given.source.path not in self.source.project.editable:
                return f"{given.source.path} passes `id=` and is not among the files to repair"
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

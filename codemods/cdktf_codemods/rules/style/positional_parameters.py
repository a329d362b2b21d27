from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ...editing.items import plain_space
from ...meaning import Reference, Source
from ...schema.schema import CONSTRUCT
from ..rule import DESCRIBED, SHOWN, UNSAFE, Rule

_ALLOWED = 5
"""Positional parameters, without ``self``: pylint's default for R0917."""
_KEPT = 3
"""``self``, the scope and the construct id, which every construct takes in this order."""


class PositionalParameters(Rule):
    """A construct's ``__init__`` with more than five positional parameters (pylint R0917).

    A ``*`` behind the construct id makes the rest keywords, and the calls in the project pass them as such.

    Unsafe: calls outside of the project may pass them by position. Shown where a call unpacks a list into them, or is
    in a file that this run may not change.

    Before::

        from constructs import Construct

        class Database(Construct):
            def __init__(self, scope, construct_id, vpc, subnets, engine, size):
                super().__init__(scope, construct_id)

        def build(scope, vpc, subnets):
            return Database(scope, "db", vpc, subnets, "postgres", 20)

    After::

        from constructs import Construct

        class Database(Construct):
            def __init__(self, scope, construct_id, *, vpc, subnets, engine, size):
                super().__init__(scope, construct_id)

        def build(scope, vpc, subnets):
            return Database(scope, "db", vpc=vpc, subnets=subnets, engine="postgres", size=20)
    """

    code = "L103"
    name = "positional-parameters"
    equivalents = (
        "PLR0913", "R0913", "too-many-arguments", "PLR0917", "R0917", "too-many-positional-arguments",
    )  # fmt: skip
    safety = UNSAFE
    catalogue = ("L3",)
    wakes = ("Construct", "Stack", DESCRIBED)
    default = False

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        params = original_node.params
        if original_node.name.value != "__init__" or len(params.posonly_params) + len(params.params) <= _ALLOWED + 1:
            return updated_node
        owner = self.source.names.scopes[id(original_node)].parent
        if owner is None or not Reference("", self.source, owner.node).inherits(self.schema, CONSTRUCT):
            return updated_node
        count = len(params.params) - 1
        message = f"`__init__` has {count} positional parameters; behind the construct id they are keywords"
        calls = self.source.calls_of(original_node)
        if reason := self._hindrance(params, calls):
            self.found(original_node.name, f"{message}, but {reason}", safety=SHOWN)
        elif self.found(original_node.name, message):
            for source, call in calls:
                for arg, name in _positional(call, params):
                    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
                    self.edit(arg, arg.with_changes(keyword=cst.Name(name), equal=equal), source)
            return updated_node.with_changes(params=_with_star(updated_node.params))
        return updated_node

    def _hindrance(self, params: cst.Parameters, calls: list[tuple[Source, cst.Call]]) -> str | None:
        if params.posonly_params or isinstance(params.star_arg, cst.Param):
            return "it takes more of them by position on purpose"
        for source, call in calls:
            if source.path not in self.source.project.editable:
                return f"{source.path} calls it and is not among the files to repair"
            if any(arg.star == "*" for arg in call.args):
                return f"{source.path} unpacks a list into it"
        return None


def _positional(call: cst.Call, params: cst.Parameters) -> Iterator[tuple[cst.Arg, str]]:
    """The arguments that a call gives by position to what becomes a keyword, with its name."""
    explicit = isinstance(call.func, cst.Attribute) and call.func.attr.value == "__init__"
    bound = not explicit or (isinstance(call.func, cst.Attribute) and isinstance(call.func.value, cst.Call))
    for position, arg in enumerate(call.args):
        index = position + bound
        if arg.keyword is None and not arg.star and _KEPT <= index < len(params.params):
            yield arg, params.params[index].name.value


def _with_star(params: cst.Parameters) -> cst.Parameters:
    before, after = params.params[:_KEPT], params.params[_KEPT:]
    comma = before[-1].comma
    space = plain_space(comma.whitespace_after) if isinstance(comma, cst.Comma) else cst.SimpleWhitespace(" ")
    star = cst.ParamStar(comma=cst.Comma(whitespace_after=space))
    return params.with_changes(params=before, star_arg=star, kwonly_params=[*after, *params.kwonly_params])

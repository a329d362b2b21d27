from __future__ import annotations

import libcst as cst

from ...meaning import made_by_function, string_value
from ...meaning.functions import is_of_marker
from ...schema.types import NUMBER, STRING, TypeRef
from ..rule import DESCRIBED, SHOWN, Rule

_ASKING = {"builtins.len": "`Fn.length_of`", "builtins.int": "`Fn.tonumber`", "builtins.float": "`Fn.tonumber`"}
"""Builtins that need the value while the program runs, and what asks for it later."""
_COMPARING = (
    cst.Equal,
    cst.NotEqual,
    cst.In,
    cst.NotIn,
    cst.LessThan,
    cst.LessThanEqual,
    cst.GreaterThan,
    cst.GreaterThanEqual,
)
_COUNTING = (cst.Add, cst.Subtract, cst.Multiply, cst.Divide, cst.FloorDivide, cst.Modulo)


class TokenAsked(Rule):
    """A value that only Terraform knows, where Python has to know it: in a comparison, in arithmetic, for its length.

    ``bucket.arn`` is a marker like ``${TfToken[TOKEN.5]}`` until Terraform has made the bucket, and a port is a number
    below -10²⁸⁸: they equal nothing, hold nothing, have a length of their own, and a sum with them is lost.

    Shown, for what should happen when the value is known is not for Python to decide: ``Fn.conditional``, a variable or
    a constant of the program. ``json.loads`` of a marker, which fails, is ``Fn.jsondecode``: safe.

    Before::

        import json
        from cdktf import Fn
        from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter

        def settings(scope, text):
            stored = SsmParameter(scope, "stored", name="settings", type="String", value=text)
            return json.loads(stored.value)

    After::

        import json
        from cdktf import Fn
        from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter

        def settings(scope, text):
            stored = SsmParameter(scope, "stored", name="settings", type="String", value=text)
            return Fn.jsondecode(stored.value)
    """

    code = "T105"
    name = "token-asked"
    wakes = (DESCRIBED,)
    across = True

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        args = original_node.args
        if len(args) != 1 or args[0].keyword is not None or args[0].star:
            return updated_node
        called, value = self.source.name_called(original_node), args[0].value
        if called == "json.loads" and self._is_token(value, STRING):
            if self.found(original_node, "only Terraform knows this text; `Fn.jsondecode` reads it then"):
                function = cst.Attribute(self.imports.core("Fn"), cst.Name("jsondecode"))
                return updated_node.with_changes(func=function)
        elif called in _ASKING and self._is_token(value, STRING):
            message = f"only Terraform knows this text: `{called.rpartition('.')[2]}` sees a marker in its place"
            self.found(original_node, f"{message} ({_ASKING[called]} asks for it later)", safety=SHOWN)
        return updated_node

    def leave_Comparison(self, original_node: cst.Comparison, updated_node: cst.Comparison) -> cst.Comparison:
        target = original_node.comparisons[0]
        sides = (original_node.left, target.comparator)
        if len(original_node.comparisons) == 1 and isinstance(target.operator, _COMPARING):
            if any(self._is_known_later(one) and _is_literal(other) for one, other in (sides, sides[::-1])):
                self.found(original_node, "only Terraform knows this value: Python compares a marker", safety=SHOWN)
        return updated_node

    def leave_BinaryOperation(
        self, original_node: cst.BinaryOperation, updated_node: cst.BinaryOperation
    ) -> cst.BinaryOperation:
        if isinstance(original_node.operator, _COUNTING):
            if any(self._is_token(side, NUMBER) for side in (original_node.left, original_node.right)):
                self.found(original_node, "only Terraform knows this number: Python counts with a marker", safety=SHOWN)
        return updated_node

    def _is_known_later(self, value: cst.BaseExpression) -> bool:
        return self._is_token(value, STRING) or self._is_token(value, NUMBER)

    def _is_token(self, value: cst.BaseExpression, kind: TypeRef) -> bool:
        if self.source.type_of(value) != kind:
            return False
        return self.source.is_read_from_construct(value) or made_by_function(self.source, value)


def _is_literal(node: cst.BaseExpression) -> bool:
    """Whether a value is written in place, and is no part of a marker's own text."""
    if isinstance(node, (cst.List, cst.Tuple, cst.Set)):
        return bool(node.elements) and all(_is_literal(each.value) for each in node.elements)
    text = string_value(node)
    return not is_of_marker(text) if text is not None else isinstance(node, (cst.Integer, cst.Float))

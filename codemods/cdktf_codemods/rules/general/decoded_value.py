from __future__ import annotations

import libcst as cst

from ...meaning import string_value, trace
from ..rule import Rule

_DECODERS = frozenset(("Fn.jsondecode", "Fn.yamldecode"))


class DecodedValue(Rule):
    """A key of what ``Fn.jsondecode`` or ``Fn.yamldecode`` gives, read as if it were a dict.

    Only Terraform decodes the text, when it applies the plan; in Python the value has no keys. ``Fn.lookup`` reads one
    there: for a subscript, for ``.get``, with its default, and for an attribute.

    Safe: the code raises an error as it stands.

    Before::

        from cdktf import Fn, TerraformOutput

        def user(scope, secret):
            login = Fn.jsondecode(secret)
            TerraformOutput(scope, "user", value=login["username"])
            TerraformOutput(scope, "host", value=login.get("host", "localhost"))

    After::

        from cdktf import Fn, TerraformOutput

        def user(scope, secret):
            login = Fn.jsondecode(secret)
            TerraformOutput(scope, "user", value=Fn.lookup(login, "username"))
            TerraformOutput(scope, "host", value=Fn.lookup(login, "host", "localhost"))
    """

    code = "A111"
    name = "decoded-value"
    equivalents = ("E1136", "unsubscriptable-object")
    wakes = ("jsondecode", "yamldecode")
    across = True

    def leave_Subscript(self, original_node: cst.Subscript, updated_node: cst.Subscript) -> cst.BaseExpression:
        index = original_node.slice[0].slice if len(original_node.slice) == 1 else None
        holder = self.source.names.parents.get(id(original_node))
        if not isinstance(index, cst.Index) or isinstance(holder, (cst.AssignTarget, cst.Del)):
            return updated_node
        if string_value(index.value) is None or not self._is_decoded(original_node.value):
            return updated_node
        return self._lookup(original_node, original_node.value, index.value)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        func, args = original_node.func, original_node.args
        if not isinstance(func, cst.Attribute) or func.attr.value != "get" or not 1 <= len(args) <= 2:
            return updated_node
        if any(arg.star or arg.keyword is not None for arg in args) or not self._is_decoded(func.value):
            return updated_node
        return self._lookup(original_node, func.value, *(arg.value for arg in args))

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.BaseExpression:
        holder = self.source.names.parents.get(id(original_node))
        if isinstance(holder, (cst.Call, cst.AssignTarget, cst.Attribute)) and getattr(
            holder, "func", original_node
        ) is (original_node):
            return updated_node
        if original_node.attr.value.startswith("_") or not self._is_decoded(original_node.value):
            return updated_node
        return self._lookup(original_node, original_node.value, self.string(original_node.attr.value))

    def _lookup(self, node: cst.BaseExpression, *values: cst.BaseExpression) -> cst.BaseExpression:
        if not self.found(node, "only Terraform knows the keys of a decoded text; `Fn.lookup` reads one"):
            return node
        func = cst.Attribute(self.imports.core("Fn"), cst.Name("lookup"))
        return cst.Call(func, [cst.Arg(value) for value in values])

    def _is_decoded(self, value: cst.BaseExpression) -> bool:
        """Whether a value is what a decoder gives, or what is under a key of that."""
        origins, complete = trace(self.source, value)
        return (
            bool(origins)
            and complete
            and all(
                self.schema.core_member(each.source.name_called(each.node)) in _DECODERS
                or self._is_looked_up(each.node)
                for each in origins
            )
        )

    def _is_looked_up(self, node: cst.BaseExpression) -> bool:
        looked_up = self.schema.core_member(self.source.name_called(node)) == "Fn.lookup"
        return looked_up and isinstance(node, cst.Call) and bool(node.args) and self._is_decoded(node.args[0].value)

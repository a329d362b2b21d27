from __future__ import annotations

import re

import libcst as cst

from ...meaning import made_by_function
from ...meaning.origins import reads
from ...schema.types import ListOf
from ..rule import DESCRIBED, SHOWN, Rule

_ELEMENT_HEAD = re.compile(r"\$\{\{\s*element\(\s*")
_ELEMENT_TAIL = re.compile(r"\s*\)\s*\}\}")


class TokenList(Rule):
    """An element taken in Python out of a list that only Terraform knows.

    ``zones.names`` is one token that stands for the whole list: an index gives half a token, which synthesis refuses,
    a loop runs once, ``len`` is 1. ``Fn.element`` takes the element when the list is known.

    Safe: synthesis fails as it is. What cannot be said by a function (a loop, ``len``) is shown.

    Before::

        from cdktf import Fn
        from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones

        def two(zones: DataAwsAvailabilityZones, i: int):
            return zones.names[0], f"${{element({zones.names}, {i})}}"

    After::

        from cdktf import Fn
        from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones

        def two(zones: DataAwsAvailabilityZones, i: int):
            return Fn.element(zones.names, 0), Fn.element(zones.names, i)
    """

    code = "T101"
    name = "token-list"
    catalogue = ("T1", "T2")
    wakes = (DESCRIBED,)
    across = True

    def leave_Subscript(self, original_node: cst.Subscript, updated_node: cst.Subscript) -> cst.BaseExpression:
        part = original_node.slice[0].slice
        if len(original_node.slice) != 1 or not self._is_token_list(original_node.value):
            return updated_node
        what = "a list that only Terraform knows cannot be indexed in Python"
        if isinstance(part, cst.Index):
            if isinstance(part.value, cst.UnaryOperation):
                behind = part.value.expression
                if not isinstance(part.value.operator, cst.Minus) or not isinstance(behind, cst.Integer):
                    self.found(original_node, f"{what}, nor from its end by `Fn.element`", safety=SHOWN)
                elif self.found(original_node, f"{what}; it is `Fn.element` of `Fn.reverse`"):
                    index = cst.Integer(str(behind.evaluated_value - 1))
                    return self._call("element", self._call("reverse", updated_node.value), index)
            elif self.found(original_node, f"{what}; it is `Fn.element`"):
                return self._call("element", updated_node.value, part.value)
        elif isinstance(part, cst.Slice) and part.step is None and part.upper is not None:
            if self._is_gone_through(original_node):
                message = f"{what}; `Fn.slice` gives another that cannot be gone through: count, and take `Fn.element`"
                self.found(original_node, message, safety=SHOWN)
            elif self.found(original_node, f"{what}; it is `Fn.slice`"):
                return self._call("slice", updated_node.value, part.lower or cst.Integer("0"), part.upper)
        return updated_node

    def leave_FormattedString(
        self, original_node: cst.FormattedString, updated_node: cst.FormattedString
    ) -> cst.BaseExpression:
        """Terraform's ``element`` written around the token of a list."""
        found = self._element_of(original_node)
        if found is None or not self._is_token_list(found[0]):
            return updated_node
        if self.found(original_node, "the token of a list in a text; it is `Fn.element`"):
            return self._call("element", *found)
        return updated_node

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        if len(original_node.args) == 1 and self.source.name_called(original_node) == "builtins.len":
            if self._is_token_list(original_node.args[0].value):
                self.found(original_node, "`len` of a list that only Terraform knows is always 1", safety=SHOWN)
        return updated_node

    def leave_For(self, original_node: cst.For, updated_node: cst.For) -> cst.For:
        self._check_loop(original_node.iter)
        return updated_node

    def leave_CompFor(self, original_node: cst.CompFor, updated_node: cst.CompFor) -> cst.CompFor:
        self._check_loop(original_node.iter)
        return updated_node

    def _check_loop(self, looped: cst.BaseExpression) -> None:
        if isinstance(looped, cst.Call) and looped.args and self.source.name_called(looped) == "builtins.enumerate":
            looped = looped.args[0].value
        if self._is_token_list(looped):
            message = "a loop over a list that only Terraform knows runs once; count in Python and take `Fn.element`"
            self.found(looped, message, safety=SHOWN)

    def _is_gone_through(self, node: cst.BaseExpression) -> bool:
        """Whether Python goes through the elements of what an expression gives, or counts them."""
        parent = self.source.names.parents.get(id(node))
        if isinstance(parent, (cst.For, cst.CompFor)):
            return parent.iter is node
        if isinstance(parent, cst.Arg):
            call = self.source.names.parents[id(parent)]
            return isinstance(call, cst.Call) and self.source.name_called(call).startswith("builtins.")
        if isinstance(parent, cst.Assign) and isinstance(parent.targets[0].target, cst.Name):
            return any(map(self._is_gone_through, reads(self.source, parent.targets[0].target)))
        return isinstance(parent, cst.StarredElement)

    def _is_token_list(self, node: cst.BaseExpression) -> bool:
        """Whether a value is a list read from a construct, or what a function of ``Fn`` makes."""
        if not isinstance(self.source.type_of(node), ListOf):
            return False
        return self.source.is_read_from_construct(node) or made_by_function(self.source, node)

    def _element_of(self, node: cst.FormattedString) -> tuple[cst.BaseExpression, cst.BaseExpression] | None:
        """The list and the index in ``${element({list}, {index})}``."""
        parts = list(node.parts)
        if len(parts) < 3 or not isinstance(parts[0], cst.FormattedStringText) or not isinstance(
            parts[1], cst.FormattedStringExpression
        ):  # fmt: skip
            return None
        if not _ELEMENT_HEAD.fullmatch(parts[0].value) or not isinstance(parts[2], cst.FormattedStringText):
            return None
        if len(parts) == 3 and (literal := re.fullmatch(r"\s*,\s*(\d+)" + _ELEMENT_TAIL.pattern, parts[2].value)):
            return parts[1].expression, cst.Integer(literal[1])
        if len(parts) == 5 and parts[2].value.strip() == "," and isinstance(parts[3], cst.FormattedStringExpression):
            if isinstance(parts[4], cst.FormattedStringText) and _ELEMENT_TAIL.fullmatch(parts[4].value):
                return parts[1].expression, parts[3].expression
        return None

    def _call(self, name: str, *values: cst.BaseExpression) -> cst.Call:
        func = cst.Attribute(self.imports.core("Fn"), cst.Name(name))
        return cst.Call(func, [cst.Arg(value) for value in values])

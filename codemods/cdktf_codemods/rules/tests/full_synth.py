from __future__ import annotations

import libcst as cst

from ...editing.literals import call, uncommented
from ...meaning import Origin, Source, destinations, trace
from ...meaning.types import ProjectObject
from ..rule import SHOWN, UNSAFE, Rule

_CHECKS = ("Testing.to_be_valid_terraform", "Testing.to_plan_successfully")
_SYNTHS = ("Testing.synth", "Testing.synth_scope")
_STACK = "TerraformStack"


class FullSynth(Rule):
    """``Testing.to_be_valid_terraform`` given the JSON of ``Testing.synth``.

    It runs Terraform in a folder, so it wants the one that ``Testing.full_synth`` writes; given JSON, it is ``False``
    whatever the stack is. The assertion stays: the function returns a bool. Source: cdktf 0.21, ``matchers.ts``.

    Safe: the check cannot pass as it is. Shown where the stack is out of reach of the check. What nothing asserts
    checks nothing: it is asserted, which is unsafe, for it may fail then.

    Before::

        from cdktf import Testing

        def test_stack(stack):
            assert Testing.to_be_valid_terraform(Testing.synth(stack)) is True

    After::

        from cdktf import Testing

        def test_stack(stack):
            assert Testing.to_be_valid_terraform(Testing.full_synth(stack)) is True
    """

    code = "K101"
    name = "full-synth"
    catalogue = ("K1",)
    wakes = ("to_be_valid_terraform", "to_plan_successfully")

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        if not _is_check(self.source, original_node) or len(original_node.args) != 1:
            return updated_node
        value = original_node.args[0].value
        method = original_node.func.attr.value if isinstance(original_node.func, cst.Attribute) else ""
        message = f"`{method}` takes the folder that `Testing.full_synth` writes"
        if self._is_stack(value):
            if self.found(value, f"{message}, not the stack"):
                assert isinstance(original_node.func, cst.Attribute)
                full = original_node.func.deep_clone().with_changes(attr=cst.Name("full_synth"))
                self.edit(value, call(full, value))
            return updated_node
        for origin in trace(self.source, value)[0]:
            if _is_synth(origin.source, origin.node):
                self._repair(value, origin, f"{message}, not the JSON of `Testing.synth`")
        return updated_node

    def leave_Expr(self, original_node: cst.Expr, updated_node: cst.Expr) -> cst.BaseSmallStatement:
        """A check whose answer nothing looks at."""
        check = original_node.value
        if not isinstance(check, cst.Call) or not _is_check(self.source, check):
            return updated_node
        message = "the check returns whether it passes, which nothing asserts"
        if self.found(check, message, safety=UNSAFE):
            return cst.Assert(check, semicolon=original_node.semicolon)
        return updated_node

    def _is_stack(self, value: cst.BaseExpression) -> bool:
        kind = self.source.type_of(value)
        return isinstance(kind, ProjectObject) and kind.reference.inherits(self.schema, self.schema.core_name(_STACK))

    def _repair(self, value: cst.BaseExpression, origin: Origin, message: str) -> None:
        node = origin.node
        assert isinstance(node, cst.Call)
        assert isinstance(node.func, cst.Attribute)
        full = node.func.with_changes(attr=cst.Name("full_synth"))
        ways = destinations(origin.source, node)
        if node is value or (not ways.found and all(_is_checked(source, use) for source, use in ways.others)):
            if self.found(node, message, source=origin.source):
                self.edit(node, call(full, node.args[0].value), origin.source)
        elif origin.source is self.source and self._reaches(node.args[0].value, value):
            if self.found(value, message):
                self.edit(value, call(full.deep_clone(), uncommented(node.args[0].value)))
        else:
            self.found(value, f"{message}; call it on the stack here", safety=SHOWN)

    def _reaches(self, stack: cst.BaseExpression, use: cst.BaseExpression) -> bool:
        """Whether the stack's expression means the same where the JSON is used."""
        root = stack
        while isinstance(root, cst.Attribute):
            root = root.value
        if not isinstance(root, cst.Name):
            return False
        here, there = (self.source.names.scope_of(each) for each in (root, use))
        if here.find(root.value) is there.find(root.value):
            return True
        owner = here.enclosing_class
        return root.value == "self" and root is not stack and owner is not None and owner is there.enclosing_class


def _is_check(source: Source, node: cst.Call) -> bool:
    return source.schema.core_member(source.name_called(node)) in _CHECKS


def _is_synth(source: Source, node: cst.BaseExpression) -> bool:
    return (
        source.schema.core_member(source.name_called(node)) in _SYNTHS
        and isinstance(node, cst.Call)
        and bool(node.args)
    )


def _is_checked(source: Source, use: cst.CSTNode) -> bool:
    """Whether a value is given to a check."""
    arg = source.names.parents.get(id(use))
    outer = source.names.parents.get(id(arg))
    return isinstance(arg, cst.Arg) and isinstance(outer, cst.Call) and _is_check(source, outer)

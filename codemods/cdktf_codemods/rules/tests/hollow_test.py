from __future__ import annotations

import libcst as cst

from ...meaning.origins import is_none
from ...syntax.walk import descendants
from ..rule import SHOWN, Rule


class HollowTest(Rule):
    """An integration test that only asserts that something is not ``None``.

    That a stack can be made says nothing of what was deployed. Shown: what the deployment should be like, only its
    author knows. Read the stack's outputs and ask AWS for the resources (boto3), and assert what they are.

    Reported::

        # tests/integration/test_stack.py
        def test_stack(stack):
            assert stack is not None
    """

    code = "K102"
    name = "hollow-test"
    safety = SHOWN
    catalogue = ("K2",)
    wakes = ("is not None", "!= None", "assertIsNotNone")
    default = False

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        if original_node.name.value.startswith("test") and self._is_integration(original_node):
            checks = [each for each in descendants(original_node.body) if _is_check(each)]
            if checks and all(map(_is_hollow, checks)):
                message = "this integration test asserts only that something is not None; assert what was deployed"
                self.found(original_node.name, message)
        return updated_node

    def _is_integration(self, function: cst.FunctionDef) -> bool:
        owner = self.source.names.scopes[id(function)].parent
        name = owner.node.name.value if owner is not None and isinstance(owner.node, cst.ClassDef) else ""
        return "integration" in f"{self.source.path} {name} {function.name.value}".lower()


def _is_check(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        return node.func.attr.value.startswith("assert")
    return isinstance(node, cst.Assert)


def _is_hollow(check: cst.CSTNode) -> bool:
    if isinstance(check, cst.Call):
        return isinstance(check.func, cst.Attribute) and check.func.attr.value == "assertIsNotNone"
    test = check.test if isinstance(check, cst.Assert) else None
    if not isinstance(test, cst.Comparison) or len(test.comparisons) != 1:
        return False
    compared = test.comparisons[0]
    return is_none(compared.comparator) and isinstance(compared.operator, (cst.IsNot, cst.NotEqual))

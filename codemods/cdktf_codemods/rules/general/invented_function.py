from __future__ import annotations

import libcst as cst

from ...knowledge.functions import REFERENCES, meant
from ..rule import SHOWN, Rule


class InventedFunction(Rule):
    """A function that ``Fn`` does not have: CloudFormation's, Terraform's by another name, or a name of Terraform's.

    Which it is there is in a table with its sources. What the table does not have is shown by A104, with what is near.

    Safe: the call raises an ``AttributeError`` as it stands, and the other does what it says.

    Before::

        from cdktf import Fn, TerraformOutput

        def outputs(scope, subnets):
            TerraformOutput(scope, "first", value=Fn.select(0, subnets))
            TerraformOutput(scope, "where", value=Fn.terraform_workspace())

    After::

        from cdktf import Fn, TerraformOutput

        def outputs(scope, subnets):
            TerraformOutput(scope, "first", value=Fn.element(subnets, 0))
            TerraformOutput(scope, "where", value="${terraform.workspace}")
    """

    code = "A110"
    name = "invented-function"
    equivalents = ("E1101", "no-member")
    wakes = ("Fn",)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        name = self._invented(original_node)
        args = original_node.args
        if name is None:
            return updated_node
        if (reference := REFERENCES.get(name)) is not None and not args:
            if self.found(original_node, f"`Fn` has no `{name}`; Terraform's is `${{{reference}}}`"):
                return self.string(f"${{{reference}}}")
            return updated_node
        function = meant(name)
        if function is None:
            return updated_node
        if len(args) != len(function.order) or any(arg.star or arg.keyword is not None for arg in args):
            message = f"`Fn` has no `{name}`; `{function.function}` takes {len(function.order)} arguments"
            self.found(original_node, message, safety=SHOWN)
            return updated_node
        func = original_node.func
        assert isinstance(func, cst.Attribute)
        if self.found(original_node, f"`Fn` has no `{name}`; it is `{function.function}`"):
            values = [args[at].value for at in function.order]
            renamed = func.with_changes(attr=cst.Name(function.function))
            moved = [arg.with_changes(value=value) for arg, value in zip(args, values, strict=True)]
            return original_node.with_changes(func=renamed, args=moved)
        return updated_node

    def _invented(self, call: cst.Call) -> str | None:
        """The name that a call of ``Fn.name`` gives a function that there is none of."""
        head, _, name = self.schema.core_member(self.source.name_called(call)).partition(".")
        described = self.schema.find(self.schema.core_name(head)) if head == "Fn" and name else None
        return name if described is not None and name not in described.methods else None

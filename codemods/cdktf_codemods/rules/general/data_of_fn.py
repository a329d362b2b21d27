from __future__ import annotations

import re

import libcst as cst

from ...knowledge.functions import PSEUDO_PARAMETERS, is_about_data
from ...meaning import string_value
from ...meaning.references import would_be_made
from ..rule import SHOWN, UNSAFE, Rule

_NAME = "current"
"""What a data source without arguments is usually called."""
_PARAMETER = re.compile(r"\$\{([^}!]*)\}")


class DataOfFn(Rule):
    """What a data source knows, asked of ``Fn``: CloudFormation's ``Fn::Sub`` with its pseudo parameters, or an
    invented ``Fn.data_…()``.

    The text reads the data source, and A119 makes that, once a stack.

    Unsafe: what the data source reads is not in the code. Shown outside of a stack, where the data source needs
    arguments, where the program makes one already, under a name of its own, and of other parameters.

    Before::

        from cdktf import App, Fn, TerraformOutput, TerraformStack

        class Shop(TerraformStack):
            def __init__(self, scope, name):
                super().__init__(scope, name)
                TerraformOutput(self, "name", value=Fn.sub("root-${AWS::AccountId}"))
                TerraformOutput(self, "account", value=Fn.data_aws_caller_identity().account_id)

        app = App()
        Shop(app, "shop")
        app.synth()

    After::

        from cdktf import App, TerraformOutput, TerraformStack

        class Shop(TerraformStack):
            def __init__(self, scope, name):
                super().__init__(scope, name)
                TerraformOutput(self, "name", value="root-${data.aws_caller_identity.current.account_id}")
                TerraformOutput(self, "account", value="${data.aws_caller_identity.current.account_id}")

        app = App()
        Shop(app, "shop")
        app.synth()
    """

    code = "A120"
    name = "data-of-fn"
    safety = UNSAFE
    equivalents = ("E1101", "no-member")
    wakes = ("Fn",)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        name = self._invented(original_node)
        if name != "sub":
            if name and self._attribute(original_node) is None:
                self.found(original_node, f"`Fn` has no `{name}`; a data source is made as a construct", safety=SHOWN)
            return updated_node
        args = original_node.args
        text = args[0].value if len(args) == 1 and args[0].keyword is None and not args[0].star else None
        parameters = _PARAMETER.findall(string_value(text) or "") if text is not None else []
        read = {each: self._parameter(original_node, each) for each in parameters}
        if not isinstance(text, cst.SimpleString) or not read or not all(read.values()):
            message = '`Fn` has no `sub`; Python puts values into a text by itself: `f"…{value}…"`'
            self.found(original_node, message, safety=SHOWN)
        elif self.found(original_node, f"`Fn` has no `sub`; Terraform reads {', '.join(sorted(_listed(read)))}"):
            return text.with_changes(value=_PARAMETER.sub(lambda found: f"${{{read[found[1]]}}}", text.value))
        return updated_node

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.BaseExpression:
        made = original_node.value
        name = self._invented(made) if isinstance(made, cst.Call) else None
        read = self._attribute(made) if isinstance(made, cst.Call) and name else None
        if read and self.found(original_node, f"`Fn` has no `{name}`; Terraform's is `${{{read}}}`"):
            return self.string(f"${{{read}}}")
        return updated_node

    def _attribute(self, call: cst.Call) -> str | None:
        """What ``Fn.data_kind().attribute`` is to Terraform, for the call in it; None where that cannot be made."""
        name = self._invented(call) or ""
        above = self.source.names.parents.get(id(call))
        if call.args or not isinstance(above, cst.Attribute) or above.value is not call:
            return None
        return self._read(call, name.removeprefix("data_"), (above.attr.value,))

    def _parameter(self, call: cst.Call, name: str) -> str | None:
        """What a pseudo parameter is to Terraform."""
        return self._read(call, *PSEUDO_PARAMETERS[name]) if name in PSEUDO_PARAMETERS else None

    def _read(self, call: cst.Call, kind: str, attributes: tuple[str, ...]) -> str | None:
        described = would_be_made(self.source, call, kind)
        known = [each for each in attributes if described is not None and each in described.attributes]
        return f"data.{kind}.{_NAME}.{known[0]}" if known else None

    def _invented(self, call: cst.Call) -> str | None:
        """The name that ``Fn.name(…)`` gives what is about data sources, and no function."""
        head, _, name = self.schema.core_member(self.source.name_called(call)).partition(".")
        return name if head == "Fn" and is_about_data(name) else None


def _listed(read: dict[str, str | None]) -> set[str]:
    return {f"`${{{each}}}`" for each in read.values()}

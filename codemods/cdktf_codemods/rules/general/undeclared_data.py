from __future__ import annotations

import libcst as cst

from ...editing.literals import data_source
from ...meaning.references import data_class, data_read, may_be_made
from ...meaning.stacks import is_program, stack_of
from ..rule import SHOWN, UNSAFE, Rule


class UndeclaredData(Rule):
    """A text for Terraform that reads a data source which the program makes nowhere.

    ``${data.aws_caller_identity.current.account_id}`` needs the data source ``current`` in its stack. It is made there
    once, behind the line that makes the stack, under the name that the texts have.

    Unsafe: what the data source reads is not in the code. Shown where it needs arguments.

    Before::

        from cdktf import App, TerraformOutput, TerraformStack

        class Shop(TerraformStack):
            def __init__(self, scope, name):
                super().__init__(scope, name)
                TerraformOutput(self, "account", value="${data.aws_caller_identity.current.account_id}")

        app = App()
        Shop(app, "shop")
        app.synth()

    After::

        from cdktf import App, TerraformOutput, TerraformStack
        from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity

        class Shop(TerraformStack):
            def __init__(self, scope, name):
                super().__init__(scope, name)
                DataAwsCallerIdentity(self, "current")
                TerraformOutput(self, "account", value="${data.aws_caller_identity.current.account_id}")

        app = App()
        Shop(app, "shop")
        app.synth()
    """

    code = "A119"
    name = "data-source-not-made"
    safety = UNSAFE
    wakes = ("{data.", "(data.")

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> cst.ClassDef:
        stack = stack_of(self.source, original_node)
        read = list(data_read(original_node)) if stack is not None else []
        if stack is None or not read or not is_program(self.source):
            return updated_node
        first = {(kind, name): node for node, kind, name in reversed(read)}
        for (kind, name), node in first.items():
            described = data_class(self.schema, kind)
            if described is None or may_be_made(self.source, described, kind):
                continue
            what = f"nothing makes the data source `{kind}.{name}` that this reads"
            if described.required:
                needed = ", ".join(f"`{each}`" for each in described.required)
                self.found(node, f"{what}; a `{described.short_name}` needs {needed}", safety=SHOWN)
            elif self.found(node, f"{what}; `{original_node.name.value}` gets it"):
                func = self.imports.name(described.module, described.short_name)
                alike = [other for other, used in first if used == name]
                made = data_source(func, stack[1], kind, self.string(name), len(alike) == 1 and self._is_free(name))
                self.edits_of(self.source).follow(stack[0], cst.SimpleStatementLine([cst.Expr(made)]))
        return updated_node

    def _is_free(self, name: str) -> bool:
        """Whether no text of the file is the name, so that no construct has it as its id."""
        return name not in self.source.names.texts

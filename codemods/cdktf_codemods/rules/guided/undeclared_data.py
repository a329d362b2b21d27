from __future__ import annotations

import libcst as cst

from ...editing.literals import data_source
from ...knowledge.evidence import Evidence
from ...meaning.references import data_class
from .base import Guided


class UndeclaredData(Guided):
    """A reference to a data source, in a text for Terraform, that the stack does not declare.

    ``${data.aws_caller_identity.current.account_id}`` needs the data source ``current`` in its stack. It is made there
    once, behind the line that makes the stack, under the name that the texts have.

    Unsafe: what the data source reads is not in the code. Shown where it needs arguments.

    Before::

        from cdktf import TerraformOutput, TerraformStack

        class Shop(TerraformStack):
            def __init__(self, scope, name):
                super().__init__(scope, name)
                TerraformOutput(self, "account", value="${data.aws_caller_identity.current.account_id}")

    Error::

        main.py:5: terraform: A data resource "aws_caller_identity" "current" has not been declared in the root module.

    After::

        from cdktf import TerraformOutput, TerraformStack
        from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity

        class Shop(TerraformStack):
            def __init__(self, scope, name):
                super().__init__(scope, name)
                DataAwsCallerIdentity(self, "current")
                TerraformOutput(self, "account", value="${data.aws_caller_identity.current.account_id}")
    """

    code = "G107"
    name = "undeclared-data"
    kind = "undeclared"

    def heed(self, evidence: Evidence) -> None:
        held = self.stack_at(evidence)
        described = data_class(self.schema, evidence.argument)
        if held is None or described is None:
            return
        line, stack = held
        what = f"`{evidence.construct}` reads `data.{evidence.argument}.{evidence.given}`, which it does not declare"
        if described.required:
            self.shows(line, f"{what}; a `{described.short_name}` needs {', '.join(described.required)}", evidence)
        elif self.finds(line, what, evidence):
            func = self.imports.name(described.module, described.short_name)
            self.edits_of(self.source).follow(
                line, cst.SimpleStatementLine([cst.Expr(self._made(func, stack, evidence))])
            )

    def _made(self, func: cst.BaseExpression, stack: cst.BaseExpression, evidence: Evidence) -> cst.BaseExpression:
        """The data source, known to Terraform by its name; to cdktf by a longer one, where that name is taken."""
        alike = [each for each in self.context.evidence if each.kind == self.kind and each.given == evidence.given]
        is_free = len(alike) == 1 and evidence.given not in self.source.names.texts
        return data_source(func, stack, evidence.argument, self.string(evidence.given), is_free)

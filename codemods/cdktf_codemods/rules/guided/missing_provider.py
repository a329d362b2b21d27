from __future__ import annotations

import libcst as cst

from ...editing.literals import call
from ...knowledge.evidence import Evidence
from ...meaning.stacks import provider_arguments, provider_class
from .base import Guided


class MissingProvider(Guided):
    """A stack with resources of a provider, and without the construct that sets the provider up.

    The stack gets one, behind the line that makes it. A provider that has a region gets that of the stack's parameter,
    or the one that the project names.

    Unsafe: which account, and with what rights, is not in the code. Shown where the project names no region, or
    several.

    Before::

        from cdktf import TerraformStack
        from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

        class Shop(TerraformStack):
            def __init__(self, scope, name, region):
                super().__init__(scope, name)
                SqsQueue(self, "orders")

    Error::

        main.py:6: stack `shop` has resources of `aws`, and no provider construct

    After::

        from cdktf import TerraformStack
        from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
        from cdktf_cdktf_provider_aws.provider import AwsProvider

        class Shop(TerraformStack):
            def __init__(self, scope, name, region):
                super().__init__(scope, name)
                AwsProvider(self, "aws", region=region)
                SqsQueue(self, "orders")
    """

    code = "G105"
    name = "missing-provider"
    kind = "provider"
    repeats = ("A118",)

    def heed(self, evidence: Evidence) -> None:
        held = self.stack_at(evidence)
        described = provider_class(self.schema, evidence.argument)
        if held is None or described is None:
            return
        line, stack = held
        what = f"`{evidence.construct}` needs a `{described.short_name}`"
        given, question = provider_arguments(self.source, line, described)
        if question:
            self.shows(line, what + question, evidence)
        elif self.finds(line, what, evidence):
            func = self.imports.name(described.module, described.short_name)
            made = call(func, stack, self.string(evidence.argument), **given)
            self.edits_of(self.source).follow(line, cst.SimpleStatementLine([cst.Expr(made)]))

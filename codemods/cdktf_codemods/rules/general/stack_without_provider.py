from __future__ import annotations

import libcst as cst

from ...editing.literals import call
from ...meaning.stacks import Stack, is_program, is_validated, made_in, provider_arguments, provider_class, stack_of
from ...schema import ApiClass
from ..rule import SHOWN, UNSAFE, Rule

_OTHERWISE = ('"provider', "'provider", "TerraformProvider", "import_module", "__import__")
"""What sets a provider up without naming its construct."""


class StackWithoutProvider(Rule):
    """A stack with resources of a provider, in a program that sets the provider up nowhere.

    The stack gets the provider's construct, behind the line that makes it. A provider that has a region gets that of
    the stack's parameter, or the one that the project names.

    Unsafe: which account, and with what rights, is not in the code. Shown where the project names no region, or
    several.

    Before::

        from cdktf import App, TerraformStack
        from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

        class Shop(TerraformStack):
            def __init__(self, scope, name, region):
                super().__init__(scope, name)
                SqsQueue(self, "orders")

        app = App()
        Shop(app, "shop", "eu-west-1")
        app.synth()

    After::

        from cdktf import App, TerraformStack
        from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
        from cdktf_cdktf_provider_aws.provider import AwsProvider

        class Shop(TerraformStack):
            def __init__(self, scope, name, region):
                super().__init__(scope, name)
                AwsProvider(self, "aws", region=region)
                SqsQueue(self, "orders")

        app = App()
        Shop(app, "shop", "eu-west-1")
        app.synth()
    """

    code = "A118"
    name = "stack-without-provider"
    safety = UNSAFE
    wakes = ("TerraformStack",)

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> cst.ClassDef:
        stack = stack_of(self.source, original_node)
        if stack is not None:
            for provider in sorted({made.provider for made in made_in(self.source, original_node)}):
                described = provider_class(self.schema, provider)
                if described is None or self._is_set_up(described) or not is_program(self.source):
                    continue
                if is_validated(self.source):
                    self._missing(original_node, stack, provider, described)
        return updated_node

    def _is_set_up(self, described: ApiClass) -> bool:
        """Whether any file may set a provider up: by any construct, or by an override of the stack's JSON."""
        return any(next(self.source.holding(text), None) for text in (described.short_name, *_OTHERWISE))

    def _missing(self, owner: cst.ClassDef, stack: Stack, provider: str, described: ApiClass) -> None:
        line, name = stack
        what = f"`{owner.name.value}` has resources of `{provider}`, and nothing makes a `{described.short_name}`"
        given, question = provider_arguments(self.source, line, described)
        if question:
            self.found(line, what + question, safety=SHOWN)
        elif self.found(line, what):
            func = self.imports.name(described.module, described.short_name)
            made = call(func, name, self.string(provider), **given)
            self.edits_of(self.source).follow(line, cst.SimpleStatementLine([cst.Expr(made)]))

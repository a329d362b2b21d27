from __future__ import annotations

import re

import libcst as cst

from ...editing.literals import call
from ...knowledge.evidence import Evidence
from ...meaning import Source, arguments, string_value
from ...schema import ApiClass
from .base import Guided

_REGION = re.compile(r"(?:us|eu|ap|sa|ca|me|af|il|mx)(?:-gov|-iso[a-z]?)?-[a-z]+-\d")
_PARAMETERS = ("region", "aws_region")


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

    def heed(self, evidence: Evidence) -> None:
        held = self.stack_at(evidence)
        described = self._class_of(evidence.argument)
        if held is None or described is None:
            return
        line, stack = held
        what = f"`{evidence.construct}` needs a `{described.short_name}`"
        given: dict[str, cst.BaseExpression] = {}
        if "region" in described.arguments:
            regions = self._regions(line)
            if len(regions) != 1:
                named = ", ".join(f"`{each}`" for each in regions)
                self.shows(line, what + (f"; of which region: {named}?" if named else " with its region"), evidence)
                return
            given["region"] = next(iter(regions.values()))
        if described.required:
            self.shows(line, what, evidence)
        elif self.finds(line, what, evidence):
            name = self.imports.name(f"{described.name.rpartition('.')[0]}", described.short_name)
            made = call(name, stack, self.string(evidence.argument), **given)
            self.edits_of(self.source).follow(line, cst.SimpleStatementLine([cst.Expr(made)]))

    def _class_of(self, provider: str) -> ApiClass | None:
        """The construct that sets a provider up."""
        for package, snapshot in self.schema.snapshots.items():
            if snapshot.provider.rpartition("/")[2] == provider:
                for described in (self.schema.module(f"{package}.provider") or {}).values():
                    if described.is_construct:
                        return described
        return None

    def _regions(self, line: cst.CSTNode) -> dict[str, cst.BaseExpression]:
        """The regions that may be meant: a parameter of the function, else those that other providers have, else all
        that the project names."""
        scope = self.source.names.scope_of(line)
        for name in _PARAMETERS:
            if any(each.kind == "parameter" for each in scope.bindings.get(name, ())):
                return {name: cst.Name(name)}
        sources = list(self.source.holding("-"))
        configured = [text for source in sources for text in _configured(source)]
        named = configured or [
            found[0]
            for source in sources
            for text in source.names.strings
            if (found := _REGION.match(string_value(text) or "")) is not None
        ]
        return {text: self.string(text) for text in named}


def _configured(source: Source) -> list[str]:
    """The regions that a file gives to providers."""
    found = []
    for made in source.names.calls:
        described = source.called(made)
        region = arguments(source, made).get("region") if described and described.submodule == "provider" else None
        if region is not None and (text := string_value(region.value)) is not None:
            found.append(text)
    return found

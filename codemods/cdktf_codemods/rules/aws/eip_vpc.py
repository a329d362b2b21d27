from __future__ import annotations

import libcst as cst

from ...meaning import arguments
from ..rule import Rule


class EipVpc(Rule):
    """``vpc=`` of an elastic IP address, which version 6 of the AWS provider no longer has.

    ``domain="vpc"`` says the same. Source: the AWS provider's version 6 upgrade guide, resource ``aws_eip``.

    Safe: the argument does not exist any more. In a version that still has it nothing is changed.

    Before::

        from cdktf_cdktf_provider_aws.eip import Eip

        def address(scope):
            return Eip(scope, "nat", vpc=True)

    After::

        from cdktf_cdktf_provider_aws.eip import Eip

        def address(scope):
            return Eip(scope, "nat", domain="vpc")
    """

    code = "A101"
    name = "eip-vpc"
    catalogue = ("A1",)
    wakes = ("vpc", "eip", "Eip")  # the argument may be written in another file than the call
    makes = frozenset({"eip"})
    provider = "aws"

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None or made.short_name not in ("Eip", "EipConfig"):
            return updated_node
        if "vpc" in made.arguments or "domain" not in made.arguments:
            return updated_node
        given = arguments(self.source, original_node)
        vpc = given.get("vpc")
        if vpc is None:
            return updated_node
        wanted = _truth(vpc.value)
        if wanted is False or "domain" in given:
            text = f"`vpc` is no argument of `{made.short_name}`; without it the meaning is the same"
            if self.found(vpc.key, text, source=vpc.source):
                self.owner.drop(vpc)
        elif self.found(
            vpc.key, f'`vpc` is no argument of `{made.short_name}`; it is `domain="vpc"`', source=vpc.source
        ):
            domain: cst.BaseExpression = self.string("vpc")
            if wanted is None:
                domain = cst.IfExp(test=vpc.value, body=domain, orelse=cst.Name("None"))
            self.owner.rename(vpc, "domain", domain)
        return updated_node


def _truth(value: cst.BaseExpression) -> bool | None:
    """What a literal says, in Python or in Terraform's spelling; None for any other expression."""
    if isinstance(value, cst.Name):
        return {"True": True, "False": False, "None": False}.get(value.value)
    if isinstance(value, cst.SimpleString):
        return {"true": True, "false": False}.get(str(value.evaluated_value))
    return None

from __future__ import annotations

from difflib import get_close_matches

import libcst as cst

from ...meaning import Reference
from ...meaning.lacking import beside, lacks
from ..rule import DESCRIBED, SHOWN, UNSAFE, Rule


class AttributeBeside(Rule):
    """An attribute that an object of the project's own class does not have.

    Where one other object has it, by which this one was made, or that was made by this one, it is read of that.

    Unsafe: the code fails as it is, but nothing says that the other is meant. Shown, with what is spelled like it,
    where none has it or several have. Nothing is said where a class that is not known may have it, a subclass has it,
    or anybody sets it from outside.

    Before::

        from cdktf import TerraformStack
        from cdktf_cdktf_provider_aws.security_group import SecurityGroup
        from cdktf_cdktf_provider_aws.vpc import Vpc
        from constructs import Construct

        class Network(Construct):
            def __init__(self, scope, construct_id):
                super().__init__(scope, construct_id)
                self.vpc = Vpc(self, "vpc", cidr_block="10.0.0.0/16")

        class Security(Construct):
            def __init__(self, scope, construct_id, vpc):
                super().__init__(scope, construct_id)
                self.lambda_group = SecurityGroup(self, "lambda", vpc_id=vpc.id)

        class Shop(TerraformStack):
            def __init__(self, scope, construct_id):
                super().__init__(scope, construct_id)
                network = Network(self, "network")
                security = Security(self, "security", network.vpc)
                self.group_id = network.lambda_group.id

    After::

        from cdktf import TerraformStack
        from cdktf_cdktf_provider_aws.security_group import SecurityGroup
        from cdktf_cdktf_provider_aws.vpc import Vpc
        from constructs import Construct

        class Network(Construct):
            def __init__(self, scope, construct_id):
                super().__init__(scope, construct_id)
                self.vpc = Vpc(self, "vpc", cidr_block="10.0.0.0/16")

        class Security(Construct):
            def __init__(self, scope, construct_id, vpc):
                super().__init__(scope, construct_id)
                self.lambda_group = SecurityGroup(self, "lambda", vpc_id=vpc.id)

        class Shop(TerraformStack):
            def __init__(self, scope, construct_id):
                super().__init__(scope, construct_id)
                network = Network(self, "network")
                security = Security(self, "security", network.vpc)
                self.group_id = security.lambda_group.id
    """

    code = "A122"
    name = "attribute-beside"
    safety = UNSAFE
    equivalents = ("E1101", "no-member")
    wakes = (DESCRIBED,)
    across = True

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.BaseExpression:
        if isinstance(original_node.value, cst.Name) and original_node.value.value in ("self", "cls"):
            return updated_node  # of a mixin, that may be anything
        owner = lacks(self.source, original_node)
        if owner is None:
            return updated_node
        name = original_node.attr.value
        what = f"`{owner.name.rpartition(':')[2]}` has no attribute `{name}`"
        found = beside(self.source, original_node)
        names = [f"`{self.source.module.code_for_node(each)}`" for each in found]
        if len(found) == 1:
            if self.found(original_node, f"{what}; {names[0]} has, and one was made by the other"):
                return updated_node.with_changes(value=found[0].deep_clone())
            return updated_node
        if not found:
            names = [f"`{each}`" for each in get_close_matches(name, _attributes(owner), 3, 0.6)]
            hint = f"; near: {', '.join(names)}" if names else ""
        else:
            hint = f"; which of {', '.join(names)} is meant?"
        self.found(original_node, what + hint, safety=SHOWN)
        return updated_node


def _attributes(owner: Reference) -> list[str]:
    """What the project's classes say that an object has."""
    every = (each.scope for each in (owner, *owner.ancestors()) if each.scope is not None)
    return [name for scope in every for name in (*scope.attributes, *scope.bindings) if not name.startswith("_")]

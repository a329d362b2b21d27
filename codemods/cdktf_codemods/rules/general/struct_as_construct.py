from __future__ import annotations

import libcst as cst

from ...meaning.elsewhere import Taker, takers
from ...meaning.misnamed import class_meant, is_called_as_construct
from ..rule import DESCRIBED, SHOWN, Rule


class StructAsConstruct(Rule):
    """A block's struct called with a scope and a construct id, as if it were a resource of its own.

    What is a block of one resource often is a resource too, by another name and with other arguments. Of the
    constructs with a like name, the one is meant that takes all the arguments given and needs no more than these. Where
    the struct's name says of which kind it is (``ingress``), so does the argument that the resource has for that.

    Safe where one construct takes the call: a struct takes neither scope nor id. Shown, with all of them, where more
    do, or none.

    Before::

        from cdktf_cdktf_provider_aws.security_group import SecurityGroupIngress

        def web(scope, group):
            SecurityGroupIngress(
                scope,
                "https",
                security_group_id=group.id,
                from_port=443,
                to_port=443,
                protocol="tcp",
                cidr_blocks=["0.0.0.0/0"],
            )

    After::

        from cdktf_cdktf_provider_aws.security_group_rule import SecurityGroupRule

        def web(scope, group):
            SecurityGroupRule(
                scope,
                "https",
                security_group_id=group.id,
                from_port=443,
                to_port=443,
                protocol="tcp",
                cidr_blocks=["0.0.0.0/0"],
                type="ingress",
            )
    """

    code = "N106"
    name = "struct-as-construct"
    wakes = (DESCRIBED,)
    first = True
    makes = frozenset()

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        struct = self.source.called(original_node)
        if struct is None or struct.kind != "struct" or not is_called_as_construct(original_node):
            return updated_node
        if class_meant(self.source, original_node, struct) is not None:
            return updated_node
        found = takers(self.source, original_node, struct)
        message = f"`{struct.short_name}` is a block, no construct"
        if len(found) == 1:
            if self.found(original_node.func, f"{message}; this is a `{found[0].made.short_name}`"):
                return self._made(original_node, updated_node, found[0])
        else:
            names = ", ".join(f"`{each.made.short_name}`" for each in found)
            self.found(original_node.func, f"{message}; it may be {names}" if names else message, safety=SHOWN)
        return updated_node

    def _made(self, call: cst.Call, updated: cst.Call, taker: Taker) -> cst.Call:
        for name, value in taker.besides.items():
            self.edits_of(self.source).add(call, name, self.string(value))
        func = self.imports.instead(call.func, taker.made.module, taker.made.short_name)
        return updated.with_changes(func=func)

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ...editing.ownership import is_owned
from ...knowledge.aws import ARN_IDS, wants_arn
from ...meaning import Destination, Given, Origin, arguments, elements, trace
from ...schema import ApiClass
from ...schema.types import Named
from ..rule import SHOWN, Rule

_WAF = ("cloudfront_distribution", "web_acl_id", "wafv2_web_acl")
"""CloudFront takes a WAF (v2) web ACL by its ARN. Source: AWS provider, ``aws_cloudfront_distribution.web_acl_id``."""


class IdForArn(Rule):
    """A resource's id where its ARN is wanted.

    AWS refuses it when the resource is created: ``is an invalid ARN: arn: invalid prefix``. The ``.id`` becomes
    ``.arn`` where it is written (in a property, a helper, a variable), if everything that it goes to wants the ARN;
    else where it is used. Resources whose id is their ARN are left alone.

    Safe: the old value cannot work. Shown where the resource is out of reach of the place that wants its ARN.

    Before::

        from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAcl
        from cdktf_cdktf_provider_aws.wafv2_web_acl_association import Wafv2WebAclAssociation

        def protect(scope, acl: Wafv2WebAcl, balancer):
            Wafv2WebAclAssociation(scope, "waf", resource_arn=balancer.arn, web_acl_arn=acl.id)

    After::

        from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAcl
        from cdktf_cdktf_provider_aws.wafv2_web_acl_association import Wafv2WebAclAssociation

        def protect(scope, acl: Wafv2WebAcl, balancer):
            Wafv2WebAclAssociation(scope, "waf", resource_arn=balancer.arn, web_acl_arn=acl.arn)
    """

    code = "V102"
    name = "id-for-arn"
    catalogue = ("V2",)
    wakes = ("arn", "kms_key_id", "role", "web_acl_id")
    makes = frozenset()
    provider = "aws"

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is not None:
            for given in arguments(self.source, original_node):
                for value, origin in self._values(given) if _may_want_arn(made, given.name) else ():
                    if (holder := _id_of(origin)) is not None and _is_wrong(made, given.name, holder):
                        self._repair(f"`{made.short_name}.{given.name}`", given, value, origin, holder)
        return updated_node

    def _values(self, given: Given) -> Iterator[tuple[cst.BaseExpression, Origin]]:
        """What an argument is given, each with the expression of the argument that it stands for."""
        if isinstance(given.value, cst.List):
            for element in given.value.elements:
                for origin in trace(given.source, element.value)[0]:
                    yield element.value, origin
            return
        for origin in trace(given.source, given.value)[0]:
            yield given.value, origin
        if given.name.endswith("s"):
            for origin in elements(given.source, given.value)[0]:
                yield origin.node, origin

    def _repair(self, place: str, given: Given, value: cst.BaseExpression, origin: Origin, holder: ApiClass) -> None:
        assert isinstance(origin.node, cst.Attribute)
        message = f"{place} is an ARN; this is the id of a `{holder.short_name}`"
        arn = _arn(origin.node)

        def fits(place: Destination) -> bool:
            return _is_wrong(place.made, place.argument, holder)

        instead = arn if origin.node is value else self._at_use(given, value, origin)
        if is_owned(origin.source, origin.node, fits):
            if self.found(origin.node, message, source=origin.source):
                self.owner.change(origin.source, origin.node, arn, fits)
        elif instead is not None:
            if self.found(value, message, source=given.source):
                self.owner.change(given.source, value, instead, fits, given)
        else:
            self.found(
                value, f"{message}, which is out of reach here; hand on its `.arn`", source=given.source, safety=SHOWN
            )

    def _at_use(self, given: Given, value: cst.BaseExpression, origin: Origin) -> cst.BaseExpression | None:
        """The ARN as the place that uses the id can say it, or None."""
        assert isinstance(origin.node, cst.Attribute)
        root: cst.BaseExpression = origin.node
        while isinstance(root, cst.Attribute):
            root = root.value
        if not isinstance(root, cst.Name):
            return None
        names = given.source.names
        if origin.source is given.source:
            if names.scope_of(root).find(root.value) is names.scope_of(value).find(root.value):
                return _arn(origin.node.deep_clone())
        owner = given.source.class_of(value.value) if isinstance(value, cst.Attribute) else None
        if owner is not None and isinstance(value, cst.Attribute) and isinstance(origin.node.value, cst.Attribute):
            held = origin.source.class_of(root)
            if held is not None and held.node is owner.node and origin.node.value.value is root:
                return _arn(cst.Attribute(origin.node.value.with_changes(value=value.value), cst.Name("id")))
        return None


def _id_of(origin: Origin) -> ApiClass | None:
    """The construct whose id the origin is, if it has an ARN of its own beside it."""
    if not isinstance(origin.node, cst.Attribute) or origin.node.attr.value != "id":
        return None
    kind = origin.source.type_of(origin.node.value)
    holder = origin.source.schema.find(kind.name) if isinstance(kind, Named) else None
    if holder is None or "arn" not in holder.attributes:
        return None
    return None if holder.submodule.removeprefix("data_aws_") in ARN_IDS else holder


def _may_want_arn(made: ApiClass, argument: str) -> bool:
    return wants_arn(made, argument) or (made.submodule, argument) == _WAF[:2]


def _is_wrong(made: ApiClass, argument: str, holder: ApiClass) -> bool:
    return wants_arn(made, argument) or (made.submodule, argument, holder.submodule) == _WAF


def _arn(node: cst.Attribute) -> cst.Attribute:
    return node.with_changes(attr=cst.Name("arn"))

from __future__ import annotations

import libcst as cst

from ...meaning import string_value
from ...schema import ApiClass
from ...schema.types import NUMBER, STRING, Named
from ..rule import DESCRIBED, SHOWN, Rule

_OLD = "was a method up to cdktf 0.9"


class CalledAttribute(Rule):
    """A list of blocks, one block or a map that is called, as up to cdktf 0.9 (AWS provider 5) one had to.

    The list has ``get``, which takes a number; what was the first and only block of a list may be one block by now; a
    map has ``lookup``.

    Safe: none of them can be called. Shown where an index is no number that can be told.

    Before::

        from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate

        def name(certificate: AcmCertificate):
            return certificate.domain_validation_options("0").resource_record_name

    After::

        from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate

        def name(certificate: AcmCertificate):
            return certificate.domain_validation_options.get(0).resource_record_name
    """

    code = "A114"
    name = "called-attribute"
    wakes = (DESCRIBED,)
    across = True

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        func = original_node.func
        if not isinstance(func, cst.Attribute) or len(original_node.args) != 1 or original_node.args[0].star:
            return updated_node
        kind = self.source.type_of(func)
        read = self.schema.find(kind.name) if isinstance(kind, Named) else None
        if read is None or not self._is_attribute(func):
            return updated_node
        given = original_node.args[0].value
        what = f"`{func.attr.value}` {_OLD}"
        if self.schema.inherits_core(read.name, "ComplexList"):
            index = self._number(given)
            if index is None:
                self.found(original_node, f"{what}; it is `.get(…)`, with a number", safety=SHOWN)
            elif self.found(original_node, f"{what}; it is `.get(…)`"):
                return _asked(func, "get", index)
        elif self.schema.inherits_core(read.name, "ComplexObject"):
            if string_value(given) == "0" and self.found(original_node, f"{what}; it is one block"):
                return func
        elif "lookup" in read.methods and self.found(original_node, f"{what}; it is `.lookup(…)`"):
            return _asked(func, "lookup", given)
        return updated_node

    def _is_attribute(self, func: cst.Attribute) -> bool:
        """Whether it is an attribute, not a method, of what a package describes."""
        kind = self.source.type_of(func.value)
        owner: ApiClass | None = self.schema.find(kind.name) if isinstance(kind, Named) else None
        return owner is not None and func.attr.value in owner.attributes and func.attr.value not in owner.methods

    def _number(self, given: cst.BaseExpression) -> cst.BaseExpression | None:
        """The index as a number."""
        text = string_value(given)
        if text is not None:
            return cst.Integer(text) if text.isdecimal() and str(int(text)) == text else None
        if isinstance(given, cst.Call) and self.source.name_called(given) == "builtins.str" and len(given.args) == 1:
            given = given.args[0].value
        kind = self.source.type_of(given)
        if kind == NUMBER:
            return given
        return cst.Call(cst.Name("int"), [cst.Arg(given)]) if kind == STRING else None


def _asked(owner: cst.BaseExpression, method: str, value: cst.BaseExpression) -> cst.Call:
    return cst.Call(cst.Attribute(owner, cst.Name(method)), [cst.Arg(value)])

from __future__ import annotations

import libcst as cst

from ...editing.literals import as_receiver, call, with_ending
from ...meaning import Source, arguments, trace
from ...meaning.origins import is_none
from ...meaning.texts import QUOTES, SIGNS, Kind, holds, is_terraform_function, kind_of
from ..rule import SHOWN, Rule


class UserData(Rule):
    """``user_data`` of a launch template that is not base64.

    A launch template takes base64, unlike an instance, which takes plain text. A text that Terraform has a part in (a
    token, or something that cannot be told) is encoded by ``Fn.base64encode`` when its parts are known; any other by
    Python, so that Terraform does not read it at all. ``Fn.base64encode`` refuses a text with quotes in it and changes
    ``${`` (cdktf 0.21), so such a text goes through a ``TerraformLocal``, and one without tokens through Python.
    Source: EC2, ``RequestLaunchTemplateData.UserData``.

    Safe: AWS refuses it as it is (``Invalid BASE64 encoding of user data``). Shown where it may be base64 already.

    Before::

        from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate

        def template(scope):
            script = "#!/bin/bash\\nyum -y update\\n"
            return LaunchTemplate(scope, "web", user_data=script)

    After::

        import base64
        from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate

        def template(scope):
            script = "#!/bin/bash\\nyum -y update\\n"
            return LaunchTemplate(scope, "web", user_data=base64.b64encode(script.encode("utf-8")).decode("utf-8"))
    """

    code = "T102"
    name = "user-data"
    catalogue = ("T3",)
    wakes = ("user_data",)
    makes = frozenset({"launch_template"})
    provider = "aws"

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None or made.submodule != "launch_template":
            return updated_node
        given = arguments(self.source, original_node).get("user_data")
        if given is None:
            return updated_node
        for value in _branches(given.value):
            kind = kind_of(given.source, value)
            if kind is Kind.UNKNOWN:
                self._unknown(given.source, value)
            elif kind is Kind.ENCODED:
                self._refused(original_node, given.source, value)
            elif not is_none(value):
                if self.found(value, "`user_data` of a launch template is base64; this is plain", source=given.source):
                    self.edit(value, self._encoded(original_node, given.source, value, kind), given.source)
        return updated_node

    def _unknown(self, source: Source, value: cst.BaseExpression) -> None:
        """Speak only where something plain is among what it may be; a parameter says nothing."""
        kinds = [kind_of(each.source, each.node) for each in trace(source, value)[0] if each.node is not value]
        if Kind.PLAIN in kinds or Kind.TOKENS in kinds:
            message = (
                "`user_data` of a launch template is base64, but not all that this may be; encode it where it is made"
            )
            self.found(value, message, safety=SHOWN, source=source)

    def _refused(self, template: cst.Call, source: Source, value: cst.BaseExpression) -> None:
        """``Fn.base64encode`` of a text with quotes."""
        for origin in trace(source, value)[0]:
            node = origin.node
            if not isinstance(node, cst.Call) or not is_terraform_function(origin.source, node) or len(node.args) != 1:
                continue
            text = node.args[0].value
            if not holds(origin.source, text, QUOTES) or is_terraform_function(origin.source, text):
                continue
            kind = kind_of(origin.source, text)
            if node is value or kind is Kind.PLAIN:
                if self.found(node, "`Fn.base64encode` refuses a text with quotes in it", source=origin.source):
                    self.edit(node, self._encoded(template, origin.source, text, kind), origin.source)
            else:
                message = "`Fn.base64encode` refuses a text with quotes in it; give it `TerraformLocal(…).as_string`"
                self.found(node, message, source=origin.source, safety=SHOWN)

    def _encoded(self, template: cst.Call, source: Source, value: cst.BaseExpression, kind: Kind) -> cst.BaseExpression:
        imports = self.imports_of(source)
        if kind is Kind.PLAIN:
            utf8 = self.string("utf-8")
            text = call(cst.Attribute(as_receiver(value), cst.Name("encode")), utf8)
            data = call(cst.Attribute(imports.module("base64"), cst.Name("b64encode")), text)
            encoded = call(cst.Attribute(data, cst.Name("decode")), utf8)
        else:
            encode = cst.Attribute(imports.core("Fn"), cst.Name("base64encode"))
            awkward = holds(source, value, QUOTES) or holds(source, value, SIGNS)
            encoded = call(encode, self._local(template, value) if awkward else value)
        if isinstance(value, (cst.Name, cst.Attribute)) and any(is_none(each.node) for each in trace(source, value)[0]):
            return cst.IfExp(test=value.deep_clone(), body=encoded, orelse=cst.Name("None"))
        return encoded

    def _local(self, template: cst.Call, value: cst.BaseExpression) -> cst.BaseExpression:
        """The text as a local value of Terraform's, which takes quotes; beside the template, named after it."""
        if len(template.args) < 2 or any(arg.keyword or arg.star for arg in template.args[:2]):
            return value
        scope, name = (arg.value.deep_clone() for arg in template.args[:2])
        local = call(
            self.imports.core("TerraformLocal"),
            scope,
            with_ending(name, "_user_data", self.source.names.preferred_quote),
            value,
        )
        return cst.Attribute(local, cst.Name("as_string"))


def _branches(node: cst.BaseExpression) -> list[cst.BaseExpression]:
    return [*_branches(node.body), *_branches(node.orelse)] if isinstance(node, cst.IfExp) else [node]

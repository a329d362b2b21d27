from __future__ import annotations

import re
from dataclasses import dataclass

import libcst as cst

from ...meaning import Destination, Source, destinations
from ...meaning.texts import hands_on, is_terraform_function
from ...syntax.terraform import escaped
from ..rule import SHOWN, Rule


class TemplateEscape(Rule):
    """``${port}`` that is meant for a shell, for JavaScript or for IAM, in a text that Terraform reads.

    Terraform takes ``${…}`` and ``%{…}`` in any argument for its own template and fails (``Invalid reference``). The
    doubled ``$${…}`` hands the text on as it is. What Terraform can mean (``var.``, ``local.``, a resource, a function)
    stays, and so does a text that Python encodes in base64 before Terraform sees it.

    Safe: Terraform refuses the old text.

    Before::

        from cdktf_cdktf_provider_aws.instance import Instance

        def server(scope):
            return Instance(scope, "web", user_data="#!/bin/bash\\nPORT=80\\necho ${PORT}\\n")

    After::

        from cdktf_cdktf_provider_aws.instance import Instance

        def server(scope):
            return Instance(scope, "web", user_data="#!/bin/bash\\nPORT=80\\necho $${PORT}\\n")
    """

    code = "T103"
    name = "template-escape"
    catalogue = ("T4",)
    wakes = ("${", "%{")

    def leave_SimpleString(self, original_node: cst.SimpleString, updated_node: cst.SimpleString) -> cst.SimpleString:
        value = original_node.value
        if "${" not in value and "%{" not in value:
            return updated_node
        reach = self._reach(original_node)
        new = escaped(value, reach.doubled, reach.signs)
        if new != value and self._found(original_node, reach):
            return updated_node.with_changes(value=new)
        return updated_node

    def leave_FormattedString(
        self, original_node: cst.FormattedString, updated_node: cst.FormattedString
    ) -> cst.FormattedString:
        texts = [part for part in original_node.parts if isinstance(part, cst.FormattedStringText)]
        if not any("${" in part.value or "%{" in part.value or part.value.endswith("$") for part in texts):
            return updated_node
        reach = self._reach(original_node)
        news = [escaped(part.value, True, reach.signs) for part in texts]
        if any(part.value != new for part, new in zip(texts, news)) and self._found(original_node, reach):
            for part, new in zip(texts, news):
                if part.value != new:
                    self.edit(part, part.with_changes(value=new))
        if reach.signs and reach.complete:
            self._check_dollars(original_node)
        return updated_node

    def _check_dollars(self, node: cst.FormattedString) -> None:
        """``${token}`` in an f-string: Terraform sees ``$${…}``, which is text to it."""
        for text, part in zip(node.parts, node.parts[1:]):
            if isinstance(text, cst.FormattedStringText) and isinstance(part, cst.FormattedStringExpression):
                if re.search(r"(?<!\$)\$$", text.value) and self.source.is_read_from_construct(part.expression):
                    message = "`$` in front of a value that only Terraform knows makes it text; leave out the `$`"
                    self.found(part.expression, message, safety=SHOWN)

    def _found(self, node: cst.BaseExpression, reach: _Reach) -> bool:
        if not reach.complete:
            message = "Terraform reads `${…}` in this text in one place, and not in another: separate the two"
            return self.found(node, message, safety=SHOWN)
        return self.found(node, "Terraform reads `${…}` in this text as its own; for others it is `$${…}`")

    def _reach(self, node: cst.BaseExpression) -> _Reach:
        plain, through = _Passes(functions=False), _Passes(functions=True)
        directly = destinations(self.source, node, plain).found
        ways = destinations(self.source, node, through)
        found, complete = ways.found, ways.complete
        if not found or any(map(_is_unsettled, found)):
            return _Reach("", complete, through.formats)
        if directly:
            return _Reach("$%", complete and len(directly) == len(found), through.formats)
        return _Reach("%", complete, through.formats)


@dataclass(frozen=True)
class _Reach:
    """Where a text goes: the signs that have a meaning for Terraform there, and whether that is everywhere so.

    ``doubled`` says that a brace is written twice.
    """

    signs: str
    complete: bool
    doubled: bool


class _Passes:
    """The calls that a text passes through; ``formats`` says whether ``{{`` is one brace to one of them.

    cdktf itself escapes ``${`` in what its functions are given, but not ``%{`` (cdktf 0.21, ``tfExpression.ts``).
    """

    def __init__(self, functions: bool) -> None:
        self.functions = functions
        self.formats = False

    def __call__(self, source: Source, call: cst.Call) -> bool:
        if not hands_on(source, call) or (is_terraform_function(source, call) and not self.functions):
            return False
        self.formats |= isinstance(call.func, cst.Attribute) and call.func.attr.value == "format"
        return True


def _is_unsettled(place: Destination) -> bool:
    """Whether a text is user data of a launch template that has yet to be encoded, by Python or by Terraform."""
    encoded = isinstance(place.node, cst.Call) and hands_on(place.source, place.node)
    return place.made.submodule == "launch_template" and not encoded

from __future__ import annotations

import re

import libcst as cst

from ...meaning import Origin, arguments, trace
from ..rule import SHOWN, Rule

_SPACE = re.compile(r"\s+|,(?=\s*[\]}])")
_SERVICE = re.compile(r"""(["']Service["']):(?:\[)?["'][\w.-]+["'](?:\])?""")


class RepeatedPolicy(Rule):
    """The same assume-role policy, but for its service, written again in several places (pylint R0801).

    Shown: a function that takes the service and returns the policy says it once, and whether that is worth it is a
    matter of taste. The finding names the places.

    Reported::

        import json
        from cdktf_cdktf_provider_aws.iam_role import IamRole

        def roles(scope):
            IamRole(scope, "a", assume_role_policy=json.dumps({"Principal": {"Service": "ec2.amazonaws.com"}}))
            IamRole(scope, "b", assume_role_policy=json.dumps({"Principal": {"Service": "ecs.amazonaws.com"}}))
    """

    code = "L105"
    name = "repeated-policy"
    equivalents = ("R0801", "duplicate-code")
    safety = SHOWN
    catalogue = ("L5",)
    wakes = ("assume_role_policy",)
    once = True
    default = False

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        written: dict[str, dict[int, Origin]] = {}
        for source in self.source.holding("assume_role_policy"):
            for call in source.names.calls if source.path in source.project.editable else ():
                made = source.called(call)
                given = arguments(source, call).get("assume_role_policy") if made is not None else None
                for origin in trace(given.source, given.value)[0] if given is not None else ():
                    if isinstance(origin.node, (cst.Call, cst.SimpleString, cst.Dict)):
                        written.setdefault(_said(origin), {})[id(origin.node)] = origin
        for places in written.values():
            if len(places) > 1:
                first, *others = places.values()
                message = "this assume-role policy is written again; a function of the service would say it once"
                also = [(each.source, each.node) for each in others]
                self.found(first.node, message, source=first.source, also=also)
        return updated_node


def _said(origin: Origin) -> str:
    """The code of a policy without its layout and its service."""
    code = origin.source.module.code_for_node(origin.node)
    return _SERVICE.sub(r"\1:*", _SPACE.sub("", code))

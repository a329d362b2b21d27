from __future__ import annotations

import libcst as cst

from ...editing.placing import Placing
from ...meaning import Given, arguments
from ..rule import DESCRIBED, SHOWN, UNSAFE, Rule
from .unknown_argument import is_unknown, may_have_unknown


class RemovedArgument(Rule):
    """An argument that has no place in the construct or struct, taken out so that the rest works.

    Where nothing takes over what an argument says (A103 shows it with the nearest ones), it becomes a comment where it
    stood. Off by default, and not among what ``--unsafe-fixes`` alone makes: it has to be selected.

    Unsafe: what the argument was meant to do is not done. Shown where it is written in a dict that the call unpacks.

    Before::

        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

        def bucket(scope):
            return S3Bucket(
                scope,
                "data",
                intelligent_storage=True,
                force_destroy=True,
            )

    After::

        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

        def bucket(scope):
            return S3Bucket(
                scope,
                "data",
                # removed by cdktf-fix: intelligent_storage=True
                force_destroy=True,
            )
    """

    code = "A107"
    name = "removed-argument"
    safety = UNSAFE
    default = False
    wakes = (DESCRIBED,)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None or not may_have_unknown(self.source, original_node, made):
            return updated_node
        placing = Placing(self.open_fix, original_node, made, arguments(self.source, original_node))
        for argument in placing.given:
            if is_unknown(made, argument.name) and self._has_no_place(placing, argument):
                self._remove(f"`{made.short_name}` has no place for `{argument.name}`", argument)
        return updated_node

    def _has_no_place(self, placing: Placing, argument: Given) -> bool:
        later = self.schema.later_version_with(placing.made, argument.name)
        return later is None and placing.better(argument) is None

    def _remove(self, message: str, argument: Given) -> None:
        safety = self.safety if isinstance(argument.owner, cst.Call) else SHOWN
        if self.found(argument.key, message, safety=safety, source=argument.source):
            code = argument.source.module.code_for_node(argument.item.with_changes(comma=cst.MaybeSentinel.DEFAULT))
            text = " ".join(code.split())
            self.edits_of(argument.source).comment_out(argument.owner, argument.item, text)

from __future__ import annotations

import libcst as cst

from ...editing.construct_ids import differing_id, free_id, longer_id
from ...meaning import Use
from ...meaning.makings import Making, is_made_when_imported, taken
from ..rule import DESCRIBED, SHOWN, UNSAFE, Rule


class RepeatedId(Rule):
    """An id that two constructs of one scope get: data sources and resources too, and all that a loop makes.

    The second gets the name that it gives its resource, or the id with the resource's kind behind it, which an id that
    is worked out keeps in front. Where one call
    is made several times, in a loop or a helper, the id gets what differs: the loop's variable, or the parameter that
    names the resource. Methods that are called are followed, in all files.

    It is said only where both are certain to be made, or the first whenever the second is: not of the branches of a
    condition, of a loop that may run once, or in ``try`` and ``with``.

    Unsafe: the code fails as it is, but the id is made up, and Terraform will know the resource by it. Shown where
    nothing tells the constructs apart.

    Before::

        from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
        from cdktf_cdktf_provider_aws.data_aws_region import DataAwsRegion
        from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

        def queues(scope):
            DataAwsCallerIdentity(scope, "current")
            DataAwsRegion(scope, "current")
            for name in ["orders", "refunds"]:
                SqsQueue(scope, "queue", name=name)

    After::

        from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
        from cdktf_cdktf_provider_aws.data_aws_region import DataAwsRegion
        from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

        def queues(scope):
            DataAwsCallerIdentity(scope, "current")
            DataAwsRegion(scope, "current-data-aws-region")
            for name in ["orders", "refunds"]:
                SqsQueue(scope, f"queue-{name}", name=name)
    """

    code = "A121"
    name = "repeated-id"
    safety = UNSAFE
    wakes = (DESCRIBED,)
    across = True
    last = True

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        if "remove_child" in self.source.text.code:
            return updated_node
        said: set[int] = set()
        given: list[str] = []
        for first, second in taken(self.source):
            if id(second.call) not in said and not is_made_when_imported(first, second):
                said.add(id(second.call))
                self._repair(first, second, given)
        return updated_node

    def _repair(self, first: Making, second: Making, given: list[str]) -> None:
        source, call, value = second.source, second.call, second.name
        kind = str(source.type_of(call)).rpartition(".")[2]
        text = "".join(part if isinstance(part, str) else "…" for part in second.id.parts)
        also: list[Use] = []
        new: cst.BaseExpression | None
        if first.call is call:
            what = f"`{text}` is the id of each construct that this call makes in its scope"
            new = differing_id(source, call, kind, value)
        else:
            what = f"the id `{text}` is taken in its scope"
            also = [(first.source, first.call)]
            if isinstance(value, cst.SimpleString):
                given.append(free_id(source, call, kind, text, given))
                new = self.string(given[-1])
            else:
                new = longer_id(source, value, kind)
        if new is None:
            self.found(value, f"{what}; give each an id of its own", safety=SHOWN, source=source)
        elif self.found(value, what, source=source, also=also):
            self.edit(value, new, source)

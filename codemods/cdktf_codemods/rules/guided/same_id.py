from __future__ import annotations

import libcst as cst

from ...editing.construct_ids import differing_id, free_id, longer_id
from ...knowledge.evidence import Evidence
from ...meaning import string_value
from .base import Guided


class SameId(Guided):
    """A second construct with an id that its scope has already.

    Where two calls give one id, the second gets the name that it gives its resource, or the id with the resource's kind
    behind it. Where one call is made several times, in a loop or a helper, the id gets what differs: the loop's
    variable, or the parameter that names the resource.

    Unsafe: the id is made up, and Terraform will know the resource by it. Shown where nothing tells the constructs
    apart.

    Before::

        from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

        def queues(scope):
            for name in ["orders", "refunds"]:
                SqsQueue(scope, "queue", name=name)

    Error::

        main.py:5:9: RuntimeError: There is already a Construct with name 'queue' in TerraformStack [shop]
        first: main.py:5

    After::

        from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

        def queues(scope):
            for name in ["orders", "refunds"]:
                SqsQueue(scope, f"queue-{name}", name=name)
    """

    code = "G102"
    name = "same-id"
    kind = "id"
    repeats = ("A121",)

    def heed(self, evidence: Evidence) -> None:
        found = self.made_at(evidence)
        if found is None:
            return
        made, described = found
        value = _id_of(made)
        if value is None or not described.is_construct:
            return
        what = f"the id `{evidence.argument}` is taken in its scope"
        if evidence.given == f"{evidence.path}:{evidence.line}":
            new = differing_id(self.source, made, described.short_name, value)
            what += " by the same call"
        else:
            new = self._other(made, described.short_name, value, evidence.argument)
            what += f" by the construct at {evidence.given}" if evidence.given else ""
        if new is None:
            self.shows(value, f"{what}; give each an id of its own", evidence)
        elif self.finds(value, what, evidence):
            self.edit(value, new)

    def _other(self, made: cst.Call, kind: str, value: cst.BaseExpression, taken: str) -> cst.BaseExpression:
        """Another id; one that is put together stays so, for it may be another each time."""
        if string_value(value) is None:
            return longer_id(self.source, value, kind)
        return self.string(free_id(self.source, made, kind, taken))


def _id_of(made: cst.Call) -> cst.BaseExpression | None:
    """The id that a call gives its construct, behind the scope."""
    by_name = (arg.value for arg in made.args if arg.keyword is not None and arg.keyword.value in ("id", "id_"))
    plain = [arg.value for arg in made.args if arg.keyword is None and not arg.star]
    return next(by_name, plain[1] if len(plain) > 1 else None)

from __future__ import annotations

import libcst as cst

from ...editing.literals import with_ending, with_expression
from ...knowledge.evidence import Evidence
from ...meaning import arguments, string_value
from ...meaning.repeated import names_in, varying
from ...schema import ApiClass
from ...schema.naming import words
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
            new = self._differing(made, described, value)
            what += " by the same call"
        else:
            new = self._other(made, described, value, evidence.argument)
            what += f" by the construct at {evidence.given}" if evidence.given else ""
        if new is None:
            self.shows(value, f"{what}; give each an id of its own", evidence)
        elif self.finds(value, what, evidence):
            self.edit(value, new)

    def _other(self, made: cst.Call, described: ApiClass, value: cst.BaseExpression, taken: str) -> cst.BaseExpression:
        """Another id; one that is put together stays so, for it may be another each time, and grows by the kind."""
        if string_value(value) is not None:
            return self.string(self._free(made, described, taken))
        joint = _joint(taken)
        return with_ending(value, joint.join(("", *words(described.short_name))), self.source.names.preferred_quote)

    def _differing(self, made: cst.Call, described: ApiClass, value: cst.BaseExpression) -> cst.BaseExpression | None:
        """The id with what differs each time behind it."""
        held = frozenset(name.value for name in names_in(value))
        part = next(varying(self.source, made, self._naming(made, described), held), None)
        return with_expression(value, part, self.source.names.preferred_quote) if part is not None else None

    def _free(self, made: cst.Call, described: ApiClass, taken: str) -> str:
        """An id that no text of the file is: the resource's name, or the id with the kind of resource behind it."""
        own = self._naming(made, described)
        name = string_value(own) if own is not None else None
        texts = [string_value(each) for each in self.source.names.strings]
        if name and name != taken and name.replace("-", "").replace("_", "").isalnum() and texts.count(name) == 1:
            return name
        joint = _joint(taken)
        longer = joint.join((taken, *words(described.short_name)))
        number, free = 2, longer
        while free in texts:
            number, free = number + 1, f"{longer}{joint}{number}"
        return free

    def _naming(self, made: cst.Call, described: ApiClass) -> cst.BaseExpression | None:
        """The argument that names the resource."""
        given = arguments(self.source, made)
        last = words(described.short_name)[-1]
        names = ("name", last, f"{last}_name")
        return next((found.value for name in names if (found := given.get(name)) and found.spread is None), None)


def _joint(taken: str) -> str:
    return "_" if "_" in taken and "-" not in taken else "-"


def _id_of(made: cst.Call) -> cst.BaseExpression | None:
    """The id that a call gives its construct, behind the scope."""
    by_name = (arg.value for arg in made.args if arg.keyword is not None and arg.keyword.value in ("id", "id_"))
    plain = [arg.value for arg in made.args if arg.keyword is None and not arg.star]
    return next(by_name, plain[1] if len(plain) > 1 else None)

from __future__ import annotations

import math

import libcst as cst

from ...editing.literals import call
from ...knowledge.evidence import Evidence
from ...meaning import Given, arguments
from ...schema import ApiClass
from ...schema.types import NUMBER
from .base import Guided


class BrokenNumber(Guided):
    """A fraction where Terraform takes whole numbers only, such as ``count``.

    It is rounded up, so that there is at least what was asked for. Where Terraform does not say which argument it is
    about, it is the only one that is given a number which the code does not show to be whole.

    Unsafe: another number may be meant. Shown where several arguments may be.

    Before::

        import json

        from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

        settings = json.loads('{"queues": 2.5}')

        def queues(scope):
            SqsQueue(scope, "queues", count=settings["queues"])

    Error::

        main.py:8: terraform: Invalid count argument: The given "count" argument value must be a whole number

    After::

        import json
        import math

        from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

        settings = json.loads('{"queues": 2.5}')

        def queues(scope):
            SqsQueue(scope, "queues", count=math.ceil(settings["queues"]))
    """

    code = "G108"
    name = "broken-number"
    kind = "whole"

    def heed(self, evidence: Evidence) -> None:
        found = self.made_at(evidence)
        if found is None:
            return
        made, described = found
        given = [each for each in arguments(self.source, made) if _may_be_meant(described, each, evidence)]
        if len(given) != 1 or given[0].spread is not None:
            self.shows(made, f"`{described.short_name}` takes a whole number only", evidence)
            return
        value = given[0].value
        if self.finds(value, f"`{given[0].name}` is a whole number; it is rounded up", evidence):
            if isinstance(value, cst.Float):
                self.edit(value, cst.Integer(str(math.ceil(float(value.value)))))
            else:
                self.edit(value, call(cst.Attribute(self.imports.module("math"), cst.Name("ceil")), value))


def _may_be_meant(described: ApiClass, given: Given, evidence: Evidence) -> bool:
    parameter = described.arguments.get(given.name)
    if evidence.argument:
        return given.name == evidence.argument
    return parameter is not None and NUMBER in parameter.type.options and not isinstance(given.value, cst.Integer)

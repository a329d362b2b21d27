from __future__ import annotations

from difflib import get_close_matches

import libcst as cst

from ...editing.literals import key_like
from ...editing.ownership import Fits
from ...knowledge.evidence import Evidence
from ...meaning import Destination, Given, Origin, arguments, string_value, trace
from .base import Guided


class RefusedValue(Guided):
    """A value that is not among those which Terraform's provider takes for an argument.

    Of numbers, the next that keeps at least what was asked for is taken; of texts, the one that differs in its letters'
    case or by a slip.

    Unsafe: another value is meant than was written. Shown, with those that there are, where none is near.

    Before::

        from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup

        def audit(scope):
            CloudwatchLogGroup(scope, "audit", retention_in_days=2555)

    Error::

        main.py:4: terraform: expected retention_in_days to be one of [1827 2192 2557 2922], got 2555

    After::

        from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup

        def audit(scope):
            CloudwatchLogGroup(scope, "audit", retention_in_days=2557)
    """

    code = "G106"
    name = "refused-value"
    kind = "allowed"

    def heed(self, evidence: Evidence) -> None:
        found = self.made_at(evidence)
        given = arguments(self.source, found[0]).get(evidence.argument) if found is not None else None
        if given is None:
            return
        what = f"`{evidence.argument}` cannot be {evidence.given}"
        allowed = _nearest(evidence)
        origin = _written(given, evidence.given)
        if allowed is None or origin is None:
            self.shows(given.value, what, evidence)
        elif self.finds(origin.node, f"{what}; it is {allowed}", evidence, source=origin.source):
            self.owner.change(origin.source, origin.node, _spelled(origin.node, allowed), _fits(given), given)


def _fits(given: Given) -> Fits:
    """Whether a place that the value goes to is the same argument of the same kind of construct."""
    made = given.caller.called(given.call)

    def fits(place: Destination) -> bool:
        return made is not None and place.made.name == made.name and place.argument == given.name

    return fits


def _written(given: Given, value: str) -> Origin | None:
    """The literal that wrote the value."""
    found = [each for each in trace(given.source, given.value)[0] if _literal(each.node) == value]
    return found[0] if len(found) == 1 else None


def _literal(node: cst.BaseExpression) -> str | None:
    return node.value.replace("_", "") if isinstance(node, (cst.Integer, cst.Float)) else string_value(node)


def _spelled(node: cst.BaseExpression, value: str) -> cst.BaseExpression:
    return key_like(node, value) if isinstance(node, cst.SimpleString) else cst.parse_expression(value)


def _nearest(evidence: Evidence) -> str | None:
    """The allowed value that may be meant."""
    if evidence.given.isdecimal() and all(each.isdecimal() for each in evidence.wanted):
        enough = [each for each in evidence.wanted if int(each) >= int(evidence.given)]
        return min(enough, key=int, default=None)
    alike = [each for each in evidence.wanted if each.lower() == evidence.given.lower()]
    near = alike or get_close_matches(evidence.given, evidence.wanted, 2, 0.8)
    return near[0] if len(near) == 1 else None

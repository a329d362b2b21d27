from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ...editing.literals import key_like
from ...knowledge.synonyms import enough, meant_by, respelled
from ...meaning import Destination, Given, Origin, arguments, string_value, trace
from ...schema import ApiClass
from ...schema.constraints import Constraint, constraint_of
from ..rule import DESCRIBED, SAFE, SHOWN, UNSAFE, Rule, Safety

_MOST = 12
_LONGEST = 60


class ValueOutOfConstraint(Rule):
    """A constant that Terraform's provider refuses for its argument: none of the allowed ones, out of range, no CIDR
    block, JSON, date or ARN where one is wanted, or a text of another pattern, length or beginning.

    What the provider allows was read from itself (``docs/constraints.md``). A text that is an allowed one but for case,
    hyphens and underscores, or by a documented synonym, becomes that: safe, for the old value cannot pass. Of numbers
    the next is taken that keeps at least what was asked for: unsafe. A KMS alias gets its ``alias/``: safe, for it must
    begin so and any name may follow. A name loses the ``sg-`` of an identifier, and letters become small where only
    such are taken: unsafe. Else it is shown, with what is allowed; so it is where the project's provider is of another
    version than the one that was asked.

    Reported::

        from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup

        def audit(scope):
            CloudwatchLogGroup(scope, "audit", retention_in_days=2555)
    """

    code = "V105"
    name = "value-out-of-constraint"
    safety = SHOWN
    wakes = (DESCRIBED,)
    makes = frozenset()
    repeats = ("G106",)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is not None and not self.source.is_misplaced(original_node, made):
            for given in arguments(self.source, original_node):
                constraint = constraint_of(made, given.name)
                for origin in _written(given) if constraint is not None else ():
                    value = _literal(origin.node)
                    if constraint is not None and value is not None and _is_refused(constraint, origin.node, value):
                        self._repair(made, given, origin, constraint, value)
        return updated_node

    def _repair(self, made: ApiClass, given: Given, origin: Origin, constraint: Constraint, value: str) -> None:
        what = f"`{made.short_name}.{given.name}` cannot be {_shortened(value)}; it is {_allowed(constraint)}"
        instead, safety = _instead(made, given.name, constraint, value)
        if not constraint.applies and instead is None and _may_have_grown(constraint):
            return
        if not constraint.applies:
            hint = f", likely {instead}" if instead is not None else ""
            what += f"{hint} (known from version {constraint.version} of the provider)"
            self.found(origin.node, what, source=origin.source, safety=SHOWN)
        elif instead is None:
            self.found(origin.node, what, source=origin.source, safety=SHOWN)
        elif self.found(origin.node, f"{what}; {instead} is meant", source=origin.source, safety=safety):
            text = origin.node if isinstance(origin.node, cst.SimpleString) else None
            put = key_like(text, instead) if text is not None else cst.parse_expression(instead)

            def fits(place: Destination) -> bool:
                return place.made.name == made.name and place.argument == given.name

            self.owner.change(origin.source, origin.node, put, fits, given, at_use=put)


def _may_have_grown(constraint: Constraint) -> bool:
    """Whether what is allowed is a long list of names, as of runtimes, to which each version of a provider adds."""
    return len(constraint.allowed) > _MOST and not all(each.isdecimal() for each in constraint.allowed)


def _written(given: Given) -> Iterator[Origin]:
    """Where the value of an argument is written, or those of its list."""
    for origin in trace(given.source, given.value)[0]:
        if not isinstance(origin.node, cst.List):
            yield origin
            continue
        for element in origin.node.elements:
            if not isinstance(element, cst.StarredElement):
                yield from trace(origin.source, element.value)[0]


def _shortened(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"


def _literal(node: cst.BaseExpression) -> str | None:
    """A text or a whole number as Terraform sees it; None for all else, and for what Terraform works out."""
    if isinstance(node, cst.Integer):
        return str(node.evaluated_value)
    text = string_value(node)
    return text if text and "${" not in text and "%{" not in text else None


def _is_refused(constraint: Constraint, node: cst.BaseExpression, value: str) -> bool:
    if constraint.kind == "range":
        return value.lstrip("-").isdecimal() and not constraint.takes(value)
    if constraint.kind != "one of" and isinstance(node, cst.Integer):
        return False
    return not constraint.takes(value)


def _allowed(constraint: Constraint) -> str:
    kind = constraint.kind
    if kind == "one of":
        more = f" … ({len(constraint.allowed)} in all)" if len(constraint.allowed) > _MOST else ""
        return f"one of {', '.join(constraint.allowed[:_MOST])}{more}"
    if kind == "range":
        most = constraint.most
        return f"at least {constraint.least}" if most is None else f"from {constraint.least} to {most}"
    if kind == "length":
        return f"{constraint.least} to {constraint.most} characters long"
    return _WORDS[kind].format(constraint.text)


_WORDS = {
    "prefix": "a text that begins with {}",
    "not prefix": "a text that does not begin with {}",
    "regex": "a text that matches {}",
    "json": "JSON",
    "cidr": "a CIDR block",
    "date": "a date and time as RFC 3339 writes them",
    "arn": "an ARN",
}


def _instead(made: ApiClass, argument: str, constraint: Constraint, value: str) -> tuple[str | None, Safety]:
    """The allowed value that is meant, and how sure that is."""
    are_numbers = value.lstrip("-").isdecimal() and all(each.isdecimal() for each in constraint.allowed)
    if are_numbers and constraint.kind in ("one of", "range"):
        numbers = [int(each) for each in constraint.allowed]
        number = enough(made.provider, argument, int(value), numbers)
        return (str(number), UNSAFE) if number is not None else (None, SHOWN)
    if constraint.kind != "one of":
        text, is_certain = respelled(made.provider, constraint.kind, constraint.text, value)
        return (text, SAFE if is_certain else UNSAFE) if text and constraint.takes(text) else (None, SHOWN)
    found = meant_by(made.provider, argument, value, constraint.allowed)
    return (found, SAFE) if found is not None else (None, SHOWN)

"""Words for an allowed value that the provider does not take, and numbers of which less is more. Data, with sources."""

import re

_SYNONYMS = {
    ("aws", "billing_mode", "ondemand"): "PAY_PER_REQUEST",
    # DynamoDB API reference, CreateTable, BillingMode: "PAY_PER_REQUEST … sets the billing mode to On-demand"
}

_LESS_IS_MORE = frozenset({("aws", "max_aggregation_interval")})
"""Arguments of which a lower number gives at least what a higher one does. Source: EC2 API reference, CreateFlowLogs,
MaxAggregationInterval: "the maximum interval of time during which a flow of packets is captured"."""


_BEGINNINGS = {("aws", "prefix", "alias/"): re.compile(r"(?!alias|aws|arn)[0-9A-Za-z_/-]+")}
"""Beginnings that a text lacks beyond doubt, and what it is then. Source: KMS API reference, CreateAlias, AliasName:
"This value must begin with alias/ followed by a name, such as alias/ExampleAlias"."""
_DROPPED = frozenset({("aws", "not prefix", "sg-")})
"""Beginnings that can be left away. Source: EC2 API reference, CreateSecurityGroup, GroupName: "Cannot start with
sg-"."""


def respelled(provider: str, kind: str, text: str, value: str) -> tuple[str | None, bool]:
    """What a text is instead that its ``prefix``, ``not prefix`` or ``regex`` refuses, and whether that is certain."""
    lacking = _BEGINNINGS.get((provider, kind, text))
    if lacking is not None and lacking.fullmatch(value):
        return f"{text}{value}", True
    if (provider, kind, text) in _DROPPED:
        return value.removeprefix(text), False
    return (value.lower() if kind == "regex" and value != value.lower() else None), False


def meant_by(provider: str, argument: str, value: str, allowed: tuple[str, ...]) -> str | None:
    """The one allowed value that *value* means beyond doubt: but for case, hyphens and the like, or by another word."""
    letters = _letters(value)
    synonym = _SYNONYMS.get((provider, argument, letters))
    found = [each for each in allowed if letters and _letters(each) == letters] or [
        each for each in allowed if each == synonym
    ]
    return found[0] if len(found) == 1 else None


def enough(provider: str, argument: str, value: int, allowed: list[int]) -> int | None:
    """The allowed number next to *value* that keeps at least what was asked for, or None."""
    if (provider, argument) in _LESS_IS_MORE:
        return max((each for each in allowed if each <= value), default=None)
    return min((each for each in allowed if each >= value), default=None)


def _letters(value: str) -> str:
    return "".join(each for each in value.lower() if each.isalnum())

from __future__ import annotations

import re

import libcst as cst

from ...editing.literals import with_expression
from ...knowledge.aws import UNIQUE_NAMES
from ...meaning import Binding, Given, Source, Use, arguments, destinations, dotted, string_value, trace
from ...meaning.occurrences import elsewhere, pieces, resources_with
from ...meaning.suffixes import SUFFIX, are_texts, suffixes
from ..rule import SHOWN, UNSAFE, Rule

_NEUTRAL = re.compile(r"(?:^|_)(?:region|account|account_id|partition)$")
"""Names of values that are the same for every environment of an account and region."""


class SharedName(Rule):
    """A name that AWS has once per account and region, without the environment suffix that its class has.

    The second environment in the account then fails: ``AlreadyExistsException``. The suffix is put behind the name.

    Unsafe: a resource that exists already is replaced by one of the new name. Shown where the name stands elsewhere in
    the project too, alone or in a longer text (``"awslogs-group": "/ecs/api"``), which would go on meaning the old one.

    Before::

        from constructs import Construct
        from cdktf_cdktf_provider_aws.kms_alias import KmsAlias

        class Keys(Construct):
            def __init__(self, scope, construct_id, region, environment_suffix, key):
                super().__init__(scope, construct_id)
                KmsAlias(self, "alias", name=f"alias/trading-{region}", target_key_id=key.id)

    After::

        from constructs import Construct
        from cdktf_cdktf_provider_aws.kms_alias import KmsAlias

        class Keys(Construct):
            def __init__(self, scope, construct_id, region, environment_suffix, key):
                super().__init__(scope, construct_id)
                KmsAlias(self, "alias", name=f"alias/trading-{region}-{environment_suffix}", target_key_id=key.id)
    """

    code = "V103"
    name = "shared-name"
    safety = UNSAFE
    catalogue = ("V3",)
    wakes = ("env_suffix", "environment_suffix")
    makes = frozenset(UNIQUE_NAMES)
    provider = "aws"

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        argument = UNIQUE_NAMES.get(made.submodule) if made is not None and made.kind == "resource" else None
        given = arguments(self.source, original_node).get(argument) if argument is not None else None
        if given is None or made is None or given.source is not self.source:
            return updated_node
        suffix = next(suffixes(self.source, original_node), None)
        if suffix is None or not self._is_shared(given):
            return updated_node
        what = (
            f"`{made.short_name}.{argument}` is the same in every environment; AWS has it once per account and region"
        )
        name = max(pieces(self.source, given.value), key=len)
        others = [*elsewhere(self.source, given.value, name), *_read_elsewhere(self.source, given.value)]
        files = resources_with(self.source, name)
        if others or files:
            also = f" ({', '.join(files)})" if files else ""
            message = f"{what}. Put the suffix behind it, and behind `{name}` elsewhere{also}"
            self.found(given.value, message, safety=SHOWN, also=others)
        elif self.found(given.value, what):
            self.edit(given.value, with_expression(given.value, suffix, self.source.names.preferred_quote))
        return updated_node

    def _is_shared(self, given: Given) -> bool:
        """Whether a name is made of constants, and of what all environments of an account and region share."""
        if isinstance(given.value, cst.FormattedString):
            parts = [each.expression for each in given.value.parts if isinstance(each, cst.FormattedStringExpression)]
            if any(SUFFIX.search(_last_name(each)) for each in parts):
                return False
            return all(_is_neutral(each) or _is_constant(self.source, each) for each in parts)
        return bool(string_value(given.value)) or _is_constant(self.source, given.value)


def _last_name(node: cst.BaseExpression) -> str:
    return (dotted(node) or "").rpartition(".")[2]


def _read_elsewhere(source: Source, value: cst.BaseExpression) -> list[Use]:
    """Where else the variable is read that a name is."""
    if not isinstance(value, (cst.Name, cst.Attribute)):
        return []
    ways = [destinations(origin.source, origin.node) for origin in trace(source, value)[0]]
    used = [each for way in ways for each in (*way.others, *((place.source, place.node) for place in way.found))]
    return [(where, node) for where, node in used if node is not value]


def _is_neutral(node: cst.BaseExpression) -> bool:
    return _NEUTRAL.search(_last_name(node)) is not None


def _is_constant(source: Source, node: cst.BaseExpression) -> bool:
    """Whether a variable or attribute is only ever a text that stands in the code, and no parameter."""
    bound: list[Binding] = []
    if isinstance(node, cst.Name):
        bound = source.names.scope_of(node).find(node.value)
        if len(bound) == 1 and bound[0].kind == "import" and bound[0].attribute is not None:
            target = source.find_module(bound[0].module)
            bound = target.local_binding(bound[0].attribute) if target is not None else []
    elif isinstance(node, cst.Attribute):
        owner = source.class_of(node.value)
        scope = owner.scope if owner is not None else None
        bound = scope.attributes.get(node.attr.value, scope.bindings.get(node.attr.value, [])) if scope else []
    return bool(bound) and are_texts(bound)

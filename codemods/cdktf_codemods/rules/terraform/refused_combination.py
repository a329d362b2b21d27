from __future__ import annotations

import libcst as cst

from ...meaning import Arguments, Given, Source, arguments, string_value, trace
from ...meaning.origins import is_read
from ...meaning.overrides import overridden
from ...meaning.tried import is_meant_to_fail
from ...meaning.types import ProjectObject
from ...schema import ApiClass
from ...schema.constraints import Combination, combinations_of
from ...schema.types import Named
from ..rule import DESCRIBED, SHOWN, Rule


class RefusedCombination(Rule):
    """Arguments that Terraform's provider does not take together, or of which it wants one.

    What the provider takes was read from itself (``docs/constraints.md``). Shown at the second that is given, with the
    first; where one is missing, at the call. Which one is meant is not in the code. Of a call nothing is said that may
    give more than can be read, or whose construct is given more later.

    Reported::

        from cdktf_cdktf_provider_aws.route import Route

        def public(scope, table):
            Route(scope, "internet", route_table_id=table, destination_cidr_block="0.0.0.0/0")
    """

    code = "V106"
    name = "refused-combination-of-arguments"
    safety = SHOWN
    wakes = (DESCRIBED,)
    makes = frozenset()
    repeats = ("G109",)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        known = combinations_of(made) if made is not None and not self.source.is_misplaced(original_node, made) else []
        if made is not None and known and not is_meant_to_fail(self.source, original_node):
            given = arguments(self.source, original_node)
            self._pairs: set[tuple[str, str]] = set()
            for each in known:
                self._look(original_node, made, given, each)
        return updated_node

    def _look(self, call: cst.Call, made: ApiClass, given: Arguments, known: Combination) -> None:
        there = [each for name in known.names if (each := given.get(name)) is not None]
        whence = "" if known.applies else f" (known from version {known.version} of the provider)"
        if known.kind in ("conflicts", "exactly one"):
            certain = list(filter(_is_given, there)) if len(there) > 1 else []
            if len(certain) > 1:
                certain.sort(key=lambda each: each.source.spans.start(each.key))
            if len(certain) > 1 and certain[0].source is certain[1].source:
                first, second = certain[:2]
                if (first.name, second.name) in self._pairs:
                    return
                self._pairs.add((first.name, second.name))
                both = f"`{second.name}` or `{first.name}`, not both; keep the one that is meant"
                what = f"`{made.short_name}` takes {both}"
                self.found(second.key, f"{what}{whence}", source=second.source, also=[(first.source, first.key)])
        if known.kind == "conflicts" or len(there) == len(known.names) or (there and known.kind != "together"):
            return
        if not given.complete or _may_come_later(self.source, known.names):
            return
        names = ", ".join(f"`{name}`" for name in known.names)
        if known.kind in ("exactly one", "at least one") and not there and not _may_be_one(made, given, known):
            self.found(call.func, f"`{made.short_name}` needs one of {names}{whence}")
        if known.kind == "together" and len(there) < len(known.names) and there and there[0].name == known.names[0]:
            if _is_given(there[0]):
                lacking = ", ".join(f"`{name}`" for name in known.names if name not in given)
                self.found(there[0].key, f"`{there[0].name}` needs {lacking} beside it{whence}", source=there[0].source)


def _may_be_one(made: ApiClass, given: Arguments, known: Combination) -> bool:
    """Whether one of several arguments may be given by another name, or by one that only another version has."""
    ends = {name.rpartition("_")[2] for name in known.names}
    return any(
        each.name not in made.arguments
        or (not known.applies and each.name not in made.required and each.name.rpartition("_")[2] in ends)
        for each in given
    )


def _is_given(given: Given) -> bool:
    """Whether an argument is surely given a value: not None, nothing empty, and no False."""
    origins, complete = trace(given.source, given.value)
    return complete and bool(origins) and all(_is_value(each.source, each.node) for each in origins)


def _is_value(source: Source, node: cst.BaseExpression) -> bool:
    if isinstance(node, (cst.Integer, cst.Float)):
        return True
    if isinstance(node, (cst.List, cst.Dict)):
        return bool(node.elements)
    if isinstance(node, cst.Name):
        return node.value == "True"
    if isinstance(node, cst.Call):
        return source.called(node) is not None
    if isinstance(node, cst.Attribute):
        return isinstance(kind := source.type_of(node.value), Named) and source.schema.find(kind.name) is not None
    text = string_value(node)
    return isinstance(node, cst.FormattedString) or (bool(text) and "${" not in str(text))


def _may_come_later(source: Source, names: tuple[str, ...]) -> bool:
    """Whether code of the project sets one of the arguments of an object that is made already, or overrides it."""
    for name in names:
        for setter in (name, f"put_{name}"):
            for other in source.mentioning(setter):
                for use in other.names.attribute_uses.get(setter, ()):
                    if setter == name and is_read(other, use):
                        continue
                    if not isinstance(other.type_of(use.value), ProjectObject):
                        return True
    for other in source.mentioning("add_override"):
        for call in other.names.calls:
            if isinstance(call.func, cst.Attribute) and call.func.attr.value == "add_override":
                path = overridden(other, call)
                if path is None or path.partition(".")[0] in names:
                    return True
    return False

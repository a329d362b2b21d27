from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ...editing.providers import Providers, in_reach
from ...meaning import Destination, Given, Origin, Source, arguments, constant, elements
from ...schema.types import STRING, Named
from ..rule import SHOWN, Rule


class TextReference(Rule):
    """A provider or a dependency given by its Terraform name, where the construct itself is wanted.

    ``provider="aws.us_east_1"`` becomes the variable or attribute that holds the provider with that alias, if one is in
    reach. Where the alias is worked out, as in ``f"aws.{region}"``, it is the provider made by the same expression,
    what a dict has under it, or one of all that are in reach, by a dict of aliases; providers that a loop makes and
    drops are kept in one. A single dependency goes into a list; a dependency by text becomes the construct of that
    type and id, and one by an attribute (``vpc.id``) the construct that it is read of.

    Safe: the text is refused. Shown where nothing in reach is meant by it.

    Before::

        from cdktf_cdktf_provider_aws.provider import AwsProvider
        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

        def logs(scope):
            east = AwsProvider(scope, "east", region="us-east-1", alias="us_east_1")
            S3Bucket(scope, "logs", provider="aws.us_east_1")

    After::

        from cdktf_cdktf_provider_aws.provider import AwsProvider
        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

        def logs(scope):
            east = AwsProvider(scope, "east", region="us-east-1", alias="us_east_1")
            S3Bucket(scope, "logs", provider=east)
    """

    code = "A105"
    name = "text-reference"
    wakes = ("provider", "depends_on")
    makes = frozenset()

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None or not made.is_construct:
            return updated_node
        given = arguments(self.source, original_node)
        if (provider := given.get("provider")) is not None:
            self._provider(original_node, provider)
        if (depends_on := given.get("depends_on")) is not None:
            self._dependencies(original_node, depends_on)
        return updated_node

    def _provider(self, call: cst.Call, given: Given) -> None:
        for value in _alternatives(given.value):
            if given.source.type_of(value) == STRING:
                self._provider_by_text(call, given, value)

    def _provider_by_text(self, call: cst.Call, given: Given, value: cst.BaseExpression) -> None:
        text = constant(given.source, value)
        alias = (text or "").rpartition(".")[2]
        here = given.source is self.source
        providers = Providers(self.source, call)
        found = providers.by_text(alias, plain=text == alias) if text is not None else providers.by_value(value)
        said = f"`{text}`" if text is not None else "a text that is worked out"
        if len(found) == 1 and here:
            named = f", which has no name yet: `{found[0].named}`" if found[0].named else ""
            if self.found(value, f"`provider` takes the provider itself, not {said}{named}"):
                found[0].prepare(self.edits_of(self.source))
                own = given if value is given.value else None
                self.owner.change(self.source, value, found[0].value, _is_provider, own)
            return
        reason = "more than one" if len(found) > 1 else "none"
        whose = f"with the alias `{alias}`" if text is not None else f"that {said} would surely be"
        message = f"`provider` takes the provider itself; {reason} {whose} is in reach"
        self.found(value, message, safety=SHOWN, source=given.source)

    def _dependencies(self, call: cst.Call, given: Given) -> None:
        kind = given.source.type_of(given.value)
        if self._is_construct(given.source, given.value):
            if self.found(given.value, "`depends_on` is a list; this is one", source=given.source):
                self.owner.change(
                    given.source, given.value, cst.List([cst.Element(given.value)]), _is_dependency, given
                )
            return
        if kind == STRING:
            self._dependency(call, Origin(given.source, given.value), given)
        for origin in elements(given.source, given.value)[0] if kind != STRING else ():
            if origin.source.type_of(origin.node) == STRING:
                self._dependency(call, origin, None)

    def _dependency(self, call: cst.Call, origin: Origin, alone: Given | None) -> None:
        """A text among the dependencies, or *alone* in the place of their list."""
        node, text = origin.node, constant(origin.source, origin.node)
        meant: cst.BaseExpression | None = None
        said = f"the text `{text}`" if text is not None else "a text"
        if isinstance(node, cst.Attribute) and self._is_construct(origin.source, node.value):
            meant, said = node.value, f"what has been read of one, its `{node.attr.value}`"
        elif text is not None and self._is_beside(origin, call):
            found = [target for target, name in self._constructs(call) if name == text]
            meant = found[0].deep_clone() if len(found) == 1 else None
        message = f"`depends_on` takes constructs, not {said}"
        if meant is None:
            self.found(node, message, safety=SHOWN, source=origin.source)
        elif self.found(node, message, source=origin.source):
            new = cst.List([cst.Element(meant)]) if alone is not None else meant
            self.owner.change(origin.source, node, new, _is_dependency, alone)

    def _is_construct(self, source: Source, node: cst.BaseExpression) -> bool:
        kind = source.type_of(node)
        described = self.schema.find(kind.name) if isinstance(kind, Named) else None
        return described is not None and described.is_construct

    def _is_beside(self, origin: Origin, call: cst.Call) -> bool:
        """Whether a value is written where what the call can name can be named too."""
        names = self.source.names
        return origin.source is self.source and names.scope_of(origin.node) is names.scope_of(call)

    def _constructs(self, use: cst.Call) -> Iterator[tuple[cst.BaseExpression, str]]:
        """The constructs in reach, each with its Terraform name: ``aws_vpc.main``."""
        for target, call, made in in_reach(self.source, use):
            positional = [arg.value for arg in call.args if arg.keyword is None]
            if len(positional) > 1:
                package, _, module = made.module.partition(".")
                yield target, f"{package.rpartition('_')[2]}_{module}.{constant(self.source, positional[1])}"


def _alternatives(value: cst.BaseExpression) -> list[cst.BaseExpression]:
    """What a value may be by a condition in it."""
    if isinstance(value, cst.IfExp):
        return [*_alternatives(value.body), *_alternatives(value.orelse)]
    return [value]


def _is_provider(place: Destination) -> bool:
    return place.argument == "provider" and not place.path


def _is_dependency(place: Destination) -> bool:
    return place.argument == "depends_on"

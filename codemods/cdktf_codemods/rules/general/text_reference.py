from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ...meaning import Destination, Given, Origin, arguments, constant, elements
from ...schema import ApiClass
from ...schema.types import STRING, Named
from ..rule import SHOWN, Rule


class TextReference(Rule):
    """A provider or a dependency given by its Terraform name, where the construct itself is wanted.

    ``provider="aws.us_east_1"`` becomes the variable or attribute that holds the provider with that alias, if one is in
    reach; a single dependency goes into a list; a dependency by text becomes the construct of that type and id.

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
        if given.source.type_of(given.value) != STRING:
            return
        text = constant(given.source, given.value)
        alias = (text or "").rpartition(".")[2]
        found = [target for target, name in self._providers(call) if name == alias or (name is None and text == alias)]
        if len(found) == 1 and given.source is self.source:
            if self.found(given.value, f"`provider` takes the provider itself, not `{text}`"):
                self.owner.change(self.source, given.value, found[0].deep_clone(), _is_provider, given)
        else:
            reason = "more than one" if len(found) > 1 else "none"
            message = f"`provider` takes the provider itself; {reason} with the alias `{alias}` is in reach"
            self.found(given.value, message, safety=SHOWN, source=given.source)

    def _dependencies(self, call: cst.Call, given: Given) -> None:
        kind = given.source.type_of(given.value)
        if isinstance(kind, Named) and (described := self.schema.find(kind.name)) and described.is_construct:
            if self.found(given.value, "`depends_on` is a list; this is one", source=given.source):
                self.owner.change(
                    given.source, given.value, cst.List([cst.Element(given.value)]), _is_dependency, given
                )
            return
        for origin in elements(given.source, given.value)[0]:
            if origin.source.type_of(origin.node) == STRING:
                text = constant(origin.source, origin.node) or ""
                found = [target for target, name in self._constructs(call) if name == text]
                message = f"`depends_on` takes constructs, not the text `{text}`"
                if len(found) == 1 and self._is_beside(origin, call):
                    if self.found(origin.node, message):
                        self.owner.change(self.source, origin.node, found[0].deep_clone(), _is_dependency)
                else:
                    self.found(origin.node, message, safety=SHOWN, source=origin.source)

    def _is_beside(self, origin: Origin, call: cst.Call) -> bool:
        """Whether a value is written where what the call can name can be named too."""
        names = self.source.names
        return origin.source is self.source and names.scope_of(origin.node) is names.scope_of(call)

    def _providers(self, use: cst.Call) -> Iterator[tuple[cst.BaseExpression, str | None]]:
        """The providers in reach, each with its alias."""
        for target, call, made in self._in_reach(use):
            if made.kind == "provider":
                alias = arguments(self.source, call).get("alias")
                yield target, constant(self.source, alias.value) if alias is not None else None

    def _constructs(self, use: cst.Call) -> Iterator[tuple[cst.BaseExpression, str]]:
        """The constructs in reach, each with its Terraform name: ``aws_vpc.main``."""
        for target, call, made in self._in_reach(use):
            positional = [arg.value for arg in call.args if arg.keyword is None]
            if len(positional) > 1:
                package, _, module = made.module.partition(".")
                yield target, f"{package.rpartition('_')[2]}_{module}.{constant(self.source, positional[1])}"

    def _in_reach(self, use: cst.Call) -> Iterator[tuple[cst.BaseExpression, cst.Call, ApiClass]]:
        """The variables and attributes that hold a construct made above *use*, and that can be read there."""
        names = self.source.names
        scope = names.scope_of(use)
        for call in names.calls:
            if call is use:
                return
            parent = names.parents.get(id(call))
            if not isinstance(parent, cst.Assign) or len(parent.targets) != 1:
                continue
            target = parent.targets[0].target
            made = self.source.called(call)
            if made is None or not made.is_construct:
                continue
            if isinstance(target, cst.Name):
                if any(binding.node is target for binding in scope.find(target.value)):
                    yield target, call, made
            elif isinstance(target, cst.Attribute):
                if names.scope_of(parent).enclosing_class is scope.enclosing_class:
                    yield target, call, made


def _is_provider(place: Destination) -> bool:
    return place.argument == "provider" and not place.path


def _is_dependency(place: Destination) -> bool:
    return place.argument == "depends_on"

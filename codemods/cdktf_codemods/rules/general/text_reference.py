from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from ...meaning import Destination, Given, Origin, Source, arguments, constant, elements, trace
from ...schema import ApiClass
from ...schema.types import STRING, Named
from ..rule import SHOWN, Rule

_NO_NAME = re.compile(r"\W")


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
        for value in _alternatives(given.value):
            if given.source.type_of(value) == STRING:
                self._provider_by_text(call, given, value)

    def _provider_by_text(self, call: cst.Call, given: Given, value: cst.BaseExpression) -> None:
        if (held := self._alias_of(given.source, value)) is not None:
            if self.found(value, "`provider` takes the provider itself, not its alias in a text", source=given.source):
                self._give(value, held, given)
            return
        text = constant(given.source, value)
        alias = (text or "").rpartition(".")[2]
        found = [target for target, name in self._providers(call) if name == alias or (name is None and text == alias)]
        unnamed = self._unnamed(call, alias) if not found and given.source is self.source else []
        message = f"`provider` takes the provider itself, not `{text}`"
        if len(found) == 1 and given.source is self.source:
            if self.found(value, message):
                self._give(value, found[0].deep_clone(), given)
        elif len(unnamed) == 1 and (name := self._free_name(call, alias)) is not None:
            if self.found(value, f"{message}, which has no name yet: `{name}`"):
                (statement,) = unnamed
                named = cst.Assign([cst.AssignTarget(cst.Name(name))], statement.value)
                self.edits_of(self.source).put(statement, named)
                self._give(value, cst.Name(name), given)
        else:
            reason = "more than one" if len(found) > 1 else "none"
            message = f"`provider` takes the provider itself; {reason} with the alias `{alias}` is in reach"
            self.found(value, message, safety=SHOWN, source=given.source)

    def _alias_of(self, source: Source, value: cst.BaseExpression) -> cst.BaseExpression | None:
        """The provider in ``f"aws.{provider.alias}"``."""
        if source is not self.source or not isinstance(value, cst.FormattedString) or len(value.parts) != 2:
            return None
        kind, part = value.parts
        read = part.expression if isinstance(part, cst.FormattedStringExpression) else None
        if not isinstance(kind, cst.FormattedStringText) or not isinstance(read, cst.Attribute):
            return None
        made = source.type_of(read.value) if kind.value.endswith(".") and read.attr.value == "alias" else None
        return read.value if isinstance(made, Named) and self._is_provider(made) else None

    def _is_provider(self, kind: Named) -> bool:
        made = self.schema.find(kind.name)
        return made is not None and made.kind == "provider"

    def _give(self, value: cst.BaseExpression, provider: cst.BaseExpression, given: Given) -> None:
        self.owner.change(self.source, value, provider, _is_provider, given if value is given.value else None)

    def _unnamed(self, use: cst.Call, alias: str) -> list[cst.Expr]:
        """The statements above *use*, in its block or one around it, that make a provider of an alias and drop it."""
        names = self.source.names
        blocks = set(map(id, names.ancestors(use)))
        found = []
        for call in names.calls:
            statement = names.parents.get(id(call))
            if call is use or not isinstance(statement, cst.Expr):
                continue
            block = names.parents.get(id(names.parents.get(id(statement))))
            made = self.source.called(call) if id(block) in blocks else None
            given = arguments(self.source, call).get("alias") if made is not None and made.kind == "provider" else None
            if given is not None and constant(given.source, given.value) == alias and self._is_above(call, use):
                found.append(statement)
        return found

    def _is_above(self, call: cst.Call, use: cst.Call) -> bool:
        names = self.source.names
        return names.scope_of(call) is names.scope_of(use) and self.source.spans.start(call) < self.source.spans.start(
            use
        )

    def _free_name(self, use: cst.Call, alias: str) -> str | None:
        """What a provider of an alias can be called where it is used."""
        name = _NO_NAME.sub("_", alias) + "_provider"
        taken = name in self.source.names.uses or self.source.names.scope_of(use).find(name)
        return name if name.isidentifier() and not taken else None

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
        yield from self._read_elsewhere(use)

    def _read_elsewhere(self, use: cst.Call) -> Iterator[tuple[cst.BaseExpression, str | None]]:
        """The variables above *use* that hold a provider made elsewhere: ``east = providers.east``."""
        names = self.source.names
        for bindings in names.scope_of(use).bindings.values():
            binding = bindings[0]
            value = binding.value if len(bindings) == 1 and binding.kind == "assign" else None
            kind = self.source.type_of(value) if isinstance(value, cst.Attribute) else None
            if value is None or not isinstance(kind, Named) or not self._is_provider(kind):
                continue
            origins, complete = trace(self.source, value)
            if len(origins) != 1 or not complete or self.source.spans.start(value) > self.source.spans.start(use):
                continue
            (origin,) = origins
            if isinstance(origin.node, cst.Call) and isinstance(binding.node, cst.Name):
                alias = arguments(origin.source, origin.node).get("alias")
                yield binding.node, constant(alias.source, alias.value) if alias is not None else None

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


def _alternatives(value: cst.BaseExpression) -> list[cst.BaseExpression]:
    """What a value may be by a condition in it."""
    if isinstance(value, cst.IfExp):
        return [*_alternatives(value.body), *_alternatives(value.orelse)]
    return [value]


def _is_provider(place: Destination) -> bool:
    return place.argument == "provider" and not place.path


def _is_dependency(place: Destination) -> bool:
    return place.argument == "depends_on"

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ..rule import SHOWN, Rule
from ..schema.types import STRING, Named
from ..source import Given, Scope, arguments, constant, elements


class TextReference(Rule):
    """A provider or a dependency given by its Terraform name, where the construct itself is wanted.

    ``provider="aws.us_east_1"`` becomes the variable or attribute that holds the provider with that alias, if one is in
    reach; a single dependency goes into a list; a dependency by text becomes the construct of that type and id.

    Safe: the text is refused. Shown where nothing in reach is meant by it.

    Before::

        east = AwsProvider(self, "east", region="us-east-1", alias="us_east_1")
        S3Bucket(self, "logs", provider="aws.us_east_1")

    After::

        east = AwsProvider(self, "east", region="us-east-1", alias="us_east_1")
        S3Bucket(self, "logs", provider=east)
    """

    code = "A105"
    name = "text-reference"
    wakes = ("provider", "depends_on")

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None or not made.is_construct:
            return updated_node
        given = arguments(self.source, original_node)
        if (provider := given.get("provider")) is not None:
            self._provider(provider)
        if (depends_on := given.get("depends_on")) is not None:
            self._dependencies(depends_on)
        return updated_node

    def _provider(self, given: Given) -> None:
        if given.source.type_of(given.value) != STRING:
            return
        text = constant(given.source, given.value)
        if text is None:
            self.found(given.value, "`provider` takes the provider itself, not its name", safety=SHOWN)
            return
        alias = text.rpartition(".")[2]
        found = [target for target, name in self._held("alias") if name == alias or (name is None and text == alias)]
        if len(found) == 1:
            if self.found(given.value, f"`provider` takes the provider itself, not `{text}`", source=given.source):
                self.edit(given.value, found[0].deep_clone(), given.source)
        else:
            reason = "none" if not found else "more than one"
            message = f"`provider` takes the provider itself; {reason} with the alias `{alias}` is in reach"
            self.found(given.value, message, safety=SHOWN, source=given.source)

    def _dependencies(self, given: Given) -> None:
        kind = given.source.type_of(given.value)
        if isinstance(kind, Named) and (described := self.schema.find(kind.name)) and described.is_construct:
            if self.found(given.value, "`depends_on` is a list; this is one", source=given.source):
                self.edit(given.value, cst.List([cst.Element(given.value)]), given.source)
            return
        for origin in elements(given.source, given.value)[0]:
            if origin.source.type_of(origin.node) == STRING:
                text = constant(origin.source, origin.node) or ""
                found = [target for target, name in self._constructs() if name == text]
                message = f"`depends_on` takes constructs, not the text `{text}`"
                if len(found) == 1 and origin.source is self.source:
                    if self.found(origin.node, message):
                        self.edit(origin.node, found[0].deep_clone())
                else:
                    self.found(origin.node, message, safety=SHOWN, source=origin.source)

    def _held(self, argument: str) -> Iterator[tuple[cst.BaseExpression, str | None]]:
        """The providers that a variable or attribute of this file holds, each with the text of one argument."""
        for target, call in self._assigned():
            made = self.source.called(call)
            if made is not None and made.kind == "provider":
                value = arguments(self.source, call).get(argument)
                yield target, constant(self.source, value.value) if value is not None else None

    def _constructs(self) -> Iterator[tuple[cst.BaseExpression, str]]:
        """The constructs that a variable or attribute holds, each with its Terraform name: ``aws_vpc.main``."""
        for target, call in self._assigned():
            made = self.source.called(call)
            positional = [arg.value for arg in call.args if arg.keyword is None]
            if made is not None and made.is_construct and len(positional) > 1:
                name = constant(self.source, positional[1])
                module = made.module.rpartition(".")[2]
                package = made.module.partition(".")[0].rpartition("_")[2]
                yield target, f"{package}_{module}.{name}"

    def _assigned(self) -> Iterator[tuple[cst.BaseExpression, cst.Call]]:
        for call in self.source.names.calls:
            parent = self.source.names.parents.get(id(call))
            if isinstance(parent, cst.Assign) and len(parent.targets) == 1:
                target = parent.targets[0].target
                if isinstance(target, (cst.Name, cst.Attribute)) and self._is_in_reach(target, parent):
                    yield target, call

    def _is_in_reach(self, target: cst.BaseExpression, statement: cst.Assign) -> bool:
        """An attribute of ``self`` is; a variable of the module, or of a function (whose uses are in it), is."""
        scope: Scope | None = self.source.names.scope_of(statement)
        return scope is not None and (isinstance(target, cst.Name) or isinstance(target, cst.Attribute))

"""Stacks: where one is made, what is made in it, and what a provider in it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from ..schema import ApiClass, Schema
from .arguments import arguments
from .base import Source
from .origins import string_value

Stack = tuple[cst.SimpleStatementLine, cst.BaseExpression]
"""The statement that makes a stack, and how the code behind it calls the stack: ``self``, or a variable."""

_REGION = re.compile(r"(?:us|eu|ap|sa|ca|me|af|il|mx)(?:-gov|-iso[a-z]?)?-[a-z]+-\d")
_TEST = re.compile(r"(?:^|/)(?:test_[^/]*|[^/]*_test|conftest)\.py$")
_PARAMETERS = ("region", "aws_region")


def stack_made_by(source: Source, call: cst.Call) -> Stack | None:
    """The stack that a call makes, where it is ``super().__init__(…)`` or assigned to one thing."""
    line = source.names.enclosing(call, cst.SimpleStatementLine)
    if line is None or len(line.body) != 1:
        return None
    function = source.names.enclosing(call, cst.FunctionDef)
    statement = line.body[0]
    if source.initialized(call) and function is not None and function.params.params:
        return line, cst.Name(function.params.params[0].name.value)
    if isinstance(statement, cst.Assign) and statement.value is call and len(statement.targets) == 1:
        target = statement.targets[0].target
        if isinstance(target, (cst.Name, cst.Attribute)):
            return line, target.deep_clone()
    return None


def stack_of(source: Source, owner: cst.ClassDef) -> Stack | None:
    """The statement of a class, derived from no other class of the project than a stack's own, that makes the stack."""
    core = source.schema.core_name("TerraformStack")
    if not any((base := source.reference(each.value)) and base.name == core for each in owner.bases):
        return None
    made = [
        call
        for call in source.names.calls
        if source.initialized(call) and source.names.enclosing(call, cst.ClassDef) is owner
    ]
    return stack_made_by(source, made[0]) if len(made) == 1 else None


def made_in(source: Source, owner: cst.ClassDef) -> Iterator[ApiClass]:
    """What the methods of a stack's class make with the stack itself as scope."""
    for call in source.names.calls:
        made = source.called(call)
        if made is None or made.kind not in ("resource", "data source"):
            continue
        function = source.names.enclosing(call, cst.FunctionDef)
        if function is None or source.names.enclosing(function, cst.ClassDef) is not owner:
            continue
        own = [each.name.value for each in function.params.params[:1]]
        scope = next((arg.value for arg in call.args if arg.keyword is None or arg.keyword.value == "scope"), None)
        if isinstance(scope, cst.Name) and [scope.value] == own:
            yield made


def is_program(source: Source) -> bool:
    """Whether the project makes an app, so that all that its stacks need has to be in it; one of a test needs less."""
    return any(not _TEST.search(other.path) for other, _ in _apps(source))


def is_validated(source: Source) -> bool:
    """Whether synthesis surely refuses a stack without the providers of its resources."""
    given = [arg for _, call in _apps(source) for arg in call.args]
    return not any(arg.star == "**" or (arg.keyword and arg.keyword.value == "skip_validation") for arg in given)


def _apps(source: Source) -> Iterator[tuple[Source, cst.Call]]:
    """The calls that make apps."""
    app = source.schema.core_name("App")
    for other in source.mentioning("App"):
        yield from ((other, call) for call in other.names.calls if other.name_called(call) == app)


def provider_class(schema: Schema, provider: str) -> ApiClass | None:
    """The construct that sets a provider up."""
    for package, snapshot in schema.snapshots.items():
        if snapshot.provider.rpartition("/")[2] == provider:
            for described in (schema.module(f"{package}.provider") or {}).values():
                if described.is_construct:
                    return described
    return None


def provider_arguments(
    source: Source, line: cst.CSTNode, described: ApiClass
) -> tuple[dict[str, cst.BaseExpression], str]:
    """What the construct of a provider is given that is made behind a line, and the question that is left open, if any.

    A provider that has a region gets the one region that may be meant.
    """
    given: dict[str, cst.BaseExpression] = {}
    if "region" in described.arguments:
        found = _regions(source, line)
        if len(found) != 1:
            named = ", ".join(f"`{each}`" for each in found)
            return {}, f"; of which region: {named}?" if named else "; of which region?"
        given["region"] = next(iter(found.values()))
    if described.required:
        return {}, f"; with what {', '.join(f'`{name}`' for name in described.required)}?"
    return given, ""


def _regions(source: Source, line: cst.CSTNode) -> dict[str, cst.BaseExpression]:
    """The regions that may be meant: a parameter of the function around a line, else those that other providers have,
    else all that the project names."""
    scope = source.names.scope_of(line)
    for name in _PARAMETERS:
        if any(each.kind == "parameter" for each in scope.bindings.get(name, ())):
            return {name: cst.Name(name)}
    sources = list(source.holding("-"))
    configured = [text for other in sources for text in _configured(other)]
    named = configured or [
        found[0]
        for other in sources
        for text in other.names.strings
        if (found := _REGION.match(string_value(text) or "")) is not None
    ]
    quote = source.names.preferred_quote
    return {text: cst.SimpleString(f"{quote}{text}{quote}") for text in named}


def _configured(source: Source) -> Iterator[str]:
    """The regions that a file gives to providers."""
    for call in source.names.calls:
        made = source.called(call)
        region = arguments(source, call).get("region") if made and made.submodule == "provider" else None
        if region is not None and (text := string_value(region.value)) is not None:
            yield text

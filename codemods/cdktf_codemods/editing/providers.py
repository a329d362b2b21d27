"""Providers that code names by a text: which object is meant, and how that is said where the text is worked out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import libcst as cst

from ..meaning import Source, arguments, constant, string_value, trace
from ..meaning.repeated import names_in
from ..meaning.running import has_run_before
from ..schema import ApiClass
from ..schema.types import Named
from .edits import Edits

_NO_NAME = re.compile(r"\W")
_PREFIX = re.compile(r"\w+\.")


@dataclass(frozen=True, eq=False)
class Provider:
    """A provider that a call makes: its alias, the statement, and what holds it; None where nothing does."""

    call: cst.Call
    alias: cst.BaseExpression | None
    text: str | None
    statement: cst.CSTNode
    target: cst.BaseExpression | None


@dataclass(frozen=True)
class Choice:
    """The object that is meant, and what has to be done so that it can be said."""

    value: cst.BaseExpression
    named: str = ""
    prepare: Callable[[Edits], None] = lambda edits: None


def in_reach(source: Source, use: cst.Call) -> Iterator[tuple[cst.BaseExpression, cst.Call, ApiClass]]:
    """The variables and attributes that hold a construct made above *use*, and that can be read there."""
    names = source.names
    scope = names.scope_of(use)
    for call in names.calls:
        if call is use:
            return
        parent = names.parents.get(id(call))
        if not isinstance(parent, cst.Assign) or len(parent.targets) != 1:
            continue
        target = parent.targets[0].target
        made = source.called(call)
        if made is None or not made.is_construct:
            continue
        if isinstance(target, cst.Name):
            if any(binding.node is target for binding in scope.find(target.value)):
                yield target, call, made
        elif isinstance(target, cst.Attribute):
            if names.scope_of(parent).enclosing_class is scope.enclosing_class:
                yield target, call, made


def alias_in(source: Source, value: cst.BaseExpression) -> cst.BaseExpression | None:
    """The part of a text that is worked out, such as ``f"aws.{region}"``, that says the alias."""
    if isinstance(value, cst.FormattedString):
        first, *rest = value.parts
        if isinstance(first, cst.FormattedStringText):
            prefix = _PREFIX.match(first.value)
            text = first.value[prefix.end() :] if prefix is not None else first.value
            rest = [first.with_changes(value=text), *rest] if text else rest
        else:
            rest = [first, *rest]
        if any(isinstance(each, cst.FormattedStringText) and "." in each.value for each in rest):
            return None
        if len(rest) == 1 and isinstance(rest[0], cst.FormattedStringExpression):
            plain = rest[0].conversion is None and rest[0].format_spec is None
            return rest[0].expression if plain else None
        return value.with_changes(parts=rest)
    if isinstance(value, cst.BinaryOperation) and isinstance(value.operator, cst.Add):
        return value.right if _PREFIX.fullmatch(string_value(value.left) or "") else None
    origins = trace(source, value)[0]
    is_made = any(isinstance(each.node, (cst.FormattedString, cst.BinaryOperation)) for each in origins)
    return None if is_made or isinstance(value, cst.SimpleString) else value


class Providers:
    """The providers that a call can be given."""

    def __init__(self, source: Source, use: cst.Call) -> None:
        self.source = source
        self.use = use
        self.every = list(self._every())
        held = {id(call): target for target, call, _ in in_reach(source, use)}
        self.reached = [each for each in self.every if id(each.call) in held]

    def by_text(self, alias: str, plain: bool) -> list[Choice]:
        """Those of an alias; of none, where the text is *plain* one that names the provider alone."""
        held = [each for each in self.reached if each.text == alias or (each.alias is None and plain)]
        found = [Choice(each.target.deep_clone()) for each in held if each.target is not None]
        found += [Choice(variable.deep_clone()) for variable, text in self._read_elsewhere() if text == alias]
        return found or [*self._kept_by_text(alias)] or self._unnamed(lambda each: each.text == alias, alias)

    def by_value(self, value: cst.BaseExpression) -> list[Choice]:
        """Those whose alias is what a text works out to; more than one where it cannot be told, none where none is."""
        index = alias_in(self.source, value)
        if index is None:
            return []
        if isinstance(index, cst.Attribute) and index.attr.value == "alias" and self._is_provider(index.value):
            return [Choice(index.value.deep_clone())]
        same = [each for each in self.reached if self._is_same(each, index)]
        if found := [Choice(each.target.deep_clone()) for each in same if each.target is not None]:
            return found
        if found := self._unnamed(lambda each: self._is_same(each, index), "aliased"):
            return found
        return [*self._kept(index)] or [*self._kept_from_now_on(index)] or [*self._chosen(index)]

    def _every(self) -> Iterator[Provider]:
        for call in self.source.names.calls:
            made = self.source.called(call)
            if made is None or made.kind != "provider" or call is self.use:
                continue
            given = arguments(self.source, call).get("alias")
            alias = given.value if given is not None else None
            text = constant(self.source, alias) if alias is not None else None
            statement = self.source.names.parents[id(call)]
            target = None
            if isinstance(statement, cst.Assign) and len(statement.targets) == 1:
                target = statement.targets[0].target
            yield Provider(call, alias, text, statement, target)

    def _read_elsewhere(self) -> Iterator[tuple[cst.Name, str | None]]:
        """The variables above that hold a provider made elsewhere, as ``east = providers.east``, with its alias."""
        start = self.source.spans.start
        for bindings in self.source.names.scope_of(self.use).bindings.values():
            binding = bindings[0]
            value = binding.value if len(bindings) == 1 and binding.kind == "assign" else None
            if not isinstance(value, cst.Attribute) or not self._is_provider(value) or start(value) > start(self.use):
                continue
            origins, complete = trace(self.source, value)
            made = origins[0].node if len(origins) == 1 and complete else None
            if isinstance(made, cst.Call) and isinstance(binding.node, cst.Name):
                alias = arguments(origins[0].source, made).get("alias")
                yield binding.node, constant(alias.source, alias.value) if alias is not None else None

    def _is_provider(self, value: cst.BaseExpression) -> bool:
        kind = self.source.type_of(value)
        made = self.source.schema.find(kind.name) if isinstance(kind, Named) else None
        return made is not None and made.kind == "provider"

    def _is_same(self, provider: Provider, index: cst.BaseExpression) -> bool:
        """Whether an alias is worked out by the same expression, in the same round of all loops."""
        alias, names = provider.alias, self.source.names
        if alias is None or not alias.deep_equals(index) or not self._is_before(provider):
            return False
        return all(len(names.scope_of(each).find(each.value)) == 1 for each in names_in(index))

    def _is_before(self, provider: Provider) -> bool:
        return has_run_before(self.source, provider.call, self.use)

    def _unnamed(self, fits: Callable[[Provider], bool], alias: str) -> list[Choice]:
        """Those made above in the same block, or one around it, that nothing holds: given a name."""
        found = [
            each for each in self.every if isinstance(each.statement, cst.Expr) and fits(each) and self._is_above(each)
        ]
        name = self._free(f"{_NO_NAME.sub('_', alias)}_provider")
        if name is None:
            return []

        def choice(provider: Provider) -> Choice:
            named = cst.Assign([cst.AssignTarget(cst.Name(name))], provider.call)
            return Choice(cst.Name(name), name, lambda edits: edits.put(provider.statement, named))

        return [choice(each) for each in found]

    def _is_above(self, provider: Provider) -> bool:
        return self._is_before(provider) and self.source.names.scope_of(provider.call) is self.source.names.scope_of(
            self.use
        )

    def _free(self, name: str) -> str | None:
        taken = name in self.source.names.uses or self.source.names.scope_of(self.use).find(name)
        return name if name.isidentifier() and not taken else None

    # In dicts

    def _dicts(self) -> Iterator[tuple[cst.BaseExpression, cst.BaseExpression, Provider]]:
        """The dicts that can be read where the provider is wanted, with a key and the provider under it."""
        for each in self.every:
            if isinstance(each.target, cst.Subscript) and len(each.target.slice) == 1:
                key = each.target.slice[0].slice
                if isinstance(key, cst.Index) and self._is_read(each.target.value):
                    yield each.target.value, key.value, each
            elif isinstance(each.statement, cst.DictElement):
                holder = self.source.names.parents.get(id(self.source.names.parents.get(id(each.statement))))
                if isinstance(holder, cst.Assign) and len(holder.targets) == 1:
                    target = holder.targets[0].target
                    if self._is_read(target):
                        yield target, each.statement.key, each

    def _is_read(self, holder: cst.BaseExpression) -> bool:
        """Whether a variable, or an attribute of the object, is the same where the provider is wanted."""
        names = self.source.names
        here = names.scope_of(self.use)
        if isinstance(holder, cst.Name):
            bound = here.find(holder.value)
            return len(bound) == 1 and names.scope_of(holder).find(holder.value) is bound
        inside = isinstance(holder, cst.Attribute) and isinstance(holder.value, cst.Name)
        owner = names.scope_of(holder).enclosing_class
        return inside and owner is not None and owner is here.enclosing_class

    def _kept_by_text(self, alias: str) -> Iterator[Choice]:
        for holder, key, each in self._dicts():
            same = each.alias is not None and each.alias.deep_equals(key)
            if each.text == alias and string_value(key) is not None:
                yield Choice(_item(holder, key))
            elif same and alias in self._texts(key):
                yield Choice(_item(holder, self._string(alias)))

    def _kept(self, index: cst.BaseExpression) -> Iterator[Choice]:
        for holder, key, each in self._dicts():
            if each.alias is not None and not isinstance(key, cst.SimpleString):
                if (inner := self._solved(each.alias, key, index)) is not None:
                    yield Choice(_item(holder, inner))

    def _solved(
        self, alias: cst.BaseExpression, key: cst.BaseExpression, index: cst.BaseExpression
    ) -> cst.BaseExpression | None:
        """What stands in an expression where a key stands in the alias that is made of it."""
        before, found, after = self._code(alias).partition(self._code(key))
        code = self._code(index)
        if not found or not code.startswith(before) or not code.endswith(after):
            return None
        try:
            return cst.parse_expression(code[len(before) : len(code) - len(after)])
        except cst.ParserSyntaxError:
            return None

    def _kept_from_now_on(self, index: cst.BaseExpression) -> Iterator[Choice]:
        """A provider that a loop above makes for each alias, and that nothing holds: kept in a dict."""
        name = self._free("providers") or self._free("providers_by_alias")
        for each in self.every:
            if not isinstance(each.statement, cst.Expr) or each.alias is None or each.text is not None or name is None:
                continue
            names = self.source.names
            loop = names.enclosing(each.call, cst.For)
            if loop is None or not isinstance(loop.target, cst.Name) or loop in names.ancestors(self.use):
                continue
            inner = self._solved(each.alias, loop.target, index)
            at_once = names.parents.get(id(each.statement)) in loop.body.body
            if inner is None or not at_once or not has_run_before(self.source, loop, self.use):
                continue
            keep = cst.Assign([cst.AssignTarget(_item(cst.Name(name), loop.target))], each.call)
            empty = cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(name))], cst.Dict([]))])
            yield Choice(_item(cst.Name(name), inner), name, _kept_in(loop, empty, each.statement, keep))

    def _chosen(self, index: cst.BaseExpression) -> Iterator[Choice]:
        """All that are in reach, in a dict by alias."""
        every = [(each.text, each) for each in self.reached if each.text is not None]
        named = {text: each for text, each in every if self._surely_is(each)}
        known = self._texts(index)
        keys = {text.rpartition(".")[2]: text for text in known} or {text: text for text in named}
        if len(named) == len(every) and len(keys) > 1 and set(keys) <= set(named):
            elements = [
                cst.DictElement(self._string(key), target.deep_clone())
                for text, key in keys.items()
                if (target := named[text].target) is not None
            ]
            yield Choice(_item(cst.Dict(elements), index))

    def _surely_is(self, provider: Provider) -> bool:
        """Whether what holds a provider has been given it where one is wanted."""
        names = self.source.names
        here, there = (names.enclosing(each, cst.FunctionDef) for each in (self.use, provider.call))
        return here is not there or self._is_before(provider)

    def _texts(self, value: cst.BaseExpression) -> list[str]:
        """The texts that an expression can be, where all are known."""
        origins, complete = trace(self.source, value)
        texts = [string_value(each.node) for each in origins]
        return [text for text in dict.fromkeys(texts) if text is not None] if complete and None not in texts else []

    def _code(self, node: cst.BaseExpression) -> str:
        return self.source.module.code_for_node(node)

    def _string(self, text: str) -> cst.SimpleString:
        quote = self.source.names.preferred_quote
        return cst.SimpleString(f"{quote}{text}{quote}")


def _item(holder: cst.BaseExpression, key: cst.BaseExpression) -> cst.Subscript:
    return cst.Subscript(holder.deep_clone(), [cst.SubscriptElement(cst.Index(key.deep_clone()))])


def _kept_in(
    loop: cst.For, empty: cst.SimpleStatementLine, statement: cst.CSTNode, keep: cst.Assign
) -> Callable[[Edits], None]:
    def prepare(edits: Edits) -> None:
        edits.precede(loop, empty)
        edits.put(statement, keep)

    return prepare

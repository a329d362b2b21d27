"""Who may be changed: the one place that decides where a value is edited, by who else reads it.

A value that nothing else reads, or whose readers all want the same, is edited where it is written. One that others read
is edited at the use, in a form that leaves it alone. Where there is no such form, the fix is refused, with the readers.
"""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from ..meaning import Destination, Given, Source, Use, Ways, destinations, string_value, unpackers
from ..schema import ApiClass
from .fix import Fix
from .literals import key_like

Fits = Callable[[Destination], bool]
"""Whether a place that a value goes to wants the new value too."""


def is_owned(source: Source, node: cst.CSTNode, fits: Fits) -> bool:
    """Whether a value may be edited where it is written."""
    return _agree(destinations(source, node), fits)


def place_of(given: Given, source: Source, node: cst.BaseExpression, fits: Fits) -> Use:
    """Where a value that is written at *node* will be changed: there, or at its use."""
    return (source, node) if is_owned(source, node, fits) else (given.source, given.value)


def _agree(ways: Ways, fits: Fits) -> bool:
    return ways.complete and (len(ways.found) == 1 or all(map(fits, ways.found)))


class Owner:
    """Edits values and arguments for one fix."""

    def __init__(self, fix: Fix) -> None:
        self._fix = fix

    def change(
        self,
        source: Source,
        node: cst.BaseExpression,
        new: cst.BaseExpression,
        fits: Fits,
        given: Given | None = None,
        at_use: cst.BaseExpression | None = None,
    ) -> None:
        """Put a new value in the place of one.

        :param given: the argument that the value is, or is part of.
        :param at_use: what the argument can be given instead, where the value may not be changed.
        """
        ways = destinations(source, node)
        if _agree(ways, fits):
            self._fix.edits(source).put(node, new)
        elif at_use is not None and given is not None and given.value is not node:
            self.change(given.source, given.value, at_use, fits, given)
        elif given is not None and given.value is node and _is_spread_plainly(given):
            self._override(given, new)
        else:
            self._fix.refuse(ways.others or [(each.source, each.node) for each in ways.found if not fits(each)])

    def claims(self, source: Source, node: cst.CSTNode, fits: Fits) -> bool:
        """Whether a value may be edited where it is written; if not, the fix is refused."""
        ways = destinations(source, node)
        if _agree(ways, fits):
            return True
        self._fix.refuse(ways.others or [(each.source, each.node) for each in ways.found if not fits(each)])
        return False

    def rename(self, given: Given, name: str, value: cst.BaseExpression | None = None) -> None:
        """Give an argument another name, and another value if there is one."""
        if self._is_owned(given, given.name) and self._is_owned(given, name):
            edits = self._fix.edits(given.source)
            edits.put(given.key, key_like(given.key, name))
            if value is not None:
                edits.put(given.value, value)
        elif _is_spread_plainly(given):
            self._take_out(given, {name: _elsewhere(given, value)})
        else:
            self._refuse(given)

    def drop(self, given: Given) -> None:
        """Take an argument out."""
        if self._is_owned(given, given.name):
            self._fix.edits(given.source).drop(given.owner, given.item)
        elif _is_spread_plainly(given):
            self._take_out(given, {})
        else:
            self._refuse(given)

    def replace(self, given: Given, others: dict[str, cst.BaseExpression]) -> None:
        """Put other arguments in the place of one."""
        if self._is_owned(given, given.name):
            edits = self._fix.edits(given.source)
            for name, value in others.items():
                edits.add(given.owner, name, value)
            edits.drop(given.owner, given.item)
        else:
            self._refuse(given)

    def _is_owned(self, given: Given, name: str) -> bool:
        """Whether a name is written in the call, or in a dict that only calls of the same class unpack."""
        if given.spread is None:
            return True
        made = given.caller.called(given.call)
        function = given.caller.callee(given.call)
        ways = unpackers(given.source, given.owner, name)
        return (
            ways.complete
            and all(each.argument == name and not each.path and _is_same(each.made, made) for each in ways.found)
            and all(function is not None and each is function.node for _, each in ways.unpacked)
        )

    def _refuse(self, given: Given) -> None:
        ways = unpackers(given.source, given.owner, given.name)
        self._fix.refuse(
            ways.others or [(each.source, each.node) for each in ways.found if each.call is not given.call]
        )

    def _override(self, given: Given, new: cst.BaseExpression) -> None:
        """``**options`` → ``**{**options, "name": new}``."""
        assert given.spread is not None
        options = given.spread.value
        key = cst.DictElement(self._string(given, given.name), _elsewhere(given, new))
        merged = cst.Dict([cst.StarredDictElement(options), key])
        self._fix.edits(given.caller).put(options, merged)

    def _take_out(self, given: Given, others: dict[str, cst.BaseExpression]) -> None:
        """``**options`` → ``other=…, **{key: value for key, value in options.items() if key != "name"}``."""
        assert given.spread is not None
        key, value = cst.Name("key"), cst.Name("value")
        items = cst.Call(cst.Attribute(given.spread.value, cst.Name("items")))
        test = cst.Comparison(key, [cst.ComparisonTarget(cst.NotEqual(), self._string(given, given.name))])
        pair = cst.Tuple([cst.Element(key), cst.Element(value)], lpar=[], rpar=[])
        rest = cst.DictComp(key, value, cst.CompFor(pair, items, ifs=[cst.CompIf(test)]))
        edits = self._fix.edits(given.caller)
        edits.put(given.spread.value, rest)
        for name, new in others.items():
            edits.add(given.call, name, new)

    def _string(self, given: Given, text: str) -> cst.SimpleString:
        quote = given.caller.names.preferred_quote
        return cst.SimpleString(f"{quote}{text}{quote}")


def _is_spread_plainly(given: Given) -> bool:
    """Whether the dict that a call unpacks can be named once more without being made once more."""
    return given.spread is not None and isinstance(given.spread.value, (cst.Name, cst.Attribute))


def _elsewhere(given: Given, new: cst.BaseExpression | None) -> cst.BaseExpression:
    """An argument's new value as the call can say it: what it takes of the old one is read from the dict."""
    assert given.spread is not None
    key = given.key.deep_clone() if isinstance(given.key, cst.SimpleString) else None
    quote = given.caller.names.preferred_quote
    index = cst.Index(key or cst.SimpleString(f"{quote}{given.name}{quote}"))
    read = cst.Subscript(given.spread.value.deep_clone(), [cst.SubscriptElement(index)])
    if new is None or new is given.value:
        return given.value.deep_clone() if string_value(given.value) is not None else read
    found = new.deep_replace(given.value, read)
    return found if isinstance(found, cst.BaseExpression) else read


def _is_same(made: ApiClass, other: ApiClass | None) -> bool:
    return other is not None and made.name in (other.name, f"{other.name}Config", other.name.removesuffix("Config"))

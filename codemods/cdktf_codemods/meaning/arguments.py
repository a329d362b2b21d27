"""The keyword arguments that a call gives, wherever they are written: in the call, or in a dict that it unpacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from .base import Source
from .origins import string_value, trace


@dataclass(frozen=True, eq=False)
class Given:
    """One argument: its name, its value, and the call or dict that it is written in.

    ``key`` is the node that spells the name, ``item`` the argument or dict element. ``shared`` says that the dict has
    other uses, so that an edit of it would reach them.
    """

    source: Source
    owner: cst.Call | cst.Dict
    item: cst.Arg | cst.DictElement
    key: cst.Name | cst.SimpleString
    name: str
    value: cst.BaseExpression
    shared: bool = False


@dataclass(frozen=True, eq=False)
class Arguments:
    """What a call gives by keyword; ``complete`` is False where it may give more than can be read."""

    given: dict[str, Given]
    complete: bool

    def get(self, name: str) -> Given | None:
        return self.given.get(name)

    def __contains__(self, name: str) -> bool:
        return name in self.given

    def __iter__(self) -> Iterator[Given]:
        return iter(self.given.values())


NONE = Arguments({}, False)


def arguments(source: Source, call: cst.Call) -> Arguments:
    """Read the keyword arguments of a call."""
    return source.remembered("arguments", call, NONE, lambda: _read(source, call))


def _read(source: Source, call: cst.Call) -> Arguments:
    given: dict[str, Given] = {}
    complete = True
    for arg in call.args:
        if arg.keyword is not None:
            given[arg.keyword.value] = Given(source, call, arg, arg.keyword, arg.keyword.value, arg.value)
        elif arg.star == "**":
            complete &= _unpacked(source, arg.value, given)
        elif arg.star == "*":
            complete = False
    return Arguments(given, complete)


def _unpacked(source: Source, value: cst.BaseExpression, given: dict[str, Given]) -> bool:
    origins, complete = trace(source, value)
    if len(origins) != 1:
        return False
    origin = origins[0]
    shared = origin.node is not value and not origin.sole
    if isinstance(origin.node, cst.Dict):
        for element in origin.node.elements:
            if not isinstance(element, cst.DictElement):
                complete &= _unpacked(origin.source, element.value, given)
            elif isinstance(element.key, cst.SimpleString) and (name := string_value(element.key)) is not None:
                given[name] = Given(
                    origin.source, origin.node, element, element.key, name, element.value, shared
                )  # fmt: skip
            else:
                complete = False
        return complete
    if isinstance(origin.node, cst.Call) and origin.source.name_called(origin.node) == "builtins.dict":
        inner = arguments(origin.source, origin.node)
        for each in inner:
            given[each.name] = Given(each.source, each.owner, each.item, each.key, each.name, each.value, shared)
        return complete and inner.complete and all(arg.keyword or arg.star for arg in origin.node.args)
    return False

"""The keyword arguments that a call gives, wherever they are written: in the call, or in a dict that it unpacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from .base import Source
from .origins import string_value, taken_out, trace


@dataclass(frozen=True, eq=False)
class Given:
    """One argument: its name, its value, and the call or dict that it is written in.

    ``key`` is the node that spells the name, ``item`` the argument or dict element. ``call`` is the call that is given
    it, in the file ``caller``; ``spread`` is the argument ``**options`` by which it comes there, None where it is
    written in the call itself.
    """

    source: Source
    owner: cst.Call | cst.Dict
    item: cst.Arg | cst.DictElement
    key: cst.Name | cst.SimpleString
    name: str
    value: cst.BaseExpression
    caller: Source
    call: cst.Call
    spread: cst.Arg | None = None


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
    return _Reader(source, call).read()


class _Reader:
    def __init__(self, source: Source, call: cst.Call) -> None:
        self.source = source
        self.call = call
        self.given: dict[str, Given] = {}

    def read(self) -> Arguments:
        complete = self._call(self.source, self.call, None)
        return Arguments(self.given, complete)

    def _call(self, source: Source, call: cst.Call, spread: cst.Arg | None) -> bool:
        """The keywords of a call: of the one that is read, or of ``dict(…)`` that it unpacks."""
        complete = True
        for arg in call.args:
            if arg.keyword is not None:
                self._take(source, call, arg, arg.keyword, arg.keyword.value, spread)
            elif arg.star == "**":
                complete &= self._unpacked(source, arg.value, spread or arg)
            elif arg.star == "*":
                complete = False
            elif spread is not None:
                complete &= self._unpacked(source, arg.value, spread)
        return complete

    def _unpacked(self, source: Source, value: cst.BaseExpression, spread: cst.Arg) -> bool:
        origins, complete = trace(source, value)
        if len(origins) != 1:
            return False
        where, node = origins[0].source, origins[0].node
        complete &= self._written(where, node, spread)
        gone = taken_out(source, value) if node is not value else set()
        # When it is taken out, by which way, is not asked: what is left is not sure.
        for name in [name for name in gone if name in self.given and self.given[name].owner is node]:
            complete = False
            del self.given[name]
        return complete

    def _written(self, source: Source, node: cst.BaseExpression, spread: cst.Arg) -> bool:
        """The keys of a dict that is unpacked, where it is written."""
        if isinstance(node, cst.Call) and source.name_called(node) == "builtins.dict":
            return self._call(source, node, spread)
        if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr):
            left = self._unpacked(source, node.left, spread)
            return self._unpacked(source, node.right, spread) and left
        if not isinstance(node, cst.Dict):
            return False
        complete = True
        for element in node.elements:
            if not isinstance(element, cst.DictElement):
                complete &= self._unpacked(source, element.value, spread)
            elif isinstance(element.key, cst.SimpleString) and (name := string_value(element.key)) is not None:
                self._take(source, node, element, element.key, name, spread)
            else:
                complete = False
        return complete

    def _take(
        self,
        source: Source,
        owner: cst.Call | cst.Dict,
        item: cst.Arg | cst.DictElement,
        key: cst.Name | cst.SimpleString,
        name: str,
        spread: cst.Arg | None,
    ) -> None:
        self.given[name] = Given(source, owner, item, key, name, item.value, self.source, self.call, spread)

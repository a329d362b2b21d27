"""Anything is taken, and passed on as it is: plain dicts, not structs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import libcst as cst

from ...meaning import Source, arguments, trace
from ...schema.types import ANY
from .. import literals
from .base import Change, Conforming, Place


class Anything(Conforming):
    """Anything is taken."""

    def _as_any(self, source: Source, node: cst.BaseExpression, place: Place) -> Iterator[Change]:
        """A place that is passed on as it is wants plain dicts with Terraform's names, not structs."""
        for origin in trace(source, node)[0]:
            if isinstance(origin.node, (cst.Dict, cst.List, cst.Tuple)):
                yield from self._any_inside(origin.source, origin.node, place)
                continue
            made = self._made_name(origin)
            call = origin.node
            if made is None or not isinstance(call, cst.Call) or not made.rpartition(".")[0].count("."):
                continue
            given = arguments(origin.source, call)
            if any(arg.keyword is None and not arg.star for arg in call.args):
                yield Change(origin.source, call, f"{place.text} takes a dict; `{made.rpartition('.')[2]}` is none")
                continue
            message = f"{place.text} takes a plain dict, not a `{made.rpartition('.')[2]}`"
            yield Change(origin.source, call, message, self._become_dict(origin.source, call, place))
            for each in given:
                yield from self._any_inside(each.source, each.value, place.inside(each.name))

    def _any_inside(self, source: Source, node: cst.BaseExpression, place: Place) -> Iterator[Change]:
        if isinstance(node, (cst.List, cst.Tuple)):
            for element in node.elements:
                yield from self._as_any(source, element.value, place)
        elif isinstance(node, cst.Dict):
            for item in node.elements:
                yield from self._as_any(source, item.value, place)
        else:
            yield from self._as_any(source, node, place)

    def _become_dict(self, source: Source, call: cst.Call, place: Place) -> Callable[[], None]:
        quote = source.names.preferred_quote
        return lambda: self.put(source, call, literals.as_dict(call, quote), ANY, place)

"""conform(expression, type reference): the least edits that make a value fit the place it is given to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import libcst as cst

from .edits import Edits
from .imports import Imports
from .rule import SAFE, Safety
from .schema import ApiClass
from .schema.types import ListOf, Named, TypeRef
from .source import Source


@dataclass(frozen=True)
class Change:
    """One edit that makes a value fit, or (``apply`` is None) the reason why there is none."""

    source: Source
    node: cst.CSTNode
    message: str
    apply: Callable[[], None] | None
    safety: Safety = SAFE


@dataclass(frozen=True)
class Conformer:
    """Finds what does not fit, and how it would. ``edits`` and ``imports`` are those of the file at hand."""

    edits: Callable[[Source], Edits]
    imports: Callable[[Source], Imports]

    def changes(self, source: Source, node: cst.BaseExpression, want: TypeRef, place: str) -> Iterator[Change]:
        """What has to change for *node* to fit *want*. *place* names it for people: ```Rule.expiration```."""
        for option in want.options:
            if isinstance(option, ListOf):
                yield from self._as_list(source, node, option, place)

    def _as_list(self, source: Source, node: cst.BaseExpression, want: ListOf, place: str) -> Iterator[Change]:
        struct = self._struct(source, want.element)
        if struct is not None and source.type_of(node) == Named(struct.name):
            wrapped = cst.List([cst.Element(node)])
            message = f"{place} is a list of `{struct.short_name}`; this is one"
            yield Change(source, node, message, lambda: self.edits(source).put(node, wrapped))

    def _struct(self, source: Source, want: TypeRef) -> ApiClass | None:
        for option in want.options:
            if isinstance(option, Named) and (found := source.schema.find(option.name)) and found.kind == "struct":
                return found
        return None

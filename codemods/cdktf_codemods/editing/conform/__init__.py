"""conform(expression, type reference): the least edits that make a value fit the place it is given to.

An edit is made where the value was written, if everything that the value goes to wants the same; else at the use.
"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ...meaning import Origin, Source, trace
from ...meaning.types import NONE, UNKNOWN
from ...schema.types import ANY, BOOLEAN, NUMBER, STRING, ListOf, MapOf, TypeRef, is_resolvable
from .anything import Anything
from .base import Change, Place
from .lists import Lists
from .primitives import Primitives
from .structs import Structs

__all__ = ["Change", "Conformer", "Place"]


class Conformer(Lists, Structs, Primitives, Anything):
    """Finds what does not fit, and how it would."""

    def changes(self, source: Source, node: cst.BaseExpression, want: TypeRef, place: Place) -> Iterator[Change]:
        """What has to change for *node* to fit *want*."""
        if _plainly_fits(node, want):
            return
        have = source.type_of(node)
        if have == NONE or self._fits(have, want):
            return
        options = [option for option in want.options if not is_resolvable(option)]
        for option in options:
            if isinstance(option, ListOf):
                yield from self._as_list(source, node, have, option, place)
            elif isinstance(option, MapOf):
                yield from self._as_map(source, node, option, place, alone=len(options) == 1)
        if len(options) != 1:
            return
        (wanted,) = options
        if (struct := self._struct(source, wanted)) is not None:
            yield from self.as_struct(source, node, have, struct, place)
        elif wanted in (STRING, NUMBER, BOOLEAN):
            yield from self._as_primitive(source, node, have, wanted, place)
        elif wanted == ANY:
            yield from self._as_any(source, node, place)

    def element_changes(
        self, source: Source, node: cst.BaseExpression, want: TypeRef, place: Place
    ) -> Iterator[Change]:
        """What has to change for *node* to fit as an element of a list of the type *want*."""
        for option in want.options:
            if not isinstance(option, ListOf):
                continue
            if (struct := self._struct(source, option.element)) is None:
                yield from self.changes(source, node, option.element, place)
                continue
            for origin in trace(source, node)[0]:
                yield from self._element(origin, struct, place, use=Origin(source, node))

    def _fits(self, have: TypeRef, want: TypeRef) -> bool:
        """Whether the type alone says that nothing is to be done; what holds other values is looked into."""
        return have in want.options and not isinstance(have, (ListOf, MapOf)) and have != UNKNOWN


def _plainly_fits(node: cst.BaseExpression, want: TypeRef) -> bool:
    """Whether a literal is just what is wanted, told without asking what anything means."""
    kind = type(node)
    if kind in _PLAIN:
        return _PLAIN[kind] in want.options
    if isinstance(node, cst.Name):
        return node.value in ("True", "False") and BOOLEAN in want.options
    for option in want.options if kind in (cst.List, cst.Dict) else ():
        if isinstance(node, cst.List) and isinstance(option, ListOf):
            return all(_plainly_fits(element.value, option.element) for element in node.elements)
        if isinstance(node, cst.Dict) and isinstance(option, MapOf):
            return all(_plainly_fits(element.value, option.value) for element in node.elements)
    return False


_PLAIN: dict[type[cst.CSTNode], TypeRef] = {
    cst.SimpleString: STRING,
    cst.FormattedString: STRING,
    cst.Integer: NUMBER,
    cst.Float: NUMBER,
}

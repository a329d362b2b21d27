"""What the parts of conform share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import libcst as cst

from ...meaning import Given, Origin, Source
from ...schema import ApiClass
from ...schema.types import Named, TypeRef, is_resolvable
from ..edits import Edits
from ..fix import Fix
from ..imports import Imports
from ..ownership import Fits, Owner, is_owned
from ..safety import SAFE, Safety


@dataclass(frozen=True)
class Change:
    """One edit that makes a value fit, or (``apply`` is None) the reason why there is none."""

    source: Source
    node: cst.CSTNode
    message: str
    apply: Callable[[], None] | None = None
    safety: Safety = SAFE


@dataclass(frozen=True)
class Place:
    """What a value is given to: the name for people, the last name of the argument, and the argument of the call.

    ``is_key`` is true of a key of a map, which the author has chosen, and which says nothing of what its value may be.
    """

    text: str
    name: str
    given: Given | None = None
    is_key: bool = False

    def inside(self, name: str, is_key: bool = False) -> Place:
        return Place(f"{self.text[:-1]}.{name}`", name, self.given, is_key)


def wanting(want: TypeRef) -> Fits:
    """Whether a place that a value goes to wants what this one does."""
    options = {option for option in want.options if not is_resolvable(option)}
    return lambda place: place.wanted is not None and not options.isdisjoint(place.wanted.options)


@dataclass(frozen=True)
class Conforming:
    """Base of the parts."""

    fix: Callable[[], Fix]
    """The open fix."""

    def edits(self, source: Source) -> Edits:
        return self.fix().edits(source)

    def imports(self, source: Source) -> Imports:
        return self.fix().imports(source)

    def changes(self, source: Source, node: cst.BaseExpression, want: TypeRef, place: Place) -> Iterator[Change]:
        """What has to change for *node* to fit *want*."""
        raise NotImplementedError

    def as_struct(
        self, source: Source, node: cst.BaseExpression, have: TypeRef, struct: ApiClass, place: Place
    ) -> Iterator[Change]:
        """What has to change for *node* to be one *struct*."""
        raise NotImplementedError

    def _struct(self, source: Source, want: TypeRef) -> ApiClass | None:
        for option in want.options:
            if isinstance(option, Named) and (found := source.schema.find(option.name)) and found.kind == "struct":
                return found
        return None

    def _is_struct(self, source: Source, have: Named) -> bool:
        described = source.schema.find(have.name)
        return described is not None and described.kind == "struct"

    def _made_name(self, origin: Origin) -> str | None:
        """The full name of the struct class, existing or not, that an origin calls."""
        if not isinstance(origin.node, cst.Call):
            return None
        reference = origin.source.reference(origin.node.func)
        if reference is None or reference.source is not None or not origin.source.schema.may_be_class(reference.name):
            return None
        described = origin.source.schema.find(reference.name)
        if described is None:
            return None if origin.source.schema.is_member(reference.name) else reference.name
        return reference.name if described.kind == "struct" else None

    def _is_own(self, origin: Origin, struct: ApiClass) -> bool:
        """Whether a value goes only to places that want this struct."""
        return is_owned(origin.source, origin.node, wanting(Named(struct.name)))

    def put(
        self, source: Source, node: cst.BaseExpression, new: cst.BaseExpression, want: TypeRef, place: Place
    ) -> None:
        """Put a value that is wanted in the place of one, where that one may be changed."""
        Owner(self.fix()).change(source, node, new, wanting(want), place.given)

    def claims(self, source: Source, node: cst.BaseExpression, want: TypeRef) -> bool:
        """Whether a value may be changed in itself; if not, the fix is refused."""
        return Owner(self.fix()).claims(source, node, wanting(want))

    def _change(
        self,
        source: Source,
        node: cst.BaseExpression,
        message: str,
        new: cst.BaseExpression,
        want: TypeRef,
        place: Place,
    ) -> Change:
        return Change(source, node, message, lambda: self.put(source, node, new, want, place))

"""Ids for constructs whose own are taken in their scope: made of what the code says of them."""

from __future__ import annotations

from collections.abc import Collection

import libcst as cst

from ..meaning import Source, arguments, string_value
from ..meaning.repeated import names_in, varying
from ..schema.naming import words
from .literals import with_ending, with_expression


def free_id(source: Source, made: cst.Call, kind: str, taken: str, besides: Collection[str] = ()) -> str:
    """An id that no text of the file is: the resource's name, or the id with the kind of resource behind it.

    :param kind: the name of the class that *made* makes an object of.
    :param besides: ids that are about to be given.
    """
    own = _naming(source, made, kind)
    name = string_value(own) if own is not None else None
    texts = [*besides, *(string_value(each) for each in source.names.strings)]
    if name and name != taken and name.replace("-", "").replace("_", "").isalnum() and texts.count(name) == 1:
        return name
    joint = "_" if "_" in taken and "-" not in taken else "-"
    longer = joint.join((taken, *words(kind)))
    number, free = 2, longer
    while free in texts:
        number, free = number + 1, f"{longer}{joint}{number}"
    return free


def longer_id(source: Source, value: cst.BaseExpression, kind: str) -> cst.BaseExpression:
    """An id that is worked out, with the kind of resource behind it."""
    return with_ending(value, "-" + "-".join(words(kind)), source.names.preferred_quote)


def differing_id(source: Source, made: cst.Call, kind: str, value: cst.BaseExpression) -> cst.BaseExpression | None:
    """The id with what differs each time that the call is made behind it; None where nothing does."""
    held = frozenset(name.value for name in names_in(value))
    part = next(varying(source, made, _naming(source, made, kind), held), None)
    return with_expression(value, part, source.names.preferred_quote) if part is not None else None


def _naming(source: Source, made: cst.Call, kind: str) -> cst.BaseExpression | None:
    """The argument that names the resource."""
    given = arguments(source, made)
    last = words(kind)[-1]
    names = ("name", last, f"{last}_name")
    return next((found.value for name in names if (found := given.get(name)) and found.spread is None), None)

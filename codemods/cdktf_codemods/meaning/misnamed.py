"""Calls of a class that exists, but is not the one meant: the generator gave that one's name an ``A``."""

from __future__ import annotations

import libcst as cst

from ..schema import ApiClass
from .arguments import arguments
from .base import Source
from .elsewhere import takes


def class_meant(source: Source, call: cst.Call, struct: ApiClass) -> ApiClass | None:
    """The class that a call means, where it calls a struct of the plain name; None where it means that struct."""
    if struct.kind != "struct":
        return None
    return _construct_meant(struct, call) or _struct_meant(source, struct, call)


def is_called_as_construct(call: cst.Call) -> bool:
    """Whether a call gives a scope and a construct id by position, which no struct takes."""
    return sum(1 for arg in call.args if arg.keyword is None and not arg.star) > 1


def _construct_meant(struct: ApiClass, call: cst.Call) -> ApiClass | None:
    """A block's struct called with a scope and an id: the resource of that name, wherever it is."""
    if not is_called_as_construct(call):
        return None
    found = [struct.schema.find(name) for name in struct.schema.locate(f"{struct.short_name}A")]
    constructs = [each for each in found if each is not None and each.is_construct]
    return constructs[0] if len(constructs) == 1 else None


def _struct_meant(source: Source, struct: ApiClass, call: cst.Call) -> ApiClass | None:
    """A construct's configuration called with the fields of its block ``config``, which is suffixed."""
    suffixed = struct.schema.find(f"{struct.name}A")
    given = arguments(source, call)
    if suffixed is None or not given.complete or takes(struct, given):
        return None
    return suffixed if takes(suffixed, given) else None

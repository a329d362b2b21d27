"""Who makes objects of a class of the project, and whether that is everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import libcst as cst

from .base import Source, Use
from .occurrences import reads_by_text
from .types import UNKNOWN


@dataclass
class Callers:
    """The calls that run an ``__init__``, and where the class goes out of sight, so that it may be called there too."""

    calls: list[tuple[Source, cst.Call]] = field(default_factory=list)
    unseen: list[Use] = field(default_factory=list)


def callers(source: Source, owner: cst.ClassDef, function: cst.FunctionDef) -> Callers:
    """The callers of the ``__init__`` that a class of *source* defines, and of the classes that inherit it."""
    found = Callers()
    seen: set[int] = set()
    for where, node in [(source, owner), *_heirs(source, owner)]:
        for place, call in where.calls_of(function) if node is owner else _calls(where, node):
            if id(call) not in seen:
                seen.add(id(call))
                found.calls.append((place, call))
        found.unseen += (use for use in _uses(where, node) if not _is_seen(*use))
        found.unseen += _possible_uses(where, node)
    return found


def _heirs(source: Source, owner: cst.ClassDef, depth: int = 8) -> Iterator[tuple[Source, cst.ClassDef]]:
    """The classes of the project that derive from one and have its ``__init__``."""
    for where, use in _uses(source, owner) if depth else ():
        holder = where.names.parents.get(id(use))
        heir = where.names.parents.get(id(holder))
        if isinstance(heir, cst.ClassDef) and holder in heir.bases:
            scope = where.names.scopes[id(heir)]
            if "__init__" not in scope.bindings:
                yield where, heir
                yield from _heirs(where, heir, depth - 1)


def _calls(source: Source, owner: cst.ClassDef) -> Iterator[tuple[Source, cst.Call]]:
    for where, use in _uses(source, owner):
        call = where.names.parents.get(id(use))
        if isinstance(call, cst.Call) and call.func is use:
            yield where, call


def _uses(source: Source, owner: cst.ClassDef) -> Iterator[tuple[Source, cst.BaseExpression]]:
    """Where the project names a class of *source*, imports apart."""
    for where, use in _named(source, owner.name.value):
        if (found := where.reference(use)) is not None and found.node is owner:
            yield where, use


def _named(source: Source, name: str) -> Iterator[tuple[Source, cst.BaseExpression]]:
    """Where a name is used that may be one of *source*, under another name too that an import gives it."""
    for where in source.mentioning(name):
        aliases = {each.name for each in where.names.imports if each.attribute == name}
        for word in {name, *aliases}:
            yield from ((where, use) for use, _ in where.names.uses.get(word, ()))
        yield from ((where, use) for use in where.names.attribute_uses.get(name, ()))


def _possible_uses(source: Source, owner: cst.ClassDef) -> Iterator[Use]:
    """What may name a class of *source* where that cannot be told: of a module that is found while the program runs.

    A module of the same name that is not found from there may be on a path that the program adds.
    """
    name = owner.name.value
    module = PurePosixPath(source.path).stem
    for where, use in _named(source, name):
        found = where.reference(use)
        if found is not None and found.source is None and found.name.split(".")[-2:] == [module, name]:
            yield where, use
        elif found is None and isinstance(use, cst.Attribute) and where.reference(use.value) is None:
            if where.type_of(use.value) == UNKNOWN:
                yield where, use
    for where in source.mentioning(name):
        for text in where.names.strings:
            said = text.raw_value
            if said.endswith((f".{name}", f":{name}")) or (said == name and reads_by_text(where, text)):
                yield where, text


def _is_seen(source: Source, use: cst.CSTNode) -> bool:
    """Whether a class is named where it is called, derived from, asked for something, or a type."""
    parent = source.names.parents.get(id(use))
    if isinstance(parent, (cst.Call, cst.Attribute, cst.Annotation, cst.ExceptHandler, cst.Expr)):
        return True
    if isinstance(parent, cst.Arg):
        outer = source.names.parents.get(id(parent))
        if isinstance(outer, cst.ClassDef):
            return True
        return isinstance(outer, cst.Call) and source.name_called(outer) in (
            "builtins.isinstance",
            "builtins.issubclass",
            "builtins.super",
            "typing.cast",
        )
    return any(isinstance(each, cst.Annotation) for each in source.names.ancestors(use))

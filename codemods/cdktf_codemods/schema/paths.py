"""The paths of names by which a construct's arguments, and the fields of its blocks, are reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .fields import NOISE, singular
from .naming import snake_case, words
from .schema import ApiClass, Schema
from .types import ListOf, Named, TypeRef

_DEPTH = 3
"""How deep a block may lie in blocks: deeper, and the words of a path say little about where it is."""


@dataclass(frozen=True)
class Path:
    """Names from a construct's argument down to a field; ``holders`` has the class that has each of them."""

    names: tuple[str, ...]
    holders: tuple[ApiClass, ...]

    def __str__(self) -> str:
        return ".".join(self.names)

    @property
    def type(self) -> TypeRef:
        return self.holders[-1].arguments[self.names[-1]].type

    def is_list(self, at: int) -> bool:
        """Whether the argument at a place of the path is a list of blocks."""
        return any(isinstance(option, ListOf) for option in self.holders[at].arguments[self.names[at]].type.options)


def paths(made: ApiClass) -> Iterator[Path]:
    """All paths of a construct, those of its own arguments first in each block."""
    yield from _below(made, Path((), ()), made.module)


def _below(holder: ApiClass, above: Path, module: str) -> Iterator[Path]:
    for name, parameter in holder.arguments.items():
        path = Path((*above.names, name), (*above.holders, holder))
        yield path
        block = block_of(holder.schema, parameter.type) if len(path.names) < _DEPTH else None
        if block is not None and block.module == module and block not in path.holders:
            yield from _below(block, path, module)


def block_of(schema: Schema, want: TypeRef) -> ApiClass | None:
    """The struct that an argument of this type takes, one or a list of them."""
    for option in want.options:
        inner = option.element if isinstance(option, ListOf) else option
        for each in inner.options:
            found = schema.find(each.name) if isinstance(each, Named) else None
            if found is not None and found.kind == "struct":
                return found
    return None


def paths_named(made: ApiClass, names: Sequence[str]) -> list[Path]:
    """The paths of *made* that say what *names* do: the same words, wherever they are parted.

    By the first that gives any: the words in a row; those without ``configuration`` and its like; each word once.
    """
    given = _words(names)
    every = [(path, _words(path.names)) for path in paths(made)]
    for plain in ("".join, _telling, frozenset):
        wanted = plain(given)
        found = [path for path, known in every if plain(known) == wanted]
        if found or not wanted:
            return found
    return []


def _words(names: Sequence[str]) -> list[str]:
    return [singular(word) for name in names for word in words(snake_case(name))]


def _telling(given: list[str]) -> tuple[str, ...]:
    return tuple(word for word in given if word not in NOISE)

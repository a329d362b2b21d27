"""Names: every scope of a module, what binds each name in it, and where each name is used."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TypeVar

import libcst as cst

from .binder import Binder
from .bindings import Binding, Kind, Scope, dotted

__all__ = ["Binding", "Kind", "Names", "Scope", "dotted"]

Enclosing = TypeVar("Enclosing", bound=cst.CSTNode)


class Names:
    """All scopes and names of one module, and the parent of every node."""

    def __init__(self, module: cst.Module, wanted: frozenset[type[cst.CSTNode]] = frozenset()) -> None:
        """Walk *module*; nodes of the *wanted* classes are listed in ``order``, children before parents."""
        found = Binder(module, wanted)
        self.parents = found.parents
        self.scopes = found.scopes
        self.uses = found.uses
        self.attribute_uses = found.attribute_uses
        self.calls = found.calls
        self.strings = found.strings
        self.imports = found.imports
        self.star_imports = found.star_imports
        self.order = found.order
        self.module_scope = found.module_scope
        self._inside = found.inside
        self._scopes_of: dict[int, Scope] = {}

    @cached_property
    def preferred_quote(self) -> str:
        """The quote that most string literals of the file have."""
        single = sum(1 for string in self.strings if string.value[-1] == "'")
        return "'" if single > len(self.strings) - single else '"'

    @cached_property
    def texts(self) -> frozenset[str]:
        """What the string literals say, between their quotes."""
        return frozenset(string.value.lstrip("rRbBuUfF").strip(string.value[-1]) for string in self.strings)

    @cached_property
    def text_ends(self) -> frozenset[str]:
        """What follows the last dot in them: a name, in a text that says where something is."""
        return frozenset(text.rpartition(".")[2] for text in self.texts if "." in text)

    def scope_of(self, node: cst.CSTNode) -> Scope:
        """The scope that *node* is evaluated in."""
        # All on the way are remembered: of a chain of thousands, each part would walk through the rest of it.
        known, inside = self._scopes_of, self._inside
        way: list[int] = []
        each: cst.CSTNode | None = node
        scope: Scope | None = None
        while each is not None and scope is None:
            key = id(each)
            scope = known.get(key) or inside.get(key)
            way.append(key)
            each = self.parents.get(key)
        found = scope or self.module_scope
        known.update(dict.fromkeys(way, found))
        return found

    def bound_by(self, statement: cst.Import | cst.ImportFrom) -> list[Binding]:
        """What an import statement binds; nothing for a star."""
        aliases = () if isinstance(statement.names, cst.ImportStar) else statement.names
        return [found for alias in aliases if (found := self._imported.get(id(alias))) is not None]

    @cached_property
    def _imported(self) -> dict[int, Binding]:
        return {id(binding.node): binding for binding in self.imports}

    def uses_of(self, binding: Binding) -> Iterator[cst.Name]:
        """Where the file uses the name that this binds, as far as this may be what binds it there."""
        for use, scope in self.uses.get(binding.name, ()):
            if any(each is binding for each in scope.find(binding.name)):
                yield use

    def enclosing(self, node: cst.CSTNode, kind: type[Enclosing]) -> Enclosing | None:
        """The innermost node of a class around another, or None."""
        return next((each for each in self.ancestors(node) if isinstance(each, kind)), None)

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The node's parent, its parent, and so on to the module."""
        parent = self.parents.get(id(node))
        while parent is not None:
            yield parent
            parent = self.parents.get(id(parent))

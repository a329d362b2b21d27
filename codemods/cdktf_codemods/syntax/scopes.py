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
        self._grouped: dict[str, dict[int, tuple[list[Binding], list[cst.Name]]]] = {}
        self._by_holder: dict[str, dict[str, list[cst.Attribute]]] = {}

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
        for bound, uses in self._grouped_uses(binding.name).values():
            if any(each is binding for each in bound):
                yield from uses

    def uses_with(self, name: cst.Name) -> list[cst.Name]:
        """Where the file uses what a name means there; none where nothing binds it."""
        bound = self.scope_of(name).find(name.value)
        return self._grouped_uses(name.value)[id(bound)][1] if id(bound) in self._grouped_uses(name.value) else []

    def _grouped_uses(self, name: str) -> dict[int, tuple[list[Binding], list[cst.Name]]]:
        """The uses of a name by what may bind it there, by that list's ``id``."""
        if name not in self._grouped:
            grouped: dict[int, tuple[list[Binding], list[cst.Name]]] = {}
            for use, scope in self.uses.get(name, ()):
                if bound := scope.find(name):
                    grouped.setdefault(id(bound), (bound, []))[1].append(use)
            self._grouped[name] = grouped
        return self._grouped[name]

    def attributes_with(self, node: cst.Attribute) -> list[cst.Attribute]:
        """Where the file names the same attribute of a variable of the same name."""
        name = node.attr.value
        if name not in self._by_holder:
            found: dict[str, list[cst.Attribute]] = {}
            for use in self.attribute_uses.get(name, ()):
                if isinstance(use.value, cst.Name):
                    found.setdefault(use.value.value, []).append(use)
            self._by_holder[name] = found
        return self._by_holder[name].get(node.value.value, []) if isinstance(node.value, cst.Name) else []

    def enclosing(self, node: cst.CSTNode, kind: type[Enclosing]) -> Enclosing | None:
        """The innermost node of a class around another, or None."""
        return next((each for each in self.ancestors(node) if isinstance(each, kind)), None)

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The node's parent, its parent, and so on to the module."""
        parent = self.parents.get(id(node))
        while parent is not None:
            yield parent
            parent = self.parents.get(id(parent))

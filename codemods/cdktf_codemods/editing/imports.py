"""The imports of one file: what its repaired code needs is added, what the repair left unused is removed, once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import libcst as cst

from ..meaning import Source, dotted
from ..syntax.scopes import Binding, Names
from .edits import Edits, appended, plain_space, without


class Imports:
    """Gathers what the repaired code of one file has to import."""

    def __init__(self, source: Source, edits: Edits) -> None:
        self.source = source
        self._edits = edits
        self._wanted: dict[tuple[str, str], str] = {}
        self._unwanted: set[int] = set()
        self._redirected: dict[tuple[str, str], str] = {}

    def name(self, module: str, attribute: str) -> cst.BaseExpression:
        """An expression that means ``module.attribute`` in this file; what it needs is imported."""
        if planned := self._planned(module, attribute):
            return cst.Name(planned)
        for binding in self.source.names.imports:
            if binding.scope is self.source.names.module_scope and self._is_settled(binding):
                if (binding.module, binding.attribute) == (module, attribute):
                    return cst.Name(binding.name)
                if self._module_of(binding) == module:
                    return cst.Attribute(cst.Name(binding.name), cst.Name(attribute))
        local = attribute
        if self._taken(local):
            local = module.partition(".")[0].rpartition("_")[2].capitalize() + attribute
        self._wanted[module, attribute] = local
        return cst.Name(local)

    def instead(self, use: cst.BaseExpression, module: str, attribute: str) -> cst.BaseExpression:
        """What *use*, which names something else, becomes to mean ``module.attribute``.

        A member of the same module changes its last name. Where it is the only use of an imported name, the import
        follows, and a name that the author chose stays.
        """
        if isinstance(use, cst.Attribute):
            owner = self.source.reference(use.value)
            if owner is not None and owner.name == module:
                return use.with_changes(attr=cst.Name(attribute))
        elif isinstance(use, cst.Name) and len(self.source.names.uses[use.value]) == 1:
            bound = self.source.names.scope_of(use).find(use.value)
            if len(bound) == 1 and isinstance(bound[0].node, cst.ImportAlias):
                self.redirect(bound[0], module, attribute)
                return use
        return self.name(module, attribute)

    def __bool__(self) -> bool:
        return bool(self._wanted or self._unwanted)

    def redirect(self, binding: Binding, module: str, attribute: str) -> None:
        """Let an imported name mean ``module.attribute`` instead of what it was imported as, wherever it is used.

        The name itself follows, unless the author chose it (``as``), others import it from here, or it is taken.
        """
        alias = binding.node
        assert isinstance(alias, cst.ImportAlias)
        chosen = alias.asname is not None or binding.attribute is None
        present = self._present(module, attribute)
        local = present or (binding.name if chosen else attribute)
        if not chosen and local != binding.name and present is None:
            if self._taken(local) or self._is_exported(binding.name):
                local = binding.name
        statement = self.source.names.parents[id(alias)]
        if present is None and isinstance(statement, cst.ImportFrom) and (
            binding.module == module or len(statement.names) == 1  # type: ignore[arg-type]
        ):  # fmt: skip
            if binding.module != module and statement.module is not None:
                self._edits.put(statement.module, _dotted_name(module))
            self._edits.put(alias.name, cst.Name(attribute))
            if local != attribute and alias.asname is None:
                self._edits.put(alias, alias.with_changes(asname=cst.AsName(cst.Name(local))))
            self._redirected[module, attribute] = local
        else:
            self._unwanted.add(id(alias))
            if present is None:
                self._wanted[module, attribute] = local
        if local != binding.name:
            for use in self.source.names.uses_of(binding):
                self._edits.put(use, cst.Name(local))

    def drop(self, binding: Binding) -> None:
        """Take an imported name out of its import statement."""
        self._unwanted.add(id(binding.node))

    def _planned(self, module: str, attribute: str) -> str | None:
        return self._wanted.get((module, attribute)) or self._redirected.get((module, attribute))

    def _present(self, module: str, attribute: str) -> str | None:
        """The name by which the file imports ``module.attribute`` already, or will after this repair."""
        if planned := self._planned(module, attribute):
            return planned
        for binding in self.source.names.imports:
            if (binding.module, binding.attribute) == (module, attribute) and self._is_settled(binding):
                return binding.name
        return None

    def module(self, name: str) -> cst.BaseExpression:
        """An expression that means the module *name*, which is imported whole."""
        for binding in self.source.names.imports:
            if binding.scope is self.source.names.module_scope and self._is_settled(binding):
                if binding.module == name and binding.attribute is None:
                    return cst.Name(binding.name)
        self._wanted[name, ""] = name
        return cst.Name(name)

    def _module_of(self, binding: Binding) -> str:
        """The module that a name is bound to by its import, where it is one."""
        full = f"{binding.module}.{binding.attribute}" if binding.attribute else binding.module
        return full if self.source.schema.module(full) is not None else ""

    def _is_settled(self, binding: Binding) -> bool:
        return len(binding.scope.bindings[binding.name]) == 1

    def _taken(self, name: str) -> bool:
        names = self.source.names
        return any(name in scope.bindings for scope in names.scopes.values()) or name in self._wanted.values()

    def settle(self, module: cst.Module, names: Names) -> cst.Module:
        """*module*, whose names are *names*, with the imports it needs, without those that the repair left unused."""
        unused = self._left_unused(names) | self._unwanted
        if not unused and not self._wanted:
            return module
        if unused:
            module = _without_aliases(module, names, unused)
        body = list(module.body)
        for (target, attribute), local in sorted(self._wanted.items()):
            body = _with_import(body, target, attribute, local)
        return module.with_changes(body=body)

    def _left_unused(self, names: Names) -> set[int]:
        """Import aliases of described packages that were used before the repair and are not any more."""
        before = self.source.names
        unused = set()
        for binding in names.imports:
            if binding.scope is not names.module_scope or not self.source.schema.covers(binding.module):
                continue
            if binding.name in before.uses and binding.name not in names.uses and not self._is_exported(binding.name):
                unused.add(id(binding.node))
        return unused

    def _is_exported(self, name: str) -> bool:
        listed = any(string.raw_value == name for string in self.source.names.strings)
        return listed or self.source.is_imported(name)


def _without_aliases(module: cst.Module, names: Names, unused: set[int]) -> cst.Module:
    """The module without these import aliases, wherever their statements are; comments stay."""
    edits = Edits(names)
    for binding in names.imports:
        statement = names.parents[id(binding.node)]
        if id(binding.node) in unused and edits.current(statement) is statement:
            edits.replace(statement, _without_names(statement, unused) or cst.RemoveFromParent())
    return edits.made(module)


def _without_names(part: Any, unused: set[int]) -> Any:
    names: list[Any] = list(part.names)
    lpar = getattr(part, "lpar", None)
    opening: cst.BaseParenthesizableWhitespace = lpar.whitespace_after if lpar else cst.SimpleWhitespace("")
    for alias in part.names:
        if id(alias) in unused:
            index = next(at for at, each in enumerate(names) if each.name is alias.name)
            names, opening = without(names, index, opening)
    if not names:
        return None
    if len(names) == len(part.names):
        return part
    if lpar is None:
        names[-1] = names[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        return part.with_changes(names=names)
    return part.with_changes(names=names, lpar=lpar.with_changes(whitespace_after=opening))


def _with_import(body: list[Any], module: str, attribute: str, local: str) -> list[Any]:
    """The statements with ``from module import attribute``, joined to one that imports from *module* already."""
    if not attribute:
        return _with_statement(body, module, cst.Import([cst.ImportAlias(cst.Name(module))]))
    asname = cst.AsName(cst.Name(local)) if local != attribute else None
    alias = cst.ImportAlias(cst.Name(attribute), asname=asname)
    for position, statement in enumerate(body):
        part = _import_of(statement)
        if isinstance(part, cst.ImportFrom) and dotted(part.module) == module and not part.relative:
            if not isinstance(part.names, cst.ImportStar):
                joined = part.with_changes(names=_with_alias(part, alias))
                return [*body[:position], statement.with_changes(body=[joined]), *body[position + 1 :]]
    return _with_statement(body, module, cst.ImportFrom(_dotted_name(module), [alias]))


def _with_statement(body: list[Any], module: str, statement: cst.Import | cst.ImportFrom) -> list[Any]:
    new = cst.SimpleStatementLine([statement])
    position = _place(body, module)
    if position < len(body) and position == 0:
        new = new.with_changes(leading_lines=body[0].leading_lines)
        body = [body[0].with_changes(leading_lines=[]), *body[1:]]
    if position == 1 and _is_docstring(body[0]):
        new = new.with_changes(leading_lines=[cst.EmptyLine(indent=False)])
    return [*body[:position], new, *body[position:]]


def _place(body: Sequence[Any], module: str) -> int:
    """After the last import of the same package, else of the same kind, else where imports begin or end."""
    package = module.partition(".")[0]
    standard = package in sys.stdlib_module_names
    found: dict[str, int] = {}
    first = None
    for position, statement in enumerate(body):
        for name in _imported_modules(statement):
            first = position if first is None and name != "__future__" else first
            found["any"] = position + 1
            if name == package:
                found["package"] = position + 1
            if (name in sys.stdlib_module_names) == standard:
                found["kind"] = position + 1
    if "package" in found:
        return found["package"]
    if first is not None and standard and "kind" not in found:
        return first
    after = found.get("kind") or found.get("any")
    return after if after is not None else int(_is_docstring(body[0]) if body else False)


def _imported_modules(statement: Any) -> list[str]:
    part = _import_of(statement)
    if isinstance(part, cst.ImportFrom):
        return [] if part.relative else [(dotted(part.module) or "").partition(".")[0]]
    return [(dotted(alias.name) or "").partition(".")[0] for alias in part.names] if part is not None else []


def _is_docstring(statement: Any) -> bool:
    return (
        isinstance(statement, cst.SimpleStatementLine)
        and isinstance(statement.body[0], cst.Expr)
        and isinstance(statement.body[0].value, (cst.SimpleString, cst.ConcatenatedString))
    )


def _import_of(statement: Any) -> cst.Import | cst.ImportFrom | None:
    if isinstance(statement, cst.SimpleStatementLine) and len(statement.body) == 1:
        part = statement.body[0]
        if isinstance(part, (cst.Import, cst.ImportFrom)):
            return part
    return None


def _with_alias(part: cst.ImportFrom, alias: cst.ImportAlias) -> list[cst.ImportAlias]:
    assert not isinstance(part.names, cst.ImportStar)
    names = list(part.names)
    keys = [dotted(each.name) or "" for each in names]
    place = len(names)
    if keys == sorted(keys):
        place = next((at for at, key in enumerate(keys) if key > (dotted(alias.name) or "")), place)
    if place < len(names):
        model = names[place - 1] if place else names[0]
        return [*names[:place], alias.with_changes(comma=_plain(model.comma)), *names[place:]]
    opening = part.lpar.whitespace_after if part.lpar else cst.SimpleWhitespace(" ")
    return appended(names, alias, opening)


def _plain(comma: Any) -> cst.Comma | cst.MaybeSentinel:
    if isinstance(comma, cst.Comma):
        return cst.Comma(whitespace_after=plain_space(comma.whitespace_after))
    return cst.MaybeSentinel.DEFAULT


def _dotted_name(name: str) -> cst.Attribute | cst.Name:
    head, *rest = name.split(".")
    result: cst.Attribute | cst.Name = cst.Name(head)
    for part in rest:
        result = cst.Attribute(result, cst.Name(part))
    return result

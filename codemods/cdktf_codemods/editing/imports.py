"""The imports of one file: what its repaired code needs is added, what the repair left unused is removed, once."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import libcst as cst

from ..meaning import Source
from ..syntax.scopes import Binding, dotted
from ..syntax.splices import Splice
from .edits import Edits
from .items import appended, plain_space, without

Target = tuple[str, str]
"""A module and what is imported from it; of a module imported whole, an empty text."""


@dataclass
class Request:
    """What the fixes of one finding ask of the imports of one file."""

    wanted: set[Target] = field(default_factory=set)
    dropped: set[int] = field(default_factory=set)
    """Import aliases that go, by ``id``."""


@dataclass
class Plan:
    """The names by which the fixes of one round call what they import into one file, so that they call it alike."""

    names: dict[Target, str] = field(default_factory=dict)
    redirected: dict[Target, str] = field(default_factory=dict)


class Imports:
    """Gathers what the repaired code of one file has to import."""

    def __init__(self, source: Source, plan: Plan, request: Request, edits: Edits) -> None:
        self.source = source
        self._plan = plan
        self._request = request
        self._edits = edits

    def name(self, module: str, attribute: str) -> cst.BaseExpression:
        """An expression that means ``module.attribute`` in this file; what it needs is imported."""
        target = module, attribute
        if target in self._plan.redirected:
            return cst.Name(self._plan.redirected[target])
        for binding in self.source.names.imports:
            if binding.scope is self.source.names.module_scope and self._is_settled(binding):
                if (binding.module, binding.attribute) == target:
                    return cst.Name(binding.name)
                if self._module_of(binding) == module:
                    return cst.Attribute(cst.Name(binding.name), cst.Name(attribute))
        local = attribute
        if target not in self._plan.names and self._taken(local):
            package = self.source.schema.package_of(module) or module.partition(".")[0]
            local = re.split(r"[._]", package)[-1].capitalize() + attribute
        return cst.Name(self._want(target, local))

    def core(self, attribute: str) -> cst.BaseExpression:
        """An expression that means a member of the core package: ``cdktf.Fn``, or ``cdktn.Fn``."""
        return self.name(self.source.schema.cores[0], attribute)

    def module(self, name: str) -> cst.BaseExpression:
        """An expression that means the module *name*, which is imported whole."""
        for binding in self.source.names.imports:
            if binding.scope is self.source.names.module_scope and self._is_settled(binding):
                if binding.module == name and binding.attribute is None:
                    return cst.Name(binding.name)
        return cst.Name(self._want((name, ""), name))

    def exactly(self, module: str, attribute: str) -> None:
        """Import ``module.attribute``, or a whole module, by its own name at the top of the file."""
        self._want((module, attribute), attribute or module)

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
            if self._taken(local) or _is_exported(self.source, binding.name):
                local = binding.name
        statement = self.source.names.parents[id(alias)]
        if present is None and isinstance(statement, cst.ImportFrom) and (
            binding.module == module or len(statement.names) == 1  # type: ignore[arg-type]
        ):  # fmt: skip
            self._rewrite(statement, alias, binding, (module, attribute), local)
        else:
            self._request.dropped.add(id(alias))
            if present is None:
                self._want((module, attribute), local)
        if local != binding.name:
            for use in self.source.names.uses_of(binding):
                self._edits.put(use, cst.Name(local))

    def drop(self, binding: Binding) -> None:
        """Take an imported name out of its import statement."""
        self._request.dropped.add(id(binding.node))

    def _rewrite(
        self, statement: cst.ImportFrom, alias: cst.ImportAlias, binding: Binding, target: Target, local: str
    ) -> None:
        """Let the import statement import something else."""
        module, attribute = target
        if binding.module != module and statement.module is not None:
            self._edits.put(statement.module, _dotted_name(module))
        self._edits.put(alias.name, cst.Name(attribute))
        if local != attribute and alias.asname is None:
            self._edits.put(alias, alias.with_changes(asname=cst.AsName(cst.Name(local))))
        self._plan.redirected[target] = local

    def _want(self, target: Target, local: str) -> str:
        self._request.wanted.add(target)
        return self._plan.names.setdefault(target, local)

    def _present(self, module: str, attribute: str) -> str | None:
        """The name by which the file imports ``module.attribute`` already, or will after this round."""
        target = module, attribute
        if target in self._plan.names:
            return self._want(target, attribute)
        if target in self._plan.redirected:
            return self._plan.redirected[target]
        for binding in self.source.names.imports:
            if (binding.module, binding.attribute) == target and self._is_settled(binding):
                return binding.name
        return None

    def _module_of(self, binding: Binding) -> str:
        """The module that a name is bound to by its import, where it is one."""
        full = f"{binding.module}.{binding.attribute}" if binding.attribute else binding.module
        return full if self.source.schema.module(full) is not None else ""

    def _is_settled(self, binding: Binding) -> bool:
        return len(binding.scope.bindings[binding.name]) == 1

    def _taken(self, name: str) -> bool:
        names = self.source.names
        return any(name in scope.bindings for scope in names.scopes.values()) or name in self._plan.names.values()


def settled(source: Source, plan: Plan, requests: Iterable[Request], made: Sequence[Splice]) -> list[Splice]:
    """What changes in the imports of a file so that *made*, the other changes of this round, have what they name.

    Imports of described packages that only the replaced code used go.
    """
    wanted = {target for request in requests for target in request.wanted}
    gone = {key for request in requests for key in request.dropped} | _left_unused(source, made)
    if not wanted and not gone:
        return []
    new: dict[int, Any] = {}
    for binding in source.names.imports:
        statement = source.names.parents[id(binding.node)]
        if id(binding.node) in gone and id(statement) not in new:
            new[id(statement)] = _without_names(statement, gone)
    lines = [_Line(statement, _with_parts(statement, new)) for statement in source.module.body]
    for target in sorted(wanted):
        user = _first_user(source, plan.names[target], made)
        above = next((at for at, line in enumerate(lines) if user is not None and line.old is user), len(lines))
        # An import behind what reads its name while the module is imported is too late.
        rest = lines[above:]
        del lines[above:]
        _add_import(lines, *target, plan.names[target])
        lines += rest
    return _changes(source, new, lines)


def _first_user(source: Source, name: str, made: Sequence[Splice]) -> cst.CSTNode | None:
    """The first statement of a module, imports apart, in which the changes write a name."""
    written = re.compile(rf"\b{re.escape(name)}\b")
    starts = [splice.start for splice in made if written.search(splice.text)]
    for statement in source.module.body if starts else ():
        place = source.spans.of(statement)
        if place is not None and _import_of(statement) is None:
            if any(place[0] <= start < place[1] for start in starts):
                return statement
    return None


@dataclass
class _Line:
    """A statement of the module: as it is (None if it is new) and as it will be (None if it goes)."""

    old: Any
    new: Any


def _with_parts(statement: cst.CSTNode, new: dict[int, Any]) -> Any:
    """A line of imports with other ones in their places; None where none is left."""
    if not isinstance(statement, cst.SimpleStatementLine) or not any(id(each) in new for each in statement.body):
        return statement
    parts: list[Any] = [part for each in statement.body if (part := new.get(id(each), each)) is not None]
    if parts and parts[-1] is not statement.body[-1]:
        parts[-1] = parts[-1].with_changes(semicolon=cst.MaybeSentinel.DEFAULT)
    return statement.with_changes(body=parts) if parts else None


def _changes(source: Source, new: dict[int, Any], lines: list[_Line]) -> list[Splice]:
    """The lines that differ, those that are new, and the import statements inside of blocks."""
    edits = Edits(source.text)
    for binding in source.names.imports:
        statement = source.names.parents[id(binding.node)]
        if id(statement) in new and source.names.parents[id(source.names.parents[id(statement)])] is not source.module:
            edits.replace(statement, new[id(statement)] or cst.RemoveFromParent())
    above: Any = None
    first: list[Any] = []
    for line in lines:
        if line.old is None:
            if above is None:
                first.append(line.new)
            else:
                edits.follow(above, line.new)
            continue
        above = line.old
        if line.new is None:
            edits.replace(line.old, cst.RemoveFromParent())
        elif line.new is not line.old:
            edits.replace(line.old, line.new)
    return [*edits.splices(), *_at_the_top(source, first)]


def _at_the_top(source: Source, statements: list[Any]) -> Iterator[Splice]:
    """New imports in front of the first statement, below what is written above it."""
    if statements:
        place = source.spans.of(source.module.body[0]) if source.module.body else None
        code = cst.Module(statements, default_newline=source.module.default_newline).code
        at = place[0] if place is not None else len(source.text.code)
        yield Splice(at, at, code)


def _left_unused(source: Source, made: Sequence[Splice]) -> set[int]:
    """Import aliases of described packages that were used before the changes and are not any more."""
    if not made:
        return set()
    new = " ".join(splice.text for splice in made)
    touched = {id(source.spans.line_at(splice.start)) for splice in made}
    unused = set()
    for binding in source.names.imports:
        if binding.scope is not source.names.module_scope or not source.schema.covers(binding.module):
            continue
        uses = list(source.names.uses_of(binding))
        if uses and all(id(source.spans.line_of(use)) in touched and _is_replaced(source, use, made) for use in uses):
            named = re.search(rf"\b{re.escape(binding.name)}\b", new) is not None
            if not named and not _is_redirected(source, binding, made) and not _is_exported(source, binding.name):
                unused.add(id(binding.node))
    return unused


def _is_redirected(source: Source, binding: Binding, made: Sequence[Splice]) -> bool:
    """Whether the changes let the import import something else."""
    place = source.spans.of(binding.node)
    return place is None or any(place[0] <= each.start and each.end <= place[1] for each in made)


def _is_replaced(source: Source, use: cst.CSTNode, made: Sequence[Splice]) -> bool:
    place = source.spans.of(use)
    return place is not None and any(each.start <= place[0] and place[1] <= each.end for each in made)


def _is_exported(source: Source, name: str) -> bool:
    return name in source.names.texts or source.is_imported(name)


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


def _add_import(lines: list[_Line], module: str, attribute: str, local: str) -> None:
    """Add ``from module import attribute``, joined to a statement that imports from *module* already."""
    if not attribute:
        _add_statement(lines, module, cst.Import([cst.ImportAlias(_dotted_name(module))]))
        return
    asname = cst.AsName(cst.Name(local)) if local != attribute else None
    alias = cst.ImportAlias(cst.Name(attribute), asname=asname)
    for line in lines:
        part = _import_of(line.new)
        if isinstance(part, cst.ImportFrom) and dotted(part.module) == module and not part.relative:
            if not isinstance(part.names, cst.ImportStar):
                line.new = line.new.with_changes(body=[part.with_changes(names=_with_alias(part, alias))])
                return
    _add_statement(lines, module, cst.ImportFrom(_dotted_name(module), [alias]))


def _add_statement(lines: list[_Line], module: str, statement: cst.Import | cst.ImportFrom) -> None:
    new = cst.SimpleStatementLine([statement])
    # What goes still says where its like belongs.
    position = _place([line.new or line.old for line in lines], module)
    if position == 1 and _is_docstring(lines[0].new):
        new = new.with_changes(leading_lines=[cst.EmptyLine(indent=False)])
    lines.insert(position, _Line(None, new))


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

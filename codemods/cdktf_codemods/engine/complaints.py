"""What linters and type checkers complain of that rules repair, and whether a statement may still give them cause."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import libcst as cst

from ..meaning import Reference, Source
from ..meaning.origins import is_read
from ..meaning.types import UNKNOWN, ProjectObject
from ..schema import ApiClass
from ..schema.types import STRING, ListOf, MapOf, Named, TypeRef
from ..syntax.spans import COMPOUND
from ..syntax.walk import children

_OTHERS = (cst.BaseSuite, *COMPOUND, cst.Else, cst.Finally, cst.ExceptHandler, cst.ExceptStarHandler, cst.MatchCase,
           cst.Decorator)  # fmt: skip
"""What is not of the statement that it stands in, but another's own."""
_LITERALS = (cst.SimpleString, cst.ConcatenatedString, cst.FormattedString, cst.Integer, cst.Float)


@dataclass(frozen=True)
class Complaint:
    """One kind: what tools call it, which rules repair its cause, and whether a statement may still be one.

    ``remains`` is asked once all is repaired, and says yes where it cannot tell.
    """

    checks: frozenset[str]
    rules: frozenset[str]
    remains: Callable[[Source, cst.CSTNode], bool]


def parts(statement: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """What stands in a statement, or in its header."""
    stack = [statement]
    while stack:
        node = stack.pop()
        yield node
        stack += [each for each in children(node) if not isinstance(each, _OTHERS)]


def _has_unbound_name(source: Source, statement: cst.CSTNode) -> bool:
    inside = {id(each) for each in parts(statement)}
    return any(
        id(use) in inside and not scope.find(name) and not hasattr(builtins, name)
        for name, uses in source.names.uses.items()
        for use, scope in uses
    )


def _has_unknown_member(source: Source, statement: cst.CSTNode) -> bool:
    for node in parts(statement):
        if isinstance(node, cst.ImportFrom):
            if not _is_there(source, node):
                return True
        elif isinstance(node, cst.Import):
            names = [binding.module for binding in source.names.bound_by(node)]
            if not names or not all(source.schema.module(name) is not None for name in names):
                return True
        elif isinstance(node, cst.Attribute) and source.names.enclosing(node, cst.Import) is None:
            if source.names.enclosing(node, cst.ImportFrom) is None and not _is_known(source, node):
                return True
    return False


def _is_there(source: Source, statement: cst.ImportFrom) -> bool:
    """Whether all that a statement imports is in a described package or a file of the project."""
    found = source.names.bound_by(statement)
    return bool(found) and all(_is_in(source, each.module, each.attribute or "") for each in found)


def _is_in(source: Source, module: str, name: str) -> bool:
    if (file := source.find_module(module)) is not None:
        return file.exported(name) is not None
    full = f"{module}.{name}"
    return source.schema.find(full) is not None or source.schema.module(full) is not None


def _is_known(source: Source, node: cst.Attribute) -> bool:
    """Whether what an attribute is read of surely has it."""
    name = node.attr.value
    if not is_read(source, node) or source.type_of(node) != UNKNOWN or source.function_of(node) is not None:
        return True
    reference = source.reference(node)
    if reference is not None:
        if reference.source is not None or _is_standard(reference.name):
            return True
        return source.schema.find(reference.name) is not None or source.schema.is_member(reference.name)
    owner = source.type_of(node.value)
    if isinstance(owner, ProjectObject):
        return _is_member(source, owner.reference, name)
    if isinstance(owner, Named):
        return _has(source.schema.find(owner.name), name)
    kind = str if owner == STRING else list if isinstance(owner, ListOf) else dict if isinstance(owner, MapOf) else None
    return kind is not None and hasattr(kind, name)


def _is_member(source: Source, owner: Reference, name: str) -> bool:
    for place in [owner, *owner.ancestors()]:
        scope = place.scope
        if scope is not None and (name in scope.attributes or name in scope.bindings):
            return True
        if place.source is None and _has(source.schema.find(place.name), name):
            return True
    return False


def _has(described: ApiClass | None, name: str) -> bool:
    return described is not None and (
        name in described.attributes or name in described.methods or name in described.members
    )


def _has_unfit_call(source: Source, statement: cst.CSTNode) -> bool:
    return any(isinstance(node, cst.Call) and not _is_fit(source, node) for node in parts(statement))


def _is_fit(source: Source, call: cst.Call) -> bool:
    """Whether a call surely gives the arguments that are wanted, and no other."""
    made = source.called(call)
    if made is None:
        plain = not any(each.keyword or each.star for each in call.args)
        return plain and source.callee(call) is None and _is_plain(source, call)
    if made.kind in ("enum", "interface") or source.is_misplaced(call, made) or any(each.star for each in call.args):
        return False
    by_name = {each.keyword.value for each in call.args if each.keyword is not None}
    by_place = [each.name for each in made.signature.positional][: sum(1 for each in call.args if not each.keyword)]
    given = by_name.union(by_place)
    wanted = {each.name for each in made.signature.positional if not each.optional}
    return (
        by_name <= set(made.signature.parameters)
        and len(by_name) + sum(1 for each in call.args if not each.keyword) == len(given)
        and wanted.union(made.required) <= given
    )


def _is_plain(source: Source, call: cst.Call) -> bool:
    """Whether a call is of something that Python or a described package has."""
    if isinstance(call.func, cst.Attribute):
        return _is_known(source, call.func)
    return _is_standard(source.name_called(call))


def _is_standard(name: str) -> bool:
    """Whether Python itself has what a full name says; a name that nothing binds is taken for a builtin's."""
    head, _, rest = name.partition(".")
    return hasattr(builtins, rest) if head == "builtins" else head in sys.stdlib_module_names


def _has_unsure_value(source: Source, statement: cst.CSTNode) -> bool:
    if _has_unfit_call(source, statement):
        return True
    given = [each.value for node in parts(statement) if isinstance(node, cst.Call) for each in node.args]
    return not all(_is_sure(source, value) for value in given)


def _is_sure(source: Source, value: cst.BaseExpression) -> bool:
    """Whether the type of a value is known, that of all in it too."""
    if isinstance(value, (cst.List, cst.Tuple, cst.Set)):
        return all(isinstance(each, cst.Element) and _is_sure(source, each.value) for each in value.elements)
    if isinstance(value, cst.Dict):
        return all(isinstance(each, cst.DictElement) and _is_sure(source, each.value) for each in value.elements)
    return isinstance(value, _LITERALS) or _is_whole(source.type_of(value))


def _is_whole(kind: TypeRef) -> bool:
    if isinstance(kind, ListOf):
        return _is_whole(kind.element)
    return _is_whole(kind.value) if isinstance(kind, MapOf) else kind != UNKNOWN


COMPLAINTS = (
    Complaint(
        frozenset(("F821", "E0602", "undefined-variable", "name-defined", "reportUndefinedVariable")),
        frozenset(("N103",)),
        _has_unbound_name,
    ),
    Complaint(
        frozenset(("E0611", "no-name-in-module", "E1101", "no-member", "attr-defined", "reportAttributeAccessIssue")),
        frozenset(("N101", "N102", "N103", "N104", "A104")),
        _has_unknown_member,
    ),
    Complaint(
        frozenset(
            ("E1123", "unexpected-keyword-arg", "E1120", "no-value-for-parameter", "call-arg", "reportCallIssue")
        ),
        frozenset(("A101", "A103", "A107")),
        _has_unfit_call,
    ),
    Complaint(
        frozenset(("arg-type", "list-item", "dict-item", "reportArgumentType")),
        frozenset(("A102", "A105")),
        _has_unsure_value,
    ),
)
"""Sources: the lists of checks of pyflakes and ruff, pylint, mypy and pyright. What says that a module cannot be found
(``import-error``) is not among them: it stays so where the package is not installed."""

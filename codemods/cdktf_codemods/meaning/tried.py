"""What the code can do without, so that it may be right for it to fail."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ..syntax.bindings import dotted
from ..syntax.walk import descendants
from .base import Source

_CAUGHT = ("ImportError", "ModuleNotFoundError", "Exception", "BaseException")
_CALLS = ("TypeError", "Exception", "BaseException")
_EXPECTING = ("raises", "assertRaises", "assertRaisesRegex", "suppress")
_RAISES = ("raises", "assertRaises", "assertRaisesRegex")
_RAISED = (*_CALLS, "AttributeError", "RuntimeError", "JSIIError", "JavaScriptError")
"""What code raises that a package does not accept."""
_FAILING = ("xfail", "expectedFailure")
_ENDS = ("exit", "_exit", "skip", "fail", "quit", "abort")


def is_tried(source: Source, statement: cst.Import | cst.ImportFrom) -> bool:
    """Whether the program goes on without an import: it is tried, or one of two that bind the same name.

    An import behind one that was tried and cannot succeed has to succeed itself.
    """
    inner: cst.CSTNode = statement
    for node in source.names.ancestors(statement):
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            return False
        if isinstance(node, cst.Try) and inner is node.body and any(map(_goes_on, node.handlers)):
            return True
        if isinstance(node, cst.ExceptHandler) and _catches(node):
            tried = source.names.parents.get(id(node))
            if isinstance(tried, cst.Try) and not _cannot_succeed(source, tried.body):
                return True
        if isinstance(node, cst.With) and any(_suppresses(source, item) for item in node.items):
            return True
        if isinstance(node, (cst.If, cst.Else)) and _is_other_way(source, node, inner, statement):
            return True
        inner = node
    return False


def is_meant_to_fail(source: Source, call: cst.Call) -> bool:
    """Whether somebody waits for a call to raise a ``TypeError``: ``pytest.raises``, ``assertRaises``, ``try``."""
    inner: cst.CSTNode = call
    for node in source.names.ancestors(call):
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            return False
        if isinstance(node, cst.With) and any(
            isinstance(item.item, cst.Call) and (dotted(item.item.func) or "").endswith(_EXPECTING)
            for item in node.items
        ):
            return True
        if isinstance(node, cst.Try) and inner is node.body and any(_catches(each, _CALLS) for each in node.handlers):
            return True
        inner = node
    return False


def is_expected_to_fail(source: Source, node: cst.CSTNode) -> bool:
    """Whether a test waits for a place to fail as what a package does not accept does, there or where it is called."""
    if _is_awaited(source, node):
        return True
    function = source.names.enclosing(node, cst.FunctionDef)
    if function is None:
        return False
    decorators = (each.decorator for each in function.decorators)
    if any(_last_word(each.func if isinstance(each, cst.Call) else each) in _FAILING for each in decorators):
        return True
    uses = [(other, use) for other in source.mentioning(function.name.value) for use in _named(other, function)]
    return bool(uses) and all(_is_awaited(other, use) for other, use in uses)


def _named(source: Source, function: cst.FunctionDef) -> Iterator[cst.BaseExpression]:
    """Where a file names a function."""
    name = function.name.value
    every = (*(use for use, _ in source.names.uses.get(name, ())), *source.names.attribute_uses.get(name, ()))
    for use in every:
        found = source.function_of(use)
        if found is not None and found.node is function:
            yield use


def _is_awaited(source: Source, node: cst.CSTNode) -> bool:
    """Whether a place is inside of ``with pytest.raises(…)``, or handed to such a call."""
    for each in source.names.ancestors(node):
        if isinstance(each, (cst.FunctionDef, cst.ClassDef)):
            return False
        calls = [item.item for item in each.items] if isinstance(each, cst.With) else [each]
        if any(isinstance(call, cst.Call) and _awaits(call) for call in calls):
            return True
    return False


def _awaits(call: cst.Call) -> bool:
    given = call.args[0].value if call.args else None
    named = given.elements if isinstance(given, cst.Tuple) else [given] if given is not None else []
    errors = (each.value if isinstance(each, cst.Element) else each for each in named)
    return _last_word(call.func) in _RAISES and any(_last_word(each) in _RAISED for each in errors)


def _last_word(node: cst.CSTNode) -> str:
    return (dotted(node) or "").rpartition(".")[2]


def _catches(handler: cst.ExceptHandler, errors: tuple[str, ...] = _CAUGHT) -> bool:
    return handler.type is None or any(
        isinstance(each, cst.Name) and each.value in errors for each in descendants(handler.type)
    )


def _goes_on(handler: cst.ExceptHandler) -> bool:
    """Whether a handler catches a failed import, and does not end the program or the test by itself."""
    if not _catches(handler):
        return False
    for node in descendants(handler.body):
        if isinstance(node, cst.Raise):
            return False
        if isinstance(node, cst.Call):
            if (dotted(node.func) or "").rpartition(".")[2] in _ENDS:
                return False
    return True


def _suppresses(source: Source, item: cst.WithItem) -> bool:
    call = item.item
    return isinstance(call, cst.Call) and source.name_called(call) == "contextlib.suppress" and any(
        isinstance(arg.value, cst.Name) and arg.value.value in _CAUGHT for arg in call.args
    )  # fmt: skip


def _imports(body: cst.CSTNode) -> Iterator[cst.Import | cst.ImportFrom]:
    return (node for node in descendants(body) if isinstance(node, (cst.Import, cst.ImportFrom)))


def _cannot_succeed(source: Source, body: cst.BaseSuite) -> bool:
    """Whether what is tried holds an import of something that a described package, or the project, does not have."""
    return any(
        not _exists(source, binding.module, binding.attribute)
        for statement in _imports(body)
        for binding in source.names.bound_by(statement)
    )


def _exists(source: Source, module: str, attribute: str | None) -> bool:
    full = f"{module}.{attribute}" if attribute else module
    if source.schema.covers(module):
        return source.schema.find(full) is not None or source.schema.module(full) is not None
    return source.find_module(module) is None or source.imported(module, attribute) is not None


def _is_other_way(
    source: Source, node: cst.If | cst.Else, inner: cst.CSTNode, statement: cst.Import | cst.ImportFrom
) -> bool:
    """Whether the other branch of a condition imports the same name."""
    owner = node if isinstance(node, cst.If) else source.names.parents.get(id(node))
    if not isinstance(owner, cst.If) or (isinstance(node, cst.If) and inner is not node.body):
        return False
    other = owner.body if isinstance(node, cst.Else) else owner.orelse
    bound = {binding.name for binding in source.names.bound_by(statement)}
    return other is not None and any(
        binding.name in bound for each in _imports(other) for binding in source.names.bound_by(each)
    )

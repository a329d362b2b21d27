"""Which file of the project an expression names."""

from __future__ import annotations

import posixpath

import libcst as cst

from .base import Source
from .origins import constant, trace


def path_of(source: Source, node: cst.BaseExpression) -> str | None:
    """The path below the project's root that an expression means, or None where that cannot be told or lies outside."""
    text = _joined(source, node)
    if text is None or text.startswith(("/", "~", "${")) or "TfToken" in text:
        return None
    path = posixpath.normpath(text)
    return None if path.startswith("..") else path


def _joined(source: Source, node: cst.BaseExpression) -> str | None:
    """A literal, ``os.path.join`` and ``Path`` with ``/``, from the file's own place or the project's root."""
    if (text := constant(source, node)) is not None:
        return text
    origins, complete = trace(source, node)
    if len(origins) == 1 and complete and origins[0].node is not node:
        return _joined(origins[0].source, origins[0].node)
    if isinstance(node, cst.Name) and node.value == "__file__":
        return source.path
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Divide):
        return _both(_joined(source, node.left), _joined(source, node.right))
    if isinstance(node, cst.Attribute) and node.attr.value == "parent":
        inside = _joined(source, node.value)
        return posixpath.dirname(inside) if inside is not None else None
    if not isinstance(node, cst.Call):
        return None
    reference = source.reference(node.func)
    name = reference.name if reference is not None else ""
    values = [_joined(source, arg.value) for arg in node.args]
    if name == "os.path.join" and values:
        result = values[0]
        for value in values[1:]:
            result = _both(result, value)
        return result
    if name == "os.path.dirname" and len(values) == 1 and values[0] is not None:
        return posixpath.dirname(values[0])
    if (
        name in ("os.path.abspath", "os.path.realpath", "pathlib.Path", "builtins.str", "os.fspath")
        and len(values) == 1
    ):
        return values[0]
    if name == "os.getcwd" or name == "pathlib.Path.cwd":
        return ""
    if isinstance(node.func, cst.Attribute) and node.func.attr.value in ("resolve", "absolute", "as_posix"):
        return _joined(source, node.func.value)
    return None


def _both(left: str | None, right: str | None) -> str | None:
    return posixpath.join(left, right) if left is not None and right is not None else None

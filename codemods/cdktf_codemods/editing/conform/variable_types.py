"""A type of Python's as Terraform spells it for a variable: ``str`` is ``string``, ``list[int]`` ``list(number)``."""

from __future__ import annotations

import libcst as cst

from ...meaning import Source

_PLAIN = {"str": "string", "int": "number", "float": "number", "bool": "bool"}
_HOLDING = {"list": "list", "dict": "map", "set": "set", "List": "list", "Dict": "map", "Set": "set"}


def type_text(source: Source, node: cst.BaseExpression) -> str | None:
    """Terraform's type; ``any`` for what a list or a dict does not say; None for what is no type of Python's."""
    if isinstance(node, cst.Subscript):
        holding = _HOLDING.get(_name(source, node.value))
        index = node.slice[-1].slice
        inner = type_text(source, index.value) if isinstance(index, cst.Index) else None
        return f"{holding}({inner})" if holding is not None and inner is not None else None
    name = _name(source, node)
    return f"{_HOLDING[name]}(any)" if name in _HOLDING else _PLAIN.get(name)


def _name(source: Source, node: cst.BaseExpression) -> str:
    """What a type of Python's is called, by whatever name the code knows it; empty for anything else."""
    reference = source.reference(node) if isinstance(node, (cst.Name, cst.Attribute)) else None
    holder, _, name = reference.name.rpartition(".") if reference is not None else ("", "", "")
    return name if holder in ("builtins", "typing") else ""

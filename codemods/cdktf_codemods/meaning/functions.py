"""What the functions of ``Fn`` make, which is known when Terraform runs and not before."""

from __future__ import annotations

import libcst as cst

from .base import Source
from .origins import trace


def made_by_function(source: Source, node: cst.BaseExpression) -> bool:
    """Whether a value can only be what a function of ``Fn`` gives."""
    origins, complete = trace(source, node)
    names = [source.schema.core_member(each.source.name_called(each.node)) for each in origins]
    return complete and bool(names) and all(name.startswith("Fn.") for name in names)


def is_of_marker(text: str) -> bool:
    """Whether a text is part of what stands for a value until Terraform knows it: who asks for it, asks for that."""
    return "${" in text or "TfToken" in text

"""What the code overrides of the Terraform that cdktf writes."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from .base import Source
from .origins import constant


def overridden(source: Source, call: cst.Call) -> str | None:
    """The path that a call of a method ``add_override(path, value)`` names; None for any other call."""
    func = call.func
    if not isinstance(func, cst.Attribute) or func.attr.value != "add_override" or len(call.args) != 2:
        return None
    return constant(source, call.args[0].value)


def required_versions(source: Source) -> Iterator[str]:
    """What the code of a project asks of Terraform, by overrides of ``terraform.required_version``."""
    for each in source.holding("required_version"):
        for call in each.names.calls:
            if overridden(each, call) == "terraform.required_version":
                if (version := constant(each, call.args[1].value)) is not None:
                    yield version

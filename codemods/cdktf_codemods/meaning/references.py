"""The data sources that texts for Terraform read: ``${data.aws_region.current.region}``."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from ..schema import ApiClass, Schema
from ..syntax.walk import descendants
from .base import Source
from .origins import string_value
from .stacks import is_program, stack_of

_DATA = re.compile(r"(?<!\$)\$\{[^{}]*?\bdata\.(?P<kind>\w+)\.(?P<name>[A-Za-z_][\w-]*)")


def data_read(owner: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, str, str]]:
    """The texts in a node that read data sources, each with the kind and the name of one."""
    said = {id(each.value) for each in descendants(owner) if isinstance(each, cst.Expr)}
    for node in descendants(owner):
        if isinstance(node, cst.FormattedStringText):
            text = node.value.replace("{{", "{").replace("}}", "}")
        elif isinstance(node, cst.SimpleString):
            text = node.value
        else:
            continue
        if id(node) in said:
            continue
        for found in _DATA.finditer(text):
            yield node, found["kind"], found["name"]


def data_class(schema: Schema, kind: str) -> ApiClass | None:
    """The construct of a data source, by what Terraform calls it."""
    names = list(schema.locate("Data" + "".join(part.capitalize() for part in kind.split("_"))))
    return schema.find(names[0]) if len(names) == 1 else None


def may_be_made(source: Source, described: ApiClass, kind: str) -> bool:
    """Whether any file may make a data source: by its construct, by its kind, or by an override of the stack's JSON."""
    texts = (described.short_name, '"data.', "'data.", f'"{kind}"', f"'{kind}'")
    return any(next(source.holding(text), None) for text in texts) or any(
        call.func.attr.value == "add_override" and (not call.args or string_value(call.args[0].value) in ("data", None))
        for other in source.mentioning("add_override")
        for call in other.names.calls
        if isinstance(call.func, cst.Attribute)
    )


def would_be_made(source: Source, node: cst.CSTNode, kind: str) -> ApiClass | None:
    """The construct of a data source that its stack gets, if a text in the place of *node* reads it."""
    described = data_class(source.schema, kind)
    owner = source.names.enclosing(node, cst.ClassDef)
    if described is None or described.required or owner is None or may_be_made(source, described, kind):
        return None
    return described if stack_of(source, owner) is not None and is_program(source) else None

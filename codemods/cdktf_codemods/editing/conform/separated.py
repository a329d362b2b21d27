"""One text of several values with commas between, where a list of texts is wanted: ``",".join(ids)``, ``"a,b"``."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from ...meaning import Source, string_value
from ...schema.types import STRING, ListOf
from ..safety import SAFE, UNSAFE, Safety


@dataclass(frozen=True)
class Separated:
    """The list that a text was made of, None where it cannot be written down."""

    values: cst.BaseExpression | None
    safety: Safety = UNSAFE


def separated(source: Source, node: cst.BaseExpression) -> Separated | None:
    """What a text with commas is made of; None where it has none, or is a sentence."""
    if isinstance(node, cst.Call):
        return _joined(source, node)
    if isinstance(node, cst.SimpleString) and isinstance(text := node.evaluated_value, str):
        parts = [part.strip() for part in text.split(",")]
        if not _are_values(parts):
            return None
        quote = node.quote[:1]
        return Separated(_listed([cst.SimpleString(f"{quote}{part}{quote}") for part in parts]))
    if isinstance(node, cst.FormattedString):
        return _formatted(source, node)
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        ends = [string_value(each) for each in (node.left, node.right)]
        if any(each is not None and each.strip() == "," for each in ends) or separated(source, node.left) is not None:
            return Separated(None)
    return None


def _joined(source: Source, node: cst.Call) -> Separated | None:
    """What ``join`` was given: a list is that list, safely."""
    func = node.func
    if not isinstance(func, cst.Attribute) or func.attr.value != "join" or len(node.args) != 1 or node.args[0].star:
        return None
    if (string_value(func.value) or "").strip() != ",":
        return None
    values = node.args[0].value
    if isinstance(values, cst.GeneratorExp):
        return Separated(cst.ListComp(values.elt, values.for_in), SAFE)
    if source.type_of(values) == ListOf(STRING):
        return Separated(values, SAFE)
    return Separated(cst.Call(cst.Name("list"), [cst.Arg(values)]))


def _formatted(source: Source, node: cst.FormattedString) -> Separated | None:
    pieces: list[list[cst.BaseFormattedStringContent]] = [[]]
    for part in node.parts:
        texts = part.value.split(",") if isinstance(part, cst.FormattedStringText) else []
        for at, text in enumerate(texts):
            pieces += [[]] if at else []
            pieces[-1] += [cst.FormattedStringText(text.strip())] if text.strip() else []
        pieces[-1] += [] if texts else [part]
    plain = [
        "".join(each.value if isinstance(each, cst.FormattedStringText) else "x" for each in one) for one in pieces
    ]
    if not _are_values(plain):
        return None
    return Separated(_listed([_piece(source, node, one) for one in pieces]))


def _plain(part: cst.BaseFormattedStringContent) -> str:
    return part.value if isinstance(part, cst.FormattedStringText) else "x"


def _piece(
    source: Source, node: cst.FormattedString, parts: list[cst.BaseFormattedStringContent]
) -> cst.BaseExpression:
    only = parts[0]
    if len(parts) == 1 and isinstance(only, cst.FormattedStringExpression):
        bare = only.conversion is None and only.format_spec is None and only.equal is None
        if bare and source.type_of(only.expression) == STRING:
            return only.expression
    return node.with_changes(parts=parts, lpar=[], rpar=[])


def _are_values(parts: list[str]) -> bool:
    """Whether parts between commas are values: several, none empty, none with a space in it."""
    return len(parts) > 1 and all(part and not any(character.isspace() for character in part) for part in parts)


def _listed(values: list[cst.BaseExpression]) -> cst.List:
    return cst.List([cst.Element(value) for value in values])

"""Expressions that make another type of a value whose type is known from a run."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import Any

import libcst as cst

from .literals import as_receiver, call

Conversion = Callable[[cst.BaseExpression], cst.BaseExpression]

_WHOLE = re.compile(r"-?\d+")
_DECIMAL = re.compile(r"-?\d+\.\d+")


def name_of_type(value: object) -> str:
    """What a value's type is called among evidence."""
    if isinstance(value, bool):
        return "bool"
    kinds = ((str, "str"), ((int, float), "number"), ((list, tuple), "list"), (dict, "map"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "")


def read(written: str) -> Any:
    """The value that was written as Python does; None where there is none."""
    try:
        return ast.literal_eval(written) if written else None
    except (ValueError, SyntaxError):
        return None


def conversion(wanted: Iterable[str], given: str, written: str) -> Conversion | None:
    """What makes a value of a *given* type one of the types that are wanted, if that loses nothing.

    :param written: the value, as Python writes it; empty where it is not known.
    """
    for want in wanted:
        if want == "str" and given == "number":
            return lambda node: call(cst.Name("str"), node)
        if want == "str" and given == "bool":
            return lambda node: _method(call(cst.Name("str"), node), "lower")
        if want in ("number", "bool") and given == "str" and isinstance(value := read(written), str):
            if want == "number" and (name := _number(value)) is not None:
                return lambda node, name=name: call(cst.Name(name), node)  # type: ignore[misc]
            if want == "bool" and value.lower() in ("true", "false"):
                return _is_true
        if want.startswith("list[") and given not in ("list", ""):
            element = want[5:-1]
            inner = _as_it_is if element == given else conversion((element,), given, written)
            if inner is not None:
                return lambda node, inner=inner: cst.List([cst.Element(inner(node))])  # type: ignore[misc]
    return None


def of_each(node: cst.BaseExpression, convert: Conversion, keyed: bool) -> cst.BaseExpression:
    """A list, or a dict where it is *keyed*, whose elements are converted."""
    if keyed:
        key, value = cst.Name("key"), cst.Name("value")
        pair = cst.Tuple([cst.Element(key), cst.Element(value)], lpar=[], rpar=[])
        return cst.DictComp(key, convert(value), cst.CompFor(pair, _method(node, "items")))
    each = cst.Name("each")
    return cst.ListComp(convert(each), cst.CompFor(each, node))


def _number(text: str) -> str | None:
    if _WHOLE.fullmatch(text):
        return "int"
    return "float" if _DECIMAL.fullmatch(text) else None


def _as_it_is(node: cst.BaseExpression) -> cst.BaseExpression:
    return node


def _is_true(node: cst.BaseExpression) -> cst.BaseExpression:
    text = _method(call(cst.Name("str"), node), "lower")
    return cst.Comparison(text, [cst.ComparisonTarget(cst.Equal(), cst.SimpleString('"true"'))])


def _method(node: cst.BaseExpression, name: str) -> cst.Call:
    return cst.Call(cst.Attribute(as_receiver(node), cst.Name(name)))

"""Texts on their way to Terraform: which calls hand them on, and what kind of text a value is."""

from __future__ import annotations

import base64
import binascii
import re
from enum import Enum

import libcst as cst

from ..schema.types import ListOf, Named
from ..syntax.terraform import has_expression, is_expression
from ..syntax.walk import children
from . import Source, elements, string_value, trace
from .origins import is_none

_FUNCTIONS = frozenset(("builtins.str", "inspect.cleandoc", "json.dumps", "textwrap.dedent", "textwrap.indent"))
_TERRAFORM = "Fn."
_METHODS = frozenset(("format", "join", "lstrip", "removeprefix", "removesuffix", "rstrip", "strip"))
_WHOLE = ("Token.as_any", "Token.as_string")
"""What of cdktf's gives back the text that it is given."""
_ALONE = re.compile(r"\s*\$\{([^{}]*)\}\s*")
"""A text that is nothing but one expression of Terraform's."""
_BASE64_FILE = re.compile(r"b64|base64", re.IGNORECASE)
_ENCODED_BY = ("base64encode", "base64gzip", "filebase64", "textencodebase64")
QUOTES = re.compile(r'["\\]')
"""What ``cdktf.Fn`` refuses in a text: a quote; or hands to Terraform as an escape: a backslash."""
SIGNS = re.compile(r"[$%]\{")
"""What may be a template of Terraform's."""
ENVIRONMENT_READERS = ("os.environ.get", "os.getenv")
"""What gives the value of an environment variable, or a default."""
_DEPTH = 12


class Kind(Enum):
    """What a text is; of several, the last in this order decides."""

    PLAIN = 1
    TOKENS = 2
    ENCODED = 3
    UNKNOWN = 4


def hands_on(source: Source, call: cst.Call) -> bool:
    """Whether the text that goes into a call comes out of it as part of a text, its ``${`` still in place."""
    name = source.name_called(call)
    if name in _FUNCTIONS or source.schema.core_member(name).startswith(("Token.", _TERRAFORM)):
        return True
    method = isinstance(call.func, cst.Attribute) and call.func.attr.value in _METHODS
    return method and source.function_of(call.func) is None


def is_terraform_function(source: Source, node: cst.BaseExpression) -> bool:
    """Whether an expression is a call of one of ``cdktf.Fn``."""
    return source.schema.core_member(source.name_called(node)).startswith(_TERRAFORM)


def holds(source: Source, node: cst.CSTNode, what: re.Pattern[str], depth: int = _DEPTH) -> bool:
    """Whether a text holds something, in any of the literals that it is made of."""
    if depth == 0:
        return True
    if isinstance(node, cst.SimpleString):
        return what.search(string_value(node) or "") is not None
    if isinstance(node, cst.FormattedStringText):
        return what.search(_unescaped(source, node)) is not None
    if what is QUOTES and isinstance(node, cst.Call) and source.name_called(node) == "json.dumps":
        return True
    if isinstance(node, cst.Attribute) and isinstance(source.type_of(node.value), Named):
        return False
    if isinstance(node, (cst.Name, cst.Attribute, cst.Call)):
        origins = [*trace(source, node)[0], *elements(source, node)[0]]
        if any(each.node is not node and holds(each.source, each.node, what, depth - 1) for each in origins):
            return True
    return any(holds(source, child, what, depth - 1) for child in children(node))


def _unescaped(source: Source, text: cst.FormattedStringText) -> str:
    """What a piece of an f-string says."""
    holder = source.names.parents.get(id(text))
    if isinstance(holder, cst.FormattedString) and "r" in holder.prefix.lower():
        return text.value
    return re.sub(r"""\\(?:(["'\\])|.|\n)""", lambda found: found[1] or " ", text.value)


def kind_of(source: Source, node: cst.BaseExpression, depth: int = _DEPTH) -> Kind:
    """What kind of text an expression is: plain, with tokens of Terraform's in it, base64, or not to be told."""
    if depth == 0:
        return Kind.UNKNOWN
    if (text := string_value(node)) is not None:
        if (alone := _ALONE.fullmatch(text)) and is_expression(alone[1]):
            return Kind.ENCODED if alone[1].lstrip().startswith(_ENCODED_BY) else Kind.UNKNOWN
        return Kind.ENCODED if _is_base64(text) else Kind.TOKENS if has_expression(text) else Kind.PLAIN
    if is_none(node):
        return Kind.PLAIN
    if isinstance(node, cst.FormattedString):
        if len(node.parts) == 1 and isinstance(node.parts[0], cst.FormattedStringExpression):
            return _whole(source, node.parts[0].expression, depth)
        parts = (part.expression for part in node.parts if isinstance(part, cst.FormattedStringExpression))
        texts = (part.value for part in node.parts if isinstance(part, cst.FormattedStringText))
        own = Kind.TOKENS if any(has_expression(text, doubled=True) for text in texts) else Kind.PLAIN
        return _worst([own, *(_inside(source, part, depth) for part in parts)])
    if isinstance(node, cst.ConcatenatedString):
        return _worst([kind_of(source, node.left, depth - 1), kind_of(source, node.right, depth - 1)])
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, (cst.Add, cst.Modulo)):
        return _worst([kind_of(source, node.left, depth - 1), _inside(source, node.right, depth - 1)])
    if isinstance(node, (cst.IfExp, cst.BooleanOperation)):
        both = (node.body, node.orelse) if isinstance(node, cst.IfExp) else (node.left, node.right)
        return _either({kind_of(source, each, depth - 1) for each in both})
    if isinstance(node, cst.Call) and (found := _call(source, node, depth)) is not None:
        return found
    return _traced(source, node, depth)


def _call(source: Source, node: cst.Call, depth: int) -> Kind | None:
    if source.function_of(node.func) is not None:
        return None
    name = source.name_called(node)
    method = node.func.attr.value if isinstance(node.func, cst.Attribute) else ""
    is_terraform = is_terraform_function(source, node)
    if name.startswith("base64.") or (is_terraform and method in _ENCODED_BY):
        return Kind.ENCODED
    if is_terraform:
        return Kind.TOKENS
    if isinstance(node.func, cst.Attribute) and method in ("decode", "encode"):
        return kind_of(source, node.func.value, depth - 1)
    if method in ("read", "read_text"):
        return Kind.UNKNOWN if holds(source, node.func, _BASE64_FILE) else Kind.PLAIN
    gives_back = name == "builtins.str" or source.schema.core_member(name) in _WHOLE
    if gives_back and node.args and not node.args[0].star:
        return _whole(source, node.args[0].value, depth)
    if hands_on(source, node) or method in ("replace", "substitute", "safe_substitute"):
        parts = [_inside(source, arg.value, depth - 1) for arg in node.args if not arg.star]
        if isinstance(node.func, cst.Attribute) and not name:
            parts.append(kind_of(source, node.func.value, depth - 1))
        return Kind.UNKNOWN if any(arg.star for arg in node.args) else _worst(parts)
    if name == "string.Template":
        return _worst([kind_of(source, arg.value, depth - 1) for arg in node.args])
    return None


def _whole(source: Source, node: cst.BaseExpression, depth: int) -> Kind:
    """The kind of the text that is all of another: a number is plain, what cannot be told may be base64 already."""
    found = kind_of(source, node, depth - 1)
    return Kind.PLAIN if found is Kind.UNKNOWN and _inside(source, node, depth - 1) is Kind.PLAIN else found


def _traced(source: Source, node: cst.BaseExpression, depth: int) -> Kind:
    origins, complete = trace(source, node)
    if not complete or not origins:
        return Kind.UNKNOWN
    return _either(
        {
            Kind.UNKNOWN
            if origin.node is node or isinstance(origin.node, cst.Attribute)
            else kind_of(origin.source, origin.node, depth - 1)
            for origin in origins
        }
    )


def _either(kinds: set[Kind]) -> Kind:
    """The kind of what is one of several: not to be told where only some of them are base64."""
    return _worst(kinds) if Kind.ENCODED not in kinds or len(kinds) == 1 else Kind.UNKNOWN


def _inside(source: Source, node: cst.BaseExpression, depth: int) -> Kind:
    """The kind of what becomes part of a text: what cannot be told may hold a token, and base64 is plain text there."""
    if isinstance(node, (cst.List, cst.Tuple, cst.ListComp, cst.GeneratorExp)) or isinstance(
        source.type_of(node), ListOf
    ):
        found, complete = elements(source, node)
        kinds = [_inside(each.source, each.node, depth - 1) for each in found] if depth else []
        return _worst(kinds) if complete and depth else Kind.TOKENS
    if isinstance(node, cst.Dict):
        kinds = [_inside(source, each.value, depth - 1) for each in node.elements] if depth else [Kind.TOKENS]
        return _worst(kinds)
    if isinstance(node, (cst.Integer, cst.Float, cst.Comparison)):
        return Kind.PLAIN
    if _is_python(source, node):
        return Kind.PLAIN
    return Kind.PLAIN if kind_of(source, node, depth) in (Kind.PLAIN, Kind.ENCODED) else Kind.TOKENS


def _is_python(source: Source, node: cst.BaseExpression) -> bool:
    """Whether a value is made of constants, so that no token can be in it; a loop's counter is."""
    origins, complete = trace(source, node)
    return complete and bool(origins) and all(
        isinstance(each.node, (cst.Integer, cst.Float))
        or (isinstance(each.node, cst.Name) and each.node.value in ("True", "False", "None"))
        or each.source.name_called(each.node) in ENVIRONMENT_READERS
        for each in origins
    )  # fmt: skip


def _worst(kinds: list[Kind] | set[Kind]) -> Kind:
    return max(kinds, key=lambda kind: kind.value, default=Kind.PLAIN)


def _is_base64(text: str) -> bool:
    """Whether a text is base64 of another text; short words that happen to decode are not."""
    packed = "".join(text.split())
    if len(packed) < 16 or text.startswith("#!"):
        return False
    try:
        base64.b64decode(packed, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return False
    return True

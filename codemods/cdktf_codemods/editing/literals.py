"""Literals and calls as the rules read and write them: a dict and its keys, a call, a constant of another type."""

from __future__ import annotations

import re
from dataclasses import dataclass

import libcst as cst

from ..meaning import Given, Source, arguments, string_value, trace
from ..schema.types import BOOLEAN, NUMBER, STRING, TypeRef
from .items import space_comments

_CONVERTERS = ("builtins.str", "builtins.int", "builtins.float", "builtins.bool")
_SWITCHES = {"true": "True", "enabled": "True", "false": "False", "disabled": "False"}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class Key:
    """One key of a dict: what spells it, its name, its value."""

    key: cst.Name | cst.SimpleString
    name: str
    value: cst.BaseExpression


@dataclass(frozen=True)
class Dict:
    """A dict display or a call of ``dict``. ``complete`` is False where keys cannot be read; ``spreads`` is why."""

    source: Source
    node: cst.Dict | cst.Call
    keys: tuple[Key, ...]
    complete: bool
    spreads: bool


def dict_of(source: Source, node: cst.BaseExpression) -> Dict | None:
    """Read a dict; None for any other expression."""
    if isinstance(node, cst.Dict):
        keys = []
        odd = spreads = False
        for element in node.elements:
            if isinstance(element, cst.StarredDictElement):
                spreads = True
            elif isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString):
                keys.append(Key(element.key, string_value(element.key) or "", element.value))
            else:
                odd = True
        return Dict(source, node, tuple(keys), not odd and not spreads, spreads and not odd)
    if isinstance(node, cst.Call) and source.name_called(node) == "builtins.dict":
        keys = [Key(arg.keyword, arg.keyword.value, arg.value) for arg in node.args if arg.keyword is not None]
        spreads = any(arg.star == "**" for arg in node.args)
        odd = any(arg.keyword is None and arg.star != "**" for arg in node.args)
        return Dict(source, node, tuple(keys), not odd and not spreads, spreads and not odd)
    return None


def dict_behind(source: Source, node: cst.BaseExpression) -> Dict | None:
    """The one dict that an expression is, wherever it is written."""
    origins, complete = trace(source, node)
    return dict_of(origins[0].source, origins[0].node) if complete and len(origins) == 1 else None


def items_of(source: Source, node: cst.BaseExpression) -> list[Key | Given]:
    """The keys of a dict, or the arguments of a call."""
    written = dict_of(source, node)
    if written is not None:
        return list(written.keys)
    return list(arguments(source, node)) if isinstance(node, cst.Call) else []


def is_list(node: cst.BaseExpression) -> bool:
    return isinstance(node, (cst.List, cst.Tuple, cst.ListComp))


def is_literal(node: cst.BaseExpression) -> bool:
    """Whether the expression is one constant."""
    return isinstance(node, (cst.SimpleString, cst.Integer, cst.Float)) or (
        isinstance(node, cst.Name) and node.value in ("True", "False")
    )


def call(func: cst.BaseExpression, /, *values: cst.BaseExpression, **given: cst.BaseExpression) -> cst.Call:
    """``func(value, …, name=value, …)`` on one line."""
    return cst.Call(func, [*map(cst.Arg, values), *(_keyword(name, value) for name, value in given.items())])


def data_source(
    func: cst.BaseExpression, stack: cst.BaseExpression, kind: str, name: cst.SimpleString, is_free: bool
) -> cst.Call:
    """The construct of a data source, known to Terraform by *name*; to cdktf by a longer one, where that is taken."""
    if is_free:
        return call(func, stack, name)
    longer = f"{kind}_{name.raw_value}".replace("_", "-")
    made = call(func, stack, name.with_changes(value=f"{name.quote}{longer}{name.quote}"))
    return call(cst.Attribute(made, cst.Name("override_logical_id")), name)


def as_receiver(node: cst.BaseExpression) -> cst.BaseExpression:
    """An expression as a method can be called on it: in parentheses where it needs them."""
    plain = (cst.Name, cst.Attribute, cst.Call, cst.Subscript, cst.SimpleString, cst.FormattedString)
    if isinstance(node, plain) or node.lpar:
        return node
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def as_call(written: Dict, func: cst.BaseExpression, names: dict[str, str]) -> cst.Call:
    """A dict as a call with its keys as keywords, laid out as the dict was; *names* says how a key is spelled then."""
    if isinstance(written.node, cst.Call):
        args = [
            arg.with_changes(keyword=cst.Name(names[arg.keyword.value])) if arg.keyword is not None else arg
            for arg in written.node.args
        ]
        return written.node.with_changes(func=func, args=args)
    args = []
    for element in written.node.elements:
        if isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString):
            name = names[string_value(element.key) or ""]
            args.append(_keyword(name, element.value).with_changes(comma=element.comma))
        else:
            args.append(cst.Arg(element.value, star="**", comma=element.comma))
    brace = written.node
    # A closing brace on its own line keeps it by the space behind the last item.
    if args and not isinstance(args[-1].comma, cst.Comma):
        args[-1] = args[-1].with_changes(whitespace_after_arg=brace.rbrace.whitespace_before)
    return cst.Call(
        func, args, whitespace_before_args=brace.lbrace.whitespace_after, lpar=brace.lpar, rpar=brace.rpar
    ).with_changes(**_last_space(args, brace))


def _last_space(args: list[cst.Arg], brace: cst.Dict) -> dict[str, list[cst.Arg]]:
    """The space in front of the closing brace, put behind the last comma, where a call has it."""
    if not args or not isinstance(args[-1].comma, cst.Comma):
        return {}
    comma = args[-1].comma.with_changes(whitespace_after=brace.rbrace.whitespace_before)
    if isinstance(args[-1].comma.whitespace_after, cst.ParenthesizedWhitespace):
        comma = args[-1].comma
    return {"args": [*args[:-1], args[-1].with_changes(comma=comma)]}


def as_dict(node: cst.Call, quote: str) -> cst.Dict:
    """A call with keywords as a dict, laid out as the call was."""
    elements: list[cst.BaseDictElement] = []
    for arg in node.args:
        if arg.keyword is None:
            elements.append(cst.StarredDictElement(arg.value, comma=arg.comma))
        else:
            key = cst.SimpleString(f"{quote}{arg.keyword.value}{quote}")
            elements.append(cst.DictElement(key, arg.value, comma=arg.comma))
    left = cst.LeftCurlyBrace(node.whitespace_before_args)
    right = cst.RightCurlyBrace(cst.SimpleWhitespace(""))
    if node.args and not isinstance(node.args[-1].comma, cst.Comma):
        right = cst.RightCurlyBrace(node.args[-1].whitespace_after_arg)
    return cst.Dict(elements, lbrace=left, rbrace=right, lpar=node.lpar, rpar=node.rpar)


def unwrapped(node: cst.List | cst.Tuple) -> cst.BaseExpression:
    """The one element of a list; in parentheses where there are comments beside it, which then stay."""
    element = node.elements[0]
    opening = node.lbracket.whitespace_after if isinstance(node, cst.List) else cst.SimpleWhitespace("")
    closing = node.rbracket.whitespace_before if isinstance(node, cst.List) else cst.SimpleWhitespace("")
    if isinstance(element, cst.Element) and isinstance(element.comma, cst.Comma):
        closing = element.comma.whitespace_after
    if not space_comments(opening) and not space_comments(closing):
        return element.value
    return element.value.with_changes(
        lpar=[cst.LeftParen(opening), *element.value.lpar], rpar=[*element.value.rpar, cst.RightParen(closing)]
    )


def with_ending(node: cst.BaseExpression, ending: str, quote: str) -> cst.BaseExpression:
    """A text with more behind it: a literal or an f-string grows, anything else goes into an f-string in that quote."""
    if isinstance(node, cst.SimpleString) and string_value(node) is not None:
        end = len(node.quote)
        return node.with_changes(value=f"{node.value[:-end]}{ending}{node.quote}")
    if isinstance(node, cst.FormattedString):
        return node.with_changes(parts=[*node.parts, cst.FormattedStringText(ending)])
    if isinstance(node, cst.ConcatenatedString):
        right = with_ending(node.right, ending, quote)
        assert isinstance(right, (cst.SimpleString, cst.FormattedString))
        return node.with_changes(right=right)
    code = cst.Module([]).code_for_node(node)
    if quote in code:
        quote = "'" if quote == '"' else '"'
    if quote in code or "\\" in code or "#" in code:
        # Before Python 3.12 an f-string may not hold its own quotes, nor a backslash or a comment.
        return cst.BinaryOperation(as_receiver(node), cst.Add(), cst.SimpleString(f'"{ending}"'))
    parts = [cst.FormattedStringExpression(node), cst.FormattedStringText(ending)]
    return cst.FormattedString(parts, start=f"f{quote}", end=quote)  # type: ignore[arg-type]


def with_expression(text: cst.BaseExpression, part: cst.BaseExpression, quote: str) -> cst.BaseExpression:
    """A text with the value of an expression behind it, as an f-string; between them stands what the text joins by."""
    value = string_value(text) or ""
    joint = "_" if "_" in value and "-" not in value else "-"
    if isinstance(text, cst.SimpleString):
        inner = text.value[len(text.prefix) + len(text.quote) : -len(text.quote)]
        start = cst.FormattedStringText(inner.replace("{", "{{").replace("}", "}}") + joint)
        end = cst.FormattedStringExpression(_in_quotes(part, text.quote))
        return cst.FormattedString([start, end], f"{text.prefix}f{text.quote}", text.quote)
    longer = with_ending(text, joint, quote)
    if not isinstance(longer, cst.FormattedString):
        return cst.BinaryOperation(longer, cst.Add(), call(cst.Name("str"), part.deep_clone()))
    end = cst.FormattedStringExpression(_in_quotes(part, longer.end))
    return longer.with_changes(parts=[*longer.parts, end])


def _in_quotes(part: cst.BaseExpression, quote: str) -> cst.BaseExpression:
    """An expression as it can stand in an f-string of that quote: before Python 3.12 it may not hold it."""
    code = cst.Module([]).code_for_node(part)
    other = "'" if quote[0] == '"' else '"'
    return cst.parse_expression(code.replace(quote[0], other) if other not in code else code)


def key_like(key: cst.Name | cst.SimpleString, name: str) -> cst.Name | cst.SimpleString:
    """Another name, spelled as the key was."""
    if isinstance(key, cst.SimpleString):
        return cst.SimpleString(f"{key.prefix}{key.quote}{name}{key.quote}")
    return cst.Name(name)


def converted(node: cst.BaseExpression, wanted: TypeRef, quote: str) -> cst.BaseExpression | None:
    """A constant as the same constant of another type, or None where it has no such value."""
    if wanted == STRING and isinstance(node, (cst.Integer, cst.Float)):
        return cst.SimpleString(f"{quote}{node.value.replace('_', '')}{quote}")
    if wanted == STRING and isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        if isinstance(node.expression, (cst.Integer, cst.Float)):
            return cst.SimpleString(f"{quote}-{node.expression.value}{quote}")
    if isinstance(node, cst.Name) and node.value in ("True", "False"):
        if wanted == STRING:
            return cst.SimpleString(f"{quote}{node.value.lower()}{quote}")
        return cst.Integer(str(int(node.value == "True"))) if wanted == NUMBER else None
    if (text := string_value(node)) is not None:
        if wanted == NUMBER and _NUMBER.fullmatch(text):
            return cst.parse_expression(text)
        if wanted == BOOLEAN and text.lower() in _SWITCHES:
            return cst.Name(_SWITCHES[text.lower()])
    if wanted == BOOLEAN and isinstance(node, cst.Integer) and node.value in ("0", "1"):
        return cst.Name("True" if node.value == "1" else "False")
    return None


def unconverted(source: Source, node: cst.BaseExpression, wanted: TypeRef) -> cst.BaseExpression | None:
    """What a conversion was given, where that is of the wanted type: ``str(x)``, ``f"{x}"``, ``int(x)``; else None."""
    inner: cst.BaseExpression | None = None
    if isinstance(node, cst.FormattedString) and len(node.parts) == 1:
        (part,) = node.parts
        if isinstance(part, cst.FormattedStringExpression) and part.format_spec is None and part.conversion is None:
            inner = part.expression
    elif isinstance(node, cst.Call):
        func = node.func
        if isinstance(func, cst.Attribute) and func.attr.value == "lower" and not node.args:
            return unconverted(source, func.value, wanted)
        if source.name_called(node) in _CONVERTERS and len(node.args) == 1 and not node.args[0].star:
            inner = node.args[0].value
    return inner if inner is not None and source.type_of(inner) == wanted else None


def _keyword(name: str, value: cst.BaseExpression) -> cst.Arg:
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return cst.Arg(value, keyword=cst.Name(name), equal=equal)


def uncommented(node: cst.BaseExpression) -> cst.BaseExpression:
    """A copy of an expression without the comments in it, which stay where it was written."""
    copied = node.deep_clone().visit(_Uncommented())
    assert isinstance(copied, cst.BaseExpression)
    return copied


class _Uncommented(cst.CSTTransformer):
    def leave_ParenthesizedWhitespace(
        self, original_node: cst.ParenthesizedWhitespace, updated_node: cst.ParenthesizedWhitespace
    ) -> cst.BaseParenthesizableWhitespace:
        lines: list[cst.TrailingWhitespace | cst.EmptyLine] = [updated_node.first_line, *updated_node.empty_lines]
        return cst.SimpleWhitespace(" ") if any(each.comment for each in lines) else updated_node

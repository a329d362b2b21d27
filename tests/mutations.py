"""What can be done to a text at random: to its lines, and to the expressions and statements in it."""

from __future__ import annotations

import ast
import random
import re
import warnings
from collections.abc import Callable

VALUES = (
    "None",
    '"x"',
    "[1]",
    "{}",
    'f"{a}"',
    "x.y",
    "g()",
    "{**a}",
    "[*b]",
    "lambda: 1",
    "8080",
    '"8080"',
    "True",
    '"true"',
)
CLASSES = ("Foo", "dict", "self.make", "S3BucketVersioning", "InstanceConfig")


class Tree:
    """A text and its tree, and edits in it by what the tree says of places."""

    def __init__(self, text: str, chance: random.Random) -> None:
        self.chance = chance
        self.code = text.encode()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.nodes = list(ast.walk(ast.parse(text)))
        self.starts = [0]
        for line in text.encode().split(b"\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)

    def any(self, *kinds: type[ast.AST], where: Callable[[ast.AST], bool] = lambda node: True) -> ast.AST | None:
        found = [node for node in self.nodes if isinstance(node, kinds) and hasattr(node, "lineno") and where(node)]
        return self.chance.choice(found) if found else None

    def span(self, node: ast.AST) -> tuple[int, int]:
        begin = self.starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        return begin, self.starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]

    def text(self, node: ast.AST) -> str:
        return self.code[slice(*self.span(node))].decode()

    def replaced(self, node: ast.AST, new: str) -> str:
        begin, end = self.span(node)
        return (self.code[:begin] + new.encode() + self.code[end:]).decode()

    def line_of(self, node: ast.AST) -> tuple[int, str]:
        """Where the line of a node begins, and its indentation."""
        begin = self.starts[node.lineno - 1]  # type: ignore[attr-defined]
        line = self.code[begin : self.starts[node.lineno]].decode()  # type: ignore[attr-defined]
        return begin, line[: len(line) - len(line.lstrip(" \t"))]

    def in_front(self, node: ast.AST, new: str, rest: str | None = None) -> str:
        begin, indent = self.line_of(node)
        code = self.code.decode() if rest is None else rest
        head = self.code[:begin].decode()
        return head + indent + new + "\n" + code[len(head) :]


def _number(chance: random.Random) -> int:
    return chance.randrange(100)


def swap_arguments(tree: Tree) -> str | None:
    call = tree.any(ast.Call, where=lambda node: len(node.args) + len(node.keywords) > 1)  # type: ignore[attr-defined]
    if not isinstance(call, ast.Call):
        return None
    one, other = sorted(tree.chance.sample([*call.args, *call.keywords], 2), key=tree.span)
    first, second = tree.span(one), tree.span(other)
    if first[1] > second[0]:
        return None
    code = tree.code
    return (
        code[: first[0]] + code[slice(*second)] + code[first[1] : second[0]] + code[slice(*first)] + code[second[1] :]
    ).decode()


def rename_argument(tree: Tree) -> str | None:
    found = tree.any(ast.keyword, where=lambda node: node.arg is not None)  # type: ignore[attr-defined]
    if not isinstance(found, ast.keyword) or found.arg is None:
        return None
    name = found.arg
    others = [each.arg for each in tree.nodes if isinstance(each, ast.keyword) and each.arg]
    parts = name.split("_")
    camel = parts[0] + "".join(map(str.title, parts[1:]))
    new = tree.chance.choice(
        [
            name + "s",
            name[:-1] or name,
            name + "_id",
            camel,
            tree.chance.choice(others),
            "vpc",
            "id",
            "_".join(parts[1:]) or name,
        ]
    )
    return tree.replaced(found, f"{new}={tree.text(found.value)}")


def dict_to_call(tree: Tree) -> str | None:
    found = tree.any(ast.Dict, where=lambda node: bool(node.keys))  # type: ignore[attr-defined]
    if not isinstance(found, ast.Dict) or not all(
        isinstance(key, ast.Constant) and str(key.value).isidentifier() for key in found.keys
    ):
        return None
    args = ", ".join(
        f"{key.value}={tree.text(value)}"
        for key, value in zip(found.keys, found.values)
        if isinstance(key, ast.Constant)
    )
    return tree.replaced(found, f"{tree.chance.choice(CLASSES)}({args})")


def call_to_dict(tree: Tree) -> str | None:
    found = tree.any(ast.Call, where=lambda node: bool(node.keywords) and not node.args)  # type: ignore[attr-defined]
    if not isinstance(found, ast.Call):
        return None
    args = ", ".join(
        f'"{each.arg}": {tree.text(each.value)}' if each.arg else f"**{tree.text(each.value)}"
        for each in found.keywords
    )
    return tree.replaced(found, f"{{{args}}}")


def _expression(tree: Tree) -> ast.AST | None:
    """An expression that is the value of an argument, a key or an assignment."""
    holders = [
        node
        for node in tree.nodes
        if isinstance(node, (ast.keyword, ast.Assign, ast.Return)) and node.value is not None
    ]
    values = [node.value for node in holders] + [
        value for node in tree.nodes if isinstance(node, ast.Dict) for value in node.values
    ]
    return tree.chance.choice(values) if values else None


def wrap(tree: Tree) -> str | None:
    found = _expression(tree)
    if found is None:
        return None
    shape = tree.chance.choice(["[{}]", "({})", "[{}][0]", "({},)", "str({})", "{{'key': {}}}", "(w{n} := {})", "[{}, *[]]", "{} or None", "({} if a else b)",
                                "(lambda: {})()", "dict(a={})", "not {}", "[[{}]]", "(\n{}\n)", "({}  # why\n)", "(yield {})", "[x for x in [{}]]"])  # fmt: skip
    return tree.replaced(found, shape.replace("{n}", str(_number(tree.chance))).format(tree.text(found)))


def unwrap(tree: Tree) -> str | None:
    found = tree.any(ast.List, where=lambda node: len(node.elts) == 1)  # type: ignore[attr-defined]
    return tree.replaced(found, tree.text(found.elts[0])) if isinstance(found, ast.List) else None


def other_value(tree: Tree) -> str | None:
    found = _expression(tree)
    return tree.replaced(found, tree.chance.choice(VALUES)) if found is not None else None


def number_or_text(tree: Tree) -> str | None:
    found = tree.any(ast.Constant)
    if not isinstance(found, ast.Constant):
        return None
    if isinstance(found.value, (int, float)):
        return tree.replaced(found, f'"{found.value}"')
    return (
        tree.replaced(found, tree.chance.choice(["1", "443", "1.5", "False", "-1"]))
        if isinstance(found.value, str)
        else None
    )


def _statement(tree: Tree, *kinds: type[ast.stmt]) -> ast.AST | None:
    return tree.any(*(kinds or (ast.Assign, ast.Expr, ast.Return)))


def extract_variable(tree: Tree) -> str | None:
    statement = _statement(tree)
    if statement is None:
        return None
    inner = [
        node
        for node in ast.walk(statement)
        if isinstance(node, (ast.Dict, ast.List, ast.Constant, ast.Call, ast.JoinedStr, ast.Name))
        and hasattr(node, "lineno")
    ]
    inner = [node for node in inner if not isinstance(getattr(node, "ctx", None), ast.Store)]
    if not inner:
        return None
    found = tree.chance.choice(inner)
    name = f"value_{_number(tree.chance)}"
    readers = tree.chance.choice(["", f"; print({name})", f"; other_{name} = {name}", f"; {name} = {name}", ""])
    try:
        return tree.in_front(statement, f"{name} = ({tree.text(found)}){readers}", tree.replaced(found, name))
    except IndexError:
        return None


def read_too(tree: Tree) -> str | None:
    names = [node for node in tree.nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    statement = _statement(tree)
    if not names or statement is None:
        return None
    name = tree.chance.choice(names).id
    return tree.in_front(
        statement,
        tree.chance.choice(
            [f"print({name})", f"assert {name}", f"x{_number(tree.chance)} = {name}", f"for each in {name}: pass"]
        ),
    )


def double_statement(tree: Tree) -> str | None:
    statement = _statement(tree, ast.stmt)
    return tree.in_front(statement, tree.text(statement)) if statement is not None else None


def join_by_semicolon(tree: Tree) -> str | None:
    found = _statement(tree)
    if found is None:
        return None
    return tree.replaced(found, f"{tree.text(found)}; {tree.chance.choice(['pass', tree.text(found), 'x = 1;'])}")


def around(tree: Tree) -> str | None:
    """A statement inside of another."""
    statement = _statement(tree, ast.stmt)
    if statement is None:
        return None
    head = tree.chance.choice([
        "if a:", "try:", "with open(p) as f:", "for i in b:", "while True:", "class C{n}:", "def f{n}(a, b=1, *c, d, **e):", "async def g{n}(self):",
        "match a:\n    case {{'x': [1, *rest]}} if rest:", "@deco\n@other.one(1)\nclass D{n}(Base, key=1):", "def h{n}[T](x):", "if a: pass\nelse:",
        "try: pass\nexcept* ValueError as e:",
    ])  # fmt: skip
    head = head.replace("{n}", str(_number(tree.chance))).replace("{{", "{").replace("}}", "}")
    depth = 2 if "case" in head else 1
    begin, indent = tree.line_of(statement)
    end = tree.span(statement)[1]
    body = tree.code[begin:end].decode().split("\n")
    lines = [indent + line for line in head.split("\n")] + [
        "    " * depth + line if line.strip() else line for line in body
    ]
    if head == "try:":
        lines += [
            f"{indent}except (A, B) as error:  # caught",
            f"{indent}    raise",
            f"{indent}finally:",
            f"{indent}    pass",
        ]
    return tree.code[:begin].decode() + "\n".join(lines) + tree.code[end:].decode()


def decorate(tree: Tree) -> str | None:
    found = tree.any(ast.FunctionDef, ast.ClassDef, where=lambda node: not node.decorator_list)  # type: ignore[attr-defined]
    if found is None:
        return None
    return tree.in_front(
        found, tree.chance.choice(["@deco", "@deco(a=1)  # why", "@property", "@staticmethod", "@dataclass", "@a.b[0]"])
    )


def other_quotes(tree: Tree) -> str | None:
    found = tree.any(ast.Constant, where=lambda node: isinstance(node.value, str) and "\n" not in node.value)  # type: ignore[attr-defined]
    if not isinstance(found, ast.Constant):
        return None
    return tree.replaced(
        found,
        tree.chance.choice(
            [
                repr(found.value),
                f'"""{found.value}"""',
                f'r"{found.value}"',
                f'"{found.value}" ""',
                f"'{found.value}'f\"{{a}}\"",
            ]
        ),
    )


def nested_f_string(tree: Tree) -> str | None:
    found = tree.any(ast.Constant, where=lambda node: isinstance(node.value, str) and node.value.isprintable())  # type: ignore[attr-defined]
    if not isinstance(found, ast.Constant):
        return None
    text = str(found.value).replace('"', "").replace("'", "").replace("\\", "").replace("{", "").replace("}", "")
    return tree.replaced(
        found,
        tree.chance.choice(
            [
                'f"{a}-' + text + '"',
                "f\"{f'{a!r:>{b}}'}" + text + '"',
                "f'''{a[\"b\"]}" + text + "'''",
                'f"{a=}' + text + '"',
                'f"' + text + '{{}}"',
            ]
        ),
    )


def spread(tree: Tree) -> str | None:
    found = tree.any(ast.Call, where=lambda node: any(each.arg for each in node.keywords))  # type: ignore[attr-defined]
    if not isinstance(found, ast.Call):
        return None
    each = tree.chance.choice([each for each in found.keywords if each.arg])
    return tree.replaced(each, f'**{{"{each.arg}": {tree.text(each.value)}}}')


def positional(tree: Tree) -> str | None:
    found = tree.any(ast.keyword, where=lambda node: node.arg is not None)  # type: ignore[attr-defined]
    return tree.replaced(found, tree.text(found.value)) if isinstance(found, ast.keyword) else None


def comment(tree: Tree) -> str | None:
    found = tree.any(ast.keyword, ast.Dict, ast.List, ast.Constant, ast.Name)
    if found is None:
        return None
    remark = f"# note {_number(tree.chance)}"
    begin, end = tree.span(found)
    code = tree.code.decode() if tree.code.isascii() else None
    if code is None:
        return None
    return tree.chance.choice([
        code[:begin] + remark + "\n" + code[begin:], code[:begin] + "\n        " + remark + "\n        " + code[begin:],
        code[:end] + "  " + remark + "\n" + code[end:], code[:end] + "\n\n" + remark + "\n\n" + code[end:],
    ])  # fmt: skip


def remark_on_statement(tree: Tree) -> str | None:
    found = _statement(tree, ast.stmt)
    if found is None:
        return None
    if tree.chance.random() < 0.5:
        return tree.in_front(found, f"# above {_number(tree.chance)}")
    _, end = tree.span(found)
    return tree.code[:end].decode() + f"  # beside {_number(tree.chance)}" + tree.code[end:].decode()


def let_pass(tree: Tree) -> str | None:
    """A comment for a linter or a type checker behind a statement."""
    found = _statement(tree, ast.stmt)
    if found is None:
        return None
    _, end = tree.span(found)
    remark = tree.chance.choice(
        [
            "# type: ignore[call-arg]",
            "# type: ignore[attr-defined, misc]  # beside 1",
            "# pylint: disable=no-member,unexpected-keyword-arg",
            "# pylint: disable=no-name-in-module",
            "# noqa: F821,F841 because",
            "# noqa: E501",
            "# type: ignore[arg-type] # noqa: F401",
        ]
    )
    return tree.code[:end].decode() + f"  {remark}" + tree.code[end:].decode()


def drop_line(tree: Tree) -> str | None:
    lines = tree.code.decode().split("\n")
    del lines[tree.chance.randrange(len(lines))]
    return "\n".join(lines)


def double_line(tree: Tree) -> str | None:
    lines = tree.code.decode().split("\n")
    lines.insert(tree.chance.randrange(len(lines)), tree.chance.choice(lines))
    return "\n".join(lines)


def drop_ending(tree: Tree) -> str | None:
    return tree.code.decode().rstrip("\n") + tree.chance.choice(["", "\n\n\n", "  # the end", "\n\f\n", "\n# the end"])


def blank_line(tree: Tree) -> str | None:
    lines = tree.code.decode().split("\n")
    lines.insert(tree.chance.randrange(len(lines)), tree.chance.choice(["", "    ", "\t", "\f"]))
    return "\n".join(lines)


EDITS: tuple[Callable[[Tree], str | None], ...] = (
    swap_arguments, rename_argument, rename_argument, dict_to_call, call_to_dict, wrap, wrap, unwrap, other_value, number_or_text,
    extract_variable, extract_variable, read_too, double_statement, join_by_semicolon, around, decorate, other_quotes, nested_f_string,
    spread, positional, comment, comment, remark_on_statement, let_pass, let_pass, drop_line, double_line, drop_ending, blank_line,
)  # fmt: skip


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def _cr(text: str) -> str:
    return text.replace("\n", "\r")


def _tabs(text: str) -> str:
    return re.sub(r"(?m)^(?:    )+", lambda found: "\t" * (len(found[0]) // 4), text)


def _two_spaces(text: str) -> str:
    return re.sub(r"(?m)^(?:    )+", lambda found: "  " * (len(found[0]) // 4), text)


LAYOUTS = (_crlf, _cr, _tabs, _two_spaces)


def mutated(text: str, chance: random.Random) -> str:
    """The text with some things done to it, one after the other, as long as it parses."""
    for _ in range(chance.randint(1, 6)):
        try:
            new = chance.choice(EDITS)(Tree(text, chance))
        except (SyntaxError, ValueError, UnicodeDecodeError):
            continue
        if new is not None and (chance.random() < 0.05 or _parses(new)):
            text = new
    return chance.choice(LAYOUTS)(text) if chance.random() < 0.15 else text


def _parses(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True

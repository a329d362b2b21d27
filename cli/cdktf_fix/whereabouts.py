"""Where a finding stands by what is around it, so that it is known again when lines move."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

_SCOPES = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


class Whereabouts:
    """Answers for one text."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._tree: ast.AST | None = None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError):
            return

    def of(self, line: int, column: int) -> str:
        """Classes and functions, constructs with their ids, and arguments around a place, outermost first.

        ``NetworkStack.__init__ > RouteTable("public") > route``; where the text is no Python, the line itself.

        :param line: from 1; *column*: in characters, from 1.
        """
        code = self._lines[line - 1] if line <= len(self._lines) else ""
        if self._tree is None:
            return code.strip()
        place = line, len(code[: column - 1].encode("utf-8", "surrogatepass"))
        return " > ".join(_named(self._tree, place))


def _named(tree: ast.AST, place: tuple[int, int]) -> Iterator[str]:
    scopes: list[str] = []
    node: ast.AST | None = tree
    while node is not None:
        if isinstance(node, _SCOPES):
            scopes.append(node.name)
        elif not isinstance(node, ast.Module) and (name := _name(node, place)):
            if scopes:
                yield ".".join(scopes)
                scopes = []
            yield name
        node = next((child for child in _placed(node) if _holds(child, place)), None)
    if scopes:
        yield ".".join(scopes)


def _name(node: ast.AST, place: tuple[int, int]) -> str:
    """What a node adds: a call with its id, an argument, a key, an import, the target of an assignment."""
    if isinstance(node, ast.Call):
        texts = (each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str))
        given = next(texts, None)
        return f"{ast.unparse(node.func)}({'' if given is None else repr(given)})"
    if isinstance(node, ast.keyword):
        return node.arg or "**"
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values)
        keys = (key for key, value in pairs if _holds(value, place) or (key is not None and _holds(key, place)))
        key = next(keys, None)
        return ast.unparse(key) if key is not None else ""
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.alias)):
        return ast.unparse(node)
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    return ""


def _placed(node: ast.AST) -> Iterator[ast.AST]:
    """The nearest nodes in a node that have a place."""
    for child in ast.iter_child_nodes(node):
        if hasattr(child, "lineno"):
            yield child
        else:
            yield from _placed(child)


def _holds(node: ast.AST, place: tuple[int, int]) -> bool:
    start = node.lineno, node.col_offset  # type: ignore[attr-defined]
    decorators = getattr(node, "decorator_list", ())
    if decorators:
        start = min(start, (decorators[0].lineno, 0))
    end = node.end_lineno, node.end_col_offset  # type: ignore[attr-defined]
    return bool(start <= place < end)

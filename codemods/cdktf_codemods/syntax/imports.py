"""Which modules a text imports, told without parsing it."""

from __future__ import annotations

import ast
import re

_IMPORT = re.compile(r"(?m)^[ \t]*import[ \t]+([^\n#;]+)")
_FROM = re.compile(r"(?m)^[ \t]*from[ \t]+(\w[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]*)")
_NAME = re.compile(r"(\w[\w.]*)(?:\s+as\s+\w+)?\s*(?:#[^\n]*)?")


def imported(code: str) -> set[str]:
    """Full names of what a text imports, absolutely: of ``from a.b import c``, ``a.b`` and ``a.b.c``.

    A line of a longer text (a docstring) that looks like an import is taken for one: see :func:`really_imported`.
    """
    found: set[str] = set()
    for statement in _IMPORT.findall(code):
        found.update(match[1] for part in statement.split(",") if (match := _NAME.match(part.strip())))
    for module, names in _FROM.findall(code):
        found.add(module)
        found.update(
            f"{module}.{match[1]}" for part in names.strip("()").split(",") if (match := _NAME.match(part.strip()))
        )
    return found


def really_imported(code: str) -> set[str]:
    """The same by the syntax tree; where there is none, by the looks of the text."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError):
        return imported(code)
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found
